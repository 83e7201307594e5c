"""Ordinary questions over the starter pack raise no danger; an answer carries what is raised."""

from __future__ import annotations

import pytest
from thirty_answers import QUESTIONS

from loccit.terms import Article, StatementKind

DOSES = (StatementKind.DOSE, StatementKind.DOSE_ADJUSTMENT)

STATED_NOW = "Tylenol overdose, what now?"
"""The one ordinary question that states a danger."""


@pytest.mark.parametrize("text", [each for each in QUESTIONS if each != STATED_NOW])
def test_ordinary_questions_raise_nothing(starter_engine, text):
    assert starter_engine.ask(text).question.red_flags == ()


def test_an_overdose_in_an_ordinary_question_is_a_danger_all_the_same(starter_engine):
    assert starter_engine.ask(STATED_NOW).question.red_flags == ("overdose_poisoning",)


def test_a_stop_carries_the_danger_too(starter_engine):
    stopped = starter_engine.ask(
        "he took a zorblaxin and his throat is closing up, zorblaxin dose?"
    )
    assert stopped.question.red_flags


TOO_MANY = "Took 30 tablets of tizanidine an hour ago, what dose should he have tonight?"


def test_no_dose_is_told_where_too_much_was_taken(starter_engine):
    answer = starter_engine.ask(TOO_MANY)
    assert "overdose_poisoning" in answer.question.red_flags
    if isinstance(answer, Article):
        assert not any(each.kind in DOSES for each in answer.bottom_line)
    else:
        assert not any(" mg " in near.citation.quote for near in answer.nearest)


def test_a_count_of_tablets_is_no_other_product(starter_engine):
    answer = starter_engine.ask("How many 4 mg tablets of tizanidine are the most in a day?")
    assert isinstance(answer, Article)
