"""Stated values that do not fit the condition or degree that the question states."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from loccit.questions.labs import number_in, values_in
from loccit.terms import DataFileError, Measured, Premise

__all__ = ["misfits"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FitRule:
    """What a value must be to be called so; ``low`` and ``high`` bound a number without unit."""

    called: str
    measure: str
    below: float
    above: float
    units: frozenset[str]
    low: float
    high: float
    why: str

    def is_broken_by(self, measured: Measured) -> bool:
        """Whether this is a value of the measure that cannot be called so."""
        number = number_in(measured)
        if measured.name != self.measure or number is None or not measured.value[-1:].isdigit():
            return False
        unit = measured.unit.casefold()
        if unit not in self.units or not (unit or self.low <= number < self.high):
            return False
        exact = measured.value.lstrip("-").replace(",", "").replace(".", "").isdigit()
        return exact and not (self.above < number < self.below)


@dataclass(frozen=True, kw_only=True, slots=True)
class FitRules:
    """All rules, and the words in which a misfit is told."""

    rules: tuple[FitRule, ...]
    verdict: str
    advice: str


@cache
def load_fit_rules() -> FitRules:
    """The shipped rules. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.questions") / "value_fits.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    try:
        return FitRules(rules=tuple(map(_rule, rows["fits"])), **rows["words"])
    except (KeyError, TypeError) as error:
        raise DataFileError(f"questions/value_fits.toml: {error}") from error


def _rule(row: dict[str, Any]) -> FitRule:
    infinite = float("inf")
    low, high = row.get("bare", (-infinite, infinite))
    return FitRule(
        called=row["called"],
        measure=row["measure"],
        below=row.get("unless_below", infinite),
        above=row.get("unless_above", -infinite),
        units=frozenset(row["units"]),
        low=low,
        high=high,
        why=row["why"],
    )


def misfits(text: str, called: Iterable[str]) -> Iterator[Premise]:
    """A premise for each value in the text that does not fit what the question calls it."""
    rules, named = load_fit_rules(), frozenset(called)
    for each in values_in(text):
        for rule in rules.rules:
            if rule.called in named and rule.is_broken_by(each.measured):
                what = rule.called.replace(":", " impairment: ")
                yield Premise(
                    text=f"{each.measured} is stated with {what}.",
                    verdict=rules.verdict,
                    why=f"{rule.why} {rules.advice}",
                )
