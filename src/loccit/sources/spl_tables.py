"""Tables in SPL markup, row by row, each with its caption and column headings as context."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from loccit.sources.assembly import clean
from loccit.sources.inline import local_name
from loccit.sources.spl_inline import Block, Footnotes, inline_text
from loccit.terms import PassageKind

__all__ = ["table_blocks"]

Framed = Callable[["etree._Element", Footnotes], Iterator[Block]]  # noqa: SLF001 - lxml's type
"""Gives the blocks of a cell that holds paragraphs and lists."""

MAX_SPAN = 100
"""Columns or rows a cell may span; more is a mistake or an attack on memory."""
MAX_NOTE = 120
"""A lone cell longer than this is a note under the table, not the head of a group of rows."""
JOIN = " | "


@dataclass(frozen=True, slots=True)
class _Cell:
    element: etree._Element
    text: str
    first: int
    last: int
    carried: bool = False
    """Begun in a row above and reaching into this one; its text stands there."""


_Row = list[_Cell]


def table_blocks(table: etree._Element, *, framed: Framed) -> Iterator[Block]:
    """The caption, the column headings and the rows of ``table``, then its footnotes.

    A table that only frames text (one column, or a cell with lists in it) gives that text.
    """
    notes = Footnotes()
    caption = " ".join(
        clean(inline_text(child, notes)) for child in table if local_name(child) == "caption"
    )
    if caption:
        yield Block(caption)
    head, body, foot = _parts(table)
    grid = _grid(head + body + foot, notes)
    width = max((cell.last for row in grid for cell in row), default=0)
    if width <= 1:
        for row in grid:
            yield from _framed_cells(row, notes, framed)
    else:
        heads = _header_rows(grid, len(head))
        columns = JOIN.join(h for h, _ in groupby(_column_heads(grid[:heads], width)) if h)
        above = " — ".join(part for part in (caption, columns) if part)
        yield from (Block(_joined(_own(row))) for row in grid[:heads])
        yield from _rows(grid[heads : len(head) + len(body)], width, above, notes, framed)
        yield from (Block(_joined(_own(row))) for row in grid[len(head) + len(body) :])
    yield from notes.blocks()


def _parts(table: etree._Element) -> tuple[list[etree._Element], ...]:
    """Rows of head, body and foot; SPL writes the foot before the body."""
    head: list[etree._Element] = []
    body: list[etree._Element] = []
    foot: list[etree._Element] = []
    for child in table:
        name = local_name(child)
        if name == "tr":
            body.append(child)
        elif name in ("thead", "tbody", "tfoot"):
            rows = [row for row in child if local_name(row) == "tr"]
            {"thead": head, "tbody": body, "tfoot": foot}[name].extend(rows)
    return head, body, foot


def _grid(rows: list[etree._Element], notes: Footnotes) -> list[_Row]:
    grid: list[_Row] = []
    reaching: dict[int, tuple[_Cell, int]] = {}
    for row in rows:
        cells = [cell for cell in row if local_name(cell) in ("td", "th")]
        placed: _Row = []
        column = 0
        for cell in cells:
            column = _carry(column, reaching, placed)
            span = _span(cell, "colspan")
            made = _Cell(cell, clean(inline_text(cell, notes)), column, column + span)
            placed.append(made)
            column += span
            if (deep := _span(cell, "rowspan")) > 1:
                reaching[made.first] = (made, deep)
        _carry(column, reaching, placed)
        reaching = {at: (c, left - 1) for at, (c, left) in reaching.items() if left > 1}
        grid.append(placed)
    return grid


def _carry(column: int, reaching: dict[int, tuple[_Cell, int]], placed: _Row) -> int:
    """Place the cells that reach into this row from above, from ``column`` on."""
    while column in reaching and reaching[column][0] not in placed:
        above = reaching[column][0]
        placed.append(_Cell(above.element, above.text, above.first, above.last, carried=True))
        column = above.last
    return column


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name)
    return min(max(int(value), 1), MAX_SPAN) if value and value.isdecimal() else 1


def _own(row: _Row) -> list[_Cell]:
    return [cell for cell in row if not cell.carried]


def _header_rows(grid: list[_Row], marked: int) -> int:
    """How many rows are column headings: those marked, else first rows all in th or bold."""
    if marked:
        return marked
    if len(grid) > 1 and len(grid[0]) > 1 and all(_stands_out(cell) for cell in grid[0]):
        return 1
    return 0


def _stands_out(cell: _Cell) -> bool:
    if local_name(cell.element) == "th" or not cell.text:
        return True
    bold = [
        inner
        for inner in cell.element.iter()
        if local_name(inner) == "content" and "bold" in inner.get("styleCode", "").lower()
    ]
    return clean(" ".join(inline_text(inner, Footnotes()) for inner in bold)) == cell.text


def _column_heads(rows: list[_Row], width: int) -> list[str]:
    """For each column, its headings from the top down, a repeated one once."""
    heads = []
    for column in range(width):
        texts = [c.text for row in rows for c in row if c.first <= column < c.last and c.text]
        heads.append(" ".join(text for text, _ in groupby(texts)))
    return heads


def _rows(
    rows: list[_Row], width: int, above: str, notes: Footnotes, framed: Framed
) -> Iterator[Block]:
    group = ""
    for row in rows:
        own = _own(row)
        if _stands_alone(row, width):
            group = own[0].text if len(own[0].text) <= MAX_NOTE else group
            yield from _framed_cells(own[:1], notes, framed)
        else:
            carried = JOIN.join(cell.text for cell in row if cell.carried and cell.text)
            context = " — ".join(part for part in (above, group, carried) if part)
            yield Block(_joined(own), PassageKind.TABLE_ROW, context)


def _stands_alone(row: _Row, width: int) -> bool:
    """Whether the row is one cell over the whole width, or one with nothing beside it.

    It is the head of a group of rows, a note, or framed text.
    """
    own = _own(row)
    if not own or len(own) < len(row) or not own[0].text:
        return False
    if len(own) == 1:
        return own[0].last - own[0].first >= width or own[0].first == 0
    return not any(cell.text for cell in own[1:]) and len(own[0].text) <= MAX_NOTE


def _framed_cells(row: _Row, notes: Footnotes, framed: Framed) -> Iterator[Block]:
    for cell in _own(row):
        if len(cell.element):
            yield from framed(cell.element, notes)
        else:
            yield Block(cell.text)


def _joined(cells: list[_Cell]) -> str:
    """Cells side by side; empty ones keep their place so that columns can be counted."""
    text = JOIN.join(cell.text for cell in cells)
    return text if any(cell.text for cell in cells) else ""
