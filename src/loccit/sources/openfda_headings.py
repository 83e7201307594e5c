"""Finds the headings that openFDA runs together with the text before and after them.

A label of the newer layout numbers its headings ("5.2 Hepatotoxicity"), so that they can be told
from numbers in the text by standing in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from loccit.sources.openfda_titles import known_within, title_end

__all__ = ["Heading", "inline_headings", "numbered_headings"]

MAX_MINOR = 60
GAP_COST = 0.45
"""What a number left out costs against a heading found: three numbers may be missing for two."""
FIXED = frozenset({"6", "8", "9", "12", "13", "16"})
"""Sections whose subsections have titles that 21 CFR 201.57 fixes."""
_BEFORE_NUMBER = re.compile(
    r"(?:\b(?:and|or|to|of|by|in|at|with|than|is|was|were|from|see|section|sections|table|figure|"
    r"study|trial|part|about|approximately|mean|median|for|versus|vs|ratio)\s*"
    r"|[<>≤≥=±~+\u00d7,(]\s*|[\u2013/\d-]|\d\.)$",
    re.IGNORECASE,
)


class Heading(NamedTuple):
    """A heading in a run of text: where it begins and ends, and its number (``5.2``) if any."""

    start: int
    end: int
    number: str = ""


def inline_headings(text: str, start: int, end: int, places: frozenset[str]) -> Iterator[Heading]:
    """Known headings without number inside ``text[start:end]`` of a section so called."""
    pattern = _inline_pattern(places)
    if not pattern:
        return
    last = start
    for match in pattern.finditer(text, start, end):
        before = text[last : match.start()].rstrip()
        if not before or before[-1] in ".)]:;":
            last = match.end()
            yield Heading(match.start(), match.end())


@cache
def _inline_pattern(places: frozenset[str]) -> re.Pattern[str] | None:
    """A pattern for the headings known there, as written, a sentence or another title after."""
    titles = [re.escape(title) for title in known_within(places)]
    return re.compile(rf"\b(?:{'|'.join(titles)})(?::|(?= [A-Z“•]))") if titles else None


def numbered_headings(text: str, major: str, names: Sequence[str] = ()) -> list[Heading]:
    """Headings ``major.1``, ``major.2`` … of ``text``, in ascending order, titles included.

    ``names`` are words of the product's names, which begin many of the sentences after a title.
    """
    return [
        Heading(start, title_end(text, after, names, fixed=major in FIXED), f"{major}.{minor}")
        for start, after, minor in _longest_chain(list(_candidates(text, major)))
    ]


class _Candidate(NamedTuple):
    start: int
    after: int
    minor: int


def _candidates(text: str, major: str) -> Iterator[_Candidate]:
    pattern = re.compile(rf"{re.escape(major)} ?\. ?(\d{{1,2}})\.?\s*(?=[A-Z“\"(])")
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        if not _BEFORE_NUMBER.search(before) and 0 < int(match[1]) <= MAX_MINOR:
            yield _Candidate(match.start(), match.end(), int(match[1]))


def _longest_chain(found: list[_Candidate]) -> list[_Candidate]:
    """The candidates that count upwards best: every heading found counts, every gap costs."""
    best: list[tuple[float, int]] = []
    for place, candidate in enumerate(found):
        score, previous = 1.0 - GAP_COST * (candidate.minor - 1), -1
        for earlier in range(place):
            gap = candidate.minor - found[earlier].minor
            reached = best[earlier][0] + 1 - GAP_COST * (gap - 1)
            if gap >= 1 and reached > score:
                score, previous = reached, earlier
        best.append((score, previous))
    place = max(range(len(best)), key=lambda at: (best[at][0], -at), default=-1)
    chain = []
    while place >= 0 and best[place][0] > 0:
        chain.append(found[place])
        place = best[place][1]
    return chain[::-1]
