"""Turns in one SQLite file beside the evidence base: the last ones, for some days."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from loccit.backends.database import Database
from loccit.terms import NoSuchTurn, Question, Turn

__all__ = ["DAYS", "MOST", "SqliteTurns"]

DAYS = 7
"""Days after which a turn is dropped."""
MOST = 500
"""Turns that are kept; the oldest go first."""
SHORTEST = 6
_DAY = 86_400
_SCHEMA = """
CREATE TABLE IF NOT EXISTS turns (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kept_at REAL NOT NULL,
  question BLOB NOT NULL
);
PRAGMA secure_delete=ON;
"""
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Question).decode


class SqliteTurns:
    """``Turns`` in a file; ``now`` gives the time in seconds. Raises ``BaseError`` naming it."""

    def __init__(self, path: Path, *, now: Callable[[], float] = time.time) -> None:
        self._db = Database(path, schema=_SCHEMA, format="turns/1")
        self._now = now
        self._writing = threading.Lock()

    def keep(self, turn: Turn) -> None:
        """Keep a turn, and drop those that are past; see the port."""
        now = self._now()
        with self._writing, self._db.transaction():
            self._db.run("DELETE FROM turns WHERE id = ?", (turn.id,))
            self._db.run(
                "INSERT INTO turns (id, kept_at, question) VALUES (?, ?, ?)",
                (turn.id, now, _encode(turn.question)),
            )
            self._db.run("DELETE FROM turns WHERE kept_at < ?", (now - DAYS * _DAY,))
            self._db.run(
                "DELETE FROM turns WHERE number NOT IN "
                "(SELECT number FROM turns ORDER BY number DESC LIMIT ?)",
                (MOST,),
            )

    def turn(self, name: str) -> Turn:
        """A turn by its id, or the beginning of it. Raises ``NoSuchTurn``."""
        first = self._now() - DAYS * _DAY
        rows = self._db.rows(
            "SELECT id, question FROM turns WHERE substr(id, 1, ?) = ? AND kept_at >= ?",
            (len(name), name.casefold(), first),
        )
        if len(name) < SHORTEST or len(rows) != 1:
            raise NoSuchTurn(
                f"no one answer called {name[:40]!r} can be followed; answers are kept for "
                f"{DAYS} days, unless nothing of them was to be kept: ask the whole question"
            )
        try:
            return Turn(id=rows[0][0], question=_decode(rows[0][1]))
        except msgspec.MsgspecError as error:  # kept by a version that read otherwise
            raise NoSuchTurn(
                f"the answer {name[:40]!r} was kept by another version: ask the whole question"
            ) from error

    def forget(self) -> None:
        """Drop all turns."""
        self._db.run("DELETE FROM turns")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
