"""``loccit bench retrieval``: the contract's shape, with and without a model."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from loccit.delivery import benching_retrieval
from loccit.delivery.cli import main
from loccit.terms import ModelError

CORPUS = {
    "d1": "Examplamine relieves the pain of examplitis in adults.",
    "d2": "The harbour lay quiet under the moon.",
    "d3": "Children with examplitis were not studied.",
}
QUERIES = {"q1": "does examplamine relieve pain", "q2": "children with examplitis"}


@pytest.fixture
def collection(tmp_path):
    folder = tmp_path / "set"
    (folder / "qrels").mkdir(parents=True)
    rows = [json.dumps({"_id": name, "title": "", "text": text}) for name, text in CORPUS.items()]
    (folder / "corpus.jsonl").write_text("\n".join(rows))
    rows = [json.dumps({"_id": name, "text": text}) for name, text in QUERIES.items()]
    (folder / "queries.jsonl").write_text("\n".join(rows))
    (folder / "qrels" / "test.tsv").write_text("q\td\ts\nq1\td1\t1\nq2\td3\t1\n")
    return folder


def _run(collection, *more):
    command = ["bench", "retrieval", "--dataset", str(collection), "--json"]
    done = CliRunner().invoke(main, [*command, "--keep", str(collection / "kept"), *more])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout), done.stderr


@pytest.fixture
def no_model(monkeypatch):
    def absent(_):
        raise ModelError("no model here")

    monkeypatch.setattr(benching_retrieval, "open_vectors", absent)


@pytest.fixture
def fake_model(monkeypatch):
    pytest.importorskip("numpy", reason="the extra 'model' is not installed")
    from loccit.backends.embedded_vectors import EmbeddedVectors
    from loccit.testing.embedding import HashedWords

    monkeypatch.setattr(
        benching_retrieval, "open_vectors", lambda base: EmbeddedVectors(base, HashedWords())
    )


@pytest.mark.usefixtures("no_model")
def test_without_a_model_the_search_by_words_is_measured(collection):
    found, told = _run(collection)
    assert found["dataset"] == str(collection)
    assert (found["documents"], found["queries"]) == (3, 2)
    assert list(found["systems"]) == ["bm25"]
    assert found["systems"]["bm25"]["ndcg@10"] == 1.0
    assert found["systems"]["bm25"]["recall@100"] == 1.0
    assert "no model here" in told


@pytest.mark.usefixtures("fake_model")
def test_with_a_model_all_three_are_measured_and_a_second_run_loads_nothing(collection):
    first, _ = _run(collection)
    assert list(first["systems"]) == ["bm25", "dense", "fused", "hybrid"]
    assert first["systems"]["hybrid"]["recall@100"] == 1.0
    again, _ = _run(collection)
    for found in (first, again):
        for figures in found["systems"].values():
            figures.pop("median_ms")
    assert first == again


@pytest.mark.usefixtures("no_model")
def test_a_distractor_never_takes_a_documents_place(collection, tmp_path):
    other = tmp_path / "others.jsonl"
    other.write_text('{"_id": "d1", "text": "Nothing to the point."}\n')
    found, _ = _run(collection, "--distractors", str(other))
    assert found["documents"] == 4
    assert found["systems"]["bm25"]["recall@100"] == 1.0


@pytest.mark.usefixtures("no_model")
def test_as_a_table(collection):
    command = ["bench", "retrieval", "--dataset", str(collection)]
    done = CliRunner().invoke(main, [*command, "--keep", str(collection / "kept")])
    assert "2 queries over 3 documents" in done.stdout
    assert "bm25" in done.stdout


def test_a_folder_that_is_no_collection_is_refused(tmp_path):
    done = CliRunner().invoke(main, ["bench", "retrieval", "--dataset", str(tmp_path)])
    assert done.exit_code == 1
    assert "qrels" in done.stderr
