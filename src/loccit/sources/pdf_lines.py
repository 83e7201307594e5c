"""From runs of characters to lines of text: margins, running heads and line numbers stripped."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from loccit.sources.inline import raised

__all__ = [
    "Line",
    "Page",
    "Segment",
    "commonest",
    "lines_of",
    "page_of",
    "strip_line_numbers",
    "strip_running",
]

EDGE = 0.12
"""Share of a page's height, at top and bottom, where running heads stand."""
REPEATED = 0.4
"""Share of pages on which a line must stand to be a running one: left and right pages differ."""
FEWEST_PAGES = 3
NUMBERED = 0.3
"""Share of pages that must have line numbers for a document to count as numbered."""
FEWEST_NUMBERS = 5
RAISED_SIZE = 0.8
"""Letters smaller than this share of their neighbours may stand a little above or below them."""
TOUCHING = 0.5
"""Ems between two segments that are one run of words drawn in two steps."""

BULLETS = "•●▪◦‣■□✓➢❖·∙o\u2013\u2014-*"
_NUMBER = re.compile(r"\d{1,5}")
_RAISED = re.compile("([^\ue000\ue001]*)\ue000([^\ue000\ue001]*)\ue001")
_MARKS = re.compile("[\ue000\ue001]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """Words that stand together on one line, in points from the page's lower left corner."""

    left: float
    baseline: float
    right: float
    size: float
    bold: bool
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page's segments in the order of the file."""

    number: int
    width: float
    height: float
    segments: tuple[Segment, ...]
    hidden: int = 0
    """Characters too small to see or off the page; they were dropped."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Segments on one baseline, from left to right; ``cells`` of a table stand far apart."""

    page: int
    cells: tuple[Segment, ...]
    bullet: str = ""

    @property
    def left(self) -> float:
        """Where its text begins, after a bullet."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where its text ends."""
        return self.cells[-1].right

    @property
    def baseline(self) -> float:
        """Its height on the page."""
        return self.cells[0].baseline

    @property
    def size(self) -> float:
        """Height of its largest letters."""
        return max(cell.size for cell in self.cells)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(cell.bold for cell in self.cells)

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(cell.text for cell in self.cells)


def page_of(number: int, answer: Sequence[Any]) -> Page:
    """A page as the child process told it."""
    _, width, height, told = answer
    segments = [
        Segment(left=s[0], baseline=s[1], right=s[2], size=s[3], bold=s[4], text=_readable(s[5]))
        for s in told
        if s[3]
    ]
    hidden = sum(int(s[5]) for s in told if not s[3])
    return Page(number=number, width=width, height=height, segments=tuple(segments), hidden=hidden)


def _readable(text: str) -> str:
    """Superscripts written so that they do not run into the number or word before them."""
    said = ""
    rest = 0
    for match in _RAISED.finditer(text):
        said += match.group(1)
        said += raised(said, match.group(2))
        rest = match.end()
    return said + _MARKS.sub("", text[rest:])


def strip_line_numbers(pages: Sequence[Page]) -> tuple[list[Page], bool]:
    """Pages without the numbers that count their lines in the margin, and whether there were any.

    Such numbers stand left or right of all other text and go up by one.
    """
    found = {page.number: numbers for page in pages if (numbers := _margin_numbers(page))}
    if len(found) < max(1, NUMBERED * len(pages)):
        return list(pages), False
    lefts = [s.left for numbers in found.values() for s in numbers]
    low, high = min(lefts), max(s.right for numbers in found.values() for s in numbers)
    return [
        replace(
            page,
            segments=tuple(
                s
                for s in page.segments
                if not (_NUMBER.fullmatch(s.text) and low - 1 <= s.left and s.right <= high + 1)
            ),
        )
        for page in pages
    ], True


def _margin_numbers(page: Page) -> list[Segment]:
    words = [s for s in page.segments if not _NUMBER.fullmatch(s.text)]
    numbers = [s for s in page.segments if _NUMBER.fullmatch(s.text)]
    if not words:
        return []
    left, right = min(s.left for s in words), max(s.right for s in words)
    margin = [s for s in numbers if s.right < left or s.left > right]
    values = [int(s.text) for s in sorted(margin, key=lambda s: -s.baseline)]
    counted = sum(after - before in (1, 5) for before, after in pairwise(values))
    return margin if counted >= FEWEST_NUMBERS else []


def strip_running(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """Pages without running heads and feet, and the texts of those, each once."""
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for segment in page.segments:
            if _is_at_edge(segment, page):
                places[_key(segment)].add(page.number)
    least = max(FEWEST_PAGES, REPEATED * len(pages))
    running = {key for key, on in places.items() if len(on) >= least}
    texts: dict[str, None] = {}
    kept = []
    for page in pages:
        segments = []
        for segment in page.segments:
            if _is_at_edge(segment, page) and _key(segment) in running:
                texts.setdefault(segment.text)
            else:
                segments.append(segment)
        kept.append(replace(page, segments=tuple(segments)))
    return kept, list(texts)


def _is_at_edge(segment: Segment, page: Page) -> bool:
    share = segment.baseline / page.height if page.height else 0.5
    return share < EDGE or share > 1 - EDGE


def _key(segment: Segment) -> tuple[str, int]:
    """The words with numbers left open, and the place to within a line."""
    return re.sub(r"\d+", "#", segment.text), round(segment.baseline / 6)


def lines_of(page: Page) -> list[Line]:
    """The page's lines in the order of the file, each from left to right."""
    lines: list[list[Segment]] = []
    left = right = 0.0
    for segment in page.segments:
        beside = segment.left >= right - 1 or segment.right <= left + 1
        if lines and beside and _same_height(lines[-1][-1], segment):
            lines[-1].append(segment)
            left, right = min(left, segment.left), max(right, segment.right)
        else:
            lines.append([segment])
            left, right = segment.left, segment.right
    return [_line(page.number, line) for line in lines]


def _same_height(last: Segment, segment: Segment) -> bool:
    bigger, smaller = max(last.size, segment.size), min(last.size, segment.size)
    reach = 0.35 if smaller > RAISED_SIZE * bigger else 0.5
    return abs(last.baseline - segment.baseline) < reach * bigger


def _line(page: int, segments: Iterable[Segment]) -> Line:
    cells: list[Segment] = []
    for segment in sorted(segments, key=lambda s: s.left):
        last = cells[-1] if cells else None
        if last and segment.left - last.right < TOUCHING * max(last.size, segment.size):
            cells[-1] = _joined(last, segment)
        else:
            cells.append(segment)
    if len(cells) > 1 and cells[0].text.strip() in tuple(BULLETS):
        return Line(page=page, cells=tuple(cells[1:]), bullet=cells[0].text.strip())
    first, _, rest = cells[0].text.partition(" ")
    if rest and first in tuple(BULLETS):
        cells[0] = replace(cells[0], text=rest, left=cells[0].left + cells[0].size)
        return Line(page=page, cells=tuple(cells), bullet=first)
    return Line(page=page, cells=tuple(cells))


def _joined(first: Segment, second: Segment) -> Segment:
    larger = first if first.size >= second.size else second
    return replace(larger, left=first.left, right=second.right, text=f"{first.text} {second.text}")


def commonest(values: Iterable[float], *, default: float) -> float:
    """The value met most often, to half a point."""
    counted = Counter(round(value * 2) / 2 for value in values)
    return counted.most_common(1)[0][0] if counted else default
