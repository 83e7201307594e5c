"""Collections in the layout of BEIR are read whole or refused by line."""

from __future__ import annotations

import gzip

import pytest

from loccit.measuring import CollectionDocument, read_documents, read_queries
from loccit.passages import cut
from loccit.terms import NothingToRead, Unreadable


def _collection(folder, *, qrels="query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t0\n"):
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(qrels)
    queries = '{"_id": "q1", "text": "one?"}\n{"_id": "q2", "text": "two?"}\n'
    (folder / "queries.jsonl").write_text(queries)
    return folder


def test_documents_are_read_packed_or_not(tmp_path):
    lines = (
        '{"_id": 7, "title": null, "text": "a text"}\n\n{"_id": "e", "title": "", "text": " "}\n'
    )
    plain, packed = tmp_path / "corpus.jsonl", tmp_path / "corpus.jsonl.gz"
    plain.write_text(lines)
    packed.write_bytes(gzip.compress(lines.encode()))
    expected = [CollectionDocument(id="7", text="a text")]
    assert list(read_documents(plain)) == list(read_documents(packed)) == expected


@pytest.mark.parametrize("line", ['{"_id": "1", "text": 5}', '{"text": "no id"}', "[1]", "{"])
def test_a_broken_line_is_named(tmp_path, line):
    (tmp_path / "corpus.jsonl").write_text('{"_id": "0", "text": "fine"}\n' + line + "\n")
    with pytest.raises(Unreadable, match=r"corpus.jsonl, line 2: "):
        list(read_documents(tmp_path / "corpus.jsonl"))


def test_only_queries_with_something_relevant_are_asked(tmp_path):
    (query,) = read_queries(_collection(tmp_path))
    assert (query.id, query.text, query.relevant) == ("q1", "one?", {"d1": 1})


def test_a_collection_that_lacks_a_part_is_refused(tmp_path):
    with pytest.raises(NothingToRead, match="qrels"):
        read_queries(tmp_path)
    with pytest.raises(NothingToRead, match="no query"):
        read_queries(_collection(tmp_path, qrels="query-id\tcorpus-id\tscore\n"))


def test_a_judgement_that_is_none_is_named(tmp_path):
    with pytest.raises(Unreadable, match="line 2"):
        read_queries(_collection(tmp_path, qrels="query-id\tcorpus-id\tscore\nq1\td1\tyes\n"))


def test_a_document_becomes_a_source_of_one_passage_unless_it_is_long():
    short = CollectionDocument(id="1", text="One sentence.\n\n  Another one.", title="A  title")
    source = short.as_source("file:1")
    assert (source.id, source.title) == ("file:1", "")
    assert [each.text for each in cut(source)] == ["A title. One sentence. Another one."]
    long = CollectionDocument(id="2", text="This sentence is one of very many. " * 60, title="T")
    assert long.as_source("2").title == "T"
    assert len(list(cut(long.as_source("2")))) > 1
    untold = CollectionDocument(id="3", text="", title="Only a title")
    assert [each.text for each in cut(untold.as_source("3"))] == ["Only a title"]
