"""Reads pieces of sources into what a base stores: parsed, cut, described, encoded.

As a program (``python -m loccit.backends.piece_reading FOLDER``) it does so for another process: it
takes pieces from its standard input and gives what came of each on its standard output, each with
its length before it, until the input ends. It writes nothing and opens no base.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from loccit.backends.collecting import collected_seldom
from loccit.backends.pieces_read import (
    Gone,
    Part,
    PieceRead,
    Refusal,
    decoded_piece,
    encoded_read,
)
from loccit.backends.stored_forms import stored_document
from loccit.backends.vocabulary_cache import cached_vocabulary
from loccit.filling import DocumentDescriber
from loccit.ports import Reading, Withdrawal
from loccit.sources import fault_of_reader, reader_named
from loccit.sources.pieces import Piece
from loccit.terms import SourceError
from loccit.vocabulary import Vocabulary

__all__ = ["LENGTH_BYTES", "PieceReader", "get_message", "put_message"]

LENGTH_BYTES = 8


class PieceReader:
    """Reads pieces, with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._describer = DocumentDescriber(vocabulary)

    def read(self, piece: Piece) -> PieceRead:
        """All that comes of a piece. A reader that fails costs what is left of it."""
        parts: list[Part] = []
        try:
            for reading in reader_named(piece.reader).read(piece.opened()):
                parts.append(self._part(reading, piece.name))  # noqa: PERF401 - kept on an error
        except SourceError as error:
            parts.append(Refusal.of(error.at(piece.name)))
            return PieceRead(parts, broken=True)
        except Exception as error:  # noqa: BLE001 - the libraries below name no complete list
            parts.append(Refusal.of(fault_of_reader(piece.name, error)))
            return PieceRead(parts, broken=True)
        return PieceRead(parts)

    def _part(self, reading: Reading, name: str) -> Part:
        if isinstance(reading, SourceError):
            return Refusal.of(reading.at(name))
        if isinstance(reading, Withdrawal):
            return Gone(reading.series, reading.reason)
        return stored_document(self._describer.described(reading))


def put_message(stream: BinaryIO, message: bytes) -> None:
    """Write a message with its length before it."""
    stream.write(len(message).to_bytes(LENGTH_BYTES, "big"))
    stream.write(message)
    stream.flush()


def get_message(stream: BinaryIO) -> bytes | None:
    """The next message; ``None`` where the stream ends, within one too."""
    length = stream.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        return None
    size = int.from_bytes(length, "big")
    message = stream.read(size)
    return message if len(message) == size else None


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    while (message := get_message(stream)) is not None:
        yield message


def _serve(read: Callable[[Piece], PieceRead], asked: BinaryIO, answers: BinaryIO) -> None:
    for message in _messages(asked):
        put_message(answers, encoded_read(read(decoded_piece(message))))


def main() -> None:
    """Serve the process at the other end of the pipes."""
    reader = PieceReader(cached_vocabulary(Path(sys.argv[1])))
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    with collected_seldom():
        _serve(reader.read, sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
