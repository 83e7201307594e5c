"""Several questions in one text: the first is answered, another subject is set apart and told."""

from __future__ import annotations

import pytest
from asked import read

APART = [
    ("Is baclofen ok for muscle spasm? And what is the dose of allopurinol for gout?", "allopurinol", "baclofen"),
    ("Naproxen dose in low back pain? How is asthma diagnosed?", "asthma", "naproxen"),
    ("Can he take tizanidine for spasticity? Also how long does gout last?", "gout", "tizanidine"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "later", "first"), APART)
def test_a_question_on_another_subject_is_told_and_not_mixed_in(text, later, first):
    question = read(text)
    names = {concept.name for concept in question.concepts}
    assert len(question.also_asked) == 1
    assert later in question.also_asked[0]
    assert first in names
    assert later not in names


TOGETHER = [
    "Is naproxen safe in gout? What is the dose?",
    "Is naproxen safe in gout? How long should naproxen be given?",
    "What is gout? How is gout treated?",
    "Statins and muscle pain? Is simvastatin the worst?",
    "What is the dose of naproxen for gout?",
]


@pytest.mark.parametrize("text", TOGETHER)
def test_questions_on_one_subject_are_answered_together(text):
    assert read(text).also_asked == ()


def test_facts_of_the_case_hold_for_the_first_question():
    text = "71 yo with CrCl 25. Is baclofen ok for muscle spasm? What is the dose of allopurinol for gout?"
    question = read(text)
    assert (question.patient.age, question.patient.creatinine_clearance) == (71, 25)


def test_what_is_asked_apart_is_the_first_follow_up(starter_engine):
    answer = starter_engine.ask(
        "Baclofen for muscle spasm? What is the dose of allopurinol for gout?"
    )
    assert answer.question.also_asked == answer.follow_ups[:1]
