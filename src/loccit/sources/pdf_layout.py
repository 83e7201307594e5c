"""From lines of a PDF to headings, paragraphs, list items and table rows, across pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loccit.sources.pdf_hyphens import Joiner
from loccit.sources.pdf_lines import Line, Page, commonest, lines_of
from loccit.sources.tables import Cell, Row, rows_as_text
from loccit.terms import PassageKind

__all__ = ["Laid", "lay_out"]

APART = 1.4
"""Distance between two lines, in their usual distance, above which a paragraph ends."""
LARGER = 1.08
EMPHASIS = 1.15
"""A line this much larger may still be part of the sentence that it breaks off from."""
DASHES = "\u2013\u2014-*o"
"""Marks that begin an item, but stand within a sentence too."""
LONGEST_HEADING = 160
MOST_HEADING_LINES = 3
FEWEST_CAPITALS = 4
LONGEST_GROUP = 400
"""Lines of a paragraph; a page has some 60."""
TAIL = 24
"""Characters or lines at the end that tell how a line or paragraph ends."""

_NUMBERED_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+\S")
_NUMBERED_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]\S*")
CLOSING = r"[\"\u201d\u2019')\]]"
_SENTENCE_END = re.compile(rf"[.!?:;]{CLOSING}*\s*$")
_FULL_STOP = re.compile(rf"[.;,]{CLOSING}*\s*$")
_RECOMMENDATION = re.compile(
    r"\((?:recommendation category|strong|conditional|weak|grade|strength|class|level)\b"
    r"[^()]{0,80}\)"
    r"|\(\s*[ABCDI]\s*(?:recommendation|grade)?\s*\)\.?$",
    re.IGNORECASE,
)
"""A grade in brackets, as issuers put after a recommendation."""


@dataclass(slots=True)
class Laid:
    """One block: its text, its form, and where in it pages begin."""

    text: str
    kind: PassageKind
    page: int
    level: int = 0
    """For a heading, 1 for the highest; 0 for anything else."""
    context: str = ""
    turns: list[int] = field(default_factory=list)
    """Offsets in ``text`` at which the following pages begin."""
    size: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Measures:
    """What is usual in the document."""

    size: float
    leading: float
    rights: dict[int, float]
    """Page -> where full lines end."""


def lay_out(pages: Sequence[Page]) -> list[Laid]:
    """The document's blocks in reading order."""
    by_page = [lines_of(page) for page in pages]
    measures = _measures(by_page)
    joiner = Joiner(line.text for lines in by_page for line in lines)
    blocks: list[Laid] = []
    for group in _groups([line for lines in by_page for line in lines], measures):
        if _is_table(group):
            blocks += _table(group, joiner)
        else:
            blocks.append(_block(group, measures, joiner))
    _set_levels(blocks, measures)
    return [block for block in blocks if block.text]


def _measures(by_page: Sequence[Sequence[Line]]) -> _Measures:
    lines = [line for page in by_page for line in page]
    sizes = [line.size for line in lines for _ in range(max(1, len(line.text) // 20))]
    gaps = [
        before.baseline - after.baseline for page in by_page for before, after in pairwise(page)
    ]
    size = commonest(sizes, default=10.0)
    return _Measures(
        size=size,
        leading=commonest((gap for gap in gaps if 0.5 * size < gap < 4 * size), default=1.2 * size),
        rights={page[0].page: max(line.right for line in page) for page in by_page if page},
    )


def _groups(lines: Sequence[Line], measures: _Measures) -> Iterator[list[Line]]:
    """Lines that make one paragraph, item, heading or table."""
    group: list[Line] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if group and _goes_on(group, line, following, measures):
            group.append(line)
            continue
        if group:
            yield group
        group = [line]
    if group:
        yield group


def _goes_on(group: list[Line], line: Line, following: Line | None, measures: _Measures) -> bool:
    """Whether ``line`` belongs to what ``group`` began."""
    last = group[-1]
    if len(group) >= LONGEST_GROUP:
        return False
    if _has_cells(group[0]) or _has_cells(line):
        return _table_goes_on(group, line, following)
    ended = _SENTENCE_END.search(last.text[-TAIL:]) is not None
    broken_off = not ended and not _is_short(last, measures)
    is_item = line.bullet and (ended or last.bullet or line.bullet not in DASHES)
    if is_item or _begins_item(line, last, measures):
        return False
    if _differs(last, line, EMPHASIS if broken_off else LARGER) and not (
        broken_off and last.size < EMPHASIS * line.size
    ):
        return False
    gap = last.baseline - line.baseline
    if line.page != last.page or gap <= 0:
        return not ended and not _is_heading_like(group, measures)
    return gap <= APART * _leading(group, measures) and not _ends_here(group, line, gap, measures)


def _ends_here(group: list[Line], line: Line, gap: float, measures: _Measures) -> bool:
    """Whether ``group`` is complete before ``line``, which follows at an ordinary distance."""
    last = group[-1]
    ended = _SENTENCE_END.search(last.text[-TAIL:]) is not None
    hanging = len(group) == 1 and (_NUMBERED_ITEM.match(last.text) or not ended)
    if (
        not (hanging and not _is_short(last, measures))
        and line.left > _body_left(group) + 0.8 * measures.size
    ):
        return True
    if _is_short(last, measures) and (ended or _is_heading_like(group, measures)):
        return True
    return ended and gap > 1.15 * _leading(group, measures)


def _is_short(line: Line, measures: _Measures) -> bool:
    """Whether a line stops well before the margin, as the last one of a paragraph does."""
    right = measures.rights[line.page]
    return line.right < right - 0.15 * (right - line.left)


def _leading(group: Sequence[Line], measures: _Measures) -> float:
    """Distance between the lines of this paragraph, where it has two on a page; else the usual."""
    gaps = [a.baseline - b.baseline for a, b in pairwise(group[-TAIL:])]
    within = [gap for gap in gaps if gap > 0]
    return min(within) if within else max(measures.leading, 1.3 * group[0].size)


def _body_left(group: Sequence[Line]) -> float:
    """Where the lines of a paragraph begin, its first line apart."""
    return group[1].left if len(group) > 1 else group[0].left


def _begins_item(line: Line, last: Line, measures: _Measures) -> bool:
    """Whether a number or letter makes ``line`` an item; it may be a wrapped reference."""
    if not _NUMBERED_ITEM.match(line.text):
        return False
    ended = _SENTENCE_END.search(last.text[-TAIL:]) or re.search(
        r"[;,] (?:and|or)$", last.text[-TAIL:]
    )
    return ended is not None or line.left < last.left - 0.3 * measures.size


def _differs(last: Line, line: Line, step: float) -> bool:
    """Whether type size changes by ``step``, or weight does, for whole lines."""
    bigger, smaller = max(last.size, line.size), min(last.size, line.size)
    return bigger > step * smaller or (last.bold != line.bold and len(line.text) > 1)


def _has_cells(line: Line) -> bool:
    return len(line.cells) > 1 and not line.bullet


def _table_goes_on(group: list[Line], line: Line, following: Line | None) -> bool:
    """Tables: lines with cells, and wrapped cells between them."""
    last = group[-1]
    if not _has_cells(group[0]) or line.bullet or line.page != last.page:
        return False
    near = 0 < last.baseline - line.baseline < 3 * max(last.size, line.size)
    if _has_cells(line):
        return near
    lefts = [cell.left for row in group for cell in row.cells]
    under_a_cell = any(abs(line.left - left) < line.size for left in lefts[1:])
    return near and under_a_cell and following is not None and _has_cells(following)


def _is_table(group: Sequence[Line]) -> bool:
    return sum(map(_has_cells, group)) > 1


def _table(group: Sequence[Line], joiner: Joiner) -> Iterator[Laid]:
    """Rows with their cells in columns; a line without first cell wraps the row above."""
    columns: list[float] = []
    for cell in sorted((c for line in group for c in line.cells), key=lambda c: c.left):
        if not columns or cell.left > columns[-1] + 1.5 * cell.size:
            columns.append(cell.left)
    rows: list[tuple[Line, list[list[str]]]] = []
    for line in group:
        placed: list[list[str]] = [[] for _ in columns]
        for cell in line.cells:
            nearest = max(n for n, left in enumerate(columns) if left <= cell.left + 0.1)
            placed[nearest].append(cell.text)
        if rows and not placed[0]:
            for cells, more in zip(rows[-1][1], placed, strict=True):
                cells.extend(more)
        else:
            rows.append((line, placed))
    table = [
        Row(cells=[Cell(text=joiner.join(cell)) for cell in placed], head=n == 0 and line.bold)
        for n, (line, placed) in enumerate(rows)
    ]
    for (line, _), row in zip(rows, rows_as_text(table), strict=True):
        yield Laid(row.text, PassageKind.TABLE_ROW, line.page, context=row.context)


def _block(group: Sequence[Line], measures: _Measures, joiner: Joiner) -> Laid:
    """A paragraph, item or heading as one block."""
    text, turns = "", []
    for number, line in enumerate(group):
        if number and line.page != group[number - 1].page:
            turns.append(-1)
        text = joiner.add(
            text, f"{line.bullet} {line.text}" if number and line.bullet else line.text
        )
        if turns and turns[-1] == -1:
            turns[-1] = len(text) - len(line.text)
    first = group[0]
    kind = PassageKind.PROSE
    if first.bullet:
        text, kind = f"{first.bullet} {text}", PassageKind.LIST_ITEM
        turns = [turn + len(first.bullet) + 1 for turn in turns]
    elif _NUMBERED_ITEM.match(text):
        kind = PassageKind.LIST_ITEM
    if _RECOMMENDATION.search(text) and first.bold:
        kind = PassageKind.RECOMMENDATION
    level = 1 if kind is not PassageKind.RECOMMENDATION and _is_heading_like(group, measures) else 0
    if level:
        kind = PassageKind.PROSE
    return Laid(text, kind, first.page, level=level, turns=turns, size=first.size)


def _is_heading_like(group: Sequence[Line], measures: _Measures) -> bool:
    """Bold, larger or numbered, short, and no sentence."""
    if group[0].bullet or len(group) > MOST_HEADING_LINES:
        return False
    text = " ".join(line.text for line in group)
    if len(text) > LONGEST_HEADING:
        return False
    if _FULL_STOP.search(text) or not any(character.isalpha() for character in text):
        return False
    larger = all(line.size > LARGER * measures.size for line in group)
    stands_out = larger or all(line.bold for line in group)
    letters = [character for character in text if character.isalpha()]
    capitals = (
        len(letters) >= FEWEST_CAPITALS
        and text.upper() == text
        and len(text) <= LONGEST_HEADING / 2
    )
    numbered = (
        _NUMBERED_HEADING.match(text) and text.count(".") > 0 and len(text) <= LONGEST_HEADING / 2
    )
    return bool(stands_out or capitals or (numbered and len(group) == 1))


def _set_levels(blocks: Sequence[Laid], measures: _Measures) -> None:
    """Levels of headings: by type size, the largest first; a number's depth adds to it."""
    sizes = sorted({round(b.size) for b in blocks if b.level and b.size > LARGER * measures.size})
    ranks = {size: rank for rank, size in enumerate(reversed(sizes), 1)}
    for block in blocks:
        if block.level:
            rank = ranks.get(round(block.size), len(ranks) + 1)
            number = re.match(r"\d+((?:\.\d+)*)", block.text)
            block.level = rank + (number.group(1).count(".") if number else 0)
