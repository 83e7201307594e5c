"""Ordinary questions over the starter pack raise no danger; an answer carries what is raised."""

from __future__ import annotations

import pytest
from thirty_answers import QUESTIONS

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
