"""What the measuring of the search does with rankings and queries."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import pytest

from loccit.measuring import Query
from loccit.testing import InMemoryBase, described, small_document

np = pytest.importorskip("numpy", reason="the extra 'model' is not installed")

import retrieval  # noqa: E402
import retrieval_sets  # noqa: E402
from loccit.backends.embedded import EmbeddedBase  # noqa: E402
from loccit.backends.embedded_vectors import EmbeddedVectors  # noqa: E402
from loccit.retrieval.fusing import load_fusion  # noqa: E402
from loccit.terms import SearchRequest  # noqa: E402
from loccit.testing.embedding import HashedWords  # noqa: E402


def _ranked(*names):
    return {name: float(len(names) - place) for place, name in enumerate(names)}


def test_reciprocal_ranks_prefer_what_both_have():
    found = retrieval._rrf(lambda _: _ranked("a", "b", "c"), lambda _: _ranked("b", "d"))("any")
    assert list(found) == ["b", "a", "d", "c"]
    assert found["b"] == pytest.approx(1 / 62 + 1 / 61)


def test_queries_are_taken_from_beginning_to_end():
    queries = [Query(id=str(number), text="") for number in range(10)]
    assert [each.id for each in retrieval._spread(queries, 4)] == ["0", "3", "6", "9"]
    assert retrieval._spread(queries, 10) == retrieval._spread(queries, 99) == queries


def test_figures_are_means_over_queries():
    queries = [
        Query(id="1", text="first", relevant={"a": 1}),
        Query(id="2", text="second", relevant={"z": 1}),
    ]
    found = retrieval.measure(lambda _: _ranked("a", "b"), queries)
    assert found == retrieval.Figures(ndcg=0.5, recall=0.5)


def test_a_search_is_that_of_the_base(tmp_path):
    with closing(EmbeddedBase(tmp_path)) as base:
        base.add(described(small_document()))
        base.add(described(small_document("other")))
        base.settle()
        found = retrieval._by_words(base, str, (("text", 1.0),))("examplamine")
        assert set(found) == {"examplamine@1", "other@1"}
        vectors = EmbeddedVectors(base, HashedWords())
        list(vectors.update())
        near = retrieval._by_meaning(base, vectors)("examplamine skin")
        expected = vectors.search(SearchRequest(words="examplamine skin"))
        assert near == pytest.approx(
            retrieval._best_of((e.record.card.id, e.score) for e in expected)
        )


def test_a_passage_of_a_set_brings_its_title_and_headings():
    base = InMemoryBase()
    base.add(described(small_document()))
    (first, _) = retrieval_sets._passages(base, "examplamine@1")
    row = retrieval_sets._row(first)
    assert row["title"] == "examplamine tablets / 2 Dosage"
    assert row["text"] == first.passage.text


def test_what_was_fitted_is_what_ships():
    bench = Path(retrieval.__file__).parent
    report = json.loads((bench / "results" / "fusion.json").read_text(encoding="utf-8"))
    shipped = load_fusion()
    told = report["fusion"]["fitted"] | report["reading"]["fitted"]
    assert told == {name: getattr(shipped, name) for name in told}
    assert len(told) == 4


def test_the_table_of_the_readme_is_that_of_the_results():
    bench = Path(retrieval.__file__).parent
    sets = json.loads((bench / "results" / "retrieval.json").read_text(encoding="utf-8"))["sets"]
    readme = (bench / "README.md").read_text(encoding="utf-8")
    rows = {
        "BM25F, telling words (`bm25`)": "BM25F (bm25)",
        "MiniLM (`dense`)": "MiniLM (dense)",
        "both, as far as they agree (`fused`)": (
            "BM25F with names and MiniLM, as far as they agree (fused)"
        ),
        "the first 24 of these read token by token (`hybrid`)": (
            "the first of these read token by token (hybrid)"
        ),
        "bm25s, a peer over whole documents": "bm25s",
    }
    for shown, name in rows.items():
        line = next(line for line in readme.splitlines() if line.startswith(f"| {shown} |"))
        figures = [
            sets[each]["systems"][name]["reported"] for each in ("bioasq", "labels", "medquad")
        ]
        told = [f"{each[part]:.3f}" for each in figures for part in ("ndcg", "recall")]
        assert re.findall(r"1?\.\d{3}", line) == [each.removeprefix("0") for each in told], name
