"""The search alone: which ways of it can run, what the vocabulary adds, what each finds."""

from __future__ import annotations

import pytest

from loccit.retrieval import Searcher
from loccit.retrieval.searching import expanded
from loccit.testing import InMemoryBase, described, small_document
from loccit.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


@pytest.fixture
def base():
    base = InMemoryBase()
    base.add(described(small_document("one", "Examplamine relieves pain.", title="A label")))
    base.add(described(small_document("two", "The harbour is quiet.", title="A tale")))
    base.settle()
    return base


@pytest.fixture
def vectors(base):
    pytest.importorskip("numpy", reason="the extra 'model' is not installed")
    from loccit.testing.embedding import HashedWords
    from loccit.testing.vectors import InMemoryVectors

    vectors = InMemoryVectors(base, HashedWords())
    list(vectors.update())
    return vectors


def test_without_vectors_the_words_alone_are_searched(base):
    systems = Searcher(base, VOCABULARY).systems()
    assert list(systems) == ["bm25"]
    assert list(systems["bm25"]("pain")) == ["one@1"]
    assert Searcher(base, VOCABULARY).by_meaning("pain") == {}


def test_with_vectors_all_three_ways_run(base, vectors):
    systems = Searcher(base, VOCABULARY, vectors).systems()
    assert list(systems) == ["bm25", "dense", "hybrid"]
    for search in systems.values():
        assert next(iter(search("Examplamine relieves pain."))) == "one@1"


def test_what_shares_no_word_is_found_by_meaning_and_stands_behind(base, vectors):
    assert list(Searcher(base, VOCABULARY, vectors).by_both("pain")) == ["one@1", "two@1"]


def test_words_that_tell_nothing_are_left_out_unless_there_are_no_others(base):
    def telling(text: str) -> str:
        return text.replace("harbour", "").strip()

    searcher = Searcher(base, VOCABULARY, telling=telling)
    assert list(searcher.by_words("harbour pain")) == ["one@1"]
    assert list(searcher.by_words("harbour")) == ["two@1"]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("can I take Flexeril at night", "cyclobenzaprine"),
        ("what to do after a heart attack", "myocardial infarction"),
        ("treatment of GERD", "gastroesophageal reflux disease"),
    ],
)
def test_a_brand_a_lay_term_and_a_short_form_bring_the_name(asked, name):
    assert expanded(asked, VOCABULARY) == f"{asked} {name}"


def test_a_name_that_is_said_is_not_said_twice():
    assert expanded("dose of cyclobenzaprine", VOCABULARY) == "dose of cyclobenzaprine"
