"""Tables as rows that can be read alone: cells joined in a line, headings carried beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from loccit.sources.assembly import clean

__all__ = ["Cell", "Row", "RowText", "rows_as_text", "span_of"]

JOINT = " | "
WIDEST = 100
"""Columns a cell may be said to span, so that a wrong number does not fill the memory."""
LONGEST_CONTEXT = 2000
LONGEST_GROUP = 120
"""A lone cell longer than this is a note in the table, not the head of a group of rows."""
DIGITS = re.compile(r"\s*[0-9]{1,4}\s*")
INDENTS = " \u00a0\u2002\u2003\u2009\t"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One cell: its text, how far it spans, and whether it is marked as a heading."""

    text: str
    columns: int = 1
    rows: int = 1
    heading: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """Cells of one row; ``head`` where the table says that it is a row of headings."""

    cells: Sequence[Cell]
    head: bool = False


class RowText(NamedTuple):
    """A row as text, what must be read with it, and how many columns the table has so far."""

    text: str
    context: str
    columns: int


def span_of(value: str | None) -> int:
    """A ``colspan`` or ``rowspan``; whatever is no sensible number counts as 1."""
    return min(max(int(value), 1), WIDEST) if value and DIGITS.fullmatch(value) else 1


def rows_as_text(rows: Iterable[Row], caption: str = "") -> Iterator[RowText]:
    """Each row that holds text. Its context: caption, column headings, group, spanning cells."""
    table = _Table(caption=caption, columns={}, carried={})
    for row in rows:
        placed, spanning = table.place(row)
        texts = [clean(cell.text) for _, cell in placed]
        if not any(texts):
            continue
        text = JOINT.join(texts).strip()
        if table.is_head(row):
            table.add_headings(placed)
            yield RowText(text, caption, table.width)
            continue
        table.in_body = True
        if table.is_group(placed, texts):
            yield RowText(texts[0], table.context(()), table.width)
            table.group, table.group_by_indent = texts[0], len(placed) > 1
            continue
        table.leave_group(placed)
        yield RowText(text, table.context([table.group, *spanning]), table.width)


@dataclass(slots=True)
class _Table:
    """What has been seen of a table so far."""

    caption: str
    columns: dict[int, list[str]]
    carried: dict[int, tuple[int, Cell]]
    """Column -> (rows still to cover, cell that spans them)."""
    in_body: bool = False
    group: str = ""
    group_by_indent: bool = False
    width: int = 0

    def place(self, row: Row) -> tuple[list[tuple[int, Cell]], list[str]]:
        """The row's own cells with their columns, and texts of cells that reach down into it."""
        covered = self.carried
        spanning = list(dict.fromkeys(clean(cell.text) for _, cell in covered.values()))
        self.carried = {c: (left - 1, cell) for c, (left, cell) in covered.items() if left > 1}
        placed: list[tuple[int, Cell]] = []
        column = 0
        for cell in row.cells:
            while column in covered:
                column += 1
            placed.append((column, cell))
            if cell.rows > 1:
                for reached in range(column, min(column + cell.columns, WIDEST)):
                    self.carried[reached] = (cell.rows - 1, cell)
            column += cell.columns
        self.width = max(self.width, column)
        return placed, [text for text in spanning if text]

    def is_head(self, row: Row) -> bool:
        """Whether the row holds column headings: marked so, or all heading cells at the top."""
        return row.head or (
            not self.in_body and len(row.cells) > 1 and all(c.heading for c in row.cells)
        )

    def add_headings(self, placed: list[tuple[int, Cell]]) -> None:
        """Note the headings of each column, from the top down."""
        for column, cell in placed:
            for reached in range(column, min(column + cell.columns, WIDEST)):
                self.columns.setdefault(reached, []).append(clean(cell.text))

    def is_group(self, placed: list[tuple[int, Cell]], texts: list[str]) -> bool:
        """Whether the row is a heading for those below: its first cell has text, and no other."""
        if not texts[0] or any(texts[1:]) or self.carried or self.width == 1:
            return False
        return len(texts[0]) <= LONGEST_GROUP and (len(placed) > 1 or placed[0][1].columns > 1)

    def leave_group(self, placed: list[tuple[int, Cell]]) -> None:
        """A group opened by a lone first cell ends at the first row that is not indented."""
        if self.group_by_indent and placed[0][1].text.lstrip("\n")[:1] not in INDENTS:
            self.group = ""

    def context(self, beside: Iterable[str]) -> str:
        """Caption, headings and what else is given, each once."""
        headings = (" ".join(dict.fromkeys(filter(None, names))) for names in self.columns.values())
        parts = [self.caption, *dict.fromkeys(headings), *beside]
        return JOINT.join(filter(None, parts))[:LONGEST_CONTEXT]
