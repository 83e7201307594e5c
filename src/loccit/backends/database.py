"""One SQLite file: opening it, transactions, and SQLite's errors in our own words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from loccit.terms import BaseError

__all__ = ["Damaged", "Database", "not_writable", "written_ahead"]

WAIT = 30
"""Seconds to wait for another process that writes."""
UNWRITABLE = ("readonly database", "unable to open database")
"""What SQLite says of a file, or of its folder, that may not be written."""
_PRAGMAS = "PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;"
AGAIN = 0.01
"""Seconds until a change that another process was in the way of is tried again."""
_FACTS = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class Damaged(BaseError):  # noqa: N818 - says what is wrong, as its parent tree does
    """The file is no SQLite database any more, or one of another format."""


def not_writable(path: Path) -> BaseError:
    """That a part of a base may not be written: reading takes its locks, so it cannot be read."""
    return BaseError(
        f"{path}: not writable; make it and its folder writable to you, "
        "or copy the folder and name the copy with --base"
    )


def written_ahead(connection: sqlite3.Connection) -> None:
    """Let readers go on while one writes (WAL). Raises ``sqlite3.OperationalError`` after ``WAIT``.

    Of two processes that open a new file at once, SQLite tells one that it is locked and does not
    wait, whatever timeout it was given: so it is asked again.
    """
    until = time.monotonic() + WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(AGAIN)
        else:
            return


class Database:
    """A database of one ``format``, made with ``schema`` where there is none yet.

    Raises ``BaseError``, here and from every method, naming the file.
    """

    def __init__(self, path: Path, *, schema: str, format: str) -> None:  # noqa: A002 - its name
        self._path = path
        self._version = 0
        try:
            self._db = sqlite3.connect(
                path, timeout=WAIT, isolation_level=None, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise self._refused(error) from error
        try:
            self._prepare(schema, format)
        except BaseException:
            self._db.close()
            raise

    def _prepare(self, schema: str, wanted: str) -> None:
        try:
            tables = {row[0] for row in self._db.execute("SELECT name FROM sqlite_master")}
            if tables and "facts" not in tables:
                raise self._not_ours("it is another program's database")
            found = (self.fact("format") if tables else "") or wanted
            if found == wanted:
                written_ahead(self._db)
                self._db.executescript(_PRAGMAS + _FACTS + schema)
        except sqlite3.OperationalError as error:
            raise self._refused(error) from error
        except sqlite3.Error as error:
            raise self._not_ours(error) from error
        if found != wanted:
            raise Damaged(
                f"{self._path}: written in format {found}, this version reads {wanted}; "
                "make a new base with --base and add the sources again"
            )
        if not self.fact("format"):
            self.set_fact("format", wanted)

    def _not_ours(self, why: object) -> BaseError:
        kind = Damaged if isinstance(why, sqlite3.Error) else BaseError
        return kind(f"{self._path}: not a Loccit base ({why}); name another folder with --base")

    def _refused(self, error: sqlite3.Error) -> BaseError:
        if any(sign in str(error) for sign in UNWRITABLE):
            return not_writable(self._path)
        cure = "check the disk, then run `loccit verify-base`"
        if "locked" in str(error):
            cure = "another process writes to it: try again when it has finished"
        kind = Damaged if type(error) is sqlite3.DatabaseError else BaseError
        return kind(f"{self._path}: {error}; {cure}")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def changed(self) -> bool:
        """Whether another process has written since this was last asked."""
        version = int(self.rows("PRAGMA data_version")[0][0])
        changed, self._version = version != self._version, version
        return changed

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[None]:
        """All or nothing; ``durable`` puts it on the disk, with all that came before it."""
        if durable:
            self.run("PRAGMA synchronous=FULL")
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        finally:
            self.run("PRAGMA synchronous=NORMAL")

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run one statement; the number of the row it inserted, if any."""
        try:
            return self._db.execute(statement, values).lastrowid or 0
        except sqlite3.Error as error:
            raise self._refused(error) from error

    def run_many(self, statement: str, values: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row of values."""
        try:
            self._db.executemany(statement, values)
        except sqlite3.Error as error:
            raise self._refused(error) from error

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._refused(error) from error

    def fact(self, name: str) -> str:
        """A stored fact, or nothing."""
        found = self.rows("SELECT value FROM facts WHERE name = ?", (name,))
        return str(found[0][0]) if found else ""

    def set_fact(self, name: str, value: str) -> None:
        """Store a fact about the base itself."""
        self.run("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))
