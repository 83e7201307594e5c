"""Documents and passages in SQLite: the record of what the base holds.

A document is written in one transaction with all its passages. It *waits* at first (``live = 0``),
beside the edition that it replaces, and takes its place only after the search index has committed
its rows; so whoever reads meanwhile, or after a crash, reads what was settled last. ``touched``
holds the series whose editions must be put in order, ``gone`` the documents whose rows the index
may still hold. Whatever these three name is work that a crash cut off, and is done again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from loccit.backends.database import Database
from loccit.backends.store_reading import StoreReader
from loccit.backends.stored_forms import (
    StoredDocument,
    decoded_card,
)
from loccit.terms import (
    DocumentCard,
    DocumentId,
    Standing,
)

__all__ = ["Edition", "SqliteStore", "Work"]

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


class SqliteStore(StoreReader):
    """One database file. Values in, values out; knows nothing of ranking."""

    def __init__(self, path: Path, *, described_by: str = "") -> None:
        self._described_by = described_by
        super().__init__(Database(path, schema=_SCHEMA, format=FORMAT))
        self.transaction = self._db.transaction
        self.fact, self.set_fact = self._db.fact, self._db.set_fact

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def changed(self) -> bool:
        """Whether another process has written since this was last asked."""
        changed = self._db.changed()
        if changed:
            self.forget_read()
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
        self.forget_read()

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
        self.forget_read()

    def done(self, work: Work) -> None:
        """Note that these series are in order; what was touched since stays to be done."""
        self._db.run("DELETE FROM touched WHERE stamp <= ?", (work.stamp,))

    def gone(self) -> list[int]:
        """Numbers of documents whose rows the search index must drop."""
        return [row[0] for row in self._db.rows("SELECT document FROM gone")]

    def forget(self, gone: Iterable[int]) -> None:
        """Note that the search index no longer holds these documents."""
        self._db.run_many("DELETE FROM gone WHERE document = ?", ((number,) for number in gone))
