"""The pipeline as a whole: any question ends in an article, an abstention or a ``UsageError``."""

from __future__ import annotations

from functools import partial

import pytest

from loccit.engine import Engine
from loccit.filling import Loader
from loccit.ports import Withdrawal
from loccit.questions import patient_from_option
from loccit.terms import (
    Abstention,
    Article,
    Audience,
    PatientFacts,
    Unreadable,
    UsageError,
)
from loccit.testing import InMemoryBase, small_document
from loccit.vocabulary import load_vocabulary

HOSTILE = [
    '"',
    "AND OR NOT",
    "text:naproxen AND (",
    "naproxen [a TO b] ~2 ^9 \\",
    "* ? naproxen?",
    "😀 naproxen 💊",
    "naproxen\u202e\u200b dose",
    "<script>alert(1)</script> naproxen",
    "{{ naproxen }} %s %n ${HOME}",
    "'; DROP TABLE passages; -- naproxen",
    "漢字 нет ٣",
    "\ud800 naproxen",
    "naproxen " * 880,
    "a " * 4000,
    "(" * 8000,
]


MOST_SEARCHES = 200
"""Searches of the base that one question may cost: sixty words looked up, and its evidence."""


class CountingBase:
    """A base that counts how often it is searched."""

    def __init__(self, base) -> None:
        self._base, self.searches = base, 0

    def search(self, request):
        self.searches += 1
        return self._base.search(request)

    def __getattr__(self, name):
        return getattr(self._base, name)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_any_text_ends_in_an_answer_or_a_stop_after_few_searches(starter_base, text):
    counting = CountingBase(starter_base)
    answer = Engine(counting, load_vocabulary()).ask(text)
    assert isinstance(answer, Article | Abstention)
    assert counting.searches <= MOST_SEARCHES


@pytest.mark.parametrize("text", ["", "   ", "x" * 9000])
def test_what_is_no_question_is_refused(starter_engine, text):
    with pytest.raises(UsageError):
        starter_engine.ask(text)


def test_the_same_question_gives_the_same_article(starter_engine):
    text = "Is cyclobenzaprine safe in a 71 year old with cirrhosis on sertraline?"
    assert starter_engine.ask(text) == starter_engine.ask(text)


def test_the_id_tells_question_reader_patient_and_evidence_apart(starter_engine):
    ask = partial(starter_engine.ask, "Treatment of acute low back pain?")
    articles = [
        ask(),
        ask(audience=Audience.PATIENT),
        ask(given=partial(patient_from_option, "age=71")),
        starter_engine.ask("Treatment of chronic low back pain?"),
    ]
    ids = [article.id for article in articles]
    assert len(set(ids)) == len(ids)
    assert ask().id == ids[0]


def test_facts_given_beside_the_question_count_like_stated_ones(starter_engine):
    given = starter_engine.ask(
        "Is cyclobenzaprine safe?", given=partial(patient_from_option, "age=71,hepatic=moderate")
    )
    assert given.question.patient == PatientFacts(age=71, hepatic="moderate")
    says = [
        starter_engine.base.passage(line.citations[0].passage).description.population
        for line in given.bottom_line
    ]
    assert any("hepatic:moderate" in population for population in says)


def test_a_fact_of_the_patient_changes_the_bottom_line(starter_engine):
    plain = starter_engine.ask("Is cyclobenzaprine safe?")
    case = starter_engine.ask("Is cyclobenzaprine safe in cirrhosis?")
    assert plain.bottom_line != case.bottom_line


def test_a_denied_condition_is_not_treated(starter_engine):
    article = starter_engine.ask("Treatment of acute low back pain without sciatica or fracture?")
    assert set(article.question.negated) == {"sciatica", "fracture"}
    assert isinstance(article, Article)


def test_a_misspelt_drug_is_answered_and_the_correction_told(starter_engine):
    article = starter_engine.ask("cyclobenzaprin dose")
    assert article.question.corrections == (("cyclobenzaprin", "cyclobenzaprine"),)
    assert isinstance(article, Article)


# --- loading


def load(base: InMemoryBase, *readings):
    loaded = list(Loader(base, load_vocabulary()).load(readings))
    base.settle()
    return loaded


def test_readings_are_stored_one_by_one_and_refusals_passed_over():
    base = InMemoryBase()
    refused = Unreadable("broken", where="b.xml")
    first, refusal, second = load(base, small_document("one"), refused, small_document("two"))
    assert (first.name, first.passages > 0, first.known) == ("one@1", True, False)
    assert (refusal.name, refusal.refused) == ("b.xml", refused)
    assert second.name == "two@1"
    assert [card.id for card in base.cards()] == ["one@1", "two@1"]


def test_what_is_held_is_passed_over():
    base = InMemoryBase()
    load(base, small_document())
    (again,) = load(base, small_document())
    assert again.known
    assert again.passages == 0


def test_a_withdrawal_is_noted_for_what_comes_later():
    base = InMemoryBase()
    (noted,) = load(base, Withdrawal(series="examplamine", reason="deleted"))
    assert noted.name == "examplamine"
    load(base, small_document())
    assert base.coverage().documents == 0


def test_an_engine_over_an_empty_base_stops_honestly():
    base = InMemoryBase()
    base.settle()
    answer = Engine(base, load_vocabulary()).ask("Treatment of acute low back pain?")
    assert isinstance(answer, Abstention)
    assert answer.nearest == ()
    assert answer.coverage.documents == 0
