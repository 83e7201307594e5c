"""Facts of the case and groups of people, in words."""

from __future__ import annotations

import math

from loccit.publication.words import Words

__all__ = ["fact_of", "fact_value", "group_of"]

MONTH = 1 / 12
DAYS_OF_YEAR = 365.25
YOUNG = 2.0
"""Years below which an age is said in months, as dosing tables do."""


def fact_of(name: str, value: float | str | tuple[str, ...], words: Words) -> str:
    """A stated fact with its value."""
    return words.of("fact", name).replace("{}", _value(name, value))


def group_of(group: str) -> str:
    """``axis:value`` as it is said."""
    axis, _, value = group.partition(":")
    return f"{axis}: {value}".replace("_", " ") if value else group


def fact_value(value: str) -> str:
    """The value of a fact that is a word of ours, as it is said."""
    try:
        years = float(value)
    except ValueError:
        years = math.nan
    if 0 <= years < math.inf:  # "nan" and "inf" are numbers to Python, and words to us
        return _age(years)
    return value.replace("_", " ").replace("mL/min/1.73 m2", "mL/min/1.73 m²")


def _value(name: str, value: float | str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, str):
        return value.replace("_", " ")
    return _age(value) if name == "age" else f"{value:g}"


def _age(years: float) -> str:
    """An age in the unit that it is spoken of: days, months or years."""
    if years >= YOUNG:
        return f"{years:g} years"
    if years >= MONTH:
        return f"{round(years / MONTH, 1):g} months"
    return f"{round(years * DAYS_OF_YEAR):g} days"
