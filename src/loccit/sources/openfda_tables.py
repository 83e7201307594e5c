"""Puts the tables that openFDA gives as markup where their cells stand run together."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from lxml import etree

from loccit.sources.assembly import clean
from loccit.sources.spl_inline import Block
from loccit.sources.spl_text import markup_table
from loccit.sources.xml_safety import SAFE

__all__ = ["Placed", "place_tables"]

MAX_TABLE = 2 * 1024 * 1024


class Placed(NamedTuple):
    """A table and the stretch of the section's text that holds its cells."""

    start: int
    end: int
    markup: str
    blocks: tuple[Block, ...]


def place_tables(text: str, tables: list[str]) -> list[Placed]:
    """The tables found in ``text``, in order, none overlapping.

    A table whose words cannot be found in one stretch stays as the section has it.
    """
    dense = _Dense(text) if tables else None
    placed: list[Placed] = []
    for markup in tables:
        table = _parsed(markup)
        at = dense.find(table, placed) if dense and table is not None else None
        if table is not None and at:
            placed.append(Placed(*at, markup, tuple(markup_table(table))))
    return sorted(placed)


class _Dense:
    """A text without its spaces (single ones, as ``clean`` leaves it), and the way back."""

    def __init__(self, text: str) -> None:
        self._text = text.replace(" ", "")
        self._ends = list(accumulate(map(len, text.split(" "))))

    def place(self, at: int) -> int:
        """Where the character ``at`` of the dense text stands in the text."""
        return at + bisect_right(self._ends, at)

    def find(self, table: etree._Element, placed: list[Placed]) -> tuple[int, int] | None:
        """The stretch that holds the table's cells and no table placed before."""
        words = clean(etree.tostring(table, method="text", encoding="unicode")).replace(" ", "")
        at = self._text.find(words) if words else -1
        while at >= 0:
            start, end = self.place(at), self.place(at + len(words) - 1) + 1
            if not any(p.start < end and start < p.end for p in placed):
                return start, end
            at = self._text.find(words, at + 1)
        return None


def _parsed(markup: str) -> etree._Element | None:
    if len(markup) > MAX_TABLE or "<!DOCTYPE" in markup[:200]:
        return None
    try:
        return etree.fromstring(markup.encode(), etree.XMLParser(**SAFE))
    except (etree.XMLSyntaxError, ValueError):
        return None
