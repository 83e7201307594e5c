"""The default evidence base: SQLite for what is kept, Tantivy for finding it, in one folder.

A batch is settled in three steps, each of which leaves what is searched whole: the index takes the
new rows; the store puts the new documents in place of the old; the index drops the old rows. A
search returns what both name, so whoever reads between two steps, or after a crash there, reads
either the old edition or the new one. The next ``settle`` finishes what was cut off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from loccit.backends.base_facts import coverage_of, original_identifiers
from loccit.backends.base_proof import faults
from loccit.backends.editions_in_order import SEARCHED, Placed, placed
from loccit.backends.pieces_read import (
    Gone,
    Held,
    Part,
    PieceNote,
    PieceRead,
    decoded_note,
    encoded_note,
)
from loccit.backends.sqlite_store import SqliteStore, Work
from loccit.backends.stored_forms import (
    StoredDocument,
    fingerprint_of,
    stored_document,
)
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
)

__all__ = ["EmbeddedBase"]

BATCH = 400_000
"""Passages between two commits of the index, which makes its parts anew: half a minute of work."""
TRIES = 3
"""Times a search is made when another process keeps writing while it runs."""


class EmbeddedBase:
    """An ``EvidenceBase`` in a folder.

    ``described_by`` names the rules that describe passages: a document described by others is not
    *held*, so that adding it again describes it anew.
    """

    def __init__(self, folder: Path, *, described_by: str = "") -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BaseError(
                f"{folder}: cannot open the evidence base ({error}); name another with --base"
            ) from error
        self._store = SqliteStore(folder / "base.sqlite", described_by=described_by)
        try:
            self._index = TantivyIndex(folder / "index")
        except BaseException:
            self._store.close()
            raise
        self._waiting = 0
        self._originals: tuple[str, frozenset[str]] = "", frozenset()

    # --- writing

    def holds(self, document: SourceDocument) -> bool:
        """Whether exactly this document is stored already."""
        return self._store.holds(document.id, fingerprint_of(document))

    def add(self, described: DescribedDocument) -> None:
        """Store a document, whole or not at all; see the port."""
        stored = stored_document(described)
        if self._store.holds(stored.id, stored.fingerprint):
            return
        with self._store.transaction():
            self._store.put(stored)
        self._counted(len(stored.passages))

    def take(self, digest: bytes, outcome: PieceRead) -> list[bool]:
        """Store all that came of the bytes with this digest, or nothing of it.

        Says of each part whether it was here already.
        """
        with self._store.transaction():
            known = [self._took(part) for part in outcome.parts]
            self._store.note(digest, encoded_note(outcome))
        documents = (part for part in outcome.parts if isinstance(part, StoredDocument))
        self._counted(sum(len(part.passages) for part in documents))
        return known

    def _took(self, part: Part) -> bool:
        if isinstance(part, Gone):
            self._store.withdraw(part.series, part.reason)
        elif isinstance(part, StoredDocument):
            if self._store.holds(part.id, part.fingerprint):
                return True
            self._store.put(part)
        return False

    def recall(self, digest: bytes) -> PieceNote | None:
        """What came of the bytes with this digest, if the base still holds all of it."""
        note = decoded_note(self._store.noted(digest))
        if note is None:
            return None
        for part in note.parts:
            if isinstance(part, Held) and not self._store.holds(part.id, part.fingerprint):
                return None
            if isinstance(part, Gone) and not self._store.withdrawn(part.series):
                return None
        return note

    def _counted(self, passages: int) -> None:
        self._waiting += passages
        if self._waiting >= BATCH:
            self._finish()

    def withdraw(self, series: str, reason: str) -> None:
        """Note that a work is gone; see the port."""
        with self._store.transaction():
            self._store.withdraw(series, reason)

    def is_withdrawn(self, series: str) -> bool:
        """Whether a work was noted as gone."""
        return self._store.withdrawn(series)

    def remove(self, document: DocumentId) -> None:
        """Drop a document. Raises ``NotInBase``."""
        with self._store.transaction():
            if not self._store.drop(document):
                raise _unknown(document)

    def settle(self) -> None:
        """Make all that was written durable and visible to searches."""
        self._finish()
        if self._index.total() != self._searched_passages():
            self._rebuild()

    def _finish(self) -> None:
        """Bring the index in step with the store: also what an earlier crash cut off."""
        self._waiting = 0
        self._drop_gone()
        while (work := self._store.work()).series:
            self._place(work)
            self._drop_gone()

    def _place(self, work: Work) -> None:
        all_placed = [each for series in work.series for each in self._in_order(series)]
        with self._store.transaction(durable=True):
            self._store.set_fact("placing", str(work.stamp))
        for each in all_placed:
            if each.enters:
                self._index.put(each.number, *self._store.rows_of(each.number))
        self._index.commit()
        with self._store.transaction(durable=True):
            self._store.place(
                {each.number: each.standing for each in all_placed},
                leaving=[each.number for each in all_placed if each.leaves],
            )
            self._store.done(work)
            self._write_facts()

    def _in_order(self, series: str) -> list[Placed]:
        editions = self._store.editions(series)
        return placed(editions, withdrawn=self._store.withdrawn(series))

    def _drop_gone(self) -> None:
        gone = self._store.gone()
        if gone:
            for number in gone:
                self._index.delete(number)
            self._index.commit()
            self._store.forget(gone)

    def _rebuild(self) -> None:
        """Make the index anew from the store: somebody changed or deleted its files."""
        self._index.clear()
        for number, standing in self._store.live().items():
            if standing in SEARCHED:
                self._index.put(number, *self._store.rows_of(number))
        self._index.commit()

    # --- reading

    def search(self, request: SearchRequest) -> list[Found]:
        """Passages that match, best first. Raises ``BaseError`` where the index was lost."""
        found: list[Found] = []
        for _ in range(TRIES):
            within = self._within(request)
            if within == ():
                return []
            hits = self._index.search(request, within=within or ())
            found = self.found({hit.row: hit.score for hit in hits})
            if not self._store.changed():
                break
            self._index.reload()
        if not found:
            self._refuse_lost_index()
        return found

    def _within(self, request: SearchRequest) -> tuple[int, ...] | None:
        """Numbers of the documents to search; ``None`` for all of them."""
        if request.by_card:
            cards = self._store.cards_by_number().items()
            return tuple(number for number, card in cards if request.admits(card))
        return self._store.numbers(request.documents) if request.documents else None

    def found(self, scores: Mapping[int, float]) -> list[Found]:
        """What is found at these rows of the store, in their order; what is gone is left out."""
        records = self._store.by_rows(list(scores))
        return [
            Found(record=records[row], score=score)
            for row, score in scores.items()
            if row in records and records[row].card.standing in SEARCHED
        ]

    def rows_matching(self, request: SearchRequest) -> list[int]:
        """All rows that a request admits, whatever its words, in no order."""
        within = self._within(request)
        return [] if within == () else self._index.rows(request, within=within or ())

    def searched_rows(self) -> list[int]:
        """Rows of all passages that are searched, in order."""
        return self._store.rows_with(SEARCHED)

    def rows_of(self, passages: Sequence[PassageId]) -> dict[PassageId, int]:
        """The row of each of these passages that the base holds."""
        return self._store.rows_by_id(passages)

    def records(self, rows: Sequence[int]) -> dict[int, Record]:
        """Records by row; rows that are gone or wait are left out."""
        return self._store.by_rows(rows)

    def _refuse_lost_index(self) -> None:
        """That nothing was found must not come of an index that somebody deleted."""
        if self._index.total():
            return
        self._index.reload()
        if not self._index.total() and self._searched_passages():
            raise BaseError(
                f"{self.folder / 'index'}: the search index is empty, though the base holds "
                "sources; run `loccit reindex` to make it anew"
            )

    def passage(self, passage: str) -> Record:
        """A record by its passage's id, or an unambiguous beginning of it."""
        ids = self._store.ids_starting(passage.casefold()) if passage.isalnum() else []
        wanted = PassageId(passage) if PassageId(passage) in ids else None
        if len(ids) == 1:
            wanted = ids[0]
        record = self._store.by_id(wanted) if wanted else None
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

    def described(self, document: DocumentId) -> DescribedDocument:
        """A document with its passages, described as they are here."""
        found = self._store.described(document)
        if found is None:
            raise _unknown(document)
        return found

    def cards(self, *, series: str = "") -> list[DocumentCard]:
        """Cards of all documents, or of one series, by id."""
        return self._store.cards(series=series)

    def originals(self) -> frozenset[str]:
        """Identifiers of all current sources that are no summaries."""
        digest = self._store.fact("digest")
        if not digest or digest != self._originals[0]:  # written together, and much shorter
            told = self._store.fact("originals")
            self._originals = digest, frozenset(filter(None, told.split("\n")))
        return self._originals[1]

    def digest(self) -> str:
        """Digest of all documents and their standing."""
        return self._store.fact("digest") or self._store.digest()

    def coverage(self) -> Coverage:
        """What the base holds, in numbers."""
        stored = self._store.fact("coverage")
        return msgspec.json.decode(stored, type=Coverage) if stored else coverage_of([])

    def fact(self, name: str) -> str:
        """Something remembered about the base, or nothing."""
        return self._store.fact(name)

    def remember(self, name: str, value: str) -> None:
        """Remember something about the base."""
        self._store.set_fact(name, value)

    def close(self) -> None:
        """Let go of the files; what was not settled is settled when the base is next written to."""
        self._index.close()
        self._store.close()

    def _write_facts(self) -> None:
        cards = [card for card in self._store.cards() if card.standing in SEARCHED]
        self._store.set_fact("coverage", msgspec.json.encode(coverage_of(cards)).decode())
        self._store.set_fact("originals", "\n".join(original_identifiers(cards)))
        self._store.set_fact("digest", self._store.digest())

    def _searched_passages(self) -> int:
        return self._store.searched_passages(SEARCHED)

    # --- proof

    def verify(self) -> Iterator[str]:
        """Every stored passage against its document's text, every text against its hash."""
        self._index.reload()
        waiting = bool(self._store.work().series or self._store.gone())
        expected = 0
        for kept in self._store.kept():
            yield from (f"{kept.id}: {fault}" for fault in faults(kept))
            searched = kept.passages if kept.live and kept.standing in SEARCHED else 0
            expected += searched
            if not waiting and self._index.count(kept.number) != searched:
                yield f"{kept.id}: the search index is out of step; run `loccit reindex` to mend it"
        if not waiting and self._index.total() != expected:
            yield (
                f"the search index holds {self._index.total()} passages, not {expected}; "
                "run `loccit reindex` to mend it"
            )


def _unknown(document: str) -> NotInBase:
    return NotInBase(f"no document is called {document!r}; `loccit sources` lists them")
