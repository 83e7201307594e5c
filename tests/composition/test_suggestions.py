"""Follow-ups that a page offers: at most four, and only what the base answers."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from loccit.composition import load_suggestions
from loccit.engine import Engine
from loccit.retrieval import is_answerable
from loccit.terms import (
    Article,
    Concept,
    ConceptKind,
    Question,
    QuestionKind,
    StatementKind,
    Suggestion,
)
from loccit.testing import InMemoryBase, described, small_document
from loccit.vocabulary import load_vocabulary

QUESTIONS = (
    "max dose of tizanidine",
    "Can I give naproxen to a patient on warfarin?",
    "Treatment of acute low back pain?",
    "contraindications of cyclobenzaprine",
    "Is ibuprofen safe in pregnancy?",
    "red flags in low back pain",
)
DOSE = Suggestion(
    text="What is the recommended dose of examplamine?",
    about="examplamine",
    is_drug=True,
    kinds=(StatementKind.DOSE,),
)


def base_with(**says):
    base = InMemoryBase()
    base.add(described(small_document(), **says))
    base.settle()
    return base


@pytest.mark.parametrize("text", QUESTIONS)
def test_each_follow_up_is_answered_when_it_is_asked(starter_engine: Engine, text):
    follow_ups = starter_engine.ask(text).follow_ups
    assert 1 <= len(follow_ups) <= 4
    assert len(set(follow_ups)) == len(follow_ups)
    for each in follow_ups:
        assert isinstance(starter_engine.ask(each), Article), each


CONDITIONS = ("low back pain", "sciatica", "cauda equina syndrome", "muscle spasm", "fibromyalgia")


def suggested(base, name: str, kind: ConceptKind) -> list[str]:
    """All that is offered about a name by a question that asks for nothing of it."""
    about = Question(
        text=name,
        kind=QuestionKind.WHAT_IS,
        concepts=(Concept(text=name, name=name, kind=kind),),
    )
    drugs = (name,) if kind is ConceptKind.DRUG else ()
    candidates = load_suggestions().about(about, drugs)
    return [each.text for each in candidates if is_answerable(each, base)]


def test_whatever_is_suggested_over_the_whole_pack_is_answered(starter_engine: Engine):
    base = starter_engine.base
    drugs = {name for card in base.cards() for name in card.subjects}
    names = [(name, ConceptKind.DRUG) for name in sorted(drugs)]
    names += [(name, ConceptKind.CONDITION) for name in CONDITIONS]
    asked = [(text, name) for name, kind in names for text in suggested(base, name, kind)]
    assert len(asked) > 150
    for text, name in asked:
        answer = starter_engine.ask(text)
        assert isinstance(answer, Article), text
        assert name in answer.question.names(*ConceptKind), text


@pytest.mark.parametrize("text", QUESTIONS[:3])
def test_each_follow_up_is_answered_when_it_follows_the_answer(starter_engine: Engine, text):
    answer = starter_engine.ask(text)
    before = starter_engine.turn_of(answer.id, answer.question)
    for each in answer.follow_ups:
        question = starter_engine.read(each, after=before)
        assert isinstance(starter_engine.answer(question), Article), each


def test_no_follow_up_asks_again_what_was_asked(starter_engine: Engine):
    assert not any(
        "recommended dose" in each
        for each in starter_engine.ask("max dose of tizanidine").follow_ups
    )
    assert not any(
        "pregnancy" in each
        for each in starter_engine.ask("Is ibuprofen safe in pregnancy?").follow_ups
    )


def test_pregnancy_is_not_suggested_for_a_man():
    suggestions = load_suggestions()
    asked = Question(text="", kind=QuestionKind.DOSING, population=("sex:male",))
    assert not any("pregnancy" in each.text for each in suggestions.about(asked, ("examplamine",)))
    anyone = Question(text="", kind=QuestionKind.DOSING)
    assert any("pregnancy" in each.text for each in suggestions.about(anyone, ("examplamine",)))


def test_a_question_is_answerable_only_where_a_passage_states_it_first_of_all():
    named = {"subjects": ("examplamine",), "drugs": ("examplamine",)}
    assert is_answerable(DOSE, base_with(kinds=(StatementKind.DOSE,), **named))
    assert not is_answerable(DOSE, base_with(kinds=(StatementKind.WARNING,), **named))
    assert not is_answerable(
        DOSE, base_with(kinds=(StatementKind.WARNING, StatementKind.DOSE), **named)
    )
    assert not is_answerable(DOSE, InMemoryBase())


def test_a_population_that_is_asked_for_must_be_spoken_of():
    renal = replace(DOSE, population="renal")
    named = {
        "subjects": ("examplamine",),
        "drugs": ("examplamine",),
        "kinds": (StatementKind.DOSE,),
    }
    assert is_answerable(renal, base_with(population=("renal:any",), **named))
    assert not is_answerable(renal, base_with(**named))


def test_the_order_of_suggestions_is_that_of_the_file():
    asked = Question(text="", kind=QuestionKind.TREATMENT)
    first = next(iter(islice(load_suggestions().about(asked, ("examplamine",)), 1)))
    assert first.text == load_suggestions().rows[0].text.replace("{drug}", "examplamine")


def test_an_answer_from_a_base_of_nothing_suggests_nothing():
    answer = Engine(InMemoryBase(), load_vocabulary()).ask("max dose of tizanidine")
    assert not isinstance(answer, Article)
