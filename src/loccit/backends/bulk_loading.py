"""Loads many sources into the embedded base: cut into pieces, read on all cores, stored in order.

Whatever the number of processes, the base comes to the same bytes: pieces are stored in the order
in which they stand in their sources, by this process alone, each in one transaction together with a
note of what came of it. A run that was cut off finds these notes and reads only what has none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from loccit.backends.embedded import EmbeddedBase
from loccit.backends.piece_reading import PieceReader
from loccit.backends.pieces_read import Gone, Held, PieceNote, PieceRead, Refusal, digest_of
from loccit.backends.reading_processes import ReadingProcesses
from loccit.backends.stored_forms import StoredDocument
from loccit.filling import Loaded, Loader
from loccit.ports import RawSource
from loccit.sources import read_on, reader_for
from loccit.sources.pieces import Piece, pieces
from loccit.terms import SourceError
from loccit.vocabulary import Vocabulary

__all__ = ["BulkLoader"]

FEW_BYTES = 3 * 1024 * 1024
"""So much is read in this process before others are started, which takes a second."""
AHEAD = 3
"""Pieces on their way for each process: one that is read, one that waits, one that is stored."""

Part = RawSource | SourceError
Read = Callable[[], PieceRead]


class Source:
    """A file, or a member of an archive; ``broken``: what is left of it is passed over."""

    def __init__(self) -> None:
        self.broken = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece on its way: what came of it when it was last read, or a way to wait for it."""

    source: Source
    digest: bytes
    note: PieceNote | None = None
    read: Read | None = None


class BulkLoader:
    """Loads sources with up to ``processes`` other processes; with 0 or 1 in this one alone."""

    def __init__(self, base: EmbeddedBase, vocabulary: Vocabulary, *, processes: int = 1) -> None:
        self._base = base
        self._serially = Loader(base, vocabulary)
        self._here = PieceReader(vocabulary)
        self._processes = processes
        self._bytes = 0
        self._others: ReadingProcesses | None = None

    def load(self, parts: Iterable[Part]) -> Iterator[Loaded]:
        """Store what the parts hold, in order; what is refused is told and passed over."""
        waiting: deque[Waiting] = deque()
        with ExitStack() as opened:
            for part in parts:
                for piece, source in self._pieces(part):
                    if isinstance(piece, RawSource):
                        yield from self._stored_all(waiting)
                        yield from self._serially.load(read_on([piece]))
                        continue
                    waiting.append(self._begun(piece, source, opened))
                    while len(waiting) > AHEAD * max(1, self._processes):
                        yield from self._stored(waiting.popleft())
            yield from self._stored_all(waiting)

    def _pieces(self, part: Part) -> Iterator[tuple[Piece | RawSource | SourceError, Source]]:
        """The pieces of a part; what follows a broken one is not cut any more."""
        source = Source()
        if isinstance(part, SourceError):
            yield part, source
            return
        try:
            reader = reader_for(part.head).name
        except SourceError as error:
            yield error.at(part.name), source
            return
        for piece in pieces(part, reader):
            if source.broken:
                return
            yield piece.at(part.name) if isinstance(piece, SourceError) else piece, source

    def _begun(self, piece: Piece | SourceError, source: Source, opened: ExitStack) -> Waiting:
        if isinstance(piece, SourceError):
            return Waiting(source, b"", PieceNote([Refusal.of(piece)]))
        digest = digest_of(piece)
        note = self._base.recall(digest)
        if note:
            return Waiting(source, digest, note)
        return Waiting(source, digest, read=self._reading(piece, opened))

    def _reading(self, piece: Piece, opened: ExitStack) -> Read:
        """Begin to read a piece elsewhere, or promise to do so here."""
        self._bytes += len(piece.data)
        if self._processes < 2 or self._bytes <= FEW_BYTES:  # noqa: PLR2004 - one is this one
            return lambda: self._here.read(piece)
        if self._others is None:
            processes = ReadingProcesses(self._processes, self._base.folder)
            self._others = opened.enter_context(processes)
        return self._others.begin(piece)

    def _stored_all(self, waiting: deque[Waiting]) -> Iterator[Loaded]:
        while waiting:
            yield from self._stored(waiting.popleft())

    def _stored(self, waiting: Waiting) -> Iterator[Loaded]:
        if waiting.source.broken:
            return
        if waiting.note:
            waiting.source.broken = waiting.note.broken
            yield from map(_noted, waiting.note.parts)
        elif waiting.read:
            read = waiting.read()
            waiting.source.broken = read.broken
            known = self._base.take(waiting.digest, read)
            yield from map(_loaded, read.parts, known)


def _noted(part: object) -> Loaded:
    if isinstance(part, Refusal):
        error = part.error()
        return Loaded(name=error.where, refused=error)
    if isinstance(part, Gone):
        return Loaded(name=part.series)
    assert isinstance(part, Held)
    return Loaded(name=part.id, known=True)


def _loaded(part: StoredDocument | Gone | Refusal, known: bool) -> Loaded:  # noqa: FBT001
    if not isinstance(part, StoredDocument):
        return _noted(part)
    return Loaded(name=part.id, known=known, passages=0 if known else len(part.passages))
