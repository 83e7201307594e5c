"""Forgets kept answers of a file without SQLAlchemy, which would load what can reach a network.

``loccit forget`` is a command that must work alone; see ``SqlArticles.forget`` for the same.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from loccit.terms import BaseError

__all__ = ["FILE", "forget_in"]

FILE = "articles.sqlite"
WAIT = 30
"""Seconds to wait for another process that writes."""
_STATEMENTS = (
    "DELETE FROM articles WHERE id NOT IN (SELECT article FROM library)",
    "DELETE FROM cited WHERE (article, version) NOT IN (SELECT article, version FROM library)",
    "DELETE FROM versions WHERE (article, version) NOT IN (SELECT article, version FROM library)",
)


def forget_in(path: Path) -> None:
    """Drop all that is in no library from the database at ``path``. Raises ``BaseError``."""
    try:
        with closing(sqlite3.connect(path, timeout=WAIT)) as database:
            database.execute("PRAGMA foreign_keys=ON")
            database.execute("PRAGMA secure_delete=ON")
            with database:
                for statement in _STATEMENTS:
                    database.execute(statement)
    except sqlite3.Error as error:
        raise BaseError(f"{path}: {error}; delete it to drop all kept answers at once") from error
