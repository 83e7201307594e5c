"""Whether a dose is one for this patient: of the age that was stated, and of people at all."""

from __future__ import annotations

from loccit.composition.gate import Span, age_spans, load_gate_rules
from loccit.composition.holding import Context
from loccit.terms import (
    ConceptKind,
    Form,
    QuestionKind,
    Record,
    ScoredRecord,
    SourceKind,
    StatementKind,
)
from loccit.vocabulary import Vocabulary

__all__ = ["is_for_other_ages", "is_for_the_patient", "undosed"]

DOSING = frozenset({QuestionKind.DOSING, QuestionKind.DOSING_ORGAN, QuestionKind.DOSING_CHILD})
GIVES = frozenset({StatementKind.DOSE, StatementKind.DOSE_ADJUSTMENT, StatementKind.DURATION})
TELLS = GIVES | {StatementKind.SPECIFIC_POPULATION}
BESIDE = frozenset({StatementKind.DOSE_ADJUSTMENT, StatementKind.INTERACTION})
ORGANS = frozenset({"renal", "hepatic"})
ADULT, SMALL = 18.0, 12.0
GROWN = Span(ADULT, 130.0)
"""Assumed where neither an age nor an age group was stated: labels do, and set children apart."""


def is_for_other_ages(context: Context, each: ScoredRecord, vocabulary: Vocabulary) -> bool:
    """A dose for children where none was spoken of, for grown people where a child was; animals.

    What names no age is a label's dose for grown people; adolescents often share it.
    """
    if context.question.kind not in DOSING:
        return False
    if Form.ANIMAL in each.record.description.forms:
        return True
    ages, spans = _ages(context), _spans(each.record, vocabulary)
    kind = each.record.description.kinds[0]
    if kind is StatementKind.EFFICACY and ages.high < ADULT:
        return not any(ages.shared(span) > 0 for span in spans)
    if kind not in TELLS | BESIDE or (ages.low < ADULT and _is_by_childs_weight(each.record)):
        return False
    if spans:
        return all(ages.shared(span) <= 0 for span in spans)
    if ages.high <= SMALL:
        return kind in GIVES and not _by_weight(each.record)
    return _is_for_a_combination(context, each.record)


def _is_for_a_combination(context: Context, record: Record) -> bool:
    """A dose beside another drug, where none was spoken of."""
    question, says = context.question, record.description
    if question.patient.drugs or len(question.names(ConceptKind.DRUG)) > 1:
        return False
    others = set(says.drugs) - {*question.asked_drugs, *says.subjects}
    of_label = record.card.evidence_kind is SourceKind.LABEL
    return of_label and bool(others) and says.kinds[0] in BESIDE


def is_for_the_patient(context: Context, each: ScoredRecord, vocabulary: Vocabulary) -> bool:
    """Whether it speaks of the age or the organ that was stated, and so comes before the rest."""
    return _is_for_the_organ(context, each) or _is_for_the_child(context, each, vocabulary)


def _is_for_the_organ(context: Context, each: ScoredRecord) -> bool:
    """Whether it is said of people with the impaired organ that the question is on.

    The usual most of a day read first is the dose of another population.
    """
    if context.question.kind is not QuestionKind.DOSING_ORGAN:
        return False
    asked = {group.partition(":")[0] for group in context.question.population} & ORGANS
    told = {group.partition(":")[0] for group in each.record.description.population}
    return not asked.isdisjoint(told)


def _is_for_the_child(context: Context, each: ScoredRecord, vocabulary: Vocabulary) -> bool:
    """Whether it gives a dose of a drug asked about at the age of the child that was stated."""
    ages = _ages(context)
    return ages.low < ADULT and any(
        _doses(each.record, drug, ages, vocabulary) for drug in context.question.asked_drugs
    )


def undosed(
    context: Context, records: list[ScoredRecord], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The drugs asked about of which nothing shown gives a dose at the age of a child."""
    ages = _ages(context)
    if context.question.kind not in DOSING or ages.low >= ADULT:
        return ()
    return tuple(
        drug
        for drug in context.question.asked_drugs
        if not any(_doses(each.record, drug, ages, vocabulary) for each in records)
    )


def _doses(record: Record, drug: str, ages: Span, vocabulary: Vocabulary) -> bool:
    says = record.description
    if drug not in (*says.subjects, *says.drugs) or not says.quantities:
        return False
    if says.kinds[0] not in TELLS and StatementKind.DOSE not in says.kinds:
        return False
    spans = _spans(record, vocabulary)
    for_children = "age:child" in says.population or not spans
    return any(ages.shared(span) > 0 for span in spans) or (for_children and _by_weight(record))


def _ages(context: Context) -> Span:
    patient, rules = context.question.patient, load_gate_rules()
    if patient.age is not None:
        return Span(patient.age, patient.age)
    stated = [g for g in context.question.population if g in rules.groups]
    return rules.groups[stated[0]] if stated else GROWN


def _spans(record: Record, vocabulary: Vocabulary) -> tuple[Span, ...]:
    """The ages that a passage is on, by its words or by what stands above it."""
    rules, passage = load_gate_rules(), record.passage
    above = " ; ".join((*passage.locator.section[-2:], passage.context))
    if "age:adult" in record.description.population:
        return ()
    return age_spans(passage.text, vocabulary, rules) or age_spans(above, vocabulary, rules)


def _is_by_childs_weight(record: Record) -> bool:
    """An amount for each kilogram in words on children, whatever ages they set apart."""
    return "age:child" in record.description.population and _by_weight(record)


def _by_weight(record: Record) -> bool:
    return any("/kg" in q.unit or "/m2" in q.unit for q in record.description.quantities)
