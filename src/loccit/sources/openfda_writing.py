"""Writes an openFDA section into a document: headings, tables, bullets, and highlights apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loccit.sources import labels
from loccit.sources.assembly import Assembled, Assembler, clean
from loccit.sources.openfda_headings import inline_headings, numbered_headings
from loccit.sources.openfda_highlights import highlights_range
from loccit.sources.openfda_sections import Piece
from loccit.sources.openfda_tables import Placed, place_tables
from loccit.sources.openfda_titles import section_title, title_code
from loccit.terms import PassageKind

__all__ = ["LabelWriter"]

RECENT_CHANGES = "43683-2"
BULLETS = "•●■▪◦"
_BULLET = re.compile(rf"(?<!\w)[{BULLETS}]|[{BULLETS}](?=\s)")
"""Not the raised dot of a unit, which some labels write as a bullet: mcg•h/mL."""
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)\b")
_SENTENCE_END = re.compile(r"(?<=[.!?\])])\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A section that begins at ``start``; its printed heading ends at ``body``."""

    start: int
    body: int
    path: tuple[str, ...]
    code: str
    printed: bool


@dataclass(slots=True)
class LabelWriter:
    """Writes the sections of one label in the order given, then its highlights."""

    names: Sequence[str]
    """First words of the product's names."""
    assembler: Assembler = field(default_factory=Assembler)
    _highlights: list[tuple[str, str]] = field(default_factory=list)
    _tables: dict[str, bool] = field(default_factory=dict)

    def write(self, section: Piece) -> None:
        """Write one outermost section; what of it belongs to the highlights is kept for later."""
        if section.code == RECENT_CHANGES:
            self._highlights.append((_supplied(section), section.text))
            return
        text = section.text
        tables = place_tables(text, section.tables)
        self._tables |= {markup: self._tables.get(markup, False) for markup in section.tables}
        self._tables |= {table.markup: True for table in tables}
        marks = _marks(section, self.names, tables)
        low = high = marks[0].body
        if section.number or section.key == "boxed_warning":
            low, high = highlights_range(text, marks[0].body, _second(marks))
        for mark, end in zip(marks, [*(m.start for m in marks[1:]), len(text)], strict=True):
            self.assembler.section(mark.path, code=mark.code, printed=mark.printed)
            boxed = mark.code == labels.BOXED_WARNING
            for start, stop in _without(mark.body, end, (low, high)):
                _write_run(self.assembler, text, (start, stop), tables, boxed=boxed)
        if high > low:
            self._highlights.append((marks[0].path[-1], text[low:high]))

    def finish(self, findings: list[str]) -> Assembled:
        """Write the highlights, after the full text so that quotations find that first."""
        for heading, text in self._highlights:
            self.assembler.section((labels.HIGHLIGHTS, heading), code="highlights", printed=False)
            for block, kind in _bulleted(text):
                self.assembler.block(block, kind)
        if lost := sum(not placed for placed in self._tables.values()):
            findings.append(f"{lost} of {len(self._tables)} tables stay run together")
        return self.assembler.finish()


def _supplied(piece: Piece) -> str:
    known = labels.by_key().get(piece.key)
    return known.heading if known else clean(piece.key.replace("_", " ")).capitalize()


def _second(marks: list[_Mark]) -> int | None:
    """Where the first subsection begins, if there is one."""
    return marks[1].start if len(marks) > 1 else None


def _marks(section: Piece, names: Sequence[str], tables: list[Placed]) -> list[_Mark]:
    top = _titled(section, section.text, 0, (), names)
    marks = [top, *_inner_marks(section, section.text, top.path, names)]
    marks = _in_order(marks, section.text)
    found = [
        mark
        for mark in _with_inline(marks, section)
        if not any(t.start < mark.start < t.end for t in tables)
    ]
    return _in_order(found, section.text)


def _titled(
    piece: Piece, text: str, start: int, above: tuple[str, ...], names: Sequence[str]
) -> _Mark:
    known = labels.by_key().get(piece.key)
    printed = known.printed if known else ()
    end = section_title(text, start, printed, names, boxed=piece.key == "boxed_warning")
    end = min(end, start + len(piece.text))
    title = text[start:end].rstrip(": ")
    code = title_code(title) or piece.code
    return _Mark(start, end, (*above, title or _supplied(piece)), code, bool(title))


def _inner_marks(
    piece: Piece, text: str, path: tuple[str, ...], names: Sequence[str]
) -> Iterator[_Mark]:
    """Subsections given as entries, those only numbered, and known headings in the text."""
    given = [_titled(inner, text, inner.start, path, names) for inner in piece.inner]
    numbered = _numbered(piece, text, path, names)
    yield from numbered
    for inner, mark in zip(piece.inner, given, strict=True):
        yield mark
        yield from _inner_marks(inner, text, mark.path, names)
        yield _Mark(inner.end, inner.end, path, piece.code, printed=False)


def _with_inline(marks: list[_Mark], section: Piece) -> Iterator[_Mark]:
    """The marks, and below each the known headings that stand in its text without a number."""
    ends = [*(mark.start for mark in marks[1:]), len(section.text)]
    for mark, end in zip(marks, ends, strict=True):
        yield mark
        for found in inline_headings(section.text, mark.body, end, _places(mark, section)):
            title = section.text[found.start : found.end].rstrip(":")
            path = (*mark.path, title)
            yield _Mark(found.start, found.end, path, title_code(title), printed=True)


def _places(mark: _Mark, section: Piece) -> frozenset[str]:
    """What the section is called where headings are looked up: its number, its key."""
    number = _NUMBER.match(mark.path[-1])
    known = labels.by_code().get(mark.code)
    keys = {known.key} if known else set()
    if len(mark.path) == 1:
        keys.add(section.key)
    return frozenset(keys | ({number[1]} if number else set()))


def _numbered(piece: Piece, text: str, path: tuple[str, ...], names: Sequence[str]) -> list[_Mark]:
    number = piece.number
    if not number or "." in number:
        return []
    return [
        _Mark(found.start, found.end, (*path[:1], title), title_code(title), printed=True)
        for found in numbered_headings(text, number, names)
        for title in [text[found.start : found.end]]
    ]


def _in_order(marks: list[_Mark], text: str) -> list[_Mark]:
    """Marks by place; of several at one place the printed one; what begins nothing is dropped."""
    ordered: list[_Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, not m.printed, -len(m.path))):
        last = ordered[-1] if ordered else None
        if mark.start >= len(text) or (last and mark.start < last.body):
            continue
        if last is None or mark.start > last.start:
            if last is None or mark.printed or mark.path != last.path:
                ordered.append(mark)
        elif not last.code and len(mark.path) >= len(last.path):
            ordered[-1] = replace(last, code=mark.code)
    return ordered


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
    if not any(bullet in text for bullet in BULLETS):  # most texts; the pattern is slower
        yield text, PassageKind.PROSE
        return
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
