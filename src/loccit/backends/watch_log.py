"""Whose turn it is to watch, and how it went the last time: one small SQLite file.

A turn is a write transaction, which one process can have at a time and which ends with its process,
however that ends; so nobody has to clear away what a crash left. Whoever only wants to read how it
went is not kept waiting.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from loccit.backends.database import written_ahead
from loccit.terms import BaseError, Watch, Watching

__all__ = ["WatchLog"]

FILE = "watch.sqlite"
WAIT = 5
"""Seconds to wait for another reader or writer of a line, not of a whole turn."""
_SCHEMA = "CREATE TABLE IF NOT EXISTS watches (number INTEGER PRIMARY KEY, record TEXT NOT NULL)"


class WatchLog:
    """The log in ``folder``. Raises ``BaseError`` naming the file where it cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def last(self) -> Watch | None:
        """How the last turn that ended went; nothing where none has."""
        if not self._path.exists():
            return None
        with self._opened(WAIT) as connection:
            return _last(connection)

    def write(self, watch: Watch) -> None:
        """Write down how a turn went that could not write for itself."""
        with self._opened(WAIT) as connection:
            _write(connection, watch)

    @contextmanager
    def turn(self) -> Iterator[list[Watch]]:
        """The turn of this process; what is put into the list is written down when it ends.

        Raises ``Watching`` where another process has it.
        """
        with self._opened(0) as connection:
            _begin(connection)
            done: list[Watch] = []
            try:
                yield done
            finally:
                for each in done:
                    _write(connection, each)
                connection.execute("COMMIT")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep everybody from watching meanwhile; then nothing is known of the last turn.

        For whoever puts other ledgers in place, of which the last turn tells nothing. Raises
        ``Watching`` where another process watches just now.
        """
        if not self._path.exists():
            yield
            return
        with self._opened(0) as connection:
            _begin(connection)
            try:
                yield
            finally:
                connection.execute("DELETE FROM watches")
                connection.execute("COMMIT")

    @contextmanager
    def _opened(self, wait: float) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(
                self._path, timeout=WAIT, isolation_level=None, check_same_thread=False
            )
            with closing(connection):
                written_ahead(connection)
                if not connection.execute("SELECT 1 FROM sqlite_master").fetchall():
                    connection.execute(_SCHEMA)
                connection.execute(f"PRAGMA busy_timeout={int(wait * 1000)}")
                yield connection
        except sqlite3.Error as error:
            raise BaseError(
                f"{self._path}: {error}; make its folder writable, or delete the file: it only "
                "tells how the articles were last looked through"
            ) from error


def _begin(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        raise Watching(
            "another process holds the articles against their sources; nothing was done: "
            "wait until it has finished"
        ) from None


def _last(connection: sqlite3.Connection) -> Watch | None:
    row = connection.execute("SELECT record FROM watches WHERE number = 1").fetchone()
    try:
        return msgspec.json.decode(row[0], type=Watch) if row else None
    except msgspec.MsgspecError:
        return None  # of another version: the next turn writes it anew


def _write(connection: sqlite3.Connection, watch: Watch) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO watches VALUES (1, ?)", (msgspec.json.encode(watch).decode(),)
    )
