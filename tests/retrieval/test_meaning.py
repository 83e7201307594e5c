"""Meaning counts among what words found, only where all passages have vectors, and it is told."""

from __future__ import annotations

import pytest
from small_base import VOCABULARY, base_of, guideline, question

from loccit.composition import load_shapes
from loccit.engine import Engine
from loccit.publication import as_text
from loccit.retrieval import Gatherer
from loccit.retrieval.scoring import load_weights
from loccit.terms import Article
from loccit.vocabulary import load_vocabulary

ASKED = "Treatment of acute low back pain?"
SENTENCES = (
    "Heat helps people with low back pain.",
    "Rest helps people with low back pain.",
    "Acute low back pain: treatment of choice is walking.",
)


@pytest.fixture
def base():
    return base_of(*(guideline(f"g{n}", said) for n, said in enumerate(SENTENCES)))


@pytest.fixture
def vectors(base):
    pytest.importorskip("numpy", reason="the extra 'model' is not installed")
    from loccit.testing.embedding import HashedWords
    from loccit.testing.vectors import InMemoryVectors

    return InMemoryVectors(base, HashedWords())


def gathered(base, vectors):
    read = question(ASKED)
    return Gatherer(VOCABULARY, vectors).gather(read, load_shapes()[read.kind], base)


def test_without_a_vector_for_every_passage_nothing_changes(base, vectors):
    plain = gathered(base, None)
    assert gathered(base, vectors) == plain
    assert plain.coverage.by_meaning == ""
    assert all("meaning" not in each.parts for each in plain.records)


def test_the_nearest_counts_in_full_and_the_furthest_not_at_all(base, vectors):
    list(vectors.update())
    near = vectors.nearness(
        question(ASKED).text, [e.record.passage.id for e in gathered(base, None).records]
    )
    evidence = gathered(base, vectors)
    parts = {e.record.passage.id: e.parts.get("meaning") for e in evidence.records}
    assert parts[max(near, key=near.get)] == pytest.approx(load_weights()["meaning"])
    assert not parts[min(near, key=near.get)]
    assert evidence.coverage.by_meaning == vectors.name


def test_the_same_passages_are_there_best_first_and_parts_add_up(base, vectors):
    list(vectors.update())
    plain, evidence = gathered(base, None), gathered(base, vectors)
    names = [e.record.passage.id for e in evidence.records]
    assert sorted(names) == sorted(e.record.passage.id for e in plain.records)
    scores = [e.score for e in evidence.records]
    assert scores == sorted(scores, reverse=True)
    for each in evidence.records:
        assert each.score == pytest.approx(sum(each.parts.values()), abs=1e-6)


def test_one_passage_is_as_near_as_it_is_far():
    pytest.importorskip("numpy", reason="the extra 'model' is not installed")
    from loccit.testing.embedding import HashedWords
    from loccit.testing.vectors import InMemoryVectors

    alone = base_of(guideline("g", SENTENCES[0]))
    vectors = InMemoryVectors(alone, HashedWords())
    list(vectors.update())
    (record,) = gathered(alone, vectors).records
    assert not record.parts.get("meaning")


def test_an_answer_says_that_meaning_counted_and_has_an_id_of_its_own(starter_base):
    pytest.importorskip("numpy", reason="the extra 'model' is not installed")
    from loccit.testing.embedding import HashedWords
    from loccit.testing.vectors import InMemoryVectors

    vectors = InMemoryVectors(starter_base, HashedWords())
    list(vectors.update())
    engine = Engine(starter_base, load_vocabulary(), vectors=vectors)
    plain = Engine(starter_base, load_vocabulary()).ask(ASKED)
    answer = engine.ask(ASKED)
    assert isinstance(answer, Article)
    assert answer == engine.ask(ASKED)
    assert answer.id != plain.id
    assert vectors.name in as_text(answer)
    assert vectors.name not in as_text(plain)
