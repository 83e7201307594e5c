"""Tells the kind of a question from its words and facts."""

from __future__ import annotations

from loccit.questions.rules import ReadingRules
from loccit.terms import Concept, ConceptKind, PatientFacts, QuestionKind
from loccit.vocabulary.lexicon import words_of

__all__ = ["kinds_of"]


LIKELY = 0.5
"""Share of the best sum of weights at which another kind is kept in mind."""


def kinds_of(
    text: str,
    concepts: tuple[Concept, ...],
    patient: PatientFacts,
    population: tuple[str, ...],
    rules: ReadingRules,
) -> tuple[QuestionKind, ...]:
    """The kind whose rules weigh most, then others that come near it.

    Where no rule speaks, what is named decides.
    """
    holds = _facts(concepts, patient, population)
    scores = dict.fromkeys(rules.order, 0.0)
    for rule in rules.kinds:
        if (not rule.needs or rule.needs in holds) and rule.pattern.search(text):
            scores[rule.kind] += rule.weight
    best = max(scores.values())
    if best:
        ranked = sorted(scores, key=lambda kind: -scores[kind])
        likely = (kind for kind in ranked if scores[kind] >= LIKELY * best)
        return tuple(dict.fromkeys((*likely, *_by_names(holds))))
    names = sum(len(words_of(concept.text)) for concept in concepts)
    return _by_names(holds, bare=names == len(words_of(text)))


def _by_names(holds: frozenset[str], *, bare: bool = False) -> tuple[QuestionKind, ...]:
    """What the names alone most likely ask about: pairs of drugs, a use, a thing.

    ``bare`` tells that there is nothing but names.
    """
    if "two_drugs" in holds:
        return (QuestionKind.INTERACTION, QuestionKind.TREATMENT)
    if "drug" in holds and ("population" in holds or "organ" in holds):
        return (QuestionKind.SAFETY, QuestionKind.DOSING)
    if "drug" in holds and "condition" in holds:
        return (QuestionKind.TREATMENT, QuestionKind.SAFETY, QuestionKind.DOSING)
    if "condition" in holds:
        return (QuestionKind.TREATMENT, QuestionKind.DIAGNOSIS, QuestionKind.PROGNOSIS)
    if "drug" in holds and not bare:
        return (QuestionKind.SAFETY, QuestionKind.DOSING, QuestionKind.WHAT_IS)
    return (QuestionKind.WHAT_IS, QuestionKind.DIAGNOSIS, QuestionKind.TREATMENT)


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
