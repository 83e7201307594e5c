"""How sure the program is that the bottom line answers the question, and why.

Visible rules, no judgement of the evidence: each compares the question plainly with what was
chosen, named in ``confidence.toml`` with what it counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loccit.composition.bearing import unmet_words
from loccit.composition.selecting import Pick
from loccit.terms import Confidence, DataFileError, Evidence, ScoredRecord

__all__ = ["REASONS", "ConfidenceRules", "confidence_of", "load_confidence_rules"]

MEETS = "meets"
"""The reason where nothing lowers it."""
TELLING = frozenset({"hepatic", "renal", "pregnancy", "lactation", "age"})


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfidenceRules:
    """Levels by the most steps down that they allow, limits by name, and steps by reason."""

    levels: Mapping[str, int]
    limits: Mapping[str, float]
    lowers: Mapping[str, int]
    where_barred: frozenset[str]
    """Reasons that do not hold against words which bar the drug for a stated fact."""

    def level_of(self, steps: int) -> str:
        """The level after so many steps down."""
        return next(name for name, most in self.levels.items() if steps <= most)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    """What the reasons look at."""

    evidence: Evidence
    picks: list[Pick]
    limits: Mapping[str, float]

    @property
    def chosen(self) -> list[ScoredRecord]:
        return [pick.chosen for pick in self.picks]

    @property
    def best(self) -> float:
        return max((each.score for each in self.chosen), default=0.0)

    def any_part(self, name: str) -> bool:
        """Whether a passage of the bottom line has this part of relevance."""
        return any(name in each.parts for each in self.chosen)

    @property
    def works(self) -> set[str]:
        return {each.record.card.id for each in self.chosen}


def confidence_of(evidence: Evidence, picks: list[Pick], *, barred: bool = False) -> Confidence:
    """The level and the reasons that hold, in the order of the rules.

    ``barred`` tells that the picks bar a drug asked about outright for what was stated.
    """
    rules = load_confidence_rules()
    seen = _Seen(evidence=evidence, picks=picks, limits=rules.limits)
    aside = rules.where_barred if barred else frozenset[str]()
    held = [name for name in rules.lowers if name not in aside and REASONS[name](seen)]
    steps = sum(rules.lowers[name] for name in held)
    reasons = held if steps else [MEETS, *held]
    return Confidence(level=rules.level_of(steps), reasons=tuple(reasons))


def _no_figure(seen: _Seen) -> bool:
    return seen.evidence.question.figures and not seen.any_part("dimension")


def _not_stated(seen: _Seen) -> bool:
    return bool(seen.evidence.question.asks) and not seen.any_part("asked")


def _kind(seen: _Seen) -> bool:
    question = seen.evidence.question
    return question.likely.get(question.kind, 0.0) < seen.limits["kind"]


def _words(seen: _Seen) -> bool:
    return max((each.covered for each in seen.chosen), default=0.0) < seen.limits["words"]


def _passed_over(seen: _Seen) -> bool:
    """The passage that fits the question best is not in the bottom line."""
    first = seen.evidence.records[:1]
    shown = {each.record.passage.id for each in seen.chosen}
    return any(each.record.passage.id not in shown for each in first)


def _people(seen: _Seen) -> bool:
    """The question is of some patients, and nothing in the bottom line is."""
    asked = seen.evidence.question.population
    stated = [g for g in asked if g.partition(":")[0] in TELLING and g != "age:adult"]
    return bool(stated) and not seen.any_part("population")


def _other_subject(seen: _Seen) -> bool:
    return bool(seen.evidence.question.asked_drugs) and not seen.any_part("subject")


def _old(seen: _Seen) -> bool:
    years = [each.record.card.year for each in seen.chosen if each.record.card.year]
    newest = int(seen.evidence.coverage.newest[:4] or 0)
    return bool(years) and newest - max(years) > seen.limits["old"]


def _several(seen: _Seen) -> bool:
    return any(pick.copies for pick in seen.picks)


REASONS: dict[str, Callable[[_Seen], bool]] = {
    "weak": lambda seen: seen.best < seen.limits["weak"],
    "very_weak": lambda seen: seen.best < seen.limits["very_weak"],
    "no_drug": lambda seen: not seen.evidence.question.asked_drugs,
    "no_figure": _no_figure,
    "not_stated": _not_stated,
    "kind": _kind,
    "scattered": lambda seen: len(seen.works) >= seen.limits["scattered"],
    "words": _words,
    "passed_over": _passed_over,
    "conflict": lambda seen: bool(seen.evidence.conflicts),
    "people": _people,
    "unmet": lambda seen: bool(unmet_words(seen.evidence)),
    "other_subject": _other_subject,
    "premise": lambda seen: bool(seen.evidence.question.premises),
    "spelling": lambda seen: bool(seen.evidence.question.corrections),
    "old": _old,
    "one_source": lambda seen: len(seen.works) == 1 and not _several(seen),
    "several": _several,
    "not_searched": lambda seen: bool(seen.evidence.coverage.not_searched),
}
"""What each reason of ``confidence.toml`` holds for."""


@cache
def load_confidence_rules() -> ConfidenceRules:
    """The shipped rules. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.composition") / "confidence.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    try:
        rules = ConfidenceRules(
            levels=rows["levels"],
            limits=rows["limits"],
            lowers=rows["lowers"],
            where_barred=frozenset(rows["set_aside"]["where_barred"]),
        )
    except KeyError as error:
        raise DataFileError(f"composition/confidence.toml: {error} is missing") from error
    if unlike := (rules.lowers.keys() ^ REASONS.keys()) | (rules.where_barred - REASONS.keys()):
        raise DataFileError(f"composition/confidence.toml: no such reason: {sorted(unlike)}")
    return rules
