"""The text of an SPL section as blocks: paragraphs, list items, table rows, footnotes.

openFDA gives its tables in the same markup, so its reader uses this too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from lxml import etree

from loccit.sources import inline
from loccit.sources.assembly import clean
from loccit.sources.inline import local_name
from loccit.terms import PassageKind

__all__ = ["MARKS", "Block", "Footnotes", "inline_text", "local_name", "text_blocks"]

MARKS = "*†‡§¶#"
"""Footnote marks in the order in which the FDA's style sheet prints them; then doubled."""
MAX_LEAD = 300
"""A list's lead-in longer than this is a paragraph of its own, not the head of the list."""
MAX_DEPTH = 60
"""Elements inside each other; real labels stay below 20. Deeper is an attack on the stack."""

BLOCKS = frozenset({"paragraph", "list", "table", "item", "p", "ul", "ol", "li"})
PADDED = BLOCKS | {"td", "th", "tr", "caption"}
"""Elements whose text stands apart even where they are met inside a line."""
HOLE = "\0"
"""Stands for a block element inside a line; no XML text can hold it."""
SKIPPED = frozenset({"col", "colgroup", "value"})



class Block(NamedTuple):
    """A piece of text with its form, and what must be read with it."""

    text: str
    kind: PassageKind = PassageKind.PROSE
    context: str = ""


@dataclass(slots=True)
class Footnotes:
    """Footnotes met in a table or text, with the marks that stand in their place."""

    texts: list[str] = field(default_factory=list)
    by_id: dict[str, str] = field(default_factory=dict)
    _handlers: dict[str, inline.Handler] = field(default_factory=dict)

    def handlers(self) -> dict[str, inline.Handler]:
        """How the elements that are special to SPL read inside a line."""
        if not self._handlers:
            self._handlers = {
                **dict.fromkeys(PADDED, self._padded),
                **dict.fromkeys(SKIPPED, lambda element, before: ""),
                "footnote": lambda element, before: f" {self.add(element)} ",
                "footnoteRef": self._referred,
            }
        return self._handlers

    def _padded(self, element: etree._Element, before: str) -> str:
        return f" {inline_text(element, self)} "

    def _referred(self, element: etree._Element, before: str) -> str:
        return f" {self.by_id.get(element.get('IDREF', ''), '')} "

    def add(self, element: etree._Element) -> str:
        """Note the footnote; returns its mark."""
        mark = self._mark(len(self.texts))
        self.texts.append(f"{mark} {clean(inline_text(element))}")
        if name := element.get("ID"):
            self.by_id[name] = mark
        return mark

    def blocks(self) -> Iterator[Block]:
        """The footnotes as blocks, in order."""
        return (Block(text) for text in self.texts)

    @staticmethod
    def _mark(place: int) -> str:
        return MARKS[place % len(MARKS)] * (place // len(MARKS) + 1)


def text_blocks(element: etree._Element) -> Iterator[Block]:
    """The blocks of a ``text`` element (or a table cell used as one), in reading order."""
    notes = Footnotes()
    yield from _flow(element, notes, PassageKind.PROSE, "", 0)
    yield from notes.blocks()


def inline_text(element: etree._Element, notes: Footnotes | None = None) -> str:
    """The running text of an element, footnotes as marks where ``notes`` collects them."""
    if len(element) == 0:
        return element.text or ""
    return inline.inline_text(element, (notes or Footnotes()).handlers())


def _flow(
    element: etree._Element, notes: Footnotes, kind: PassageKind, lead: str, depth: int
) -> Iterator[Block]:
    """Blocks of mixed content: each run of text between block elements is a block too."""
    if depth > MAX_DEPTH:
        yield Block(clean(inline_text(element, notes)), kind, lead)
        return
    held: list[etree._Element] = []

    def hold(child: etree._Element, before: str) -> str:
        held.append(child)
        return HOLE

    text = inline.inline_text(element, {**notes.handlers(), **dict.fromkeys(BLOCKS, hold)})
    last = ""
    for run, child in zip_longest(text.split(HOLE), held):
        if clean(run):
            last = clean(run)
            yield Block(last, kind, lead)
        if child is not None:
            for block in _block(child, notes, kind, _lead(last, lead), depth + 1):
                last = block.text
                yield block


def _block(
    child: etree._Element, notes: Footnotes, kind: PassageKind, lead: str, depth: int
) -> Iterator[Block]:
    name = local_name(child)
    if name == "table":
        from loccit.sources.spl_tables import table_blocks

        yield from table_blocks(child)
    elif name in ("list", "ul", "ol"):
        yield from _list(child, notes, lead, depth)
    else:
        yield from _flow(child, notes, kind, lead if kind is not PassageKind.PROSE else "", depth)


def _list(element: etree._Element, notes: Footnotes, lead: str, depth: int) -> Iterator[Block]:
    for child in element:
        if local_name(child) == "caption":
            text = clean(inline_text(child, notes))
            yield Block(text)
            lead = _lead(text, "") or text[:MAX_LEAD]
        elif local_name(child) in ("item", "li"):
            yield from _flow(child, notes, PassageKind.LIST_ITEM, lead, depth + 1)
        elif isinstance(child.tag, str):
            yield from _flow(child, notes, PassageKind.LIST_ITEM, lead, depth + 1)


def _lead(text: str, outer: str) -> str:
    """What a list stands under: the text before it where that leads on to the list."""
    if text and len(text) <= MAX_LEAD and text.endswith((":", "—", "–")):
        return f"{outer} {text}".strip() if len(outer) + len(text) <= MAX_LEAD else text
    return outer
