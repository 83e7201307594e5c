"""The search index: BM25F over Tantivy, with exact-term filters.

Each row is one passage of a current source, keyed by the passage's row number in the store. The
index can always be rebuilt from the store and is never the only place where something is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast

import tantivy

from loccit.backends.database import not_writable
from loccit.backends.stored_forms import StoredPassage
from loccit.terms import BaseError, DocumentCard, SearchRequest

__all__ = ["IndexedHit", "TantivyIndex"]

FIELD_BOOSTS = {"text": 1.0, "heading": 0.6, "context": 0.5, "title": 0.5, "names": 1.2}
"""What a word counts in each field, unless a request tells otherwise; tuned on the development half
of ``bench/questions.yaml``."""
HEAP = 64_000_000
MOST_WORDS = 400
"""Words of a query that are ranked by; what comes after is no question any more."""
FEW = 32
"""Terms of a filter up to which each is looked up by itself."""
PARSED = 64
"""Words whose query stays at hand: those of one question are asked with many filters."""
_WORD = re.compile(r"[^\W_]+")


class IndexedHit(NamedTuple):
    """A row of the store and its BM25F score."""

    row: int
    score: float


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELD_BOOSTS:
        builder.add_text_field(name, tokenizer_name="en_stem")
    for name in ("document", "subject", "mention", "kind", "source"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("row", stored=True, indexed=True, fast=True)
    return builder.build()


class TantivyIndex:
    """One index in one folder. Writing takes Tantivy's own lock; readers see whole commits.

    Raises ``BaseError`` where the folder holds no such index, and where another process writes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = _schema()
        self._writer: tantivy.IndexWriter | None = None
        self._ranked = lru_cache(maxsize=PARSED)(self._parsed)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=str(folder))
        except (OSError, ValueError) as error:
            if isinstance(error, PermissionError) or "PermissionDenied" in str(error):
                raise not_writable(folder) from error
            raise BaseError(
                f"{folder}: the search index cannot be read ({error}); "
                "delete this folder and run `loccit reindex` to make it anew"
            ) from error

    def put(
        self, number: int, card: DocumentCard, rows: Iterable[tuple[int, StoredPassage]]
    ) -> None:
        """Replace a document's rows; seen by searches after ``commit``."""
        self.delete(number)
        writer = self._open_writer()
        for row, passage in rows:
            writer.add_document(_entry(number, card, row, passage))

    def delete(self, number: int) -> None:
        """Drop a document's rows; seen by searches after ``commit``."""
        self._open_writer().delete_documents_by_term("document", str(number))

    def clear(self) -> None:
        """Drop all rows; seen by searches after ``commit``."""
        self._open_writer().delete_all_documents()

    def commit(self) -> None:
        """Make what was written durable and visible, and let go of the writer's lock."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            try:
                writer.commit()
                writer.wait_merging_threads()
            except (OSError, ValueError) as error:
                raise BaseError(f"{self._folder}: {error}; check the disk") from error
        self.reload()

    def reload(self) -> None:
        """See what was committed since, here or by another process."""
        self._index.reload()

    def close(self) -> None:
        """Let go of the writer's lock; what was not committed is dropped."""
        self._writer = None

    def search(self, request: SearchRequest, *, within: tuple[int, ...] = ()) -> list[IndexedHit]:
        """Rows that match, best first; equal scores in order of row, so that runs agree.

        ``within`` holds the numbers of the documents that the request names.
        """
        searcher = self._index.searcher()
        most = min(request.limit, searcher.num_docs)
        if most <= 0:
            return []
        found = searcher.search(self._query(request, within), most, count=False).hits
        rows = cast("list[int]", searcher.fast_field_values("row", [place for _, place in found]))
        hits = [IndexedHit(row, score) for row, (score, _) in zip(rows, found, strict=True)]
        return sorted(hits, key=lambda hit: (-hit.score, hit.row))

    def rows(self, request: SearchRequest, *, within: tuple[int, ...] = ()) -> list[int]:
        """All rows that a request admits, whatever its words; newest first."""
        searcher = self._index.searcher()
        filters = self._filters(request, within)
        query = tantivy.Query.boolean_query(filters) if filters else tantivy.Query.all_query()
        most = max(searcher.num_docs, 1)
        hits = searcher.search(query, most, count=False, order_by_field="row").hits
        return [int(row) for row, _ in hits]

    def count(self, number: int) -> int:
        """How many rows of a document the index holds."""
        query = tantivy.Query.term_query(self._schema, "document", str(number))
        found = self._index.searcher().search(query, 1)
        return int(found.count or 0)  # type: ignore[attr-defined]  # tantivy.pyi leaves it out

    def total(self) -> int:
        """How many rows the index holds."""
        return self._index.searcher().num_docs

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(heap_size=HEAP, num_threads=1)
            except ValueError as error:
                if "PermissionDenied" in str(error):
                    raise not_writable(self._folder) from error
                raise BaseError(
                    f"{self._folder}: another process writes to it ({error}); "
                    "try again when it has finished"
                ) from error
        return self._writer

    def _filters(
        self, request: SearchRequest, within: tuple[int, ...]
    ) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        must, occur = [], tantivy.Occur.Must
        for name, terms in (
            ("subject", request.drugs),
            ("mention", request.mentions),
            ("mention", request.populations),
            ("kind", request.kinds),
            ("source", request.source_kinds),
            ("document", within),
        ):
            if terms:
                wanted = self._any_of(name, [str(term) for term in terms])
                must.append((occur, tantivy.Query.const_score_query(wanted, 0.0)))
        return must

    def _any_of(self, field: str, terms: Sequence[str]) -> tantivy.Query:
        """Rows with one of the terms.

        Few terms are looked up only in the rows that the rarest filter of a request leaves; of
        many, all rows are noted beforehand.
        """
        if len(terms) > FEW:
            return tantivy.Query.term_set_query(self._schema, field, terms)
        each = (tantivy.Query.term_query(self._schema, field, t, "basic") for t in terms)
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in each])

    def _query(self, request: SearchRequest, within: tuple[int, ...]) -> tantivy.Query:
        must, occur = self._filters(request, within), tantivy.Occur.Must
        words = " ".join(_WORD.findall(request.words.casefold())[:MOST_WORDS])
        if words:
            must.append(
                (tantivy.Occur.Should if must else occur, self._ranked(words, request.fields))
            )
        return tantivy.Query.boolean_query(must) if must else tantivy.Query.empty_query()

    def _parsed(self, words: str, fields: tuple[tuple[str, float], ...]) -> tantivy.Query:
        """Rows with any of the words; hangs on the schema alone, not on what is indexed."""
        boosts = dict(fields) or FIELD_BOOSTS
        return self._index.parse_query(words, list(boosts), field_boosts=boosts)


def _entry(number: int, card: DocumentCard, row: int, passage: StoredPassage) -> tantivy.Document:
    says, entry = passage.description, tantivy.Document()
    add = entry.add_text
    entry.add_integer("row", row)
    add("text", passage.text)
    add("heading", " ".join(passage.section))
    add("title", card.title)
    names = dict.fromkeys((*says.subjects, *says.drugs, *says.conditions, *says.procedures))
    for field, told in (("context", passage.context), ("names", " ".join(names))):
        if told:
            add(field, told)
    for mention in (*names, *says.population):
        add("mention", mention)
    for subject in says.subjects:
        add("subject", subject)
    for kind in says.kinds:
        add("kind", kind)
    add("source", card.evidence_kind)
    add("document", str(number))
    return entry
