"""Two rankings become one, whatever their scales."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loccit.retrieval.fusing import Fusion, fused, load_fusion, reread, words_count

RANKINGS = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.01, 50), max_size=8)


def test_what_both_rank_high_comes_first():
    found = fused({"a": 9.0, "b": 8.0}, {"b": 0.9, "c": 0.3}, 0.5)
    assert list(found) == ["b", "a", "c"]


def test_scales_do_not_matter():
    words, meaning = {"a": 9.0, "b": 3.0}, {"b": 0.9, "c": 0.3}
    tenfold = {key: 10 * score for key, score in words.items()}
    assert fused(words, meaning, 0.4) == pytest.approx(fused(tenfold, meaning, 0.4))


def test_what_is_not_near_counts_as_the_last_that_is():
    found = fused({"a": 1.0}, {"b": 0.8, "c": 0.4}, 0.5)
    assert found == {"a": 0.75, "b": 0.5, "c": 0.25}


def test_one_ranking_alone_stays_as_it_is():
    assert list(fused({"a": 3.0, "b": 2.0}, {}, 0.4)) == ["a", "b"]
    assert list(fused({}, {"a": 0.3, "b": 0.2}, 0.4)) == ["a", "b"]
    assert fused({}, {}, 0.4) == {}


def test_equal_ones_come_in_order_of_their_keys():
    assert list(fused({"b": 1.0, "a": 1.0}, {}, 0.5)) == ["a", "b"]


@given(words=RANKINGS, meaning=RANKINGS, weight=st.floats(0, 1))
def test_every_one_is_kept_once_best_first(words, meaning, weight):
    found = fused(words, meaning, weight)
    assert found.keys() == words.keys() | meaning.keys()
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert all(0 <= score <= 1 + 1e-9 for score in found.values())


def test_the_shipped_weights_can_be_read():
    fusion = load_fusion()
    assert 0 < fusion.apart < 1
    assert fusion.agreed > 0
    assert fusion.compared > 1
    assert fusion.depth >= 100
    assert 0 < fusion.reread <= fusion.depth
    assert fusion.closeness > 0
    assert all(counts > 0 for _, counts in fusion.fields)


FUSION = Fusion(
    apart=0.4, agreed=1.0, compared=2, depth=9, reread=3, closeness=0.5, fields=(("text", 1.0),)
)


@pytest.mark.parametrize(
    ("words", "meaning", "count"),
    [
        ("ab", "cd", 0.4),
        ("ab", "bc", 0.2),
        ("ab", "ba", 0.0),
        ("", "ab", 0.4),
        ("abc", "cab", 0.2),
    ],
)
def test_words_count_the_less_the_more_both_searches_agree(words, meaning, count):
    ranked = [{name: 9.0 - place for place, name in enumerate(each)} for each in (words, meaning)]
    assert words_count(*ranked, FUSION) == pytest.approx(count)


@given(words=RANKINGS, meaning=RANKINGS)
def test_what_words_count_lies_between_the_two_bounds(words, meaning):
    assert 0 <= words_count(words, meaning, FUSION) <= FUSION.apart


def test_the_closest_of_the_first_comes_first_and_the_rest_stay_behind():
    ranking = {"a": 1.0, "b": 0.9, "c": 0.8, "d": 0.7}
    found = reread(ranking, {"a": 0.2, "b": 0.6, "c": 0.3}, 0.5)
    assert list(found) == ["b", "a", "c", "d"]
    assert found["b"] == pytest.approx(1.4)
    assert found["d"] == ranking["d"]


def test_without_a_second_reading_a_ranking_stays_as_it_is():
    ranking = {"b": 1.0, "a": 0.5}
    assert list(reread(ranking, {}, 0.5).items()) == list(ranking.items())
    assert list(reread(ranking, {"b": 0.4}, 0.5)) == ["b", "a"]


@given(ranking=RANKINGS, counts=st.floats(0, 2), data=st.data())
def test_a_second_reading_keeps_every_one_and_the_order_of_what_it_did_not_read(
    ranking, counts, data
):
    ranking = fused(ranking, {}, 1.0)
    read = list(ranking)[: data.draw(st.integers(0, 8))]
    close = {name: data.draw(st.floats(-1, 1)) for name in read}
    found = reread(ranking, close, counts)
    assert found.keys() == ranking.keys()
    assert set(list(found)[: len(read)]) == set(read)
    assert [each for each in found if each not in close] == list(ranking)[len(read) :]
