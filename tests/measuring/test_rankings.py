"""nDCG and recall are those of trec_eval."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loccit.measuring import ndcg, recall

NAMES = [f"d{number}" for number in range(12)]


def test_a_perfect_ranking_has_all():
    assert ndcg(["a", "b", "c"], {"a": 2, "b": 1}, 10) == 1.0
    assert recall(["a", "b", "c"], {"a": 2, "b": 1}, 2) == 1.0


def test_a_place_further_down_counts_less():
    assert ndcg(["x", "a"], {"a": 1}, 10) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["x", "a"], {"a": 1}, 1) == 0.0


def test_where_nothing_is_relevant_nothing_is_found():
    assert ndcg(["a"], {"a": 0}, 10) == 0.0
    assert recall(["a"], {}, 10) == 0.0


def test_what_was_judged_irrelevant_is_no_gain():
    assert ndcg(["b", "a"], {"a": 1, "b": 0}, 10) == ndcg(["x", "a"], {"a": 1}, 10)
    assert recall(["b"], {"a": 1, "b": 0}, 10) == 0.0


@settings(deadline=None)  # the other library is loaded within the first example
@given(
    ranked=st.permutations(NAMES),
    relevant=st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3), min_size=1),
    depth=st.integers(1, 12),
)
def test_they_agree_with_ir_measures(ranked, relevant, depth):
    ir_measures = pytest.importorskip("ir_measures", reason="ir-measures is not installed")
    run = {"q": {name: float(len(ranked) - place) for place, name in enumerate(ranked)}}
    asked = [ir_measures.nDCG @ depth, ir_measures.R @ depth]
    found = ir_measures.calc_aggregate(asked, {"q": relevant}, run)
    if any(relevant.values()):
        assert ndcg(ranked, relevant, depth) == pytest.approx(found[asked[0]], abs=1e-4)
        assert recall(ranked, relevant, depth) == pytest.approx(found[asked[1]], abs=1e-4)
