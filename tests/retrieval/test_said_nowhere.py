"""A word, a pair of drugs or a strength that no source on the drug has."""

import pytest

from loccit.retrieval.pairs import never_together
from loccit.retrieval.strengths import absent_strength
from loccit.retrieval.unheard import unheard
from loccit.terms import Abstention
from loccit.vocabulary import load_vocabulary


def test_a_word_counts_as_heard_in_any_passage_and_any_form(starter_engine, starter_base):
    question = starter_engine.read("cyclobenzaprine and ballooning")
    words = ("ballooning", "drowsy", "elderly", "tomorrow")
    assert unheard(words, question, starter_base) == ("ballooning",)


def test_of_a_drug_without_documents_nothing_is_told(starter_engine, starter_base):
    question = starter_engine.read("imatinib and ballooning")
    assert unheard(("ballooning",), question, starter_base) == ()


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("cyclobenzaprine with imatinib?", ("cyclobenzaprine", "imatinib")),
        ("cyclobenzaprine with duloxetine?", ()),
        ("cyclobenzaprine dose?", ()),
        ("imatinib with sorafenib?", ()),
    ],
)
def test_two_drugs_that_no_source_names_together(starter_engine, starter_base, text, apart):
    question = starter_engine.read(text)
    assert never_together(question, starter_base, load_vocabulary()) == apart


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("naproxen 700 mg tablets, how many a day?", "700 mg tablets"),
        ("naproxen 375 mg tablets, how many a day?", ""),
        ("naproxen 0.375 g tablets, how many a day?", ""),
        ("naproxen 700 mg a day?", ""),
        ("imatinib 400 mg tablets, how many a day?", ""),
    ],
)
def test_a_strength_is_one_that_a_label_lists(starter_engine, starter_base, text, strength):
    assert absent_strength(starter_engine.read(text), starter_base) == strength


def test_a_strength_that_is_not_there_stops_the_answer(starter_engine):
    answer = starter_engine.ask("naproxen 700 mg tablets, how many a day?")
    assert isinstance(answer, Abstention)
    assert "700 mg tablets" in answer.reason
