"""Dates as sources write them. What is no complete, possible day stays unread and is noted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

__all__ = ["day_of", "written_day", "year_of"]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may may", "jun june",
            "jul july", "aug august", "sep september sept", "oct october", "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]+)\.? +(\d{1,2}),? +(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2}) +([A-Za-z]+)\.?,? +(\d{4})")
_YEAR = re.compile(r"(?<!\d)(1[89]|20)\d\d(?!\d)")


def day_of(parts: Sequence[str], findings: list[str]) -> date | None:
    """The day, when year, month and day are given; an impossible one is added to ``findings``."""
    year, month, day = parts
    if not (year and month and day):
        return None
    number = MONTHS.get(month.strip(". ").casefold()) or (int(month) if _is_number(month) else 0)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        findings.append(f"the date {year}-{month}-{day} is none and was left out")
        return None


def written_day(text: str, findings: list[str]) -> date | None:
    """The day that ``text`` writes out in full: 2018-04-30, 4/30/2018 (US), April 30, 2018.

    >>> written_day("4/30/2018", []), written_day("April 2018", [])
    (datetime.date(2018, 4, 30), None)
    """
    text = " ".join(text.split())
    for pattern, order in (
        (_ISO, (1, 2, 3)),
        (_AMERICAN, (3, 1, 2)),
        (_MONTH_FIRST, (3, 1, 2)),
        (_DAY_FIRST, (3, 2, 1)),
    ):
        match = pattern.fullmatch(text)
        if match:
            year, month, day = (match.group(index) for index in order)
            return day_of((year, month, day), findings)
    return None


def year_of(text: str) -> int | None:
    """The first year that ``text`` names.

    >>> year_of("1998 Dec-1999 Jan"), year_of("Spring")
    (1998, None)
    """
    match = _YEAR.search(text)
    return int(match.group()) if match else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
