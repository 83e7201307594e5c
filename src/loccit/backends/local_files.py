"""Files and folders of this machine as sources, in an order that does not change."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from loccit.ports import RawSource
from loccit.terms import SourceError, UnknownFormat, Unreadable

__all__ = ["NOT_SOURCES", "Meter", "Unpack", "local_files"]

Unpack = Callable[[str, BinaryIO], Iterator[RawSource | SourceError]]
"""Opens containers, as ``loccit.sources.unpack`` does."""

NOT_SOURCES: tuple[tuple[str, str], ...] = (
    ("README*", "describes a folder; name it itself to read it"),
    ("LICEN[CS]E*", "is a licence text"),
    ("CHANGELOG*", "is a list of changes"),
    ("*.csv", "is a data table"),
    ("*.tsv", "is a data table"),
    ("*schema.json", "is a schema"),
    ("*.pages.jsonl", "is page text taken from a PDF; the PDF itself is read"),
    ("pack.toml", "describes a pack; the files in its sources folder are read"),
    ("*.xsl", "is a style sheet"),
    ("*.css", "is a style sheet"),
    ("*.js", "is program code"),
    ("*.py", "is program code"),
)
"""File names that a folder holds beside its sources, and why each is left out. A file that is
named itself is always tried."""


class Meter:
    """How far the files are read: bytes on disk in all, and those behind us."""

    def __init__(self) -> None:
        self.total = self._closed = 0
        self._stream: BinaryIO | None = None

    @property
    def done(self) -> int:
        """Bytes that were read, of the file that is open now too."""
        try:
            return self._closed + (self._stream.tell() if self._stream else 0)
        except (OSError, ValueError):  # a pipe, or closed meanwhile
            return self._closed

    @property
    def share(self) -> float:
        """The part of all that was read, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    def plan(self, files: Iterable[Path | SourceError]) -> None:
        """Add up what is to be read."""
        self.total += sum(_size(each) for each in files if isinstance(each, Path))

    @contextmanager
    def reading(self, path: Path, stream: BinaryIO) -> Iterator[None]:
        """While ``path`` is read from ``stream``."""
        self._stream = stream
        try:
            yield
        finally:
            self._stream = None
            self._closed += _size(path)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def local_files(
    paths: Iterable[Path | str], *, unpack: Unpack, meter: Meter | None = None
) -> Iterator[RawSource | SourceError]:
    """All sources at ``paths``, folders searched throughout, archives opened by ``unpack``.

    Sorted by name within each path given. A file that is left out or cannot be opened comes as
    its error. Each source must be read before the next is asked for: its file is closed then.
    """
    meter = meter or Meter()
    all_found = [found for given in map(Path, paths) for found in _found(given)]
    meter.plan(all_found)
    for found in all_found:
        if isinstance(found, SourceError):
            yield found
        else:
            yield from _opened(found, unpack, meter)


def _found(given: Path) -> Iterator[Path | SourceError]:
    if given.is_dir():
        yield from _walk(given, given.resolve())
    elif given.exists():
        yield given
    else:
        yield Unreadable("there is no such file or folder", where=str(given), cure="check the path")


def _walk(folder: Path, root: Path) -> Iterator[Path | SourceError]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield _cannot_open(folder, error)
        return
    stems = {entry.stem for entry in entries if entry.suffix == ".nxml"}
    for entry in entries:
        reason = _left_out(entry, root, stems)
        if reason:
            yield UnknownFormat(reason, where=str(entry))
        elif entry.is_dir():
            yield from _walk(entry, root)
        else:
            yield entry


def _left_out(entry: Path, root: Path, stems: set[str]) -> str:
    if entry.name.startswith("."):
        return "is hidden, left out"
    if entry.is_symlink():
        return _link_reason(entry, root)
    if entry.is_dir():
        return ""
    if not entry.is_file():
        return "is not a regular file, left out"
    if entry.suffix == ".txt" and entry.stem in stems:
        return "is the plain-text copy of an article read from its .nxml, left out"
    for pattern, reason in NOT_SOURCES:
        if fnmatch.fnmatchcase(entry.name, pattern):
            return f"{reason}, left out"
    return ""


def _link_reason(entry: Path, root: Path) -> str:
    """Links are not followed into folders (they may go round) nor out of the folder given."""
    if not entry.exists():
        return "is a link to nothing, left out"
    if entry.is_dir():
        return "is a link to a folder, left out; name the folder itself"
    if not entry.resolve().is_relative_to(root):
        return "is a link out of the folder, left out; name the file itself"
    return ""


def _opened(path: Path, unpack: Unpack, meter: Meter) -> Iterator[RawSource | SourceError]:
    try:
        with (
            open(path, "rb", opener=_without_waiting) as stream,
            meter.reading(path, stream),
        ):
            yield from unpack(str(path), stream)
    except OSError as error:
        yield _cannot_open(path, error)


def _without_waiting(path: str, flags: int) -> int:
    """Open without blocking, so that a named pipe without a writer is an error, not a wait."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _cannot_open(path: Path, error: OSError) -> Unreadable:
    return Unreadable(
        f"cannot be opened ({error.strerror or error})", where=str(path), cure="check its rights"
    )
