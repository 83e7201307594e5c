"""What a unit measures, and how much of the base unit it is.

Factors are those of the SI and of common use (NIST SP 811); a month is no fixed number of days, so
months and years are not converted to weeks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Dimension", "dimension_of"]


class Dimension(NamedTuple):
    """What is measured, e.g. ``mass/kg``, and by what a value is multiplied for its base unit."""

    name: str
    factor: float


_BASES = {
    "ng": ("mass", 1e-6), "mcg": ("mass", 1e-3), "mg": ("mass", 1.0), "g": ("mass", 1e3),
    "kg": ("mass", 1e6), "mL": ("volume", 1.0), "L": ("volume", 1e3), "dL": ("volume", 1e2),
    "second": ("time", 1 / 3600), "minute": ("time", 1 / 60), "min": ("time", 1 / 60),
    "hour": ("time", 1.0),
    "day": ("time", 24.0), "week": ("time", 168.0), "month": ("calendar", 1.0),
    "year": ("calendar", 12.0), "mm": ("length", 1.0), "cm": ("length", 10.0),
    "msec": ("time", 1 / 3.6e6),
}  # fmt: skip
_PART = re.compile(r"(?P<amount>\d+(?:\.\d+)?)?(?P<unit>.+)")
_WHOLE = frozenset({"mL/min/1.73 m2", "mm Hg", "°C"})
"""Units that are one word in use; clearance by body surface is no other clearance."""
_TIMES_A_DAY = {"day": 1.0, "week": 1 / 7, "month": 12 / 365.25, "year": 1 / 365.25}
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.25 / 12}


@lru_cache(maxsize=1024)
def dimension_of(unit: str) -> Dimension:
    """The dimension of a normalised unit (see ``Quantity.unit``); its own name when unknown.

    How often a day is one dimension, however it is written: every 8 hours is three times a day.

    >>> dimension_of("mcg").name == dimension_of("g").name
    True
    >>> dimension_of("mg/mL").name == dimension_of("mg").name
    False
    """
    if unit in _WHOLE:
        return Dimension(unit, 1.0)
    head, *below = unit.split("/")
    if head == "time" and len(below) == 1 and below[0] in _TIMES_A_DAY:
        return Dimension("times a day", _TIMES_A_DAY[below[0]])
    if below == ["time"] and head in _DAYS:
        return Dimension("days between", _DAYS[head])
    name, factor = _BASES.get(head, (head, 1.0))
    for part in below:
        found = _PART.fullmatch(part)
        base = _below(found["unit"]) if found else (part, 1.0)
        name += f"/{base[0]}"
        factor /= base[1] * float((found and found["amount"]) or 1)
    return Dimension(name, factor)


def _below(unit: str) -> tuple[str, float]:
    """A body is weighed in kilograms: ``/kg`` is no conversion of ``/mg``."""
    return (unit, 1.0) if unit == "kg" else _BASES.get(unit, (unit, 1.0))
