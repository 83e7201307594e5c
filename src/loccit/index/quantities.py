"""Reads numbers with their units from a text.

Only what is written is read: a number, a range or a comparison with the unit beside it. The
verbatim text stays with the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from loccit.terms import Quantity

__all__ = ["WORD_NUMBERS", "normal_unit", "quantities"]

WORD_NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "half": 0.5, "once": 1, "twice": 2}

_UNITS = {
    "mcg": r"mcg|µg|μg|ug|micrograms?",
    "mg": r"mg|milligrams?",
    "kg": r"kg|kilograms?",
    "g": r"g|grams?",
    "mL/min/1.73 m2": r"mL/min/1\.73 ?m(?:2|²)|mL/minute/1\.73 ?m(?:2|²)",
    "mL/min": r"mL/min(?:ute)?",
    "mL": r"mL|milliliters?|millilitres?|cc",
    "L": r"L|liters?|litres?",
    "unit": r"units?|IU|international units?",
    "mEq": r"mEq",
    "mmol": r"mmol",
    "%": r"%|percent|per cent",
    "minute": r"minutes?|min",
    "hour": r"hours?|hrs?|h",
    "day": r"days?",
    "week": r"weeks?|wks?",
    "month": r"months?",
    "year": r"years?|yrs?",
    "mm Hg": r"mm ?Hg",
    "msec": r"msec|ms",
    "tablet": r"tablets?|capsules?",
}
_UNIT = "|".join(f"(?:{pattern})" for pattern in _UNITS.values())
_PER = r"(?:\s?(?:/|per)\s?(?:kg|m2|m²|day|d|hour|hr|h|min(?:ute)?|dose|week|mL|dL|L|m2/day|kg/day)){0,2}"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_COMPARATOR = (
    r"≥|≤|>=|<=|>|<|~|at least|at most|up to|no more than|not exceed(?:ing)?|less than|"
    r"greater than|more than|over|under|below|above|approximately|about"
)
_SIGNS = {
    "≥": ">=", ">=": ">=", "at least": ">=", "≤": "<=", "<=": "<=", "at most": "<=", "up to": "<=",
    "no more than": "<=", "not exceed": "<=", "not exceeding": "<=", ">": ">", "greater than": ">",
    "more than": ">", "over": ">", "above": ">", "<": "<", "less than": "<", "under": "<",
    "below": "<", "~": "~", "approximately": "~", "about": "~",
}  # fmt: skip
_WORDS = "|".join(sorted(WORD_NUMBERS, key=len, reverse=True))
_HEAD = re.compile(rf"(?<![\w.,/-])(?:{_NUMBER}|\b(?:{_WORDS})\b)", re.IGNORECASE)
_TAIL = re.compile(
    rf"(?:\s?(?:{_UNIT})?{_PER}\s?(?:to|-|–|—)\s?(?P<high>{_NUMBER}|(?:{_WORDS})\b))?"
    rf"[\s-]?(?P<unit>(?:{_UNIT})(?![A-Za-z]))(?P<per>{_PER})(?!\w)",
    re.IGNORECASE,
)
_SIGN = re.compile(rf"(?:{_COMPARATOR})\s*$", re.IGNORECASE)
_LONGEST_SIGN = 16
_NORMAL = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _UNITS.items()]


@lru_cache(maxsize=512)
def normal_unit(unit: str) -> str:
    """The normalised spelling of a unit, without its ``per`` part; empty when unknown."""
    return next((name for name, pattern in _NORMAL if pattern.fullmatch(unit)), "")


def quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities in ``text`` that carry a unit, in order.

    >>> [(q.low, q.high, q.unit) for q in quantities("5 to 10 mg for two to three weeks")]
    [(5.0, 10.0, 'mg'), (2.0, 3.0, 'week')]
    """
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[Quantity]:
    """Finds each number first and reads around it: most text holds none, and is skipped fast."""
    past = 0
    for head in _HEAD.finditer(text):
        tail = _TAIL.match(text, head.end()) if head.start() >= past else None
        if not tail:
            continue
        past = tail.end()
        before = text[max(0, head.start() - _LONGEST_SIGN) : head.start()]
        sign = _SIGN.search(before)
        start = head.start() - (len(before) - sign.start() if sign else 0)
        low = _value(head.group())
        yield Quantity(
            text=text[start:past],
            low=low,
            high=_value(tail["high"]) if tail["high"] else low,
            unit=normal_unit(tail["unit"]) + re.sub(r"\s?(?:/|per)\s?", "/", tail["per"]),
            comparator=_SIGNS[sign.group().strip().casefold()] if sign else "=",
            start=start,
            end=past,
        )


def _value(text: str) -> float:
    known = WORD_NUMBERS.get(text.casefold())
    return float(text.replace(",", "")) if known is None else float(known)
