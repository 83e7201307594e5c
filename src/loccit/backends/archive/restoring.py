"""Takes a backup back: in one transaction, so that the old state stands until the new is proven."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Table, delete, func, insert, select, text
from sqlalchemy.exc import DataError, IntegrityError

from loccit.backends.archive import opening
from loccit.backends.archive.backing_up import given_numbers
from loccit.backends.archive.backup_format import BackupReader, End
from loccit.backends.archive.backup_rows import stored_row
from loccit.backends.archive.ledger_reading import LedgerReader
from loccit.backends.archive.tables import (
    METADATA,
    NUMBERED,
    SAVED,
    articles,
    decisions,
    library,
    versions,
)
from loccit.terms import UsageError

__all__ = ["Restored", "restore"]

AT_ONCE = 100
"""Rows that are written at a time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """What was taken back, by the name of its table, and how many decisions it did not hold."""

    rows: dict[str, int]
    lost: int
    made_at: str


def restore(
    url: URL, path: Path, *, replace: bool, prove: Callable[[LedgerReader], None]
) -> Restored:
    """Put the backup in place of all that the database at ``url`` holds: all of it, or nothing.

    Raises ``UsageError`` where the database holds anything and ``replace`` is not given,
    ``Unreadable`` naming the line at which the file is damaged, and what ``prove`` raises.
    """
    with BackupReader(path) as backup:
        if backup.head.revision > opening.HEAD:
            raise backup.refused("it was written by a later version of Loccit; use that one")
        engine = opening.opened(url)
        try:
            with opening.writing(engine) as connection:
                if not replace:
                    _refuse_full(connection)
                before = _seals(connection)
                end = _replaced(connection, backup)
                prove(LedgerReader(connection))
                LedgerReader(connection).people()
                lost = len(before - _seals(connection))
        finally:
            engine.dispose()
    return Restored(rows=end.rows, lost=lost, made_at=backup.head.made_at)


def _refuse_full(connection: Connection) -> None:
    counts = {each.name: _count(connection, each) for each in SAVED}
    held = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    if held:
        raise UsageError(
            f"the database holds {held}; back it up, then give --replace to put the backup in "
            "place of all that"
        )


def _count(connection: Connection, table: Table) -> int:
    return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def _seals(connection: Connection) -> set[str]:
    return set(connection.scalars(select(decisions.c.seal)))


def _replaced(connection: Connection, backup: BackupReader) -> End:
    """Empty every table and fill those that a backup holds. The transaction stays open."""
    given = given_numbers(connection)
    for table in reversed(METADATA.sorted_tables):
        connection.execute(delete(table))
    for table, rows in groupby(_rows(backup), key=lambda each: each[0]):
        _fill(connection, backup, table, (row for _, row in rows))
    assert backup.end is not None
    _refuse_loose(connection, backup)
    if not all(0 <= number < 1 << 31 for number in backup.end.numbers.values()):
        raise backup.refused("a number that it says was given is none")
    _number_on(connection, given, backup.end)
    return backup.end


def _rows(backup: BackupReader) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Each row with its table, if it is one that a program of ours can have written."""
    tables = {each.name: each for each in SAVED}
    for name, row in backup.rows():
        if name not in tables:
            raise backup.refused(f"there is no table {name[:40]!r}")
        try:
            yield tables[name], stored_row(tables[name], row)
        except ValueError as error:
            raise backup.refused(f"{name}: {error}") from error


def _fill(
    connection: Connection, backup: BackupReader, table: Table, rows: Iterator[dict[str, Any]]
) -> None:
    while many := list(islice(rows, AT_ONCE)):
        try:
            connection.execute(insert(table), many)
        except (IntegrityError, DataError, UnicodeEncodeError) as error:
            raise backup.refused(
                f"one of the {len(many)} rows of {table.name} up to here comes twice, points to "
                f"what is not there, or cannot be stored"
            ) from error


def _refuse_loose(connection: Connection, backup: BackupReader) -> None:
    """What the tables themselves do not refuse: versions that are listed or counted wrongly."""
    shown = (library.c.article == versions.c.article) & (library.c.version == versions.c.version)
    loose = select(library.c.article).outerjoin(versions, shown).where(versions.c.article.is_(None))
    late = (
        select(versions.c.article)
        .join(articles)
        .where(versions.c.version > articles.c.last_version)
    )
    for query in (loose, late):
        name = connection.scalar(query.limit(1))
        if name is not None:
            raise backup.refused(f"versions of {name} are not as they were numbered")


def _number_on(connection: Connection, given: dict[str, int], end: End) -> None:
    """Let the database go on numbering after every number that was ever given, here or there."""
    for table in NUMBERED:
        highest = connection.scalar(select(func.max(table.c.number))) or 0
        last = max(given[table.name], end.numbers.get(table.name, 0), highest)
        if last:
            _set_number(connection, table.name, last)


def _set_number(connection: Connection, table: str, last: int) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :t"), {"t": table})
        connection.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:t, :last)"),
            {"t": table, "last": last},
        )
        return
    sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:t, 'number')"), {"t": table})
    # Unlike setval, this is undone with the transaction.
    connection.execute(text(f"ALTER SEQUENCE {sequence} RESTART WITH {last + 1}"))
