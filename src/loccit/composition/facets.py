"""What the stated facts of a patient call for: each fact gets the strictest words on it.

A label's sentence on liver disease must reach the reader who asks about a patient with cirrhosis,
whatever else the question is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from loccit.composition.cues import load_cues
from loccit.terms import ConceptKind, Question, QuestionKind, ScoredRecord, StatementKind
from loccit.vocabulary import Vocabulary

__all__ = ["Facet", "facets_of", "leads_with_facets"]

AXES = ("hepatic", "renal", "pregnancy", "lactation", "age")
STRICT = {
    StatementKind.CONTRAINDICATION: 4,
    StatementKind.BOXED_WARNING: 3,
    StatementKind.RECOMMENDATION_AGAINST: 3,
    StatementKind.SPECIFIC_POPULATION: 2,
    StatementKind.DOSE_ADJUSTMENT: 2,
    StatementKind.INTERACTION: 2,
    StatementKind.WARNING: 1,
}
"""Kinds of statement that a fact of the patient can call up, the strictest highest."""
BANS = frozenset({StatementKind.CONTRAINDICATION, StatementKind.BOXED_WARNING})
"""Kinds of statement that meet a condition which is only named, whatever their words."""
AMOUNTS = frozenset({QuestionKind.DOSING, QuestionKind.DOSING_ORGAN, QuestionKind.DOSING_CHILD})


class Facet(NamedTuple):
    """One stated fact, and which records speak of it."""

    name: str
    speaks: Callable[[ScoredRecord], bool]
    most: int


def facets_of(question: Question, vocabulary: Vocabulary) -> Iterator[Facet]:
    """A facet for each population, drug and condition that the question gives to the patient.

    Of drugs whose interaction is asked about, each label has its strictest words on the other.
    """
    axes = dict.fromkeys(group.partition(":")[0] for group in question.population)
    for axis in axes:
        values = {g for g in question.population if g.startswith(f"{axis}:") and g != "age:adult"}
        stated = values - {f"{axis}:any"} or values
        if axis in AXES and stated:
            yield Facet(axis, _population(axis, frozenset(stated)), 2)
    asked = question.asked_drugs
    if question.kind is QuestionKind.INTERACTION and len(asked) > 1:
        for drug in asked:
            about = frozenset(asked) - {drug}
            yield Facet(drug, _names(frozenset({drug}), about), 1)
    for drug in question.patient.drugs:
        if drug not in asked:
            names = {drug, *_classes(drug, vocabulary)}
            yield Facet(drug, _names(frozenset(names), frozenset(asked)), 1)
    for allergy in question.patient.allergies:
        names = {allergy, *_classes(allergy, vocabulary)}
        yield Facet(allergy, _names(frozenset(names), frozenset(asked)), 1)
    if asked:
        yield from _of_conditions(question)


def _of_conditions(question: Question) -> Iterator[Facet]:
    """What bars a drug asked about in a condition named: "sleep apnea" need not be "hers"."""
    ailments = question.names(ConceptKind.CONDITION, ConceptKind.FINDING)
    for name in dict.fromkeys((*ailments, *question.patient.conditions)):
        if name in question.patient.family:
            continue
        for drug in question.asked_drugs:
            yield Facet(f"{name} and {drug}", _bars(name, drug), 1)


def leads_with_facets(question: Question) -> bool:
    """Whether the facts come before the rest: always, but where an amount is asked for."""
    return question.kind not in AMOUNTS


def _classes(drug: str, vocabulary: Vocabulary) -> set[str]:
    return {
        wider for group in vocabulary.classes.get(drug, ()) for wider in vocabulary.steps_up(group)
    }


def _population(axis: str, values: frozenset[str]) -> Callable[[ScoredRecord], bool]:
    def speaks(each: ScoredRecord) -> bool:
        stated = {g for g in each.record.description.population if g.startswith(f"{axis}:")}
        loose = f"{axis}:any" in values | stated
        return bool(stated) and (loose or bool(stated & values)) and _strict(each)

    return speaks


def _names(names: frozenset[str], asked: frozenset[str]) -> Callable[[ScoredRecord], bool]:
    def speaks(each: ScoredRecord) -> bool:
        says = each.record.description
        about = not asked or bool(asked.intersection(says.subjects))
        return about and bool(names.intersection(says.drugs)) and _strict(each)

    return speaks


def _bars(condition: str, drug: str) -> Callable[[ScoredRecord], bool]:
    def speaks(each: ScoredRecord) -> bool:
        says = each.record.description
        about = drug in says.subjects and condition in says.conditions
        if not about or not _strict(each):
            return False
        words = each.record.passage.text
        return says.kinds[0] in BANS or load_cues().forbids.search(words) is not None

    return speaks


def _strict(each: ScoredRecord) -> bool:
    return each.record.description.kinds[0] in STRICT and each.parts.get("subject", 0) > 0
