"""Vectors in files that are mapped into memory, appended to, and otherwise never changed.

Three files lie side by side: the rows as 8-bit numbers, their signs, and a key for each row (the
passage's row number in the store, a digest of the words embedded, the scale of the numbers, a
check sum). A batch writes rows and signs first and its keys last, each put on the disk before the
next begins; so a vector counts from its key on, and what a crash left without one is cut away by
the next writer. A new *generation* of the files takes over in one rename of ``about.json``.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from loccit.ports import Matrix
from loccit.terms import BaseError

__all__ = ["KEY", "Mapped", "VectorFiles", "quantised", "signs_of"]

FORMAT = "1"
KEY = np.dtype([("row", "<i8"), ("words", "<u8"), ("scale", "<f4"), ("check", "<u4")])
"""``words`` is the beginning of a digest; ``check`` the CRC-32 of the row's bytes."""
MOST = 127.0
ABOUT = "about.json"
PARTS = ("rows", "signs", "keys")
Keys: TypeAlias = "NDArray[Any]"
Bytes: TypeAlias = "NDArray[np.int8]"
Words: TypeAlias = "NDArray[np.uint64]"


class Mapped(NamedTuple):
    """The vectors as they lie in the files: keys, 8-bit rows and the signs of their numbers."""

    keys: Keys
    rows: Bytes
    signs: Words

    def __len__(self) -> int:
        """How many vectors there are."""
        return len(self.keys)


class VectorFiles:
    """The vectors of one embedder in one folder; many may read while one writes.

    Raises ``BaseError`` naming the folder when its files are not readable as vectors.
    """

    def __init__(self, folder: Path, *, embedder: str, dimensions: int) -> None:
        self._folder, self._embedder, self._dimensions = folder, embedder, dimensions
        self._sizes = (dimensions, signs_width(dimensions) * 8, KEY.itemsize)
        self._seen: tuple[int, int] = (-1, -1)
        self._mapped = self._empty()

    def mapped(self) -> Mapped:
        """The vectors that are whole, another process's newest among them."""
        generation = int(self.about().get("generation", 0))
        count = self._count(generation)
        if (generation, count) != self._seen:
            self._mapped = self._map(generation, count)
            self._seen = (generation, count)
        return self._mapped

    def about(self) -> dict[str, Any]:
        """What the files are of; nothing where there are none yet."""
        path = self._folder / ABOUT
        try:
            about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            told = (about["format"], about["embedder"], about["dimensions"])
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, TypeError) as error:
            raise self._unreadable(error) from error
        if told != (FORMAT, self._embedder, self._dimensions):
            raise self._unreadable(f"they are of {told}")
        return about

    # --- writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder for one writer; what a crash left half written is cut away.

        Raises ``BaseError`` when another process writes. The lock is let go when its process ends,
        however it ends.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(self._folder / "lock.sqlite", timeout=0, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            lock.close()
            raise BaseError(
                f"{self._folder}: another process writes vectors ({error}); "
                "let it finish, or stop it and run the command again"
            ) from error
        try:
            if not self.about():
                self._tell({})
            self._cut()
            yield
        finally:
            lock.close()

    def append(self, rows: list[int], words: list[int], vectors: Matrix) -> None:
        """Add vectors for these rows of the store, durably; ``words`` are their digests."""
        if not rows:
            return
        numbers, scales = quantised(vectors)
        keys = np.zeros(len(rows), KEY)
        keys["row"], keys["words"], keys["scale"] = rows, words, scales
        keys["check"] = [zlib.crc32(row.tobytes()) for row in numbers]
        self._put(Mapped(keys, numbers, signs_of(numbers)))

    def remember(self, **facts: Any) -> None:
        """Note something about the vectors, in one step."""
        self._tell(self.about() | facts)

    def keep_only(self, positions: NDArray[np.intp]) -> None:
        """Leave out all other vectors: their words go from the disk too."""
        old = self.mapped()
        generation = int(self.about().get("generation", 0))
        kept = Mapped(old.keys[positions], old.rows[positions], old.signs[positions])
        self._clear(generation + 1)
        self._put(kept, generation=generation + 1)
        self.remember(generation=generation + 1)
        self._clear(generation)

    def faults(self) -> Iterator[str]:
        """Vectors that are not as they were written, one line for each."""
        mapped = self.mapped()
        for position, row in enumerate(mapped.rows):
            key = mapped.keys[position]
            if zlib.crc32(row.tobytes()) != key["check"] or not np.isfinite(key["scale"]):
                yield f"{self._folder}: the vector of row {key['row']} is damaged"

    def drop(self) -> None:
        """Remove the files."""
        shutil.rmtree(self._folder, ignore_errors=True)

    # --- the files

    def _path(self, part: str, generation: int) -> Path:
        return self._folder / f"{generation}.{part}"

    def _size(self, part: str, generation: int) -> int:
        path = self._path(part, generation)
        return path.stat().st_size if path.exists() else 0

    def _count(self, generation: int) -> int:
        sizes = zip(PARTS, self._sizes, strict=True)
        return min(self._size(part, generation) // size for part, size in sizes)

    def _map(self, generation: int, count: int) -> Mapped:
        if not count:
            return self._empty()
        width = signs_width(self._dimensions)
        try:
            rows = self._memory("rows", generation, np.dtype(np.int8), (count, self._dimensions))
            signs = self._memory("signs", generation, np.dtype("<u8"), (count, width))
            keys = np.fromfile(self._path("keys", generation), KEY, count)
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from error
        return Mapped(keys, rows, signs)

    def _memory(
        self, part: str, generation: int, dtype: np.dtype[Any], shape: tuple[int, int]
    ) -> NDArray[Any]:
        mapped = np.memmap(self._path(part, generation), dtype, mode="r", shape=shape)
        return np.asarray(mapped)

    def _empty(self) -> Mapped:
        return Mapped(
            np.zeros(0, KEY),
            np.zeros((0, self._dimensions), np.int8),
            np.zeros((0, signs_width(self._dimensions)), np.uint64),
        )

    def _put(self, mapped: Mapped, *, generation: int | None = None) -> None:
        if generation is None:
            generation = int(self.about().get("generation", 0))
        written = (mapped.rows.tobytes(), mapped.signs.tobytes(), mapped.keys.tobytes())
        for part, numbers in zip(PARTS, written, strict=True):
            with self._path(part, generation).open("ab") as file:
                file.write(numbers)
                file.flush()
                os.fsync(file.fileno())

    def _cut(self) -> None:
        """Cut away what was written without a key, and generations that never took over."""
        generation = int(self.about().get("generation", 0))
        count = self._count(generation)
        for part, size in zip(PARTS, self._sizes, strict=True):
            if self._size(part, generation) > count * size:
                os.truncate(self._path(part, generation), count * size)
        for path in self._folder.glob("*.keys"):
            if path.stem != str(generation):
                self._clear(int(path.stem))

    def _clear(self, generation: int) -> None:
        for part in ("keys", "signs", "rows"):
            self._path(part, generation).unlink(missing_ok=True)

    def _tell(self, facts: dict[str, Any]) -> None:
        own = {"format": FORMAT, "embedder": self._embedder, "dimensions": self._dimensions}
        written = self._folder / f"{ABOUT}.new"
        with written.open("w", encoding="utf-8") as file:
            json.dump(facts | own, file)
            file.flush()
            os.fsync(file.fileno())
        written.replace(self._folder / ABOUT)

    def _unreadable(self, why: object) -> BaseError:
        return BaseError(
            f"{self._folder}: the vectors cannot be read ({why}); "
            "delete this folder and run `loccit embed` to make them anew"
        )


def quantised(vectors: Matrix) -> tuple[Bytes, Matrix]:
    """Rows as 8-bit numbers with a scale each, by which they come back."""
    scales = np.abs(vectors).max(axis=1, initial=np.float32(1e-12)) / np.float32(MOST)
    numbers = np.rint(vectors / scales[:, None]).astype(np.int8)
    return numbers, scales.astype(np.float32)


def signs_of(numbers: NDArray[Any]) -> Words:
    """A bit for each number of a row, set where it is above nought; whole 64-bit words."""
    width = signs_width(numbers.shape[1]) * 8
    packed = np.packbits(numbers > 0, axis=1)
    padded = np.zeros((len(numbers), width), np.uint8)
    padded[:, : packed.shape[1]] = packed
    return padded.view("<u8")


def signs_width(dimensions: int) -> int:
    """64-bit words that the signs of a row take."""
    return -(-dimensions // 64)
