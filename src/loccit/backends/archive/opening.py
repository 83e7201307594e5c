"""Opens the database of kept answers, brought to the form of this version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from loccit.backends.archive.forgetting import FILE
from loccit.terms import BaseError

__all__ = ["HEAD", "beside", "opened", "reading", "translated", "writing"]

HEAD = "0004"
"""The newest revision in ``migrations``; Alembic is started only where another is found."""
WAIT = 30_000
"""Milliseconds to wait for another process that writes."""
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    f"PRAGMA busy_timeout={WAIT}",
)


def beside(folder: Path) -> URL:
    """The address of the file in a base's folder."""
    return URL.create("sqlite", database=str(folder / FILE))


def opened(url: URL) -> Engine:
    """The database at ``url``, with its tables. Raises ``BaseError`` naming it."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepared)
        event.listen(engine, "begin", _begun)
    with translated(engine):
        _migrated(engine)
    return engine


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turn what the database refuses into ``BaseError``; addresses are shown without passwords.

    ``IntegrityError`` is left to whoever writes: another process may have been quicker.
    """
    try:
        yield
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        where = engine.url.render_as_string(hide_password=True)
        cause = str(getattr(error, "orig", None) or type(error).__name__)
        raise BaseError(
            f"{where}: {cause}; check that it can be written, or restore it from a copy"
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that reads one state of the database."""
    with translated(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction, all or nothing; in SQLite it waits for its turn before it reads."""
    with (
        translated(engine),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        yield connection


def _prepared(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by ``_begun`` and nothing else
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begun(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrated(engine: Engine) -> None:
    with writing(engine) as connection:
        found = _revision(connection)
        if found == HEAD:
            return
        if found and found > HEAD:
            where = engine.url.render_as_string(hide_password=True)
            raise BaseError(f"{where}: written by a later version of Loccit; use that one")
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
