"""Many sources are loaded alike by one process and by several, and cut off as well as at once."""

from __future__ import annotations

import gzip
import io
import shutil
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import bulk_crashing
import pytest

import made_up_citations as made_up
from loccit.backends import bulk_loading, piece_reading, reading_processes
from loccit.backends.bulk_loading import BulkLoader
from loccit.backends.embedded import EmbeddedBase
from loccit.backends.local_files import local_files
from loccit.backends.reading_processes import ReadingProcesses
from loccit.sources import pieces, unpack
from loccit.terms import DocumentId, SearchRequest
from loccit.vocabulary import load_vocabulary

TESTS = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE_BYTES", 6000)
    monkeypatch.setattr(pieces, "READ", 2000)
    monkeypatch.setattr(bulk_loading, "FEW_BYTES", 5000)


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> list[Path]:
    """Citations, labels in three forms, a zip in a zip, and what must be refused."""
    folder = tmp_path_factory.mktemp("files")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("labels.json", made_up.labels_in_results(30))
        archive.writestr("../outside.json", made_up.labels_in_results(2))
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("release/inner.zip", inner.getvalue())
    contents = {
        "a.xml.gz": gzip.compress(made_up.citations(90)),
        "c.jsonl": made_up.labels_in_lines(20),
        "d.md": b"# A guideline\n\nGive drug7 to adults with asthma.\n",
        "e.xml": made_up.citations(40, first=5000).replace(b"Trial 5025 ", b"Trial <i> "),
        "f.xml": made_up.citations(12, first=7000).replace(b'.dtd">', b'.dtd" [<!ENTITY a "b">]>'),
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


def _loaded(base: EmbeddedBase, files: list[Path], processes: int) -> list:
    loader = BulkLoader(base, load_vocabulary(), processes=processes)
    told = [
        (each.name, each.passages, each.known, str(each.refused or ""))
        for each in loader.load(local_files(files, unpack=unpack))
    ]
    base.settle()
    return told


def _content(base: EmbeddedBase) -> dict:
    found = base.search(SearchRequest(words="drug asthma pain", limit=10_000))
    return {
        "digest": base.digest(),
        "cards": base.cards(),
        "coverage": base.coverage(),
        "found": sorted(each.record.passage.id for each in found),
        "faults": list(base.verify()),
    }


def _bytes(base: EmbeddedBase) -> list:
    """All rows of documents and passages, in the order in which they were given numbers."""
    kept = sorted(base._store.kept(), key=lambda each: each.number)
    return [(each.number, each.id, each.seal, each.card, each.body, each.rows) for each in kept]


@pytest.fixture(scope="module")
def expected(files, tmp_path_factory):
    """What one process that is never cut off comes to."""
    with closing(EmbeddedBase(tmp_path_factory.mktemp("one") / "base")) as base:
        told = _loaded(base, files, 1)
        return told, _content(base), _bytes(base)


@pytest.mark.parametrize("processes", [2, 3])
def test_any_number_of_processes_comes_to_the_same_bytes(processes, files, expected, tmp_path):
    with closing(EmbeddedBase(tmp_path / "base")) as base:
        assert _loaded(base, files, processes) == expected[0]
        assert _content(base) == expected[1]
        assert _bytes(base) == expected[2]


def test_what_is_loaded_and_what_is_refused(expected):
    told, content, _ = expected
    refused = [line for *_, line in told if line]
    assert len(content["cards"]) > 130
    assert content["faults"] == []
    assert sum("no abstract in English" in line for line in refused) == 12 + 3
    for part in ("points outside the archive", "broken XML", "DOCTYPE", "is no valid JSON"):
        assert sum(part in line for line in refused) == 1, part
    assert not any(card.id.startswith("pmid:7") for card in content["cards"])


def test_what_was_read_is_not_read_again(files, expected, tmp_path, monkeypatch):
    with closing(EmbeddedBase(tmp_path / "base")) as base:
        told = _loaded(base, files, 1)

        def fail(*_):
            raise AssertionError("read again")

        monkeypatch.setattr(piece_reading.PieceReader, "read", fail)
        monkeypatch.setattr(ReadingProcesses, "begin", fail)
        again = _loaded(base, files, 2)
        assert [(name, line) for name, *_, line in again] == [(n, line) for n, *_, line in told]
        assert not any(passages for _, passages, *_ in again)
        assert _content(base) == expected[1]


def test_what_was_removed_is_read_again(files, expected, tmp_path):
    with closing(EmbeddedBase(tmp_path / "base")) as base:
        _loaded(base, files, 1)
        base.remove(DocumentId("pmid:1010@1"))
        base.settle()
        told = _loaded(base, files, 1)
        assert [name for name, passages, *_ in told if passages] == ["pmid:1010@1"]
        assert _content(base) == expected[1]


KILLS = [
    ("SIGKILL", "before:base:take", 7),
    ("SIGKILL", "after:store:put", 40),  # within a piece
    ("SIGKILL", "after:store:note", 3),  # all of a piece is written, nothing of it is kept yet
    ("SIGKILL", "before:index:commit", 2),
    ("SIGKILL", "after:store:place", 2),
    ("SIGINT", "after:base:take", 5),
]


@pytest.fixture(scope="module")
def started(tmp_path_factory, files) -> Path:
    """A base that was opened once, so that the starter pack is in it."""
    folder = tmp_path_factory.mktemp("started") / "base"
    _add(folder, files[3:4])
    return folder


@pytest.fixture(scope="module")
def whole(started, files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "base"
    shutil.copytree(started, folder)
    assert _add(folder, files).returncode == 1  # something was refused
    with closing(EmbeddedBase(folder)) as base:
        return started, _content(base), [each[1:] for each in _bytes(base)]


def _add(folder: Path, files: list[Path], number: str = "", step: str = "", count: int = 0):
    command = [sys.executable, bulk_crashing.__file__, str(folder), "|".join(map(str, files))]
    return subprocess.run(
        [*command, number, step, str(count)],
        check=False,
        timeout=120,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(("number", "step", "count"), KILLS)
def test_a_load_that_is_cut_off_goes_on(number, step, count, files, whole, tmp_path):
    started, *expected = whole
    folder = tmp_path / "base"
    shutil.copytree(started, folder)
    done = _add(folder, files, number, step, count)
    if number == "SIGKILL":
        assert done.returncode == -9, done.stderr
    else:
        assert "run the same command again" in done.stderr
    with closing(EmbeddedBase(folder)) as reader:
        assert list(reader.verify()) == []
    again = _add(folder, files)
    assert "added" in again.stdout, again.stderr
    with closing(EmbeddedBase(folder)) as base:
        assert [_content(base), [each[1:] for each in _bytes(base)]] == expected


def test_a_process_that_dies_costs_its_piece_alone(files, expected, tmp_path, monkeypatch):
    """As the one does that runs out of memory over a piece."""
    original = reading_processes.encoded_piece
    calls = 0

    def deadly(piece):
        nonlocal calls
        calls += 1
        return b"no piece" if calls == 2 else original(piece)

    monkeypatch.setattr(reading_processes, "encoded_piece", deadly)
    with closing(EmbeddedBase(tmp_path / "base")) as base:
        told = _loaded(base, files, 2)
        lost = [line for *_, line in told if "the process that read it ended" in line]
        assert len(lost) == 1
        assert "a.xml.gz" in lost[0]
        monkeypatch.undo()
        assert list(base.verify()) == []
        assert any(name.startswith("set_id:") for name, passages, *_ in told if passages)
