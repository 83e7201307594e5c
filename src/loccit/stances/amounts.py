"""What amounts of a clause lay down: how long, how much, up to what, from which age."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf

from loccit.quantities import Measure, measures
from loccit.stances.rules import AmountRule, StanceRules
from loccit.stances.stance import Amount

__all__ = ["BOUNDS", "amounts_of", "as_bound", "exceeds", "years_of"]

_DAY, _MONTH = 24.0, 30.44
"""Hours of a day and days of a month, as near as a course of treatment is meant."""
_BEYOND = re.compile(
    r"\b(?:longer than|more than|beyond|exceed\w*|in excess of|above|over|greater than)\s*\Z",
    re.IGNORECASE,
)
BOUNDS = {"dose": "limit", "start": "limit", "duration": "longest"}
"""What an amount says when it is the most that is allowed."""
_BARE_AGE = re.compile(
    r"\b(?P<low>\d{1,3}) (?:and|or) (?:older|over|above)\b|\bolder than (?P<past>\d{1,3})\b"
)
_MAY_BE_AGE = re.compile(
    r"\d.*(?:year|month|older|over|above|yr)|(?:year|aged?\b).*\d", re.IGNORECASE
)
_PER_DAY = "times a day"
_MONTHS_BETWEEN = "calendar/time"
"""Every so many years or months."""


def amounts_of(clause: str, rules: StanceRules) -> tuple[Amount, ...]:
    """The amounts that the clause lays down; a dose with how often it is given is a day's dose."""
    read = measures(clause)
    often = [each for each in read if each.dimension == _PER_DAY and each.start < each.end]
    return tuple(_daily(each, often) for each in _laid_down(clause, read, rules))


def exceeds(clause: str, amount: str) -> bool:
    """Whether what the clause forbids is only to go beyond this amount."""
    start = clause.find(amount)
    written = re.match(r"(?:[<>≤≥]|longer|more|greater|over|above|exceed)", amount, re.IGNORECASE)
    return written is not None or _BEYOND.search(clause, 0, max(0, start)) is not None


def _laid_down(clause: str, read: tuple[Measure, ...], rules: StanceRules) -> Iterator[Amount]:
    for each in read:
        if rules.strength.match(clause[each.end :]):
            continue
        rule = next((rule for rule in rules.amounts if _fits(rule, clause, each)), None)
        if rule is None or (_is_age(clause, each, rules) and rule.says != "age"):
            continue
        factor = {"time": 1 / _DAY, "calendar": _MONTH}.get(each.dimension, 1.0)
        if rule.says == "age":
            factor = 1 / 12
        if each.dimension == "time" and each.high * factor < 1:
            continue
        low, high = each.low * factor, each.high * factor
        if each.dimension == _MONTHS_BETWEEN:
            low, high = 1 / (high * _MONTH), 1 / (low * _MONTH)
        says = rule.says
        if each.comparator in ("<", "<="):
            says = BOUNDS.get(says, says)
        if says == "duration":
            low, high = _open(low, high, each.comparator, spread=each.text.startswith("over"))
        name = {"calendar": "time", _MONTHS_BETWEEN: _PER_DAY}.get(each.dimension, each.dimension)
        yield Amount(says, low, high, name, each.unit, each.text)


def _open(low: float, high: float, comparator: str, *, spread: bool) -> tuple[float, float]:
    """At least five days is five days and more, given over five days is five days."""
    return (low, inf) if comparator in (">", ">=") and not spread else (low, high)


def as_bound(amount: Amount) -> Amount:
    """The amount as the most that is allowed."""
    high = amount.low if amount.high == inf else amount.high
    return amount._replace(says=BOUNDS.get(amount.says, amount.says), high=high)


def _fits(rule: AmountRule, clause: str, each: Measure) -> bool:
    if each.dimension not in rule.units:
        return False
    before, after = clause[: each.start], clause[each.end :]
    written = clause[: each.end] if each.comparator != "=" else before
    found = rule.before is not None and (
        rule.before.search(before) or (each.comparator != "=" and rule.before.search(written))
    )
    return bool(found) or (rule.after is not None and rule.after.search(after) is not None)


def _daily(amount: Amount, often: list[Measure]) -> Amount:
    """5 mg three times a day are 15 mg a day."""
    weighs = amount.dimension in ("mass", "unit", "mass/kg")
    a_day = amount.unit.endswith("/day")
    if not weighs or (len(often) != 1 and not a_day):
        return amount
    low, high = (1.0, 1.0) if a_day else (often[0].low, often[0].high)
    return amount._replace(
        low=amount.low * low, high=amount.high * high, dimension=f"{amount.dimension} a day"
    )


def _is_age(clause: str, each: Measure, rules: StanceRules) -> bool:
    if each.dimension != "calendar":
        return False
    before = rules.age_before.search(clause[: each.start])
    said = rules.age_after.search(clause[each.end :]) if clause[each.end :] else None
    return before is not None or said is not None or "older" in each.text or "younger" in each.text


def years_of(clause: str, rules: StanceRules) -> tuple[float, float] | None:
    """The ages of whom a clause speaks, in years, where it gives them in numbers."""
    if not _MAY_BE_AGE.search(clause):
        return None
    for each in measures(clause):
        if not _is_age(clause, each, rules):
            continue
        low, high = each.low / 12, each.high / 12
        if each.comparator in (">", ">="):
            return low, inf
        if each.comparator in ("<", "<="):
            return 0.0, high
        if low < high:
            return low, high
    bare = _BARE_AGE.search(clause)
    return (float(bare["low"] or bare["past"]), inf) if bare else None
