"""The default evidence base: SQLite for what is kept, Tantivy for finding it, in one folder."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec

from loccit.backends.sqlite_store import SqliteStore
from loccit.backends.tantivy_index import TantivyIndex
from loccit.terms import (
    BaseError,
    Coverage,
    DescribedDocument,
    DocumentCard,
    DocumentId,
    Found,
    NotInBase,
    PassageId,
    Record,
    SearchRequest,
    SourceDocument,
    SourceKind,
    Standing,
    text_digest,
)

__all__ = ["EmbeddedBase"]

SEARCHED = frozenset(
    {Standing.CURRENT, Standing.DRAFT, Standing.EXPRESSION_OF_CONCERN, Standing.RETRACTED}
)
"""Retracted sources are found, so that the answer can say that they were left out."""
BATCH = 20_000
"""Passages between two commits of the index: some seconds of work, lost at most by a crash."""


class EmbeddedBase:
    """An ``EvidenceBase`` in a folder. See ``sqlite_store`` for how a crash is survived."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._store = SqliteStore(folder / "base.sqlite")
            self._index = TantivyIndex(folder / "index")
        except (OSError, ValueError) as error:
            raise BaseError(
                f"{folder}: cannot open the evidence base ({error}); name another with --base"
            ) from error
        self._waiting = 0

    # --- writing

    def holds(self, document: SourceDocument) -> bool:
        """Whether exactly this document is stored already."""
        return self._store.holds(_fingerprint(document))

    def add(self, described: DescribedDocument) -> None:
        """Store a document, whole or not at all; see the port."""
        document = described.document
        fingerprint = _fingerprint(document)
        if self._store.holds(fingerprint):
            return
        with self._store.transaction():
            self._store.put(document, fingerprint, _card(described), described.passages)
            self._order_editions(document.series)
        self._waiting += len(described.passages)
        if self._waiting >= BATCH:
            self._index_pending()

    def withdraw(self, series: str, reason: str) -> None:
        """Note that a work is gone; see the port."""
        with self._store.transaction():
            self._store.withdraw(series, reason)
            self._order_editions(series)

    def remove(self, document: DocumentId) -> None:
        """Drop a document. Raises ``NotInBase``."""
        card = self._store.card(document)
        if card is None:
            raise _unknown(document)
        self._index.delete(document)
        self._index.commit()
        with self._store.transaction():
            self._store.drop(document)
            self._order_editions(card.series)
        self.settle()

    def settle(self) -> None:
        """Make all that was written durable and visible to searches."""
        self._index_pending()
        coverage = msgspec.json.encode(self._count()).decode()
        with self._store.transaction():
            self._store.set_fact("coverage", coverage)
            self._store.set_fact("digest", self._store.digest())

    def _index_pending(self) -> None:
        """Bring the index in step with the store: also what an earlier crash cut off."""
        pending = self._store.pending()
        for document in pending:
            card = self._store.card(document)
            if card and card.standing in SEARCHED:
                self._index.put(document, self._store.rows_of(document))
            else:
                self._index.delete(document)
        if pending:
            self._index.commit()
            with self._store.transaction():
                self._store.mark_indexed(pending)
        self._waiting = 0

    def _order_editions(self, series: str) -> None:
        """The newest edition of a series keeps its own standing; older ones are superseded."""
        editions = sorted(self._store.editions(series), key=_edition_order)
        withdrawn = self._store.withdrawn(series)
        for number, card in enumerate(editions, 1):
            standing = card.standing
            if withdrawn:
                standing = Standing.WITHDRAWN
            elif number < len(editions):
                standing = Standing.SUPERSEDED
            present = self._store.card(card.id)
            if present and present.standing is not standing:
                self._store.set_standing(card.id, standing)

    # --- reading

    def search(self, request: SearchRequest) -> list[Found]:
        """Passages that match, best first."""
        hits = self._index.search(request)
        records = self._store.by_rows([hit.row for hit in hits])
        found = (
            Found(record=records[hit.row], score=hit.score) for hit in hits if hit.row in records
        )
        return [each for each in found if each.record.card.standing in SEARCHED]

    def passage(self, passage: str) -> Record:
        """A record by its passage's id, or an unambiguous beginning of it."""
        ids = self._store.ids_starting(passage.casefold()) if passage.isalnum() else []
        record = self._store.by_id(ids[0]) if len(ids) == 1 else None
        if record is None and PassageId(passage) in ids:
            record = self._store.by_id(PassageId(passage))
        if record is None:
            why = f"{len(ids)} passages begin with" if ids else "no passage is called"
            raise NotInBase(f"{why} {passage!r}; copy the id as `loccit ask` prints it")
        return record

    def document(self, document: DocumentId) -> SourceDocument:
        """A document with its text."""
        found = self._store.document(document)
        if found is None:
            raise _unknown(document)
        return found

    def cards(self, *, series: str = "") -> list[DocumentCard]:
        """Cards of all documents, or of one series, by id."""
        return self._store.cards(series=series)

    def originals(self) -> frozenset[str]:
        """Identifiers of all current sources that are no summaries."""
        return frozenset(filter(None, self._store.fact("originals").split("\n")))

    def digest(self) -> str:
        """Digest of all documents and their standing."""
        return self._store.fact("digest") or self._store.digest()

    def coverage(self) -> Coverage:
        """What the base holds, in numbers."""
        stored = self._store.fact("coverage")
        return msgspec.json.decode(stored, type=Coverage) if stored else self._count()

    def fact(self, name: str) -> str:
        """Something remembered about the base, or nothing."""
        return self._store.fact(name)

    def remember(self, name: str, value: str) -> None:
        """Remember something about the base."""
        self._store.set_fact(name, value)

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()

    def _count(self) -> Coverage:
        cards = [card for card in self._store.cards() if card.standing in SEARCHED]
        self._store.set_fact("originals", "\n".join(_original_identifiers(cards)))
        dates = sorted(str(card.effective_on or card.year) for card in cards if card.year)
        return Coverage(
            documents=len(cards),
            passages=sum(card.passages for card in cards),
            by_kind=dict(sorted(Counter(str(card.kind) for card in cards).items())),
            newest=dates[-1] if dates else "",
            oldest=dates[0] if dates else "",
        )

    # --- proof

    def verify(self) -> Iterator[str]:
        """Every stored passage against its document's text, every text against its hash."""
        for card in self._store.cards():
            document = self.document(card.id)
            if text_digest(document.text) != card.sha256:
                yield f"{card.id}: the text does not match its hash; remove it and add it again"
            rows = self._store.rows_of(card.id)
            for _, record in rows:
                passage = record.passage
                if passage.locator.resolve(document) != passage.text:
                    yield f"{card.id}: passage {passage.id} is not what its place holds"
            if len(rows) != card.passages:
                yield f"{card.id}: {len(rows)} passages stored, {card.passages} expected"
            if card.standing in SEARCHED and self._index.count(card.id) != card.passages:
                yield f"{card.id}: the search index is out of step; run `loccit add` to mend it"


def _unknown(document: str) -> NotInBase:
    return NotInBase(f"no document is called {document!r}; `loccit sources` lists them")


def _edition_order(card: DocumentCard) -> tuple[date, tuple[int, ...], str, str]:
    """Date in force, then version number, then text, so that the order never depends on loading."""
    day = card.effective_on or date(card.year or 1, 1, 1)
    numbers = tuple(int(part) for part in card.version.split(".") if part.isdigit())
    return day, numbers, card.version, card.id


def _original_identifiers(cards: list[DocumentCard]) -> list[str]:
    return sorted(
        f"{name}:{value.casefold()}"
        for card in cards
        if card.kind is not SourceKind.SUMMARY and card.standing is Standing.CURRENT
        for name, value in card.identifiers.items()
    )


def _fingerprint(document: SourceDocument) -> str:
    """Digest of the document with all its facts; when it was fetched does not matter."""
    plain = replace(document, retrieved_at="", findings=())
    return hashlib.sha256(msgspec.msgpack.encode(plain)).hexdigest()


def _card(described: DescribedDocument) -> DocumentCard:
    document, original = described.document, described.document.summarises
    return DocumentCard(
        id=document.id,
        series=document.series,
        kind=document.kind,
        title=document.title,
        publisher=document.publisher,
        jurisdiction=document.jurisdiction,
        version=document.version,
        year=document.year or (document.effective_on.year if document.effective_on else None),
        effective_on=document.effective_on,
        url=document.url,
        standing=document.standing,
        licence=document.licence.name if document.licence else "",
        sha256=document.sha256,
        parser=document.parser,
        identifiers=document.identifiers,
        subjects=described.subjects,
        original_kind=original.kind if original else None,
        original_identifiers=original.identifiers if original else {},
        passages=len(described.passages),
    )
