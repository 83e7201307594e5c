"""Counts every byte that comes out of a compressed file, and translates what is broken in it."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, Any

from loccit.terms import SourceError, Unreadable

__all__ = ["MAX_MEMBERS", "TROUBLE", "Budget", "Counted", "damaged"]

MAX_TOTAL_BYTES = 16 * 1024**3
"""All that one file may unfold into. A yearly openFDA or MEDLINE part holds 0.2 to 1.3 GB, a
DailyMed monthly release some 10 GB with its pictures."""
MAX_RATIO = 200
"""Output to input. Text packs 5 to 15 times, many editions of the same labels 35 times; a bomb
packs 1,000 times and more."""
RATIO_GRACE_BYTES = 64 * 1024**2
"""Below this much output the ratio is not judged: short repetitive files pack very well."""
MAX_MEMBERS = 200_000
"""Files in one archive; the largest public article packages hold under 100,000."""

_DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError)
"""What the standard library raises on broken archives. Read errors of the disk look the same."""
TROUBLE = (*_DAMAGE, NotImplementedError, RuntimeError, ValueError, LookupError)
"""``zipfile`` also raises these: unknown method, encrypted member, impossible sizes or names."""


@dataclass(slots=True)
class Budget:
    """What may still come out of one file from disk, and what was opened on the way."""

    packed_bytes: int
    opened: ExitStack
    produced: int = 0
    members: int = 0

    def spend(self, count: int) -> None:
        """Count bytes that came out. Raises ``Unreadable`` when they are too many."""
        self.produced += count
        if self.produced > MAX_TOTAL_BYTES:
            raise Unreadable(
                f"unpacks to more than {MAX_TOTAL_BYTES // 1024**3} GB", cure="split the archive"
            )
        if self.produced > max(RATIO_GRACE_BYTES, MAX_RATIO * self.packed_bytes):
            raise Unreadable(
                f"unpacks to more than {MAX_RATIO} times its size, as a decompression bomb does",
                cure="unpack it yourself if you trust it, and add the files",
            )

    def count_member(self) -> None:
        """Count a member of an archive. Raises ``Unreadable`` when there are too many."""
        self.members += 1
        if self.members > MAX_MEMBERS:
            raise Unreadable(f"holds more than {MAX_MEMBERS:,} files", cure="split the archive")


class Counted(io.RawIOBase):
    """A stream that gives back its head first, counts what it reads and translates damage."""

    def __init__(
        self, inner: IO[bytes], *, budget: Budget, where: str, can_rewind: bool = False
    ) -> None:
        self._inner, self._budget, self._where = inner, budget, where
        self._can_rewind, self._pushed, self._spent = can_rewind, b"", 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Whether it can go back to its start."""
        return self._can_rewind

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go back to the start and refund what was counted; no other move is possible."""
        if not self._can_rewind or offset or whence != io.SEEK_SET:
            raise io.UnsupportedOperation("only a return to the start")
        self._inner.seek(0)
        self._budget.produced -= self._spent
        self._pushed, self._spent = b"", 0
        return 0

    def tell(self) -> int:
        """Where the stream stands, as a buffer around it wants to know."""
        return self._spent - len(self._pushed)

    def push_back(self, head: bytes) -> None:
        """Give ``head`` again before what follows it."""
        self._pushed = head + self._pushed

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` as far as there is something; returns how far."""
        if self._pushed:
            chunk, self._pushed = self._pushed[: len(buffer)], self._pushed[len(buffer) :]
        else:
            chunk = self._pull(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def _pull(self, size: int) -> bytes:
        try:
            chunk = self._inner.read(size)
            self._spent += len(chunk)
            self._budget.spend(len(chunk))
        except SourceError as error:
            raise error.at(self._where) from None
        except TROUBLE as error:
            raise damaged(self._where, error) from None
        return chunk


def damaged(where: str, error: Exception) -> Unreadable:
    """The error of a library about broken content, as ours."""
    detail = str(error).strip() or type(error).__name__
    return Unreadable(
        f"is damaged or cut short ({detail})", where=where, cure="fetch the file again"
    )
