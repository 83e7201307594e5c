"""Vectors of every backend keep the same promises; the files survive a kill and tell of damage."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

np = pytest.importorskip("numpy", reason="the extra 'model' is not installed")

import embedding_killed  # noqa: E402

from loccit.backends import embedded_vectors, vector_scan  # noqa: E402
from loccit.backends.embedded import EmbeddedBase  # noqa: E402
from loccit.backends.embedded_vectors import EmbeddedVectors, folder_of  # noqa: E402
from loccit.backends.vector_files import VectorFiles, quantised  # noqa: E402
from loccit.backends.vector_scan import nearest, similarities  # noqa: E402
from loccit.terms import BaseError, DocumentId, SearchRequest  # noqa: E402
from loccit.testing import InMemoryBase, described, small_document  # noqa: E402
from loccit.testing.embedding import HashedWords  # noqa: E402
from loccit.testing.vectors import (  # noqa: E402
    VECTOR_CHECKS,
    InMemoryVectors,
    check_vectors,
)

each_check = pytest.mark.parametrize(
    "check", VECTOR_CHECKS, ids=lambda check: check.__name__.removeprefix("_check_")
)


@each_check
def test_the_fake_vectors_conform(check):
    check(InMemoryBase(), lambda base: InMemoryVectors(base, HashedWords()))


@each_check
def test_the_embedded_vectors_conform(check, tmp_path: Path):
    with closing(EmbeddedBase(tmp_path / "base")) as base:
        check(base, lambda base: EmbeddedVectors(base, HashedWords()))


@each_check
def test_the_embedded_vectors_conform_when_signs_come_first(check, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(vector_scan, "SIGNS_FROM", 0)
    with closing(EmbeddedBase(tmp_path / "base")) as base:
        check(base, lambda base: EmbeddedVectors(base, HashedWords()))


def test_vectors_that_break_a_promise_are_named_with_it():
    class Forgetful(InMemoryVectors):
        def lacking(self):
            return 0

    with pytest.raises(AssertionError) as caught:
        check_vectors(InMemoryBase, lambda base: Forgetful(base, HashedWords()))
    assert "_check_lacking" in caught.value.__notes__[0]


# --- the files


@pytest.fixture
def base(tmp_path: Path):
    with closing(EmbeddedBase(tmp_path / "base")) as base:
        for number in range(30):
            base.add(described(small_document(f"drug {number}")))
        base.settle()
        yield base


def _everything(vectors) -> dict[str, float]:
    found = vectors.search(SearchRequest(words="examplamine skin", limit=1000))
    return {each.record.passage.id: each.score for each in found}


def test_whoever_opens_them_again_finds_the_same(base):
    vectors = EmbeddedVectors(base, HashedWords())
    list(vectors.update())
    expected = _everything(vectors)
    assert len(expected) == 60
    assert _everything(EmbeddedVectors(base, HashedWords())) == expected


def test_vectors_of_another_embedder_are_never_read(base):
    class Other(HashedWords):
        name = "other@1/float32"

    list(EmbeddedVectors(base, HashedWords()).update())
    assert EmbeddedVectors(base, Other()).lacking() == 60
    assert _everything(EmbeddedVectors(base, Other())) == {}


def test_a_reader_sees_what_another_adds(base):
    reader, writer = EmbeddedVectors(base, HashedWords()), EmbeddedVectors(base, HashedWords())
    assert _everything(reader) == {}
    list(writer.update())
    assert len(_everything(reader)) == 60


def test_only_one_writes_at_a_time(base):
    update = EmbeddedVectors(base, HashedWords()).update()
    next(update)
    with pytest.raises(BaseError, match="another process writes vectors"):
        next(EmbeddedVectors(base, HashedWords()).update())
    update.close()
    list(EmbeddedVectors(base, HashedWords()).update())


def test_describing_anew_embeds_nothing_anew(tmp_path: Path):
    """Another version's rules give every passage a new row; its words are the same."""
    for rules in ("1", "2"):
        with closing(EmbeddedBase(tmp_path / "base", described_by=rules)) as base:
            base.add(described(small_document()))
            base.settle()
            vectors = EmbeddedVectors(base, HashedWords())
            assert vectors.lacking() == 2
            assert list(vectors.update())[-1].made == (2 if rules == "1" else 0)
            assert len(_everything(vectors)) == 2


def test_vectors_of_what_is_gone_leave_the_disk_in_time(base):
    vectors = EmbeddedVectors(base, HashedWords())
    list(vectors.update())
    kept = _everything(vectors)
    for number in range(20):
        base.remove(DocumentId(f"drug {number}@1"))
    base.settle()
    files = VectorFiles(folder_of(base.folder, vectors.name), embedder=vectors.name, dimensions=64)
    assert len(files.mapped()) == 60
    list(vectors.update())
    assert len(files.mapped()) == 20
    assert len(list((folder_of(base.folder, vectors.name)).glob("*.rows"))) == 1
    assert _everything(vectors).items() <= kept.items()
    assert len(_everything(vectors)) == 20


@pytest.mark.parametrize("part", ["rows", "signs", "keys"])
def test_what_was_half_written_is_cut_away(base, part):
    vectors = EmbeddedVectors(base, HashedWords())
    list(vectors.update())
    expected = _everything(vectors)
    file = folder_of(base.folder, vectors.name) / f"0.{part}"
    size = file.stat().st_size
    with file.open("ab") as stream:
        stream.write(b"half")
    assert _everything(EmbeddedVectors(base, HashedWords())) == expected
    list(EmbeddedVectors(base, HashedWords()).update())
    assert file.stat().st_size == size


@pytest.mark.parametrize("part", ["rows", "signs", "keys"])
def test_what_was_lost_is_made_again(base, part):
    vectors = EmbeddedVectors(base, HashedWords())
    list(vectors.update())
    expected = _everything(vectors)
    with (folder_of(base.folder, vectors.name) / f"0.{part}").open("rb+") as stream:
        stream.truncate(100)
    again = EmbeddedVectors(base, HashedWords())
    assert len(_everything(again)) < 20
    list(again.update())
    assert _everything(again) == expected


def test_damage_is_told(base):
    vectors = EmbeddedVectors(base, HashedWords())
    list(vectors.update())
    assert list(vectors.faults()) == []
    with (folder_of(base.folder, vectors.name) / "0.rows").open("rb+") as stream:
        stream.seek(70)
        byte = stream.read(1)
        stream.seek(70)
        stream.write(bytes([byte[0] ^ 1]))
    assert len(list(EmbeddedVectors(base, HashedWords()).faults())) == 1


@pytest.mark.parametrize("about", ["", "[]", "{}", '{"format": "99"}'])
def test_files_of_another_kind_are_refused_plainly_and_an_answer_does_without(base, about):
    vectors = EmbeddedVectors(base, HashedWords())
    list(vectors.update())
    (folder_of(base.folder, vectors.name) / "about.json").write_text(about)
    assert not vectors.is_complete()
    with pytest.raises(BaseError, match="loccit embed"):
        _everything(vectors)


# --- killed


@pytest.mark.parametrize("step", embedding_killed.STEPS)
def test_embedding_that_is_killed_goes_on_where_it_stopped(step, tmp_path: Path):
    folder = tmp_path / "base"
    whole = embedding_killed.prepare(folder)
    done = subprocess.run(
        [sys.executable, embedding_killed.__file__, str(folder), step], check=False, timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    with closing(EmbeddedBase(folder)) as base:
        vectors = EmbeddedVectors(base, HashedWords())
        left = vectors.lacking()
        assert len(_everything(vectors)) == whole - left
        batch = embedded_vectors.BATCH
        assert whole - 2 * batch <= left <= whole - batch
        told = list(vectors.update())
        assert told[-1].of == told[-1].made == left
        assert vectors.lacking() == 0
        assert len(_everything(vectors)) == whole
        assert list(vectors.faults()) == []


# --- the scan


def test_eight_bits_keep_the_cosine():
    rows = HashedWords(384).embed([f"word{number} word{number % 7}" for number in range(200)])
    numbers, scales = quantised(rows)
    again = numbers * scales[:, None]
    assert np.abs(again @ rows.T - rows @ rows.T).max() < 0.005


def test_comparing_signs_first_finds_nearly_all_of_the_nearest(tmp_path, monkeypatch):
    rng = np.random.default_rng(1)
    centres = rng.standard_normal((60, 384)).astype(np.float32)
    rows = centres[rng.integers(0, 60, 6000)] + 1.5 * rng.standard_normal((6000, 384))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    files = VectorFiles(tmp_path, embedder="made-up", dimensions=384)
    with files.writing():
        files.append(list(range(6000)), [0] * 6000, rows)
    mapped, question = files.mapped(), rows[17]
    exact, scores = nearest(mapped, question, 50)
    assert exact[0] == 17
    assert (np.diff(scores) <= 0).all()
    assert np.allclose(np.sort(similarities(mapped, question))[::-1][:50], scores)
    monkeypatch.setattr(vector_scan, "SIGNS_FROM", 100)
    quick, _ = nearest(mapped, question, 50)
    assert len(set(exact) & set(quick)) >= 48


def test_equal_vectors_come_in_order_of_their_rows(tmp_path):
    rows = HashedWords(64).embed(["same words"] * 9)
    files = VectorFiles(tmp_path, embedder="made-up", dimensions=64)
    with files.writing():
        files.append([8, 3, 5, 1, 9, 2, 7, 4, 6], [0] * 9, rows)
    positions, _ = nearest(files.mapped(), rows[0], 4)
    assert files.mapped().keys["row"][positions].tolist() == [1, 2, 3, 4]
