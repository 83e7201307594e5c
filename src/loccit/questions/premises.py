"""What a question takes for granted, and what is assumed where it leaves something open."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from loccit.questions.value_fits import misfits
from loccit.terms import Concept, ConceptKind, Premise, Question, QuestionKind
from loccit.vocabulary import Vocabulary

__all__ = ["with_premises"]


@dataclass(frozen=True, kw_only=True, slots=True)
class PremiseRule:
    """When a premise is told, what is told, and what it adds to the reading."""

    conditions: frozenset[str]
    premise: Premise
    kinds: frozenset[QuestionKind] = frozenset()
    pattern: re.Pattern[str] | None = None
    population: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()

    def applies(self, question: Question, named: frozenset[str]) -> bool:
        """Whether the rule holds for a question that names these conditions."""
        axes = {group.partition(":")[0] for group in question.population}
        if self.kinds and question.kind not in self.kinds:
            return False
        if any(group.partition(":")[0] in axes for group in self.population):
            return False
        if self.pattern and not self.pattern.search(question.text):
            return False
        return bool(named & self.conditions)


@cache
def _rules() -> tuple[PremiseRule, ...]:
    text = (files("loccit.questions") / "premises.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    return tuple(_rule(row) for row in (*rows["premises"], *rows["assumptions"]))


def _rule(row: dict[str, Any]) -> PremiseRule:
    return PremiseRule(
        conditions=frozenset(row["conditions"]),
        premise=Premise(text=row["text"], verdict=row["verdict"], why=row["why"]),
        kinds=frozenset(QuestionKind(kind) for kind in row.get("kinds", ())),
        pattern=re.compile(row["pattern"], re.IGNORECASE) if "pattern" in row else None,
        population=tuple(row.get("population", ())),
        adds=tuple(row.get("adds", ())),
    )


def with_premises(question: Question, vocabulary: Vocabulary) -> Question:
    """The question with its premises told, and with what follows from them."""
    conditions = question.names(ConceptKind.CONDITION, ConceptKind.FINDING)
    named = frozenset(name for each in conditions for name in vocabulary.lineage(each))
    for rule in _rules():
        if rule.applies(question, named):
            question = replace(
                question,
                premises=(*question.premises, rule.premise),
                population=(*question.population, *rule.population),
                assumed=(*question.assumed, *rule.population),
                concepts=(*question.concepts, *map(_procedure, rule.adds)),
            )
    told = misfits(question.text, (*named, *question.population))
    return replace(question, premises=(*question.premises, *told))


def _procedure(name: str) -> Concept:
    return Concept(text=name, name=name, kind=ConceptKind.PROCEDURE)
