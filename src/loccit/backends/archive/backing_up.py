"""Writes a backup: one state of the database, proven, in a file that is whole or not there."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import URL, Connection, select, text

from loccit.backends.archive import opening
from loccit.backends.archive.backup_format import FORMAT, BackupReader, BackupWriter, Head
from loccit.backends.archive.backup_rows import plain_row
from loccit.backends.archive.ledger_reading import LedgerReader
from loccit.backends.archive.tables import NUMBERED, SAVED
from loccit.terms import UsageError

__all__ = ["Saved", "back_up", "given_numbers"]

AT_ONCE = 100
"""Rows that are held in memory at a time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """What a backup holds: rows by the name of their table; its size in bytes and its SHA-256."""

    rows: dict[str, int]
    size: int
    sha256: str


def back_up(
    url: URL,
    path: Path,
    *,
    made_at: datetime,
    made_by: str,
    prove: Callable[[LedgerReader], None],
) -> Saved:
    """Write all that the database at ``url`` holds to a new file; others may write meanwhile.

    ``prove`` raises where a ledger does not hold: then nothing is written. The file is read back
    before it gets its name. Raises ``UsageError`` where there is a file of that name.
    """
    if path.exists() or path.is_symlink():
        raise UsageError(f"{path}: is there already; name another file")
    engine = opening.opened(url)
    head = Head(format=FORMAT, revision=opening.HEAD, made_at=made_at.isoformat(), made_by=made_by)
    try:
        with _new_file(path) as raw:
            with opening.reading(engine) as connection:
                prove(LedgerReader(connection))
                _write(connection, BackupWriter(raw, head))
            raw.flush()
            os.fsync(raw.fileno())
            saved = _read_back(Path(raw.name))
    finally:
        engine.dispose()
    return saved


def _write(connection: Connection, writer: BackupWriter) -> None:
    for table in SAVED:
        query = select(table).order_by(*table.primary_key)
        options = {"yield_per": AT_ONCE}
        with connection.execute(query, execution_options=options) as rows:
            for row in rows.mappings():
                writer.put(table.name, plain_row(row))
    writer.end(given_numbers(connection))


def given_numbers(connection: Connection) -> dict[str, int]:
    """The highest number that the database ever gave in each table that it numbers."""
    return {table.name: _given(connection, table.name) for table in NUMBERED}


def _given(connection: Connection, table: str) -> int:
    if connection.dialect.name == "sqlite":
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        return int(connection.scalar(query, {"table": table}) or 0)
    sequence = connection.scalar(
        text("SELECT pg_get_serial_sequence(:table, 'number')"), {"table": table}
    )
    last = "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM "
    # The name comes from the database itself, quoted where that is needed.
    return int(connection.scalar(text(f"{last}{sequence}")) or 0)


def _read_back(path: Path) -> Saved:
    with BackupReader(path) as reader:
        for _ in reader.rows():
            pass
        assert reader.end is not None
        rows = reader.end.rows
    with path.open("rb") as raw:
        digest = hashlib.file_digest(raw, "sha256").hexdigest()
    return Saved(rows=rows, size=path.stat().st_size, sha256=digest)


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file for its owner's eyes that gets its name when it is whole, and never another's.

    A process that is killed leaves a hidden file ending in ``.part``, which is no backup.
    """
    folder = path.parent
    if not folder.is_dir():
        raise UsageError(f"{folder}: is no folder; make it first")
    with tempfile.NamedTemporaryFile(
        dir=folder, prefix=f".{path.name}.", suffix=".part", delete=False
    ) as raw:
        part = Path(raw.name)
        try:
            yield raw
            _named(part, path)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()


def _named(part: Path, path: Path) -> None:
    """Give the whole file its name, unless something else has it by now."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise UsageError(f"{path}: is there already; name another file") from None
    except OSError:  # a file system without links
        if path.exists():
            raise UsageError(f"{path}: is there already; name another file") from None
        part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
