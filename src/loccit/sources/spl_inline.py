"""Running text in SPL markup: pieces of text, and the footnotes that stand in their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from loccit.sources import inline
from loccit.sources.assembly import clean
from loccit.terms import PassageKind

__all__ = ["BLOCKS", "MARKS", "Block", "Footnotes", "inline_text"]

MARKS = "*†‡§¶#"
"""Footnote marks in the order in which the FDA's style sheet prints them; then doubled."""
BLOCKS = frozenset({"paragraph", "list", "table", "item", "p", "ul", "ol", "li"})
PADDED = BLOCKS | {"td", "th", "tr", "caption"}
"""Elements whose text stands apart even where they are met inside a line."""
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
    _marks: dict[etree._Element, str] = field(default_factory=dict)
    _handlers: dict[str, inline.Handler] = field(default_factory=dict)

    def handlers(self) -> dict[str, inline.Handler]:
        """How the elements that are special to SPL read inside a line."""
        if not self._handlers:
            self._handlers = {
                **dict.fromkeys(PADDED, self._padded),
                **dict.fromkeys(SKIPPED, lambda _element, _before: ""),
                "footnote": lambda element, _before: f" {self.add(element)} ",
                "footnoteRef": self._referred,
            }
        return self._handlers

    def _padded(self, element: etree._Element, _before: str) -> str:
        return f" {inline_text(element, self)} "

    def _referred(self, element: etree._Element, _before: str) -> str:
        return f" {self.by_id.get(element.get('IDREF', ''), '')} "

    def add(self, element: etree._Element) -> str:
        """Note the footnote, once however often its line is read; returns its mark."""
        if element in self._marks:
            return self._marks[element]
        mark = self._marks[element] = self._mark(len(self.texts))
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


def inline_text(element: etree._Element, notes: Footnotes | None = None) -> str:
    """The running text of an element, footnotes as marks where ``notes`` collects them."""
    if len(element) == 0:
        return element.text or ""
    return inline.inline_text(element, (notes or Footnotes()).handlers())
