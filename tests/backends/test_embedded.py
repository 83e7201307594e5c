"""What the embedded base does beyond the port: opening, proving, mending, many processes."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import crashing
import pytest

from loccit.backends import database, embedded, tantivy_index
from loccit.backends.embedded import EmbeddedBase
from loccit.backends.stored_forms import decoded_document, encoded_document
from loccit.backends.vocabulary_cache import cached_vocabulary
from loccit.terms import BaseError, DocumentId, NotInBase, Record, SearchRequest
from loccit.testing import described, small_document
from loccit.vocabulary import load_vocabulary


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A settled base of two documents."""
    with closing(EmbeddedBase(tmp_path / "base")) as base:
        base.add(described(small_document("first"), subjects=("examplamine",)))
        base.add(described(small_document("second"), subjects=("examplamine",)))
        base.settle()
    return tmp_path / "base"


def _faults(folder: Path) -> list[str]:
    with closing(EmbeddedBase(folder)) as base:
        return list(base.verify())


def _sql(folder: Path, statement: str, *values) -> list:
    with closing(sqlite3.connect(folder / "base.sqlite")) as db:
        rows = db.execute(statement, values).fetchall()
        db.commit()
        return rows


def test_many_terms_of_a_filter_find_what_few_find(folder: Path):
    many = ("examplamine", *(f"other{number}" for number in range(tantivy_index.FEW)))
    with closing(EmbeddedBase(folder)) as base:
        few = base.search(SearchRequest(words="dose", drugs=many[:2], limit=9))
        assert few
        assert base.search(SearchRequest(words="dose", drugs=many, limit=9)) == few
        assert base.search(SearchRequest(words="dose", drugs=many[1:], limit=9)) == []


# --- opening


def test_a_file_is_no_base(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("not a base")
    with pytest.raises(BaseError, match=r"notes\.txt.*--base"):
        EmbeddedBase(tmp_path / "notes.txt")


def test_a_folder_with_another_file_under_the_name_is_no_base(tmp_path: Path):
    (tmp_path / "base.sqlite").write_bytes(b"this is no database at all" * 99)
    with pytest.raises(BaseError, match=r"base\.sqlite: not a Loccit base"):
        EmbeddedBase(tmp_path)


def test_another_programs_database_is_left_alone(tmp_path: Path):
    _sql(tmp_path, "CREATE TABLE theirs (a)")
    before = (tmp_path / "base.sqlite").read_bytes()
    with pytest.raises(BaseError, match="another program's database"):
        EmbeddedBase(tmp_path)
    assert (tmp_path / "base.sqlite").read_bytes() == before


def test_an_older_format_is_refused_with_what_to_do(folder: Path):
    _sql(folder, "UPDATE facts SET value = '3' WHERE name = 'format'")
    with pytest.raises(BaseError, match=r"format 3.*add the sources again"):
        EmbeddedBase(folder)


def test_a_damaged_index_is_named_with_its_cure(folder: Path):
    (folder / "index" / "meta.json").write_text("{")
    with pytest.raises(BaseError, match=r"index: .*delete this folder"):
        EmbeddedBase(folder)


def test_a_base_that_may_not_be_written_is_told_as_such(folder: Path, monkeypatch):
    connect = sqlite3.connect

    def for_reading(path: Path, **options):
        return connect(f"file:{path}?immutable=1", uri=True, **options)

    monkeypatch.setattr(database.sqlite3, "connect", for_reading)
    with closing(connect(folder / "base.sqlite")) as db:
        db.execute("DROP TABLE withdrawals")  # as a base of an earlier version has it not
        db.commit()
    with pytest.raises(BaseError, match=r"base\.sqlite: not writable.*name the copy"):
        EmbeddedBase(folder)


def test_an_index_that_may_not_be_written_is_not_called_damaged(folder: Path, monkeypatch):
    def refused(*_, **__):
        raise ValueError("Failed to acquire Lockfile: IoError(Os { kind: PermissionDenied })")

    monkeypatch.setattr(tantivy_index.tantivy, "Index", refused)
    with pytest.raises(BaseError, match=r"index: not writable(?!.*delete this folder)"):
        EmbeddedBase(folder)


def test_facts_are_remembered(folder: Path):
    with closing(EmbeddedBase(folder)) as base:
        assert base.fact("starter") == ""
        base.remember("starter", "abc")
    with closing(EmbeddedBase(folder)) as base:
        assert base.fact("starter") == "abc"


# --- proof


def test_a_sound_base_has_no_faults(folder: Path):
    assert _faults(folder) == []


def test_any_changed_byte_of_a_passage_is_noticed(folder: Path):
    row, stored = _sql(folder, "SELECT row, stored FROM passages ORDER BY row")[0]
    with closing(EmbeddedBase(folder)) as base:
        for place in range(0, len(stored), 3):
            changed = stored[:place] + bytes([stored[place] ^ 1]) + stored[place + 1 :]
            _sql(folder, "UPDATE passages SET stored = ? WHERE row = ?", changed, row)
            faults = list(base.verify())
            assert faults, place
            assert all(fault.startswith("first@1: ") for fault in faults)


def test_a_changed_word_of_a_passage_names_the_passage(folder: Path):
    row, name, stored = _sql(folder, "SELECT row, id, stored FROM passages ORDER BY row")[0]
    _sql(
        folder,
        "UPDATE passages SET stored = ? WHERE row = ?",
        stored.replace(b"5 mg", b"9 mg"),
        row,
    )
    assert f"first@1: passage {name} is not what its place holds; remove it and add it again" in (
        _faults(folder)
    )


def test_a_changed_text_is_found_though_its_passages_agree(folder: Path):
    ((body,),) = _sql(folder, "SELECT body FROM documents WHERE id = 'first@1'")
    document = decoded_document(body)
    forged = replace(document, text=document.text.replace("5 mg", "9 mg"))
    _sql(folder, "UPDATE documents SET body = ? WHERE id = 'first@1'", encoded_document(forged))
    for row, stored in _sql(folder, "SELECT row, stored FROM passages WHERE document = 1"):
        changed = stored.replace(b"5 mg", b"9 mg")
        _sql(folder, "UPDATE passages SET stored = ? WHERE row = ?", changed, row)
    assert any("the text does not match its hash" in fault for fault in _faults(folder))


def test_a_changed_fact_of_a_document_is_found(folder: Path):
    ((body,),) = _sql(folder, "SELECT body FROM documents WHERE id = 'first@1'")
    forged = encoded_document(replace(decoded_document(body), publisher="Somebody Else"))
    _sql(folder, "UPDATE documents SET body = ? WHERE id = 'first@1'", forged)
    assert _faults(folder) == [
        "first@1: what is said of the document is not what was added; remove it and add it again"
    ]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE documents SET body = x'00' WHERE id = 'first@1'",
        "UPDATE documents SET card = x'c1' WHERE id = 'first@1'",
        "UPDATE passages SET stored = x'c1' WHERE row = 1",
        "DELETE FROM passages WHERE row = 1",
        "UPDATE passages SET document = 1 WHERE document = 2",
    ],
)
def test_damage_is_told_and_removing_and_adding_again_mends_it(folder: Path, damage: str):
    _sql(folder, damage)
    assert any(fault.startswith("first@1: ") for fault in _faults(folder))
    with closing(EmbeddedBase(folder)) as base:
        for name in ("first", "second"):
            base.remove(DocumentId(f"{name}@1"))
            base.add(described(small_document(name), subjects=("examplamine",)))
        base.settle()
        assert list(base.verify()) == []


def test_a_damaged_document_is_refused_in_our_words(folder: Path):
    _sql(folder, "UPDATE documents SET body = x'00' WHERE id = 'first@1'")
    with (
        closing(EmbeddedBase(folder)) as base,
        pytest.raises(BaseError, match="text is damaged"),
    ):
        base.document(DocumentId("first@1"))


def test_sqlite_errors_come_in_our_words(folder: Path):
    _sql(folder, "DROP TABLE passages")
    _sql(folder, "CREATE TABLE passages (a)")
    with pytest.raises(BaseError, match=r"base\.sqlite"):
        EmbeddedBase(folder)


def test_an_index_out_of_step_is_told_and_mended(folder: Path):
    with closing(EmbeddedBase(folder)) as base:
        base._index.delete(1)
        base._index.commit()
        faults = list(base.verify())
        assert "first@1: the search index is out of step; run `loccit reindex` to mend it" in faults
        base.settle()
        assert list(base.verify()) == []
        assert len(base.search(SearchRequest(words="examplamine"))) == 4


def test_a_deleted_index_is_made_anew(folder: Path):
    shutil.rmtree(folder / "index")
    with closing(EmbeddedBase(folder)) as base:
        with pytest.raises(BaseError, match=r"index: the search index is empty.*loccit reindex"):
            base.search(SearchRequest(words="examplamine"))
        assert all(fault.endswith("run `loccit reindex` to mend it") for fault in base.verify())
        base.settle()
        assert len(base.search(SearchRequest(words="examplamine"))) == 4
        assert list(base.verify()) == []


def test_an_empty_base_has_lost_no_index(tmp_path: Path):
    with closing(EmbeddedBase(tmp_path)) as base:
        assert base.search(SearchRequest(words="examplamine")) == []
        base.settle()
        assert base.search(SearchRequest(words="examplamine")) == []


def test_a_base_whose_last_source_was_removed_has_lost_no_index(folder: Path):
    with closing(EmbeddedBase(folder)) as base:
        for name in ("first@1", "second@1"):
            base.remove(DocumentId(name))
        base.settle()
        assert base.search(SearchRequest(words="examplamine")) == []


def test_rows_that_no_document_owns_are_told(folder: Path):
    with closing(EmbeddedBase(folder)) as base:
        base._index.put(99, *base._store.rows_of(1))
        base._index.commit()
        assert list(base.verify()) == [
            "the search index holds 6 passages, not 4; run `loccit reindex` to mend it"
        ]
        assert len(base.search(SearchRequest(words="examplamine"))) <= 6


# --- batches, and several at once


def test_a_long_load_is_indexed_in_batches(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(embedded, "BATCH", 10)
    with closing(EmbeddedBase(tmp_path)) as base:
        for each in crashing.first_half()[:7]:
            base.add(described(each))
        assert len(base.search(SearchRequest(words="take store"))) == 10
        assert base.coverage().documents == 5
        base.settle()
        assert base.coverage().documents == 7


def test_what_waits_is_not_seen_before_it_is_settled(folder: Path):
    newer = small_document("first", "Take exemplone.", id=DocumentId("first@2"), version="2")
    with closing(EmbeddedBase(folder)) as base, closing(EmbeddedBase(folder)) as reader:
        before = (reader.digest(), reader.cards(), reader.coverage())
        base.add(described(newer))
        base.withdraw("second", "gone")
        assert (reader.digest(), reader.cards(), reader.coverage()) == before
        assert len(reader.search(SearchRequest(words="examplamine"))) == 4
        base.settle()
        assert len(reader.search(SearchRequest(words="exemplone"))) == 1
        assert len(reader.search(SearchRequest(words="examplamine"))) == 0
        assert reader.digest() == base.digest() != before[0]


def _read_again(reader: EmbeddedBase, record: Record) -> Record:
    """The passage by its id; as it was found if the other process has replaced it since."""
    try:
        return reader.passage(record.passage.id)
    except NotInBase:
        found = reader.search(SearchRequest(words=record.passage.text, limit=100))
        assert record.passage.id not in {each.record.passage.id for each in found}
        return record


def test_two_readers_while_one_writes(folder: Path):
    """Another process replaces texts; readers see every work all the time, whole."""
    with closing(EmbeddedBase(folder)) as base:
        for each in crashing.first_half():
            base.add(described(each))
        base.settle()
    writer = subprocess.Popen(
        [sys.executable, crashing.__file__, str(folder), "before:base:_rebuild", "1"]
    )
    readers = [EmbeddedBase(folder) for _ in range(2)]
    rounds = 0
    while writer.poll() is None:
        rounds += 1
        for reader in readers:
            number = rounds % crashing.WORKS
            found = reader.search(SearchRequest(words=f"drug{number}"))
            assert number == 3 or len({each.record.passage.text for each in found}) == 2
            for each in found:
                record = _read_again(reader, each.record) if rounds % 9 == 0 else each.record
                assert f"drug{number}" in record.passage.text
    assert writer.returncode == 0
    assert rounds > 5
    for reader in readers:
        newest = reader.search(SearchRequest(words="drug7 mg"))[0].record
        assert newest.card.id == "drug7@2"
        assert list(reader.verify()) == []
        reader.close()


def test_two_writers_do_not_lose_each_others_documents(folder: Path):
    with closing(EmbeddedBase(folder)) as one, closing(EmbeddedBase(folder)) as other:
        one.add(described(small_document("third")))
        other.add(described(small_document("fourth")))
        one.settle()
        other.settle()
        assert one.coverage().documents == other.coverage().documents == 4
        assert list(one.verify()) == list(other.verify()) == []


def test_a_second_writer_is_told_to_wait(folder: Path):
    with closing(EmbeddedBase(folder)) as one, closing(EmbeddedBase(folder)) as other:
        one._index.put(1, *one._store.rows_of(1))
        other.add(described(small_document("third")))
        with pytest.raises(BaseError, match="another process writes"):
            other.settle()
        one.close()
        other.settle()
        assert list(other.verify()) == []


def test_a_failed_transaction_leaves_nothing_behind(folder: Path, monkeypatch):
    with closing(EmbeddedBase(folder)) as base:
        broken = described(small_document("third"))
        first, description = broken.passages[0]
        twice = replace(broken, passages=((first, description), (first, description)))
        with pytest.raises(BaseError, match="UNIQUE"):
            base.add(twice)
        assert not base.holds(broken.document)
        base.add(broken)
        base.settle()
        assert list(base.verify()) == []


def test_a_locked_base_is_told_to_wait(folder: Path, monkeypatch):
    monkeypatch.setattr(database, "WAIT", 0.05)
    with (
        closing(EmbeddedBase(folder)) as base,
        closing(sqlite3.connect(folder / "base.sqlite")) as db,
    ):
        db.execute("BEGIN IMMEDIATE")
        with pytest.raises(BaseError, match="another process writes to it: try again"):
            base.withdraw("first", "gone")
        db.rollback()
        base.withdraw("first", "gone")
        base.settle()
        assert base.coverage().documents == 1


def test_a_document_described_by_other_rules_is_described_anew(folder: Path):
    document = small_document("first")
    with closing(EmbeddedBase(folder, described_by="new rules")) as base:
        assert not base.holds(document)
        before = base.digest()
        base.add(described(document, subjects=("exemplone",)))
        assert base.holds(document)
        assert len(base.search(SearchRequest(words="examplamine"))) == 4
        base.settle()
        assert base.digest() != before
        found = base.search(SearchRequest(words="", drugs=("exemplone",)))
        assert {each.record.card.id for each in found} == {"first@1"}
        assert base._index.total() == 4
        assert list(base.verify()) == []
    with closing(EmbeddedBase(folder, described_by="new rules")) as base:
        assert base.holds(document)


# --- the vocabulary kept beside the base


def test_a_damaged_vocabulary_is_made_anew(tmp_path: Path):
    assert cached_vocabulary(tmp_path) == load_vocabulary()
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    assert cached_vocabulary(tmp_path) == load_vocabulary()
    for damage in (
        b"",
        whole[:-9],
        b"\xc1" + whole,
        whole.replace(b"ibuprofen", b"ibupro\xff\xfe\xfd"),
    ):
        kept.write_bytes(damage)
        assert cached_vocabulary(tmp_path) == load_vocabulary()
        assert kept.read_bytes() == whole


def test_a_request_tells_what_a_word_counts_in_each_field(tmp_path):
    with closing(EmbeddedBase(tmp_path)) as base:
        base.add(described(small_document("one", "The harbour is quiet.", title="Moonlight")))
        base.add(described(small_document("two", "The moonlight is bright.", title="Harbour")))
        base.settle()
        for field, first in (("text", "two@1"), ("title", "one@1")):
            request = SearchRequest(words="moonlight", fields=((field, 1.0),))
            found = base.search(request)
            assert {each.record.card.id for each in found} == {first}
