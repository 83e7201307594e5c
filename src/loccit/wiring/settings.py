"""Where things lie and what holds when nothing is said: the settings of the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from loccit.terms import LoccitError, UsageError

if TYPE_CHECKING:  # an answer in the terminal needs no database of this kind
    from sqlalchemy import URL

__all__ = [
    "database_of",
    "default_folder",
    "default_jurisdiction",
    "is_database_elsewhere",
    "lacking",
    "models_folder",
]

DATABASE = "LOCCIT_DATABASE"
"""Names the database of ledgers, people and kept answers alike; beside the base if not set."""


def default_folder() -> Path:
    """``LOCCIT_HOME``, or the place for a user's data on this system."""
    home = os.environ.get("LOCCIT_HOME")
    if home:
        return Path(home)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "loccit"


def models_folder() -> Path:
    """``LOCCIT_MODELS``, or the folder ``models`` beside the evidence base."""
    named = os.environ.get("LOCCIT_MODELS")
    return Path(named) if named else default_folder() / "models"


def default_jurisdiction() -> str:
    """``LOCCIT_JURISDICTION``: where sources hold that rank first unless a question says."""
    return os.environ.get("LOCCIT_JURISDICTION", "")


def is_database_elsewhere() -> bool:
    """Whether ``LOCCIT_DATABASE`` names the database, so that it is not beside the base."""
    return bool(os.environ.get(DATABASE, "").strip())


def database_of(folder: Path | None, *, what: str) -> URL:
    """The address in ``LOCCIT_DATABASE``, or that of the file beside the base in ``folder``.

    The folder is made. Raises ``UsageError`` for a setting that cannot be read, and ``LoccitError``
    that says what ``what`` needs where a library is missing.
    """
    try:
        import alembic  # noqa: F401 - said now rather than when the tables are made
        import msgspec  # noqa: F401
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        from loccit.backends.archive.opening import beside
    except ImportError as missing:
        raise lacking(what, missing) from None
    place = folder or default_folder()
    place.mkdir(parents=True, exist_ok=True)
    named = os.environ.get(DATABASE, "").strip()
    try:
        return make_url(named) if named else beside(place)
    except (ArgumentError, ValueError):
        # The address may hold a password, so it is not repeated.
        raise UsageError(
            f"{DATABASE} is no address of a database; write sqlite:////path/to/file or "
            "postgresql+psycopg://user:password@host/name"
        ) from None


def lacking(what: str, missing: ImportError) -> LoccitError:
    """The error of something that needs the extra which is not installed."""
    return LoccitError(
        f"{what} needs {missing.name}, which is not installed; "
        "install loccit with its extra: loccit[web]"
    )
