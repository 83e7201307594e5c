"""Puts the tables that openFDA gives as markup where their cells stand run together."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from loccit.sources.spl_tables import table_blocks
from loccit.sources.spl_text import Block
from loccit.sources.xml_safety import SAFE

__all__ = ["Placed", "place_tables"]

MAX_TABLE = 2 * 1024 * 1024
_SPACE = re.compile(r"\s+")


class Placed(NamedTuple):
    """A table and the stretch of the section's text that holds its cells."""

    start: int
    end: int
    blocks: tuple[Block, ...]


def place_tables(text: str, tables: list[str], findings: list[str]) -> list[Placed]:
    """The tables found in ``text``, in order, none overlapping.

    A table whose words cannot be found in one stretch stays as the section has it.
    """
    if not tables:
        return []
    dense = _Dense(text)
    placed: list[Placed] = []
    lost = 0
    for markup in tables:
        table = _parsed(markup)
        at = dense.find(table, placed) if table is not None else None
        if table is None or at is None:
            lost += 1
        else:
            placed.append(Placed(*at, tuple(table_blocks(table))))
    if lost:
        findings.append(f"{lost} of {len(tables)} tables of a section stay run together")
    return sorted(placed)


class _Dense:
    """A text without its white space, with the way back to places in the text."""

    def __init__(self, text: str) -> None:
        self._places = [at for at, character in enumerate(text) if not character.isspace()]
        self._text = _SPACE.sub("", text)

    def find(self, table: etree._Element, placed: list[Placed]) -> tuple[int, int] | None:
        words = _SPACE.sub("", "".join(str(t) for t in table.itertext()))
        if not words:
            return None
        at = self._text.find(words)
        while at >= 0:
            start, end = self._places[at], self._places[at + len(words) - 1] + 1
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
