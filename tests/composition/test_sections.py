"""What single sections of an article hold, and what stays out of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loccit.composition.composing import _direct
from loccit.composition.holding import HOLDS, Context
from loccit.terms import (
    Concept,
    ConceptKind,
    Evidence,
    Quantity,
    Question,
    QuestionKind,
    ScoredRecord,
    StatementKind,
)
from loccit.testing import InMemoryBase, described, small_document

DOSE, ADJUSTMENT = StatementKind.DOSE, StatementKind.DOSE_ADJUSTMENT
POPULATION, MECHANISM = StatementKind.SPECIFIC_POPULATION, StatementKind.MECHANISM
CLEARANCE = Quantity(text="30 mL/min", low=30, high=30, unit="mL/min", comparator="<")


def record(kind: StatementKind, *population: str, quantities=(), conditions=()) -> ScoredRecord:
    document = small_document("one", "Examplamine is examined.")
    told = described(
        document,
        kinds=(kind,),
        population=population,
        quantities=quantities,
        conditions=conditions,
    )
    base = InMemoryBase()
    base.add(told)
    base.settle()
    return ScoredRecord(record=base.passage(told.passages[0][0].id), score=1.0, parts={})


def context(*population: str, wanted=(DOSE, POPULATION)) -> Context:
    question = Question(text="?", kind=QuestionKind.DOSING, population=population)
    return Context(question=question, drugs=(), guided=False, wanted=frozenset(wanted))


@pytest.mark.parametrize(
    ("each", "held"),
    [
        (record(POPULATION, "renal:severe"), True),
        (record(POPULATION, "age:older_adult"), True),
        (record(ADJUSTMENT), True),
        (record(POPULATION, quantities=(CLEARANCE,)), True),
        (record(POPULATION, "pregnancy:any"), False),
        (record(POPULATION, "pregnancy:any", "renal:any"), False),
        (record(POPULATION, "lactation:any"), False),
        (record(ADJUSTMENT, "age:child"), False),
        (record(POPULATION), False),
    ],
)
def test_older_adults_liver_and_kidney_hold_nothing_on_pregnancy(each, held):
    assert HOLDS["older_or_organ"](context(), each) is held


@pytest.mark.parametrize(
    ("asked", "each", "held"),
    [
        (context(), record(DOSE), True),
        (context(), record(DOSE, "age:adult"), True),
        (context(), record(MECHANISM), False),
        (context(), record(POPULATION, "lactation:any"), False),
        (context("lactation:any"), record(POPULATION, "lactation:any"), True),
    ],
)
def test_what_nobody_asked_for_stays_out(asked, each, held):
    assert HOLDS["nothing_unasked"](asked, each) is held


def test_how_long_a_drug_may_be_given_is_not_answered_with_milk_or_mechanism(
    starter_engine, starter_base
):
    article = starter_engine.ask("How long can I prescribe carisoprodol?")
    first = article.sections[0]
    assert article.bottom_line[0].kind is StatementKind.DURATION
    for statement in first.statements:
        says = starter_base.passage(statement.citations[0].passage).description
        assert "lactation:any" not in says.population, statement.text
        assert says.kinds[0] is not MECHANISM, statement.text


def test_red_flags_lead_with_the_dangers_that_the_sources_list(starter_engine, starter_base):
    article = starter_engine.ask("red flags in low back pain")
    named = set()
    for line in article.bottom_line[:3]:
        says = starter_base.passage(line.citations[0].passage).description
        assert says.kinds[0] is StatementKind.RED_FLAG
        named.update(says.conditions)
    dangers = {"cauda equina syndrome", "spinal infection", "vertebral fracture", "cancer"}
    assert dangers | {"neurological deficit"} <= named


@pytest.mark.parametrize(("ailment", "held"), [("headache", True), ("low back pain", False)])
def test_red_flags_of_one_ailment_are_not_those_of_another(ailment, held):
    names = ("red flag symptom", "headache")
    concepts = tuple(Concept(text=name, name=name, kind=ConceptKind.FINDING) for name in names)
    asked = Question(
        text="red flags in headache",
        kind=QuestionKind.DIAGNOSIS,
        concepts=concepts,
        asks=(StatementKind.RED_FLAG,),
    )
    each = record(StatementKind.RED_FLAG, conditions=("red flag symptom", ailment))
    assert HOLDS["red_flags_asked"](Context(question=asked, drugs=(), guided=False), each) is held


@pytest.mark.parametrize(
    ("covered", "drugs", "held"),
    [(0.5, (), True), (0.1, (), False), (0.5, ("otherdrug",), False), (0.5, ("asked",), True)],
)
def test_what_has_the_words_asked_is_on_the_topic_unless_it_names_another_drug(
    covered, drugs, held
):
    asked = Question(
        text="oxygen target?",
        kind=QuestionKind.TREATMENT,
        concepts=(Concept(text="asked", name="asked", kind=ConceptKind.DRUG),),
    )
    each = record(DOSE)
    description = replace(each.record.description, drugs=drugs)
    each = replace(each, covered=covered, record=replace(each.record, description=description))
    assert HOLDS["on_topic"](Context(question=asked, drugs=(), guided=False), each) is held


def test_what_has_most_words_asked_comes_first_though_no_drug_is_named():
    question = Question(text="?", kind=QuestionKind.TREATMENT)
    plain, faint = (replace(record(DOSE), covered=covered) for covered in (0.8, 0.2))
    assert _direct(Evidence(question=question, records=(faint, plain)))
    assert not _direct(Evidence(question=question, records=(faint,)))
