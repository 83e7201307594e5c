"""Kept turns that an answer can do without: what their file refuses is told, and nothing stops."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from loccit.backends.database import Damaged
from loccit.backends.sqlite_turns import SqliteTurns
from loccit.terms import BaseError, NoSuchTurn, Turn

__all__ = ["SparedTurns"]

BESIDE = ("", "-wal", "-shm")
"""Endings of the files in which SQLite keeps one database."""


class SparedTurns:
    """``Turns`` in a file; ``warn`` is told, once, when it cannot be read or written.

    ``forget`` deletes a damaged file, and raises ``BaseError`` for one that cannot be written.
    """

    def __init__(self, path: Path, *, warn: Callable[[str], None]) -> None:
        self._path, self._warn = path, warn
        self._turns: SqliteTurns | None = None
        self._why: BaseError | None = None
        try:
            self._turns = SqliteTurns(path)
        except BaseError as error:
            self._why = error

    @property
    def keeps(self) -> bool:
        """Whether nothing has been refused so far."""
        return self._why is None

    def keep(self, turn: Turn) -> None:
        """Keep a turn where that can be done; see the port."""
        if self._turns is None:
            self._tell()
            return
        try:
            self._turns.keep(turn)
        except BaseError as error:
            self._turns, self._why = None, error
            self._tell()

    def turn(self, name: str) -> Turn:
        """A turn by its id, or the beginning of it. Raises ``NoSuchTurn``, also for a bad file.

        Who asks may sit elsewhere, so that the file is named to ``warn`` only.
        """
        if self._turns is not None:
            try:
                return self._turns.turn(name)
            except BaseError as error:
                self._turns, self._why = None, error
        self._tell()
        raise NoSuchTurn("what is kept of earlier questions cannot be read: ask the whole question")

    def forget(self) -> None:
        """Drop all turns; a damaged file goes with them."""
        try:
            SqliteTurns(self._path).forget()
        except Damaged:
            for ending in BESIDE:
                Path(f"{self._path}{ending}").unlink(missing_ok=True)

    def _tell(self) -> None:
        if isinstance(self._why, Damaged):
            self._warn(
                f"{self._path}: what is kept of earlier questions is damaged, so that no answer "
                "can be followed; this file can be deleted, which `loccit forget` does"
            )
        elif self._why is not None:
            self._warn(f"{self._why}; until then no answer can be followed")
        self._warn = lambda _: None
