"""Opens the database of kept answers and ledgers, brought to the form of this version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

from loccit.backends.archive.forgetting import FILE
from loccit.backends.database import written_ahead
from loccit.terms import BaseError, LoccitError, UsageError

__all__ = [
    "DRIVERS",
    "HEAD",
    "Interrupted",
    "beside",
    "opened",
    "place_of",
    "reading",
    "translated",
    "writing",
]

HEAD = "0004"
"""The newest revision in ``migrations``; Alembic is started only where another is found."""
DRIVERS = frozenset({"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"})
"""How databases are named on which all that is promised is tested."""
WAIT = 30_000
"""Milliseconds to wait for another process that writes."""
LOCK = 7_625_343_901
"""The advisory lock that whoever writes to PostgreSQL holds; any number that is ours alone."""
_PRAGMAS = (
    # With NORMAL a decision that was told to be written could be gone after a power cut.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    f"PRAGMA busy_timeout={WAIT}",
)
_BACKED_OUT = frozenset({"40001", "40P01"})
"""What PostgreSQL says of a transaction that it undid for the sake of another (SQLSTATE)."""
_BUSY = "55P03"
"""What it says when a lock was not had in time."""


class Interrupted(BaseError):  # noqa: N818 - as in our error tree
    """A transaction was undone, or the connection was lost: the same may be tried again.

    Where the connection was lost while a transaction ended, it may have been written.
    """


def beside(folder: Path) -> URL:
    """The address of the file in a base's folder."""
    return URL.create("sqlite", database=str(folder / FILE))


def opened(url: URL) -> Engine:
    """The database at ``url``, with its tables.

    Raises ``BaseError`` naming it, and ``UsageError`` for a kind of database that is not supported.
    """
    engine = _engine(url)
    with translated(engine):
        _migrated(engine)
    return engine


def _engine(url: URL) -> Engine:
    if url.drivername not in DRIVERS:
        raise UsageError(
            f"{url.drivername}: answers and ledgers are kept in SQLite or PostgreSQL; "
            "name it as sqlite:////path/to/file or postgresql+psycopg://user:password@host/name"
        )
    if url.get_backend_name() == "sqlite":
        if url.query or url.database in (None, "", ":memory:"):
            raise UsageError("an SQLite database is named by its file: sqlite:////path/to/file")
        engine = create_engine(url)
        event.listen(engine, "connect", _prepared)
        event.listen(engine, "begin", _begun)
        return engine
    try:
        # A connection that the server closed meanwhile is noticed before it is used.
        return create_engine(url, pool_pre_ping=True)
    except ImportError as missing:
        raise LoccitError(
            f"PostgreSQL needs {missing.name}, which is not installed; "
            "install loccit with its extra: loccit[postgres]"
        ) from None


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turn what the database refuses into our errors; addresses are shown without passwords.

    ``IntegrityError`` is left to whoever writes: another process may have been quicker. Raises
    ``Interrupted`` for what may be tried again, ``UsageError`` for words that no column takes.
    """
    try:
        yield
    except IntegrityError:
        raise
    except (DataError, UnicodeEncodeError) as error:
        raise UsageError(
            f"this cannot be stored: {_cause(error)}; shorten it, and leave out unprintable signs"
        ) from None
    except SQLAlchemyError as error:
        where, cause = place_of(engine.url), _cause(error)
        if isinstance(error, DBAPIError) and _may_be_tried_again(error):
            raise Interrupted(
                f"{where}: {cause}; look whether it was written, then try again"
            ) from error
        if _state(error) == _BUSY:
            raise BaseError(
                f"{where}: another process writes for more than {WAIT // 1000} s; try again"
            ) from error
        raise BaseError(
            f"{where}: {cause}; check that it can be reached and written, or restore it from a copy"
        ) from error


def place_of(url: URL) -> str:
    """An address as it may be shown: without the password, wherever in it that stands."""
    return url.set(query={}).render_as_string(hide_password=True)


def _cause(error: Exception) -> str:
    """What a driver says, on one line."""
    said = str(getattr(error, "orig", None) or "") or type(error).__name__
    return " ".join(said.split())


def _may_be_tried_again(error: DBAPIError) -> bool:
    return error.connection_invalidated or _state(error) in _BACKED_OUT


def _state(error: Exception) -> str:
    return str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that reads one state of the database, whatever is written meanwhile."""
    with translated(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction, all or nothing, that waits for its turn before it reads.

    One writes at a time: what is read in it stays so until it ends.
    """
    with (
        translated(engine),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = {WAIT}"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        yield connection


def _prepared(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by ``_begun`` and nothing else
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    written_ahead(connection)


def _begun(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrated(engine: Engine) -> None:
    with reading(engine) as connection:
        if _revision(connection) == HEAD:
            return
    with writing(engine) as connection:
        found = _revision(connection)
        if found == HEAD:
            return
        if found and found > HEAD:
            raise BaseError(
                f"{place_of(engine.url)}: written by a later version of Loccit; use that one"
            )
        _upgrade(connection)


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - slow to load, and needed once for each version
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
