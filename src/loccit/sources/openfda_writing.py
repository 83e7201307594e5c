"""Writes an openFDA section into a document: headings, tables, bullets, and highlights apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loccit.sources import labels
from loccit.sources.assembly import Assembler, clean
from loccit.sources.openfda_headings import (
    inline_headings,
    numbered_headings,
    section_title,
    title_code,
)
from loccit.sources.openfda_highlights import highlights_range
from loccit.sources.openfda_sections import Layout, Piece
from loccit.sources.openfda_tables import Placed, place_tables
from loccit.terms import PassageKind

__all__ = ["Highlights", "write_highlights", "write_section"]

BULLETS = "•●■▪◦‣∙"
_BULLET = re.compile(rf"(?:^|\s)[{BULLETS}]\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?\])])\s+(?=[A-Z])")

Highlights = list[tuple[str, str]]
"""Heading of the section and its part of the highlights."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A section that begins at ``start``; its printed heading ends at ``body``."""

    start: int
    body: int
    path: tuple[str, ...]
    code: str
    printed: bool


def write_section(
    assembler: Assembler, section: Piece, names: Sequence[str], findings: list[str]
) -> Highlights:
    """Write one outermost section; returns what of it belongs to the highlights."""
    if section.code == "43683-2":
        return [(_supplied(section), section.text)]
    tables = place_tables(section.text, section.tables, findings)
    marks = _marks(section, names, tables)
    skip = highlights_range(section.text, marks[0].body, _second(marks, section))
    for mark, end in zip(marks, [*(m.start for m in marks[1:]), len(section.text)], strict=True):
        assembler.section(mark.path, code=mark.code, printed=mark.printed)
        boxed = mark.code == labels.BOXED_WARNING
        for low, high in _without(mark.body, end, skip):
            _write_run(assembler, section.text, (low, high), tables, boxed=boxed)
    low, high = skip
    return [(marks[0].path[-1], section.text[low:high])] if high > low else []


def write_highlights(assembler: Assembler, parts: Highlights) -> None:
    """Write the highlights after the full text, so that a quotation finds the full text first."""
    for heading, text in parts:
        assembler.section((labels.HIGHLIGHTS, heading), code="highlights", printed=False)
        for block, kind in _bulleted(text):
            assembler.block(block, kind)


def _supplied(piece: Piece) -> str:
    known = labels.by_key().get(piece.key)
    return known.heading if known else clean(piece.key.replace("_", " ")).capitalize()


def _second(marks: list[_Mark], section: Piece) -> int | None:
    """Where the first subsection begins, if there is one."""
    return marks[1].start if len(marks) > 1 else None


def _marks(section: Piece, names: Sequence[str], tables: list[Placed]) -> list[_Mark]:
    top = _titled(section, section.text, 0, ())
    marks = [top, *_inner_marks(section, section.text, top.path, names)]
    marks = [m for m in marks if not any(t.start < m.start < t.end for t in tables)]
    return _in_order(marks, section.text)


def _titled(piece: Piece, text: str, start: int, above: tuple[str, ...]) -> _Mark:
    known = labels.by_key().get(piece.key)
    end = section_title(text, start, known.printed if known else (), boxed=piece.key == "boxed_warning")
    end = min(end, start + len(piece.text))
    title = text[start:end]
    code = title_code(title) or piece.code
    return _Mark(start, end, (*above, title or _supplied(piece)), code, bool(title))


def _inner_marks(
    piece: Piece, text: str, path: tuple[str, ...], names: Sequence[str]
) -> Iterator[_Mark]:
    """Subsections given as entries, those only numbered, and known headings in the text."""
    given = [_titled(inner, text, inner.start, path) for inner in piece.inner]
    numbered = _numbered(piece, text, path, names)
    yield from numbered
    starts = {mark.start for mark in numbered}
    for inner, mark in zip(piece.inner, given, strict=True):
        if mark.start in starts:
            yield _Mark(mark.start, mark.body, mark.path, mark.code, mark.printed)
        else:
            yield mark
        yield from _inner_marks(inner, text, mark.path, names)
        yield _Mark(inner.end, inner.end, path, piece.code, printed=False)


def _numbered(
    piece: Piece, text: str, path: tuple[str, ...], names: Sequence[str]
) -> list[_Mark]:
    number = piece.number
    if not number or "." in number:
        return []
    found = numbered_headings(text, number, names)
    return [
        _Mark(h.start, h.end, (*path[:1], text[h.start : h.end]), title_code(text[h.start : h.end]), True)
        for h in found
    ]


def _in_order(marks: list[_Mark], text: str) -> list[_Mark]:
    """Marks by place; of several at one place the one that says most; empty ones dropped."""
    ordered: list[_Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, not m.printed)):
        if mark.start >= len(text) or (ordered and mark.start < ordered[-1].body):
            continue
        if ordered and mark.start == ordered[-1].start:
            ordered[-1] = _better(ordered[-1], mark)
        elif ordered and not mark.printed and mark.path == ordered[-1].path:
            continue
        else:
            ordered.append(mark)
    return ordered


def _better(first: _Mark, second: _Mark) -> _Mark:
    if first.code and second.code:
        return first if first.printed else second
    return first if first.code else _Mark(
        first.start, first.body, first.path, second.code, first.printed
    )


def _without(start: int, end: int, skip: tuple[int, int]) -> Iterator[tuple[int, int]]:
    low, high = skip
    if high <= low or low >= end or high <= start:
        yield start, end
        return
    yield start, max(start, low)
    yield min(end, high), end


def _write_run(
    assembler: Assembler,
    text: str,
    place: tuple[int, int],
    tables: list[Placed],
    *,
    boxed: bool,
) -> None:
    start, end = place
    for table in tables:
        if start <= table.start and table.end <= end:
            _write_text(assembler, text[start : table.start], boxed=boxed)
            for block, kind, context in table.blocks:
                assembler.block(
                    block, PassageKind.BOXED_WARNING if boxed else kind, context=context
                )
            start = table.end
    _write_text(assembler, text[start:end], boxed=boxed)


def _write_text(assembler: Assembler, text: str, *, boxed: bool) -> None:
    for block, kind in _bulleted(text):
        assembler.block(block, PassageKind.BOXED_WARNING if boxed else kind)


def _bulleted(text: str) -> Iterator[tuple[str, PassageKind]]:
    """The text before the first bullet, then an item a bullet, then what follows the last item."""
    first, *items = _BULLET.split(text)
    if first.strip():
        yield first, PassageKind.PROSE
    for item in items[:-1]:
        yield item, PassageKind.LIST_ITEM
    for item in items[-1:]:
        end = _SENTENCE_END.search(item)
        yield (item[: end.start()] if end else item), PassageKind.LIST_ITEM
        if end:
            yield item[end.end() :], PassageKind.PROSE
