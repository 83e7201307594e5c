"""Splits a block of text into sentences, by offsets.

Rule-based: a stop ends a sentence when white space and a plausible beginning follow, unless an
abbreviation, an initial or a list number precedes. Nothing is lost: the spans, joined with the
white space between them, are the block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

__all__ = ["sentences"]

_STOP = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9•≥≤<>])")
_LAST_TOKEN = re.compile(r"[^\s(\[]+$")
_LIST_NUMBER = re.compile(r"^\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})$")
_INITIAL = re.compile(r"^[A-Z]$")


@cache
def _abbreviations() -> dict[str, bool]:
    """Each abbreviation, and whether it can also be the last word of a sentence."""
    lines = (files("loccit.passages") / "abbreviations.txt").read_text(encoding="utf-8")
    rows = (line for line in lines.splitlines() if line and not line.startswith("#"))
    return {row.rstrip("?"): row.endswith("?") for row in rows}


def sentences(block: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of ``block``, in order, white space between them left out.

    >>> [*sentences("Give 5 mg b.i.d. with food. Max. 10 mg.")]
    [(0, 27), (28, 39)]
    """
    start = 0
    for stop in _STOP.finditer(block):
        end = start + len(block[start : stop.end()].rstrip())
        if _joins(block[start : stop.start()], block[stop.end() :]):
            continue
        yield start, end
        start = stop.end()
    end = len(block.rstrip())
    if end > start:
        yield start, end


def _joins(before: str, after: str) -> bool:
    """Whether the stop between these belongs to an abbreviation rather than ends a sentence."""
    match = _LAST_TOKEN.search(before)
    if not match:
        return True
    token = match.group()
    if _LIST_NUMBER.match(token):
        return match.start() == 0
    if _INITIAL.match(token):
        return match.start() == 0 or before[: match.start()].rstrip().endswith((".", ","))
    can_end = _abbreviations().get(token.casefold())
    return can_end is not None and (not can_end or after[:1].isdigit())
