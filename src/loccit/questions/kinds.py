"""Tells the kind of a question from its words and facts."""

from __future__ import annotations

from loccit.questions.rules import ReadingRules
from loccit.terms import Concept, ConceptKind, PatientFacts, QuestionKind

__all__ = ["kind_of"]


def kind_of(
    text: str,
    concepts: tuple[Concept, ...],
    patient: PatientFacts,
    population: tuple[str, ...],
    rules: ReadingRules,
) -> QuestionKind:
    """The kind whose rules weigh most; by what is named when no rule speaks."""
    holds = _facts(concepts, patient, population)
    scores: dict[QuestionKind, float] = {}
    for rule in rules.kinds:
        if (not rule.needs or rule.needs in holds) and rule.pattern.search(text):
            scores[rule.kind] = scores.get(rule.kind, 0.0) + rule.weight
    if scores:
        return max(rules.order, key=lambda kind: scores.get(kind, 0.0))
    if "condition" in holds:
        return QuestionKind.TREATMENT
    return QuestionKind.WHAT_IS


def _facts(
    concepts: tuple[Concept, ...], patient: PatientFacts, population: tuple[str, ...]
) -> frozenset[str]:
    """Which of the conditions that rules may need hold."""
    drugs = {c.name for c in concepts if c.kind in (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)}
    axes = {group.partition(":")[0] for group in population}
    young = {"age:neonate", "age:infant", "age:child", "age:adolescent"}
    found = {
        "drug": bool(drugs),
        "two_drugs": len(drugs) > 1,
        "condition": any(c.kind is ConceptKind.CONDITION for c in concepts),
        "child": bool(young.intersection(population)),
        "organ": bool({"hepatic", "renal"} & axes or patient.renal or patient.hepatic),
        "population": bool(axes & {"pregnancy", "lactation", "hepatic", "renal", "age"}),
    }
    return frozenset(name for name, true in found.items() if true)
