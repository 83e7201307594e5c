"""An HTML page as a small, clean tree: what a reader of the page sees, nested by its headings.

Menus, scripts and whatever the page hides are dropped (hidden words are a way to smuggle text past
the reader into a quotation). Wrappers without meaning are opened, and headings become sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from loccit.sources.assembly import clean
from loccit.sources.inline import whole_text
from loccit.terms import Unreadable

__all__ = ["PageTree", "page_tree", "refuse_deep"]

COMMENT = "-comment"
EDGE = "edge"
"""Stands where a wrapper began or ended: the text before and after it does not run on."""
LONGEST_STYLE, MOST_RULES = 30_000, 400
"""Characters and rules of a style sheet looked at; each rule costs a pass over the page."""
UNCLOSED = 3000
"""Tags opened and not closed; careless pages leave some hundreds of inline ones open."""
DEEPEST = 120
"""Levels of nesting; pages of real sites stay below 40."""

SCRIPTS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "head",
        "link",
        "meta",
        "base",
        "map",
        "audio",
        "video",
        "source",
        "track",
    ]
)
CONTROLS = frozenset(
    ["form", "button", "input", "select", "option", "textarea", "datalist", "dialog", "menu"]
)
FURNITURE = frozenset(["nav", "header", "footer", "aside"])
ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "menu",
        "menubar",
        "dialog",
        "alert",
    ]
)
BLOCKS = frozenset(
    [
        "p",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "pre",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "dt",
        "dd",
        "summary",
        "figcaption",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
    ]
)
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "math",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
"""Kept where they stand; every other element only wraps, and is opened."""
BLOCKS_WITHIN = "p,div,ul,ol,dl,table,h1,h2,h3,h4,h5,h6,blockquote,pre,section,article"
HEADING = re.compile(r"h[1-6]")

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|(?<![-\w])color\s*:\s*transparent"
    r"|(?:left|top|text-indent)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
NEVER_CLOSED = (
    "p li td th tr dt dd br hr img input meta link option optgroup col colgroup wbr source track"
    " area base embed param thead tbody tfoot rp rt"
)
_TAG = re.compile(rf"<(/?)(?!(?:{'|'.join(NEVER_CLOSED.split())})\b)[a-zA-Z]")
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_CONDITIONAL = re.compile(r"@(?:media|supports|page)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SELECTOR = re.compile(r"[\w\s.#>*\-]+")


class PageTree(NamedTuple):
    """The content, as ``section``, ``title`` and HTML's own blocks, and what was dropped."""

    root: etree._Element
    findings: tuple[str, ...]


def refuse_deep(html: str) -> None:
    """Refuse, before parsing, a page whose tags nest so deep that parsing it would take hours."""
    depth = 0
    for tag in _TAG.finditer(html):
        depth = max(0, depth + (-1 if tag.group(1) else 1))
        if depth > UNCLOSED:
            raise _too_deep()


def _too_deep() -> Unreadable:
    return Unreadable(
        f"nested more than {DEEPEST} levels deep", cure="save the page with less markup"
    )


def page_tree(document: Any) -> PageTree:
    """The tree of a parsed page (selectolax). Raises ``Unreadable`` where it nests too deep."""
    hidden = {node.mem_id for node in document.css("*") if _is_hidden(node)}
    for rule in _hiding_rules(document):
        hidden |= {node.mem_id for node in document.css(rule)}
    main = _main_content(document)
    copier = _Copier(hidden)
    flat = copier.copied(main or document.body, without_furniture=main is None)
    findings = [f"{copier.hidden_parts} hidden parts were left out"] if copier.hidden_parts else []
    whole = _Copier(hidden).copied(document.body) if document.body else flat
    if _length(whole) > _length(flat):
        findings.append("text outside the main content was left out")
    root = _nested(flat)
    _pair_terms(root)
    return PageTree(root, tuple(findings))


def _length(tree: etree._Element) -> int:
    return len("".join(whole_text(tree).split()))


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or (attributes.get("aria-hidden") or "").lower() == "true":
        return True
    style = attributes.get("style")
    return bool(style) and _HIDING.search(style) is not None


def _hiding_rules(document: Any) -> Iterator[str]:
    """Simple selectors that the page's own style sheets hide, on screens."""
    for sheet in document.css("style"):
        rules = _CONDITIONAL.sub("", sheet.text(deep=True)[:LONGEST_STYLE])
        for selectors, body in _RULE.findall(rules)[:MOST_RULES]:
            if _HIDING.search(body):
                yield from (s.strip() for s in selectors.split(",")[:9] if _SELECTOR.fullmatch(s))


def _main_content(document: Any) -> Any | None:
    """The one element that the page names as its content."""
    for selector in ("main", "[role=main]", "article"):
        found = [node for node in document.css(selector) if clean(node.text(deep=True))]
        if len(found) == 1:
            return found[0]
    return None


class _Copier:
    """Copies what is shown; the parsed page itself stays as it is."""

    def __init__(self, hidden: set[int]) -> None:
        self._hidden = hidden
        self._without_furniture = False
        self.hidden_parts = 0

    def copied(self, node: Any, *, without_furniture: bool = False) -> etree._Element:
        """What is below ``node``, wrappers opened, as one flat run of blocks and inline text."""
        self._without_furniture = without_furniture
        flat = etree.Element("flat")
        if node is not None:
            self._copy(node, flat, 0)
        return flat

    def _copy(self, node: Any, into: etree._Element, depth: int) -> None:
        if depth > DEEPEST:
            raise _too_deep()
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                _add_text(into, child.text(deep=False))
            elif not self._is_dropped(child):
                self._copy_element(child, into, depth)

    def _is_dropped(self, node: Any) -> bool:
        if node.mem_id in self._hidden:
            self.hidden_parts += bool(clean(node.text(deep=True)))
            return True
        tag = node.tag or ""
        if tag == COMMENT:
            self.hidden_parts += 1
            return True
        if tag in SCRIPTS or tag in CONTROLS or tag.startswith(("-", "!", "_")):
            return True
        if tag == "nav" or (node.attributes.get("role") or "") in ROLES:
            return True
        return self._without_furniture and tag in FURNITURE and node.css_first("h1") is None

    def _copy_element(self, node: Any, into: etree._Element, depth: int) -> None:
        tag = node.tag
        is_inline = tag in INLINE and node.css_first(BLOCKS_WITHIN) is None
        if tag in BLOCKS or is_inline:
            made = etree.SubElement(into, tag)
            for name in ("colspan", "rowspan"):
                if node.attributes.get(name):
                    made.set(name, _plain(node.attributes[name]))
            self._copy(node, made, depth + 1)
            return
        etree.SubElement(into, EDGE)
        self._copy(node, into, depth + 1)
        etree.SubElement(into, EDGE)


def _add_text(into: etree._Element, text: str | None) -> None:
    text = _plain(text or "")
    if len(into):
        into[-1].tail = (into[-1].tail or "") + text
    else:
        into.text = (into.text or "") + text


def _plain(text: str) -> str:
    """``text`` without the characters that XML cannot hold."""
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", " ", text)


def _nested(flat: etree._Element) -> etree._Element:
    """The flat run of blocks and inline text as sections by heading, paragraphs made."""
    root = etree.Element("page")
    levels: list[tuple[int, etree._Element]] = [(0, root)]
    paragraph: etree._Element | None = None
    paragraph = _text_into(levels[-1][1], None, flat.text)
    for child in list(flat):
        tail, child.tail = child.tail, None
        if HEADING.fullmatch(str(child.tag)):
            paragraph = None
            level = int(str(child.tag)[1])
            while levels[-1][0] >= level:
                levels.pop()
            section = etree.SubElement(levels[-1][1], "section")
            child.tag = "title"
            section.append(child)
            levels.append((level, section))
        elif child.tag == EDGE:
            paragraph = None
        elif child.tag in BLOCKS:
            paragraph = None
            levels[-1][1].append(child)
        else:
            if paragraph is None:
                paragraph = etree.SubElement(levels[-1][1], "p")
            paragraph.append(child)
        paragraph = _text_into(levels[-1][1], paragraph, tail)
    return root


def _text_into(
    section: etree._Element, paragraph: etree._Element | None, text: str | None
) -> etree._Element | None:
    """Add loose text to the open paragraph, or to a new one; white space alone makes none."""
    if not text or (paragraph is None and not text.strip()):
        return paragraph
    if paragraph is None:
        paragraph = etree.SubElement(section, "p")
    _add_text(paragraph, text)
    return paragraph


def _pair_terms(root: etree._Element) -> None:
    """Put the terms of a list and what explains them into one ``pair`` each."""
    for terms in list(root.iter("dl")):
        pair: etree._Element | None = None
        explained = True
        for child in list(terms):
            if child.tag not in ("dt", "dd"):
                continue
            if pair is None or (child.tag == "dt" and explained):
                pair = etree.Element("pair")
                child.addprevious(pair)
            pair.append(child)
            child.tail, explained = None, child.tag == "dd"
