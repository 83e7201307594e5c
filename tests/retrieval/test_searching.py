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


def test_with_vectors_all_ways_run(base, vectors):
    systems = Searcher(base, VOCABULARY, vectors).systems()
    assert list(systems) == ["bm25", "dense", "fused", "hybrid"]
    for search in systems.values():
        assert next(iter(search("Examplamine relieves pain."))) == "one@1"


def test_what_shares_no_word_is_found_by_meaning_and_stands_behind(base, vectors):
    assert list(Searcher(base, VOCABULARY, vectors).by_both("pain")) == ["one@1", "two@1"]


def test_what_is_read_again_comes_before_what_only_looked_as_near(base, vectors):
    class Reading:
        """The vectors of the base, and a reading by which the tale is closest."""

        def __getattr__(self, name):
            return getattr(vectors, name)

        def closeness(self, words, passages):
            return {p: float("harbour" in base.passage(p).passage.text) for p in passages}

    searcher = Searcher(base, VOCABULARY, Reading())
    assert list(searcher.by_both("Examplamine pain")) == ["one@1", "two@1"]
    scores = searcher.by_reading("Examplamine pain")
    assert scores["two@1"] > searcher.by_both("Examplamine pain")["two@1"]
    assert scores.keys() == {"one@1", "two@1"}


def test_a_model_that_gives_no_tokens_leaves_the_order_as_it_was(base, vectors):
    vectors.closeness = lambda words, passages: {}
    searcher = Searcher(base, VOCABULARY, vectors)
    assert searcher.by_reading("pain") == searcher.by_both("pain")


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
