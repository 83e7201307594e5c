"""Text of inline XML as a reader of the page would say it: raised, lowered and marked-up words.

Superscripts are the danger: ``10<sup>9</sup>`` must not become 109, nor a footnote's ``3`` part of
the number before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree

from loccit.sources.assembly import clean
from loccit.sources.mathml import math_text

__all__ = [
    "Handler",
    "collect_child",
    "inline_text",
    "local_name",
    "raised",
    "whole_text",
    "words_of",
]

Handler = Callable[["etree._Element", str], str]  # noqa: SLF001 - lxml names its type so
"""Gives the text of one element; the second argument is the text that stands before it."""

MATHML = "http://www.w3.org/1998/Math/MathML"

APART = frozenset(
    [
        "p",
        "para",
        "simpara",
        "list-item",
        "listitem",
        "li",
        "title",
        "caption",
        "term",
        "def",
        "def-item",
        "label",
        "fn",
        "td",
        "th",
        "tr",
        "entry",
        "row",
        "disp-formula",
        "disp-quote",
        "list",
        "itemizedlist",
        "orderedlist",
        "break",
        "br",
        "hr",
        "member",
        "div",
        "blockquote",
        "formalpara",
        "mediaobject",
    ]
)
"""Elements set apart on the page, whose words never touch those beside them."""

_UNIT_BEFORE = re.compile(r"(?:^|[^A-Za-zµμ])[A-Za-zµμ]{1,3}$")
"""A unit's or symbol's letters, after which a raised digit or sign is written without a mark, as
labels do: m2, kg/m2, Ca2+. After a longer word it is a note's number."""
_ORDINAL = re.compile(r"st|nd|rd|th", re.IGNORECASE)
_PLAIN_MARKS = re.compile(r"[^\w\u2212\u2013-]+")


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def raised(before: str, content: str) -> str:
    """How a superscript reads in plain text, given the text before it.

    >>> raised("10", "9"), raised("kg/m", "2"), raised("Ca", "2+"), raised("45.2", "a")
    ('^9', '2', '2+', '^a')
    """
    content, before = " ".join(content.split()), before[-8:]
    last = before[-1:]
    if not content or not last or last.isspace() or _PLAIN_MARKS.fullmatch(content):
        return content
    if last.isdigit() and _ORDINAL.fullmatch(content):
        return content
    if last.isalpha() and (_UNIT_BEFORE.search(before) or (len(content) > 1 and content.isalpha())):
        return content
    return f"^{content}"


def inline_text(element: etree._Element, handlers: Mapping[str, Handler]) -> str:
    """All text in ``element``, its tail left out; ``handlers`` say how some elements read."""
    if len(element) == 0:
        return element.text or ""
    parts: list[str] = []
    _collect(element, handlers, parts)
    return "".join(parts)


def whole_text(element: etree._Element) -> str:
    """All text in ``element`` just as it stands in the file."""
    return "".join(map(str, element.itertext()))


def words_of(element: etree._Element) -> str:
    """All text in ``element`` with its parts set apart: for matching, never for quoting."""
    return clean(" ".join(map(str, element.itertext())))


def _collect(element: etree._Element, handlers: Mapping[str, Handler], parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        collect_child(child, handlers, parts)


def collect_child(child: etree._Element, handlers: Mapping[str, Handler], parts: list[str]) -> None:
    """Add a child's text and its tail to ``parts``."""
    name = local_name(child)
    handler = handlers.get(name) or _COMMON.get(name)
    edge = " " if name in APART else ""
    parts.append(edge)
    if handler:
        parts.append(handler(child, "".join(parts[-8:])))
    elif name:
        _collect(child, handlers, parts)
    parts.append(edge)
    parts.append(child.tail or "")


def _superscript(element: etree._Element, before: str) -> str:
    return raised(before, inline_text(element, {}))


def _subscript(element: etree._Element, before: str) -> str:
    content = inline_text(element, {})
    return f"_{content}" if before[-1:].isdigit() and content[:1].isdigit() else content


def _math(element: etree._Element, _before: str) -> str:
    return math_text(element)


_COMMON: dict[str, Handler] = {
    "sup": _superscript,
    "superscript": _superscript,
    "sub": _subscript,
    "subscript": _subscript,
    "math": _math,
}
