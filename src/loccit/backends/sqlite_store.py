"""Documents and passages in SQLite: the record of what the base holds.

A document is written in one transaction with all its passages. It *waits* at first (``live = 0``),
beside the edition that it replaces, and takes its place only after the search index has committed
its rows; so whoever reads meanwhile, or after a crash, reads what was settled last. ``touched``
holds the series whose editions must be put in order, ``gone`` the documents whose rows the index
may still hold. Whatever these three name is work that a crash cut off, and is done again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from loccit.backends.database import Database
from loccit.backends.recent import Recent
from loccit.backends.stored_forms import (
    StoredDocument,
    StoredPassage,
    decoded_card,
    decoded_document,
    decoded_passage,
    record_of,
)
from loccit.terms import (
    DocumentCard,
    DocumentId,
    PassageId,
    Record,
    SourceDocument,
    Standing,
)

__all__ = ["Edition", "Kept", "SqliteStore", "Work"]

RECORDS = 6_000
"""Records kept at hand, about 30 MB: one question reads several hundred, most of them often."""
FORMAT = "5"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, series TEXT NOT NULL,
  fingerprint TEXT NOT NULL, described_by TEXT NOT NULL, standing TEXT NOT NULL,
  live INTEGER NOT NULL,
  passages INTEGER NOT NULL, seal TEXT NOT NULL, card BLOB NOT NULL, body BLOB NOT NULL,
  UNIQUE (fingerprint, described_by)
);
CREATE INDEX IF NOT EXISTS documents_id ON documents (id, live);
CREATE INDEX IF NOT EXISTS documents_series ON documents (series);
CREATE TABLE IF NOT EXISTS passages (
  row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, document INTEGER NOT NULL,
  stored BLOB NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS passages_id ON passages (id, document);
CREATE INDEX IF NOT EXISTS passages_document ON passages (document);
CREATE TABLE IF NOT EXISTS withdrawals (
  series TEXT PRIMARY KEY, reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS touched (
  stamp INTEGER PRIMARY KEY AUTOINCREMENT, series TEXT NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS gone (document INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS bytes_read (
  digest BLOB PRIMARY KEY, outcome BLOB NOT NULL
) WITHOUT ROWID;
"""
"""Numbers are never given twice (AUTOINCREMENT): a row the index still holds of a document that is
gone must not come to mean another passage."""


class Edition(NamedTuple):
    """One stored document of a series; ``card`` has the standing that the document gives itself."""

    number: int
    live: bool
    standing: Standing
    card: DocumentCard


class Work(NamedTuple):
    """Series to put in order, as far as the store had noted them at ``stamp``."""

    stamp: int
    series: tuple[str, ...]


class Kept:
    """All that is stored of one document, undecoded, to be proved."""

    def __init__(self, number: int, found: tuple[Any, ...], rows: list[tuple[Any, ...]]) -> None:
        self.number = number
        self.id, live, standing, self.fingerprint, self.passages = found[:5]
        self.seal, self.card, self.body = found[5:]
        self.live, self.standing = bool(live), Standing(standing)
        self.rows: list[tuple[str, bytes]] = [(row[0], row[1]) for row in rows]


class SqliteStore:
    """One database file. Values in, values out; knows nothing of ranking."""

    def __init__(self, path: Path, *, described_by: str = "") -> None:
        self._described_by = described_by
        self._cards: dict[int, DocumentCard] = {}
        self._records = Recent[int, Record](RECORDS)
        self._db = Database(path, schema=_SCHEMA, format=FORMAT)
        self.transaction = self._db.transaction
        self.fact, self.set_fact = self._db.fact, self._db.set_fact

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def changed(self) -> bool:
        """Whether another process has written since this was last asked."""
        changed = self._db.changed()
        if changed:
            self._forget_read()
        return changed

    def digest(self) -> str:
        """Digest over every live document, its text and its standing, in order of id."""
        summed = hashlib.sha256()
        query = (
            "SELECT id, fingerprint, described_by, standing FROM documents "
            "WHERE live = 1 ORDER BY id"
        )
        for row in self._db.rows(query):
            summed.update("\x1f".join(row).encode() + b"\x1e")
        return summed.hexdigest()

    # --- writing documents

    def holds(self, document: DocumentId, fingerprint: str) -> bool:
        """Whether exactly this document is stored, described by the present rules.

        A document that waits to take its place counts before it.
        """
        query = "SELECT fingerprint, described_by FROM documents WHERE id = ? ORDER BY live LIMIT 1"
        return self._db.rows(query, (document,)) == [(fingerprint, self._described_by)]

    def put(self, stored: StoredDocument) -> None:
        """Store a document and its passages, waiting; another text of its id stays until then."""
        for (number,) in self._db.rows(
            "SELECT number FROM documents WHERE id = ? AND live = 0", (stored.id,)
        ):
            self._drop(number)
        self.touch(stored.series)
        if self.holds(stored.id, stored.fingerprint):
            return
        number = self._insert(stored)
        self._db.run_many(
            "INSERT INTO passages (id, document, stored) VALUES (?, ?, ?)",
            ((passage, number, form) for passage, form in stored.passages),
        )

    def _insert(self, stored: StoredDocument) -> int:
        return self._db.run(
            "INSERT INTO documents (id, series, fingerprint, described_by, standing, live, "
            "passages, seal, card, body) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
            (
                stored.id,
                stored.series,
                stored.fingerprint,
                self._described_by,
                stored.standing,
                len(stored.passages),
                stored.seal,
                stored.card,
                stored.body,
            ),
        )

    def note(self, digest: bytes, outcome: bytes) -> None:
        """Note what came of bytes that were read, by their digest."""
        self._db.run("INSERT OR REPLACE INTO bytes_read VALUES (?, ?)", (digest, outcome))

    def noted(self, digest: bytes) -> bytes:
        """What came of bytes with this digest, or nothing."""
        found = self._db.rows("SELECT outcome FROM bytes_read WHERE digest = ?", (digest,))
        return bytes(found[0][0]) if found else b""

    def drop(self, document: DocumentId) -> bool:
        """Remove a document with its passages; whether there was one."""
        found = self._db.rows("SELECT number, series FROM documents WHERE id = ?", (document,))
        for number, series in found:
            self._drop(number)
            self.touch(series)
        return bool(found)

    def _drop(self, number: int) -> None:
        self._db.run("DELETE FROM passages WHERE document = ?", (number,))
        self._db.run("DELETE FROM documents WHERE number = ?", (number,))
        self._db.run("INSERT OR IGNORE INTO gone VALUES (?)", (number,))
        self._forget_read()

    def withdraw(self, series: str, reason: str) -> None:
        """Remember that a work may not be relied on, whether it is here yet or not."""
        self._db.run("INSERT OR REPLACE INTO withdrawals VALUES (?, ?)", (series, reason))
        self.touch(series)

    def withdrawn(self, series: str) -> bool:
        """Whether a work was withdrawn."""
        return bool(self._db.rows("SELECT 1 FROM withdrawals WHERE series = ?", (series,)))

    # --- taking their places

    def touch(self, series: str) -> None:
        """Note that the editions of a series must be put in order."""
        self._db.run("INSERT OR REPLACE INTO touched (series) VALUES (?)", (series,))

    def work(self) -> Work:
        """The series to put in order."""
        rows = self._db.rows("SELECT stamp, series FROM touched ORDER BY stamp")
        return Work(rows[-1][0] if rows else 0, tuple(row[1] for row in rows))

    def editions(self, series: str) -> list[Edition]:
        """All stored documents of a series; one that waits hides the live one of its id."""
        query = "SELECT number, live, standing, card FROM documents WHERE series = ? ORDER BY live"
        found: dict[DocumentId, Edition] = {}
        for number, live, standing, stored in self._db.rows(query, (series,)):
            card = decoded_card(stored)
            found.setdefault(card.id, Edition(number, bool(live), Standing(standing), card))
        return list(found.values())

    def place(self, standings: dict[int, Standing], *, leaving: Iterable[int]) -> None:
        """Make documents live with these standings; those ``leaving`` are no longer searched.

        A live document gives way to one of the same id that takes its place.
        """
        for number, standing in standings.items():
            for old, series in self._db.rows(
                "SELECT old.number, old.series FROM documents old JOIN documents new USING (id) "
                "WHERE new.number = ? AND old.number <> new.number AND old.live = 1",
                (number,),
            ):
                self._drop(old)
                self.touch(series)
            query = "UPDATE documents SET live = 1, standing = ? WHERE number = ?"
            self._db.run(query, (standing, number))
        self._db.run_many("INSERT OR IGNORE INTO gone VALUES (?)", ((each,) for each in leaving))
        self._forget_read()

    def _forget_read(self) -> None:
        """What was read may no longer be so."""
        self._cards.clear()
        self._records.clear()

    def done(self, work: Work) -> None:
        """Note that these series are in order; what was touched since stays to be done."""
        self._db.run("DELETE FROM touched WHERE stamp <= ?", (work.stamp,))

    def gone(self) -> list[int]:
        """Numbers of documents whose rows the search index must drop."""
        return [row[0] for row in self._db.rows("SELECT document FROM gone")]

    def forget(self, gone: Iterable[int]) -> None:
        """Note that the search index no longer holds these documents."""
        self._db.run_many("DELETE FROM gone WHERE document = ?", ((number,) for number in gone))

    # --- reading documents

    def card(self, number: int) -> DocumentCard | None:
        """The card of a live document, with its present standing."""
        if number not in self._cards:
            query = "SELECT card, standing FROM documents WHERE number = ? AND live = 1"
            rows = self._db.rows(query, (number,))
            if not rows:
                return None
            self._cards[number] = _card(*rows[0])
        return self._cards[number]

    def numbers(self, documents: Iterable[DocumentId]) -> tuple[int, ...]:
        """The numbers under which the index knows these documents; unknown ones are left out."""
        query = "SELECT number FROM documents WHERE id = ? AND live = 1"
        return tuple(row[0] for document in documents for row in self._db.rows(query, (document,)))

    def cards(self, *, series: str = "") -> list[DocumentCard]:
        """Cards of all live documents, or of one series, by id."""
        query = (
            "SELECT card, standing FROM documents "
            "WHERE live = 1 AND (? = '' OR series = ?) ORDER BY id"
        )
        return [_card(*row) for row in self._db.rows(query, (series, series))]

    def cards_by_number(self) -> dict[int, DocumentCard]:
        """Cards of all live documents, by the number under which the index knows them."""
        numbers = self._db.rows("SELECT number FROM documents WHERE live = 1 ORDER BY number")
        return {row[0]: card for row in numbers if (card := self.card(row[0]))}

    def live(self) -> dict[int, Standing]:
        """Numbers and standings of all live documents."""
        rows = self._db.rows(
            "SELECT number, standing FROM documents WHERE live = 1 ORDER BY number"
        )
        return {number: Standing(standing) for number, standing in rows}

    def document(self, document: DocumentId) -> SourceDocument | None:
        """A live document with its text, with its present standing."""
        query = "SELECT body, standing FROM documents WHERE id = ? AND live = 1"
        rows = self._db.rows(query, (document,))
        if not rows:
            return None
        return replace(decoded_document(rows[0][0]), standing=Standing(rows[0][1]))

    def kept(self) -> Iterator[Kept]:
        """Everything stored, document by document, in order of id."""
        for (number,) in self._db.rows("SELECT number FROM documents ORDER BY id, number"):
            query = (
                "SELECT id, live, standing, fingerprint, passages, seal, card, body "
                "FROM documents WHERE number = ?"
            )
            for found in self._db.rows(query, (number,)):
                query = "SELECT id, stored FROM passages WHERE document = ? ORDER BY row"
                yield Kept(number, found, self._db.rows(query, (number,)))

    # --- reading passages

    def rows_of(self, number: int) -> tuple[DocumentCard, list[tuple[int, StoredPassage]]]:
        """A document's card and its passages, live or waiting, by row number in order of text.

        Raises ``BaseError`` where what is stored is damaged.
        """
        ((stored,),) = self._db.rows("SELECT card FROM documents WHERE number = ?", (number,))
        query = "SELECT row, stored FROM passages WHERE document = ? ORDER BY row"
        rows = self._db.rows(query, (number,))
        return decoded_card(stored), [(row, decoded_passage(form)) for row, form in rows]

    def searched_passages(self, standings: Iterable[Standing]) -> int:
        """How many passages the live documents of these standings have."""
        query = (
            "SELECT coalesce(sum(passages), 0) FROM documents "
            "WHERE live = 1 AND standing IN (SELECT value FROM json_each(?))"
        )
        return int(self._db.rows(query, (json.dumps([*standings]),))[0][0])

    def rows_with(self, standings: Iterable[Standing]) -> list[int]:
        """Row numbers of all passages of live documents of these standings, in order."""
        query = (
            "SELECT row FROM passages JOIN documents ON document = number WHERE live = 1 "
            "AND standing IN (SELECT value FROM json_each(?)) ORDER BY row"
        )
        return [row[0] for row in self._db.rows(query, (json.dumps([*standings]),))]

    def by_rows(self, rows: Sequence[int]) -> dict[int, Record]:
        """Records by row number; rows that are gone or wait are left out."""
        found = {row: record for row in rows if (record := self._records.get(row))}
        if len(found) < len(rows):
            found |= self._read_rows([row for row in rows if row not in found])
        return found

    def _read_rows(self, rows: Sequence[int]) -> Iterator[tuple[int, Record]]:
        query = (
            "SELECT row, id, document, stored FROM passages "
            "WHERE row IN (SELECT value FROM json_each(?))"
        )
        for row, passage, number, stored in self._db.rows(query, (json.dumps(rows),)):
            record = self._record(passage, number, stored)
            if record:
                self._records.keep(row, record)
                yield row, record

    def by_id(self, passage: PassageId) -> Record | None:
        """One record by its passage's id."""
        query = "SELECT id, document, stored FROM passages WHERE id = ? ORDER BY row"
        records = (self._record(*row) for row in self._db.rows(query, (passage,)))
        return next((record for record in records if record), None)

    def ids_starting(self, prefix: str) -> list[PassageId]:
        """Ids that begin with ``prefix`` (hexadecimal), at most ten."""
        query = (
            "SELECT DISTINCT passages.id FROM passages JOIN documents ON document = number "
            "WHERE live = 1 AND passages.id >= ? AND passages.id < ? ORDER BY passages.id LIMIT 10"
        )
        return [PassageId(row[0]) for row in self._db.rows(query, (prefix, prefix + "g"))]

    def _record(self, passage: str, number: int, stored: bytes) -> Record | None:
        card = self.card(number)
        return record_of(PassageId(passage), decoded_passage(stored), card) if card else None


def _card(card: bytes, standing: str) -> DocumentCard:
    return replace(decoded_card(card), standing=Standing(standing))
