"""What counts as a turn read as expected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogues import _Judge
from loccit.terms import Concept, ConceptKind, Following, PatientFacts, Question, QuestionKind
from loccit.vocabulary import load_vocabulary

EXPECTED = {
    "kind": "dosing",
    "drugs": ["naproxen"],
    "conditions": ["low back pain"],
    "patient": {"age": 71, "sex": "female", "takes": ["warfarin"], "smoker": True},
    "topic_change": False,
}
SAID = "naproxen for a woman of 71 on warfarin with low back pain"


def concept(name, kind):
    return Concept(text=name, name=name, kind=kind)


READ = Question(
    text=SAID,
    kind=QuestionKind.DOSING,
    concepts=(
        concept("naproxen", ConceptKind.DRUG),
        concept("warfarin", ConceptKind.DRUG),
        concept("low back pain", ConceptKind.CONDITION),
    ),
    patient=PatientFacts(age=71.0, sex="female", drugs=("warfarin",)),
)


@pytest.fixture(scope="module")
def judge():
    return _Judge(load_vocabulary())


def judged(judge, question=READ, expected=EXPECTED, said=SAID):
    return judge.turn(question, expected, said, first=False)


def test_what_is_taken_may_stand_among_the_drugs(judge):
    turn = judged(judge)
    assert (turn.drugs, turn.conditions, turn.kind, turn.topic) == (True, True, True, True)


def test_a_fact_that_is_not_read_is_missed(judge):
    turn = judged(judge)
    assert turn.missed == ("smoker",)
    assert not turn.right
    smokes = replace(READ, patient=replace(READ.patient, smoking="current"))
    assert judged(judge, smokes).right
    stopped = replace(READ, patient=replace(READ.patient, smoking="former"))
    assert judged(judge, stopped).missed == ("smoker",)


@pytest.mark.parametrize(
    ("key", "value", "fact", "other"),
    [
        ("alcohol", "daily", {"alcohol": "daily"}, {"alcohol": "none"}),
        ("duration", "2 years", {"duration": "2 yrs"}, {"duration": "3 years"}),
        ("ancestry", "Chinese", {"ancestry": "Han Chinese"}, {"ancestry": "Thai"}),
        ("genotype", "1a", {"genotype": ("genotype 1a",)}, {"genotype": ("genotype 3",)}),
        ("bsa", "1.7 m2", {"body_surface": 1.7}, {"body_surface": 1.1}),
        ("planned", "pregnancy", {"planned": ("pregnancy",)}, {"planned": ("surgery",)}),
    ],
)
def test_a_circumstance_is_found_by_its_value(judge, key, value, fact, other):
    expected = {**EXPECTED, "patient": {**EXPECTED["patient"], key: value}}
    for facts, found in ((fact, True), (other, False), ({}, False)):
        read = replace(READ, patient=replace(READ.patient, **facts))
        assert (key in judged(judge, read, expected).found) is found


def test_a_drug_too_many_or_too_few_is_wrong(judge):
    more = replace(READ, concepts=(*READ.concepts, concept("aspirin", ConceptKind.DRUG)))
    assert not judged(judge, more).drugs
    assert not judged(judge, replace(READ, concepts=READ.concepts[1:])).drugs


def test_a_condition_that_was_never_said_may_be_left_out(judge):
    without = replace(READ, concepts=READ.concepts[:2])
    assert not judged(judge, without).conditions
    assert judged(judge, without, said="naproxen for a woman of 71 on warfarin").conditions


def test_a_fact_that_does_not_hold_is_wrong(judge):
    pregnant = replace(READ, patient=replace(READ.patient, pregnancy="any"))
    assert judged(judge, pregnant).missed == ("smoker", "+pregnancy")


def test_a_new_topic_must_be_noticed_and_not_be_made_up(judge):
    assert not judged(judge, replace(READ, following=Following(new_topic=True))).topic
    assert not judged(judge, expected={**EXPECTED, "topic_change": True}).topic


@pytest.mark.parametrize(
    ("key", "value", "patient", "right"),
    [
        ("age", "3 months", PatientFacts(age=0.25), True),
        ("age", 17, PatientFacts(age=71.0), False),
        ("renal", "eGFR 25", PatientFacts(egfr=25.0, renal="any"), True),
        ("renal", "CrCl 25", PatientFacts(egfr=62.0, renal="any"), False),
        ("hepatic", "cirrhosis", PatientFacts(hepatic="any"), True),
        ("hepatic", "no cirrhosis", PatientFacts(hepatic="any"), False),
        ("gestation", "36 weeks", PatientFacts(pregnancy="third_trimester"), True),
        ("trimester", 2, PatientFacts(pregnancy="third_trimester"), False),
        ("weight_kg", 48, PatientFacts(weight_kg=48.0), True),
        ("allergy", ["aspirin"], PatientFacts(allergies=("aspirin",)), True),
    ],
)
def test_facts_are_compared_by_what_they_mean(judge, key, value, patient, right):
    expected = {**EXPECTED, "patient": {key: value}}
    question = replace(READ, patient=patient)
    assert (key in judged(judge, question, expected).found) is right
