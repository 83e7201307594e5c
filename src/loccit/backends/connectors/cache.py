"""Answers kept on disk, so that a publisher is asked again only when it may have something new."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from loccit.backends.connectors.rules import Rules, load_rules

__all__ = ["Cache", "Kept", "open_cache"]

ENDING = ".answer"


class Kept(Struct, frozen=True, kw_only=True):
    """An answer with what is needed to ask whether it still holds. No key is in its addresses."""

    asked: str
    """The address asked and what was expected of it, which together name the entry."""
    url: str
    """Where it came from, after redirects."""
    retrieved_at: str
    checked_at: float
    """Seconds since 1970 when it came or was last confirmed."""
    etag: str = ""
    modified: str = ""
    sha256: str
    data: bytes


class Cache:
    """A folder with a file for each answer; the oldest make room past ``most`` bytes.

    It spares requests and is never needed: a file that is damaged or cannot be written is passed
    over.
    """

    def __init__(self, folder: Path, *, most: int) -> None:
        self._folder, self._most = folder, most

    def entry(self, asked: str) -> Kept | None:
        """What is kept for ``asked``, whole and unharmed, or nothing."""
        try:
            kept = msgspec.msgpack.decode(self._file(asked).read_bytes(), type=Kept)
        except (OSError, msgspec.MsgspecError, ValueError):
            return None
        sound = kept.asked == asked and kept.sha256 == hashlib.sha256(kept.data).hexdigest()
        return kept if sound else None

    def keep(self, kept: Kept) -> None:
        """Keep an answer in place of an older one."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._folder)  # readable by its owner alone
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(msgspec.msgpack.encode(kept))
                Path(name).replace(self._file(kept.asked))
            except OSError:
                Path(name).unlink(missing_ok=True)
            self._make_room()

    def clear(self) -> tuple[int, int]:
        """Drop all answers; says how many, and how many bytes they took."""
        count = size = 0
        for file, bytes_, _ in self._files():
            file.unlink(missing_ok=True)
            count, size = count + 1, size + bytes_
        return count, size

    def size(self) -> tuple[int, int]:
        """How many answers are kept, and how many bytes they take."""
        sizes = [size for _, size, _ in self._files()]
        return len(sizes), sum(sizes)

    def _make_room(self) -> None:
        files = sorted(self._files(), key=lambda each: each[2])
        total = sum(size for _, size, _ in files)
        for file, size, _ in files:
            if total <= self._most:
                return
            file.unlink(missing_ok=True)
            total -= size

    def _files(self) -> Iterator[tuple[Path, int, float]]:
        for file in self._folder.glob(f"*{ENDING}"):
            with suppress(OSError):
                state = file.stat()
                yield file, state.st_size, state.st_mtime

    def _file(self, asked: str) -> Path:
        return self._folder / f"{hashlib.sha256(asked.encode()).hexdigest()}{ENDING}"


def open_cache(folder: Path, rules: Rules | None = None) -> Cache:
    """The answers kept in ``folder``, as many as the rules allow."""
    limits = (rules or load_rules()).limits
    return Cache(folder, most=limits.cache_megabytes * 1024**2)
