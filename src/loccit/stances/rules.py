"""The rules of ``stances.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from loccit.stances.stance import AGAINST, FOR
from loccit.terms import DataFileError
from loccit.vocabulary.finding import PatternTable, Spotter

__all__ = ["AmountRule", "Axis", "Cue", "StanceRules", "load_stance_rules"]

Pattern = re.Pattern[str]


class Cue(NamedTuple):
    """Words that take a side for what comes after them (``leads``) or before (``follows``)."""

    side: int
    leads: bool
    follows: bool
    says: str

    @property
    def words(self) -> Pattern:
        """The words, compiled when a text first has them."""
        return _words(self.says)


class Axis(NamedTuple):
    """Values of an axis with their words, and those that set apart when one side is silent."""

    says: Mapping[str, str]
    apart: frozenset[str]

    @property
    def values(self) -> Iterator[tuple[str, Pattern]]:
        """Each value with its words, compiled when a text first has some."""
        return ((name, _words(words)) for name, words in self.says.items())


class AmountRule(NamedTuple):
    """What an amount of such a unit says, after and before such words."""

    says: str
    units: frozenset[str]
    before: Pattern | None
    after: Pattern | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StanceRules:
    """All rules, compiled. Of the cues, and of the axes, ``…_words`` tells which a text has."""

    longest: int
    stems: Spotter
    denying: Spotter
    clause_end: Pattern
    neutral: Pattern
    cues: tuple[Cue, ...]
    cue_words: PatternTable
    no_act: frozenset[str]
    same_act: tuple[frozenset[str], ...]
    denied: Pattern
    aside: Pattern
    spoken_of: Pattern
    listed: Pattern
    together: Pattern
    optional: Pattern
    with_fellows: Pattern
    finds_none: Pattern
    finds_some: Pattern
    finds_between: Pattern
    compares: Pattern
    added: Pattern
    against_nothing: Pattern
    outcomes: Mapping[str, Pattern]
    axes: Mapping[str, Axis]
    axis_words: PatternTable
    people_apart: frozenset[str]
    everybody: frozenset[str]
    states: frozenset[str]
    feared: Pattern
    age_before: Pattern
    age_after: Pattern
    years: Mapping[str, tuple[float, float]]
    amounts: tuple[AmountRule, ...]
    strength: Pattern
    means: Mapping[str, str]


@cache
def load_stance_rules() -> StanceRules:
    """The shipped rules. Raises ``DataFileError`` when the file breaks its form."""
    rows = tomllib.loads((files("loccit.stances") / "stances.toml").read_text(encoding="utf-8"))
    try:
        return _rules(rows)
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise DataFileError(f"stances/stances.toml: {error}") from error


def _rules(rows: Mapping[str, Any]) -> StanceRules:
    people = rows["people"]
    return StanceRules(
        longest=int(rows["longest"]),
        denying=Spotter(rows["denying"]),
        stems=Spotter(rows["stems"]),
        clause_end=_words(rows["clause_end"]),
        neutral=_words(rows["neutral"]),
        cues=tuple(_cue(row) for row in rows["cue"]),
        cue_words=PatternTable([row["words"] for row in rows["cue"]]),
        no_act=frozenset(rows["no_act"]),
        same_act=tuple(frozenset(names) for names in rows["same_act"]),
        denied=_words(rows["denied"]["words"]),
        aside=_words(rows["aside"]["before"]),
        spoken_of=_words(rows["aside"]["after"]),
        listed=_words(rows["aside"]["listed"]),
        together=_words(rows["together"]["words"]),
        optional=_words(rows["together"]["optional"]),
        with_fellows=_words(rows["together"]["fellows"]),
        finds_none=_words(rows["finding"]["none"]),
        finds_some=_words(rows["finding"]["some"]),
        finds_between=_words(rows["finding"]["between"]),
        added=_words(rows["finding"]["added"]),
        compares=_words(rows["finding"]["compares"]),
        against_nothing=_words(rows["finding"]["nothing"]),
        outcomes={name: _words(words) for name, words in rows["outcome"].items()},
        axes={name: _axis(row) for name, row in rows["axis"].items()},
        axis_words=PatternTable([_any_value(row) for row in rows["axis"].values()]),
        people_apart=frozenset(people["apart"]),
        everybody=frozenset(people["everybody"]),
        states=frozenset(people["states"]),
        feared=_words(people["feared"]),
        age_before=_words(people["age_before"]),
        age_after=_words(people["age_after"]),
        years={name: (low, high) for name, (low, high) in people["years"].items()},
        amounts=tuple(_amount(row) for row in rows["amount"]),
        strength=_words(rows["strength"]["after"]),
        means=dict(rows["means"]),
    )


@cache
def _words(words: str) -> Pattern:
    return re.compile(words, re.IGNORECASE)


def _cue(row: Mapping[str, Any]) -> Cue:
    side = {"for": FOR, "against": AGAINST}[row["side"]]
    leads = bool(row.get("leads", False))
    return Cue(side, leads, bool(row.get("follows", not leads)), row["words"])


def _axis(row: Mapping[str, Any]) -> Axis:
    says = {name: words for name, words in row.items() if name != "apart"}
    if unknown := set(row["apart"]) - says.keys():
        raise ValueError(f"apart names no value: {sorted(unknown)}")
    return Axis(says, frozenset(row["apart"]))


def _any_value(row: Mapping[str, Any]) -> str:
    return "|".join(f"(?:{words})" for name, words in row.items() if name != "apart")


def _amount(row: Mapping[str, Any]) -> AmountRule:
    before, after = (_words(row[name]) if name in row else None for name in ("before", "after"))
    return AmountRule(row["says"], frozenset(row["units"]), before, after)
