"""The stated facts of a question that a source may speak against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from loccit.composition.gate.rules import GateRules, Span
from loccit.terms import Axis, Concept, ConceptKind, Fact, PatientFacts, Question, QuestionKind
from loccit.vocabulary import Vocabulary

__all__ = ["PARTNER", "Stated", "is_part_of", "overdosed", "stated_facts"]

GIVING = frozenset(
    {
        QuestionKind.TREATMENT,
        QuestionKind.DOSING,
        QuestionKind.DOSING_ORGAN,
        QuestionKind.DOSING_CHILD,
        QuestionKind.INTERACTION,
        QuestionKind.SAFETY,
        QuestionKind.SWITCHING,
        QuestionKind.EMERGENCY,
    }
)
"""Kinds of question whose answer may be to give a drug."""
WEIGHING = frozenset({QuestionKind.SAFETY, QuestionKind.INTERACTION, QuestionKind.TREATMENT})
"""Kinds that ask whether to give it: a condition named beside the drug may bar it. Elsewhere it is
what the drug is for."""
AILMENTS = (ConceptKind.CONDITION, ConceptKind.FINDING)
DAY = 1 / 365
UNKNOWN = "any"
PARTNER = "partner"
"""Whose pregnancy it is, where it is not the patient's."""


class Stated(NamedTuple):
    """A fact, the names by which sources may speak of it, and its span where it is a measure."""

    fact: Fact
    names: frozenset[str] = frozenset()
    span: Span | None = None
    degree: str = ""
    """Of an organ's impairment, as stated; ``any`` where none was."""
    measure: str = ""
    """The measure of the span of a kidney's function: its unit."""
    words: str = ""
    """As the asker wrote it."""
    own: bool = True
    """Whether it is said of the patient, and not only named beside the drug."""


def stated_facts(
    question: Question, vocabulary: Vocabulary, rules: GateRules
) -> tuple[Stated, ...]:
    """Every stated fact of the patient, and the conditions and drugs that the question combines.

    Where the question is not whether or how to give a drug, an age and what is only named beside
    it are no facts of a patient who would be given it.
    """
    patient, gives = question.patient, question.kind in GIVING
    found = (
        *(_age(question, rules) if gives else ()),
        *_states(question, rules),
        *(_drug(name, vocabulary) for name in _drugs(question, rules)),
        *_allergies(patient, vocabulary, rules),
        *_conditions(question, vocabulary, rules),
    )
    return tuple({each.fact: each for each in found}.values())


def _age(question: Question, rules: GateRules) -> Iterator[Stated]:
    age = question.patient.age
    if age is not None:
        yield Stated(Fact(axis=Axis.AGE, value=f"{age:g}"), span=Span(age, age))
        return
    for group in question.population:
        if group in rules.groups and group not in question.assumed:
            fact = Fact(axis=Axis.AGE, value=group.partition(":")[2])
            yield Stated(fact, span=rules.groups[group])


def _states(question: Question, rules: GateRules) -> Iterator[Stated]:
    patient = question.patient
    if patient.weight_kg is not None:
        weight = patient.weight_kg
        yield Stated(Fact(axis=Axis.WEIGHT, value=f"{weight:g} kg"), span=Span(weight, weight))
    if patient.pregnancy:
        span = _gestation(patient, rules)
        yield Stated(Fact(axis=Axis.PREGNANCY, value=patient.pregnancy), span=span)
    if patient.partner:
        fact = Fact(axis=Axis.PREGNANCY, value=PARTNER)
        yield Stated(fact, span=Span(0, 43), degree=PARTNER)
    if patient.lactation:
        yield Stated(Fact(axis=Axis.LACTATION, value="yes"))
    if patient.hepatic:
        cirrhosis = "cirrhosis" in patient.conditions
        names = frozenset({"cirrhosis"} if cirrhosis else ())
        fact = Fact(axis=Axis.HEPATIC, value=patient.hepatic)
        yield Stated(fact, degree=patient.hepatic, names=names)
    yield from _kidney(patient)


def _gestation(patient: PatientFacts, rules: GateRules) -> Span:
    """Weeks of pregnancy as stated, else those of the trimester, else all of them."""
    for stage in patient.stages:
        number, _, rest = stage.partition(" ")
        if number.isdigit() and rest.startswith(("week", "wk")):
            return Span(float(number), float(number))
    return rules.trimesters.get(f"pregnancy:{patient.pregnancy}", Span(0, 43))


def _kidney(patient: PatientFacts) -> Iterator[Stated]:
    measured = {"mL/min": patient.creatinine_clearance, "mL/min/1.73 m2": patient.egfr}
    degree = patient.renal if patient.renal != UNKNOWN else ""
    for unit, value in measured.items():
        if value is not None:
            fact = Fact(axis=Axis.RENAL, value=f"{value:g} {unit}")
            yield Stated(fact, span=Span(value, value), measure=unit, degree=degree)
            return
    if patient.renal:
        yield Stated(Fact(axis=Axis.RENAL, value=patient.renal), degree=patient.renal)


def _drugs(question: Question, rules: GateRules) -> tuple[str, ...]:
    """Drugs taken, and those asked about together; two that are only compared are not taken."""
    taken, asked = question.patient.drugs, question.asked_drugs
    joined = len(asked) > 1 and (
        question.kind is QuestionKind.INTERACTION or bool(rules.combined.search(question.text))
    )
    if joined and not rules.compared.search(question.text):
        return tuple(dict.fromkeys((*taken, *asked)))
    return taken


def is_part_of(left: str, right: str) -> bool:
    """Whether one of two drugs is a fixed combination that holds the other."""
    parts = ({*re.split(r",? and |, ", name)} for name in (left, right))
    return not next(parts).isdisjoint(next(parts))


def _drug(name: str, vocabulary: Vocabulary) -> Stated:
    return Stated(Fact(axis=Axis.DRUG, value=name), names=_known_as(name, vocabulary))


def _known_as(name: str, vocabulary: Vocabulary) -> frozenset[str]:
    """A drug or class with all its wider classes, and a combination's parts."""
    wider = {name, *vocabulary.lineage(name)}
    for group in vocabulary.classes.get(name, ()):
        wider.update(vocabulary.lineage(group))
    return frozenset(wider)


def _allergies(patient: PatientFacts, vocabulary: Vocabulary, rules: GateRules) -> Iterator[Stated]:
    """Allergies, also those that were read as a condition: "aspirin hypersensitivity"."""
    for name in patient.allergies:
        yield Stated(Fact(axis=Axis.ALLERGY, value=name), names=_known_as(name, vocabulary))
    for condition in patient.conditions:
        match = rules.allergy.match(condition)
        entry = vocabulary.lexicon.get(match["allergen"]) if match else None
        if entry and entry.kind in (ConceptKind.DRUG, ConceptKind.DRUG_CLASS):
            fact = Fact(axis=Axis.ALLERGY, value=entry.name)
            yield Stated(fact, names=_known_as(entry.name, vocabulary))


def _conditions(question: Question, vocabulary: Vocabulary, rules: GateRules) -> Iterator[Stated]:
    """What the patient has, what is only named beside the drug, and what is past."""
    patient = question.patient
    aside = {*patient.family, *question.negated, *patient.history}
    weighed = question.concepts if question.kind in WEIGHING else ()
    named = tuple(c.name for c in weighed if _is_state(c, rules))
    written = {concept.name: concept.text for concept in question.concepts}
    for name in dict.fromkeys((*patient.conditions, *named)):
        if name not in aside and name not in rules.not_states and not rules.allergy.match(name):
            fact = Fact(axis=Axis.CONDITION, value=name)
            names = frozenset(vocabulary.lineage(name))
            own = name in patient.conditions
            yield Stated(fact, names=names, words=written.get(name, name), own=own)
    for name in patient.history:
        axis = Axis.CONDITION if name in rules.lasting else Axis.HISTORY
        names = frozenset(vocabulary.lineage(name))
        yield Stated(Fact(axis=axis, value=name), names=names, words=written.get(name, name))


def _is_state(concept: Concept, rules: GateRules) -> bool:
    """An ailment, or an operation that the patient comes from."""
    if concept.name in rules.not_states:
        return False
    return concept.kind in AILMENTS or concept.name in rules.procedures


def overdosed(question: Question, drugs: tuple[str, ...], rules: GateRules) -> tuple[str, ...]:
    """The drugs of which too much was taken: those beside the words that say so.

    The antidote that is asked about is not one of them.
    """
    if not rules.overdose_flags.intersection(question.red_flags):
        return ()
    near = (
        concept.name
        for concept in question.concepts
        if concept.kind is ConceptKind.DRUG and _beside_overdose(question.text, concept, rules)
    )
    return tuple(name for name in dict.fromkeys(near) if name in drugs)


def _beside_overdose(text: str, concept: Concept, rules: GateRules) -> bool:
    before, after = text[: concept.start], text[concept.end :]
    led = rules.overdose_before.search(before)
    if led and not rules.overdose_apart.search(led.group()):
        return True
    return rules.overdose_after.search(after) is not None
