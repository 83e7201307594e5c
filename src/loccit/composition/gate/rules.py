"""Loads the words by which the gate reads what a source forbids, and of whom."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from loccit.terms import DataFileError

__all__ = ["AgePattern", "GateRules", "Organ", "Span", "load_gate_rules"]


class Span(NamedTuple):
    """From ``low`` to below ``high``: years, weeks of pregnancy, or a measure of the kidney."""

    low: float
    high: float

    def shared(self, other: Span) -> float:
        """The share of this span that lies in the other; a single value is wholly in or out."""
        if self.high <= self.low:
            return float(other.low <= self.low < other.high)
        inside = min(self.high, other.high) - max(self.low, other.low)
        return max(0.0, inside) / (self.high - self.low)


@dataclass(frozen=True, kw_only=True, slots=True)
class AgePattern:
    """How an age is written, and on which side of it the words speak."""

    pattern: re.Pattern[str]
    form: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Organ:
    """Words that speak of an organ's function, and those that say that it is sound."""

    words: re.Pattern[str]
    sound: re.Pattern[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class GateRules:
    """The rules of ``gate.toml``, compiled; ``words`` by their name in the file."""

    words: dict[str, re.Pattern[str]]
    allergy: re.Pattern[str]
    reactions: frozenset[str]
    reaction_words: re.Pattern[str]
    lasting: frozenset[str]
    not_states: frozenset[str]
    no_aims: frozenset[str]
    procedures: frozenset[str]
    combined: re.Pattern[str]
    compared: re.Pattern[str]
    overdose_flags: frozenset[str]
    too_much: re.Pattern[str]
    overdose_apart: re.Pattern[str]
    overdose_before: re.Pattern[str]
    overdose_after: re.Pattern[str]
    ages: tuple[AgePattern, ...]
    beside_short_ages: re.Pattern[str]
    groups: dict[str, Span]
    trimesters: dict[str, Span]
    term: re.Pattern[str]
    weeks_from: re.Pattern[str]
    weeks_between: re.Pattern[str]
    organs: dict[str, Organ]
    degrees: dict[str, re.Pattern[str]]
    renal_bands: dict[str, Span]
    amount: re.Pattern[str]
    digits: int
    sums: dict[str, re.Pattern[str]]


@cache
def load_gate_rules() -> GateRules:
    """The shipped rules. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.composition.gate") / "gate.toml").read_text(encoding="utf-8")
    try:
        return _rules(tomllib.loads(text))
    except (KeyError, ValueError, TypeError, re.error) as error:
        raise DataFileError(f"composition/gate/gate.toml: {error}") from error


def _rules(rows: dict[str, Any]) -> GateRules:
    weeks = rows["weeks"]
    return GateRules(
        words={name: _pattern(text) for name, text in rows["words"].items()},
        allergy=_pattern(rows["allergy"]["names"]),
        reactions=frozenset(rows["allergy"]["reactions"]),
        reaction_words=_pattern(rows["allergy"]["reaction_words"]),
        lasting=frozenset(rows["lasting"]["names"]),
        not_states=frozenset(rows["not_states"]["names"]),
        no_aims=frozenset(rows["no_aims"]["names"]),
        procedures=frozenset(rows["procedures"]["names"]),
        combined=_pattern(rows["combined"]["words"]),
        compared=_pattern(rows["combined"]["compared"]),
        overdose_flags=frozenset(rows["overdose"]["flags"]),
        too_much=_pattern(rows["overdose"]["told"]),
        overdose_apart=_pattern(rows["overdose"]["apart"]),
        overdose_before=_pattern(rows["overdose"]["before"]),
        overdose_after=_pattern(rows["overdose"]["after"]),
        ages=tuple(
            AgePattern(pattern=_pattern(row["pattern"]), form=row["form"]) for row in rows["ages"]
        ),
        beside_short_ages=_pattern(rows["short_ages"]["beside"]),
        groups=_spans(rows["groups"]),
        trimesters=_spans({name: row for name, row in weeks.items() if ":" in name}),
        term=_pattern(weeks["term"]),
        weeks_from=_pattern(weeks["from"]),
        weeks_between=_pattern(weeks["between"]),
        organs={
            name: Organ(words=_pattern(row["words"]), sound=_pattern(row["sound"]))
            for name, row in rows["organ"].items()
        },
        degrees={name: _pattern(text) for name, text in rows["degrees"].items()},
        renal_bands=_spans(rows["renal_bands"]),
        amount=_pattern(rows["sums"]["amount"]),
        digits=int(rows["rounding"]["digits"]),
        sums={name: _pattern(text) for name, text in rows["sums"].items()},
    )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _spans(rows: dict[str, list[float]]) -> dict[str, Span]:
    return {name: Span(float(low), float(high)) for name, (low, high) in rows.items()}
