"""The form of a backup: lines of JSON under gzip, each bound to all lines before it.

A line is ``SHA-256, blank, JSON``; the digest is that of the digest before it and of its JSON, so
that a line that was changed, moved or left out is the first whose digest does not hold. The first
line says what the file is, the last how many rows of each table it holds (see docs/storage.md).
Nothing in a file is a path, a name of a class or a statement, and reading one runs no code of it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import stat
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeVar

import msgspec

from loccit.terms import Unreadable

__all__ = ["FORMAT", "BackupReader", "BackupWriter", "End", "Head", "PlainRow"]

FORMAT = "loccit/backup/1"
LONGEST = 64 * 1024**2
"""Bytes of a line at most; an answer takes some 50 thousand."""
FREE, RATIO = 64 * 1024**2, 50
"""From so many bytes on, a file must not unfold to more than so many times its size: the digests
alone keep an honest one below ten times."""
T = TypeVar("T")
PlainRow = dict[str, str | int | bool | None]
"""A row as it stands in a backup; bytes are in base64."""
_GUIDE = "take another backup; nothing was changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The first line: the form, the tables' revision, and when and by what it was written."""

    format: str
    revision: str
    made_at: str
    made_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """The last line: rows of each table, and the highest number that was given in some of them."""

    rows: dict[str, int]
    numbers: dict[str, int] = field(default_factory=dict)


_head = msgspec.json.Decoder(Head)
_row = msgspec.json.Decoder(tuple[str, PlainRow])
_end = msgspec.json.Decoder(End)


class BackupWriter:
    """Writes a backup to ``raw``, line by line."""

    def __init__(self, raw: IO[bytes], head: Head) -> None:
        # No name and no time in the envelope: the same content gives the same bytes.
        self._folded = gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=6)
        self._digest = ""
        self.rows: Counter[str] = Counter()
        self._write(msgspec.to_builtins(head))

    def put(self, table: str, row: Mapping[str, object]) -> None:
        """Write a row. Raises ``Unreadable`` for one that could not be read again."""
        self._write([table, row])
        self.rows[table] += 1

    def end(self, numbers: Mapping[str, int]) -> None:
        """Write the last line and close the envelope; ``raw`` stays open."""
        self._write(msgspec.to_builtins(End(rows=dict(self.rows), numbers=dict(numbers))))
        self._folded.close()

    def _write(self, value: object) -> None:
        said = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        if len(said) > LONGEST:
            raise Unreadable(f"a row of {len(said):,} bytes is too large for a backup")
        self._digest = _linked(self._digest, said)
        self._folded.write(self._digest.encode() + b" " + said + b"\n")


class BackupReader:
    """Reads the backup at ``path``. Raises ``Unreadable`` naming the line at which it is damaged.

    ``end`` is there once ``rows`` has come to its end.
    """

    def __init__(self, path: Path) -> None:
        self._name = str(path)
        self._raw = _regular(path)
        self._folded = gzip.GzipFile(fileobj=self._raw, mode="rb")
        self._digest, self._unfolded, self.line = "", 0, 0
        try:
            self.head = self._as(_head, self._next())
            if self.head.format != FORMAT:
                raise self.refused("it is no backup of a form that this version reads")
        except Unreadable:
            self._raw.close()
            raise
        self.end: End | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        self._raw.close()

    def rows(self) -> Iterator[tuple[str, PlainRow]]:
        """The rows with the names of their tables; ``line`` tells in which line each stood."""
        found: Counter[str] = Counter()
        while (said := self._next()).startswith(b"["):
            table, row = self._as(_row, said)
            found[table] += 1
            yield table, row
        end = self._as(_end, said)
        if dict(found) != {name: count for name, count in end.rows.items() if count}:
            raise self.refused("it ends with another number of rows than it holds")
        if self._line():
            raise self.refused("it goes on after its end")
        self.end = end

    def _next(self) -> bytes:
        """The JSON of the next line, whose digest was found to hold."""
        line = self._line()
        digest, _, said = line.removesuffix(b"\n").partition(b" ")
        if not line.endswith(b"\n"):
            raise self.refused("it is cut off here")
        linked = _linked(self._digest, said)
        if digest != linked.encode():
            raise self.refused("this line was changed, moved, or follows one that was left out")
        self._digest = linked
        return said

    def _line(self) -> bytes:
        self.line += 1
        try:
            line = self._folded.readline(LONGEST + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise self.refused(f"it is damaged or cut off ({error})") from error
        self._unfolded += len(line)
        if len(line) > LONGEST or self._unfolded > max(FREE, RATIO * self._raw.tell()):
            raise self.refused("it unfolds to more than a backup can hold")
        return line

    def _as(self, decoder: msgspec.json.Decoder[T], said: bytes) -> T:
        try:
            return decoder.decode(said)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise self.refused(f"it does not say what a backup says here ({error})") from error

    def refused(self, cause: str) -> Unreadable:
        """An error that points at the line that was read last."""
        return Unreadable(cause, where=self._name, place=f"line {self.line}", cure=_GUIDE)


def _linked(before: str, said: bytes) -> str:
    return hashlib.sha256(before.encode() + said).hexdigest()


def _regular(path: Path) -> IO[bytes]:
    """The file, opened, if it is one: no device and no pipe, which need never end."""
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise Unreadable("it is no file", where=str(path), cure="name a backup")
    return os.fdopen(number, "rb")
