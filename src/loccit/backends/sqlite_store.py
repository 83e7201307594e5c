"""Documents and passages in SQLite: the record of what the base holds.

A document is written in one transaction with all its passages, marked *pending*; it becomes
*indexed* only after the search index has committed it. Whatever is pending when a base is opened
for writing was cut off, and is indexed again.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec

from loccit.terms import (
    Annotation,
    BaseError,
    Description,
    DocumentCard,
    DocumentId,
    Locator,
    Passage,
    PassageId,
    PassageKind,
    Record,
    SourceDocument,
    Standing,
)

__all__ = ["SqliteStore", "StoredPassage"]

FORMAT = "3"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
  id TEXT PRIMARY KEY, series TEXT NOT NULL, fingerprint TEXT NOT NULL UNIQUE,
  standing TEXT NOT NULL, indexed INTEGER NOT NULL DEFAULT 0,
  passages INTEGER NOT NULL, card BLOB NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_series ON documents (series);
CREATE INDEX IF NOT EXISTS documents_pending ON documents (indexed) WHERE indexed = 0;
CREATE TABLE IF NOT EXISTS passages (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL, stored BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_document ON passages (document);
CREATE TABLE IF NOT EXISTS withdrawals (series TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
"""


class StoredPassage(msgspec.Struct, array_like=True, frozen=True):
    """A passage without what its row and its document's card already say."""

    start: int
    end: int
    prefix: str
    suffix: str
    section: tuple[str, ...]
    page: int | None
    text: str
    kind: PassageKind
    code: str
    context: str
    annotation: Annotation | None
    description: Description


_encoder = msgspec.msgpack.Encoder()
_card_decoder = msgspec.msgpack.Decoder(DocumentCard)
_document_decoder = msgspec.msgpack.Decoder(SourceDocument)
_passage_decoder = msgspec.msgpack.Decoder(StoredPassage)


class SqliteStore:
    """One database file. Values in, values out; knows nothing of ranking."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cards: dict[DocumentId, DocumentCard] = {}
        try:
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
            self._db.executescript(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;"
            )
            self._db.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            raise BaseError(
                f"{path}: not a Loccit base ({error}); name another folder with --base"
            ) from error
        self._check_format()

    def _check_format(self) -> None:
        found = self.fact("format")
        if not found:
            self.set_fact("format", FORMAT)
        elif found != FORMAT:
            raise BaseError(
                f"{self._path}: written in format {found}, this version reads {FORMAT}; "
                "make a new base with --base and add the sources again"
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    # --- facts about the base

    def fact(self, name: str) -> str:
        """A stored fact, or nothing."""
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_fact(self, name: str, value: str) -> None:
        """Store a fact about the base itself."""
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def digest(self) -> str:
        """Digest over every document, its text and its standing, in order of id."""
        summed = hashlib.sha256()
        rows = self._db.execute("SELECT id, fingerprint, standing FROM documents ORDER BY id")
        for row in rows:
            summed.update("\x1f".join(row).encode() + b"\x1e")
        return summed.hexdigest()

    def totals(self) -> tuple[int, int]:
        """Documents and passages that can be searched."""
        row = self._db.execute(
            "SELECT count(*), coalesce(sum(passages), 0) FROM documents WHERE indexed = 1"
        ).fetchone()
        return int(row[0]), int(row[1])

    # --- documents

    def holds(self, fingerprint: str) -> bool:
        """Whether exactly this document was stored before."""
        query = "SELECT 1 FROM documents WHERE fingerprint = ?"
        return self._db.execute(query, (fingerprint,)).fetchone() is not None

    def put(self, document: SourceDocument, fingerprint: str, card: DocumentCard,
            described: Sequence[tuple[Passage, Description]]) -> None:  # fmt: skip
        """Store a document and its passages, pending; replaces another text under the same id."""
        self.drop(document.id)
        body = zlib.compress(_encoder.encode(document), 6)
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, 0, ?, ?, ?)",
            (document.id, document.series, fingerprint, document.standing, len(described),
             _encoder.encode(card), body),
        )  # fmt: skip
        self._db.executemany(
            "INSERT OR REPLACE INTO passages (id, document, stored) VALUES (?, ?, ?)",
            (
                (passage.id, document.id, _encoder.encode(_stored(passage, description)))
                for passage, description in described
            ),
        )

    def drop(self, document: DocumentId) -> None:
        """Remove a document with its passages."""
        self._db.execute("DELETE FROM passages WHERE document = ?", (document,))
        self._db.execute("DELETE FROM documents WHERE id = ?", (document,))
        self._cards.pop(document, None)

    def mark_indexed(self, documents: Iterable[DocumentId]) -> None:
        """Note that the search index holds these documents as they now stand."""
        query = "UPDATE documents SET indexed = 1 WHERE id = ?"
        self._db.executemany(query, ((document,) for document in documents))

    def set_standing(self, document: DocumentId, standing: Standing) -> None:
        """Change a document's standing; it becomes pending, to be indexed or dropped anew."""
        query = "UPDATE documents SET standing = ?, indexed = 0 WHERE id = ?"
        self._db.execute(query, (standing, document))
        self._cards.pop(document, None)

    def pending(self) -> list[DocumentId]:
        """Documents that the search index may not hold as they now stand."""
        rows = self._db.execute("SELECT id FROM documents WHERE indexed = 0 ORDER BY id")
        return [DocumentId(row[0]) for row in rows]

    def card(self, document: DocumentId) -> DocumentCard | None:
        """The card of a document, with its present standing."""
        if document not in self._cards:
            query = "SELECT card, standing FROM documents WHERE id = ?"
            row = self._db.execute(query, (document,)).fetchone()
            if not row:
                return None
            self._cards[document] = _card(*row)
        return self._cards[document]

    def cards(self, *, series: str = "") -> list[DocumentCard]:
        """Cards of all documents, or of one series, by id."""
        where, values = ("WHERE series = ?", (series,)) if series else ("", ())
        query = f"SELECT card, standing FROM documents {where} ORDER BY id"  # noqa: S608
        return [_card(*row) for row in self._db.execute(query, values)]

    def editions(self, series: str) -> list[DocumentCard]:
        """Cards of one series with the standing each edition gives itself."""
        query = "SELECT card FROM documents WHERE series = ?"
        return [_card_decoder.decode(row[0]) for row in self._db.execute(query, (series,))]

    def document(self, document: DocumentId) -> SourceDocument | None:
        """A document with its text, with its present standing."""
        query = "SELECT body, standing FROM documents WHERE id = ?"
        row = self._db.execute(query, (document,)).fetchone()
        if not row:
            return None
        found = _document_decoder.decode(zlib.decompress(row[0]))
        return replace(found, standing=Standing(row[1]))

    # --- withdrawals

    def withdraw(self, series: str, reason: str) -> None:
        """Remember that a work may not be relied on, whether it is here yet or not."""
        self._db.execute("INSERT OR REPLACE INTO withdrawals VALUES (?, ?)", (series, reason))

    def withdrawn(self, series: str) -> bool:
        """Whether a work was withdrawn."""
        query = "SELECT 1 FROM withdrawals WHERE series = ?"
        return self._db.execute(query, (series,)).fetchone() is not None

    # --- passages

    def rows_of(self, document: DocumentId) -> list[tuple[int, Record]]:
        """All passages of a document with their row numbers, in order of text."""
        query = "SELECT row, id, document, stored FROM passages WHERE document = ? ORDER BY row"
        found = self._db.execute(query, (document,)).fetchall()
        return [(row[0], record) for row in found if (record := self._record(*row[1:]))]

    def by_rows(self, rows: Sequence[int]) -> dict[int, Record]:
        """Records by row number; rows that are gone are left out."""
        marks = ",".join("?" * len(rows))
        query = f"SELECT row, id, document, stored FROM passages WHERE row IN ({marks})"  # noqa: S608
        found = self._db.execute(query, tuple(rows)).fetchall()
        return {row[0]: record for row in found if (record := self._record(*row[1:]))}

    def by_id(self, passage: PassageId) -> Record | None:
        """One record by its passage's id."""
        query = "SELECT id, document, stored FROM passages WHERE id = ?"
        row = self._db.execute(query, (passage,)).fetchone()
        return self._record(*row) if row else None

    def ids_starting(self, prefix: str) -> list[PassageId]:
        """Ids that begin with ``prefix`` (hexadecimal), at most ten."""
        query = "SELECT id FROM passages WHERE id >= ? AND id < ? ORDER BY id LIMIT 10"
        return [PassageId(row[0]) for row in self._db.execute(query, (prefix, prefix + "g"))]

    def _record(self, passage: str, document: str, stored: bytes) -> Record | None:
        card = self.card(DocumentId(document))
        if card is None:
            return None
        return _restored(PassageId(passage), _passage_decoder.decode(stored), card)


def _card(card: bytes, standing: str) -> DocumentCard:
    return replace(_card_decoder.decode(card), standing=Standing(standing))


def _stored(passage: Passage, description: Description) -> StoredPassage:
    place = passage.locator
    return StoredPassage(
        start=place.start,
        end=place.end,
        prefix=place.prefix,
        suffix=place.suffix,
        section=place.section,
        page=place.page,
        text=passage.text,
        kind=passage.kind,
        code=passage.code,
        context=passage.context,
        annotation=passage.annotation,
        description=description,
    )


def _restored(passage: PassageId, stored: StoredPassage, card: DocumentCard) -> Record:
    locator = Locator(
        document=card.id,
        sha256=card.sha256,
        start=stored.start,
        end=stored.end,
        prefix=stored.prefix,
        suffix=stored.suffix,
        section=stored.section,
        page=stored.page,
    )
    return Record(
        passage=Passage(
            id=passage,
            locator=locator,
            text=stored.text,
            kind=stored.kind,
            code=stored.code,
            context=stored.context,
            annotation=stored.annotation,
        ),
        description=stored.description,
        card=card,
    )
