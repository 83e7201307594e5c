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

_STOP = re.compile(
    r"[.!?][\"'”’)\]]*(?:\[[\d,;–\- ]{1,30}\])?\s+(?=[\"'“‘(\[]*[A-Z0-9•≥≤<>])"  # noqa: RUF001
)
"""A stop, closing quotes and brackets, the number of a reference; then a plausible beginning."""
_LONGEST_TOKEN = 16
"""No abbreviation is longer; looking no further back keeps long tokens cheap."""
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})")
_INITIAL = re.compile(r"[A-Z]")
_COUNTRY = frozenset({"u.s", "u.k", "e.u"})
"""They stand before names ("the U.S. Food and Drug Administration") and at sentences' ends."""
_BEGINNING = re.compile(
    r"(?:A|After|All|Although|An|And|As|At|Because|Both|But|By|Each|For|From|He|However|If|In|It|"
    r"Its|Many|More|Most|No|Of|On|Or|Our|Patients|She|Since|Some|That|The|Their|There|These|They|"
    r"This|Those|To|We|When|Where|While|With)\b"
)


@cache
def _abbreviations() -> dict[str, bool]:
    """Each abbreviation, and whether it can also be the last word of a sentence."""
    lines = (files("loccit.sentences") / "abbreviations.txt").read_text(encoding="utf-8")
    rows = (line for line in lines.splitlines() if line and not line.startswith("#"))
    return {row.rstrip("?"): row.endswith("?") for row in rows}


def sentences(block: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of ``block``, in order, white space between them left out.

    >>> [*sentences("Give 5 mg b.i.d. with food. Max. 10 mg.")]
    [(0, 27), (28, 39)]
    """
    start = 0
    for stop in _STOP.finditer(block):
        if _joins(block, start, stop):
            continue
        yield start, stop.start() + len(stop.group().rstrip())
        start = stop.end()
    end = len(block.rstrip())
    if end > start:
        yield start, end


def _last_token(window: str) -> str:
    """What stands at the end, back to white space or an opening bracket."""
    if window[-1:].isspace():
        return ""
    last = window.rsplit(None, 1)[-1:]
    return last[0].rpartition("(")[2].rpartition("[")[2] if last else ""


def _joins(block: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the stop belongs to an abbreviation of the sentence from ``start`` on."""
    window = block[max(start, stop.start() - _LONGEST_TOKEN - 1) : stop.start()]
    token = _last_token(window)
    if not token:
        return True
    opens = stop.start() - len(token) == start
    if _LIST_NUMBER.fullmatch(token):
        return opens
    if _INITIAL.fullmatch(token):
        return opens or window[: -len(token)].rstrip().endswith((".", ","))
    if token.casefold() in _COUNTRY:
        return not _BEGINNING.match(block, stop.end())
    can_end = _abbreviations().get(token.casefold())
    return can_end is not None and (not can_end or block[stop.end()].isdigit())
