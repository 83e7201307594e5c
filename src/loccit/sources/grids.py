"""Rows of the two ways that XML has of writing tables: HTML's, and CALS (DocBook's)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from loccit.sources.inline import local_name
from loccit.sources.tables import Cell, Row, span_of

__all__ = ["cals_rows", "html_rows"]

CellText = Callable[["etree._Element"], str]  # noqa: SLF001 - lxml names its type so


def html_rows(table: etree._Element, text: CellText) -> Iterator[Row]:
    """Rows of a ``table`` of ``tr``, ``th`` and ``td``; the foot is read where it stands."""
    for row in _rows_of(table, "tr"):
        cells = [
            Cell(
                text=text(cell),
                columns=span_of(cell.get("colspan")),
                rows=span_of(cell.get("rowspan")),
                heading=local_name(cell) == "th",
            )
            for cell in row
            if local_name(cell) in ("td", "th")
        ]
        yield Row(cells=cells, head=_in_head(row))


def cals_rows(grid: etree._Element, text: CellText) -> Iterator[Row]:
    """Rows of a ``tgroup`` of ``row`` and ``entry``, with named columns."""
    names = [child.get("colname") or "" for child in grid if local_name(child) == "colspec"]
    columns = {name: number for number, name in enumerate(names) if name}
    for row in _rows_of(grid, "row"):
        cells = [
            Cell(text=text(entry), columns=_reach(entry, columns), rows=_depth(entry))
            for entry in row
            if local_name(entry) == "entry"
        ]
        yield Row(cells=cells, head=_in_head(row))


def _rows_of(grid: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of this grid, and not of one inside its cells."""
    for child in grid:
        part = local_name(child)
        if part == name:
            yield child
        elif part in ("thead", "tbody", "tfoot"):
            yield from _rows_of(child, name)


def _in_head(row: etree._Element) -> bool:
    parent = row.getparent()
    return parent is not None and local_name(parent) == "thead"


def _reach(entry: etree._Element, columns: dict[str, int]) -> int:
    first, last = columns.get(entry.get("namest", "")), columns.get(entry.get("nameend", ""))
    return 1 if first is None or last is None else span_of(str(last - first + 1))


def _depth(entry: etree._Element) -> int:
    more = (entry.get("morerows") or "")[:4]
    return span_of(str(int(more) + 1)) if more.isascii() and more.isdecimal() else 1
