"""What came of a piece of a source that was read: as values that go between processes and days.

A piece is read in one process and stored by another, which notes what came of it beside its digest;
when the same bytes come again, the note says so without their being read.
"""

from __future__ import annotations

import hashlib
from typing import TypeAlias

import msgspec

from loccit import terms
from loccit.backends.stored_forms import StoredDocument
from loccit.sources.pieces import Piece
from loccit.terms import DocumentId, SourceError

__all__ = [
    "Gone",
    "Held",
    "Part",
    "PieceNote",
    "PieceRead",
    "Refusal",
    "decoded_note",
    "decoded_piece",
    "decoded_read",
    "digest_of",
    "encoded_note",
    "encoded_piece",
    "encoded_read",
]


class Held(msgspec.Struct, tag="held", array_like=True, frozen=True):
    """A document that was stored."""

    id: DocumentId
    fingerprint: str


class Gone(msgspec.Struct, tag="gone", array_like=True, frozen=True):
    """A work that the source says is gone."""

    series: str
    reason: str


class Refusal(msgspec.Struct, tag="refused", array_like=True, frozen=True):
    """A ``SourceError`` by the name of its class."""

    kind: str
    cause: str
    where: str
    place: str
    cure: str

    def error(self) -> SourceError:
        """As the error that it was."""
        kind = getattr(terms, self.kind, SourceError)
        error: SourceError = kind(self.cause, where=self.where, place=self.place, cure=self.cure)
        return error

    @classmethod
    def of(cls, error: SourceError) -> Refusal:
        """The error as a value."""
        name = type(error).__name__
        return cls(name, error.cause, error.where, error.place, error.cure)


Part: TypeAlias = StoredDocument | Gone | Refusal


class PieceRead(msgspec.Struct, array_like=True, frozen=True):
    """What came of a piece, in order; ``broken``: nothing after it can be read."""

    parts: list[Part]
    broken: bool = False


class PieceNote(msgspec.Struct, array_like=True, frozen=True):
    """The same as it is noted, with no more of a document than names it."""

    parts: list[Held | Gone | Refusal]
    broken: bool = False


_encoder = msgspec.msgpack.Encoder()
_piece_decoder = msgspec.msgpack.Decoder(Piece)
_read_decoder = msgspec.msgpack.Decoder(PieceRead)
_note_decoder = msgspec.msgpack.Decoder(PieceNote)


def digest_of(piece: Piece) -> bytes:
    """Digest of everything that decides what comes of a piece."""
    said = (piece.name, piece.reader, str(piece.records_before), str(piece.lines_before))
    summed = hashlib.sha256("\0".join(said).encode("utf-8", "surrogatepass"))
    summed.update(b"\0" + len(piece.head).to_bytes(4, "big") + piece.head)
    summed.update(piece.data)
    return summed.digest()


def encoded_piece(piece: Piece) -> bytes:
    """A piece on its way to the process that reads it."""
    return _encoder.encode(piece)


def decoded_piece(sent: bytes) -> Piece:
    """A piece that arrived."""
    return _piece_decoder.decode(sent)


def encoded_read(read: PieceRead) -> bytes:
    """What came of a piece on its way to the process that stores it."""
    return _encoder.encode(read)


def decoded_read(sent: bytes) -> PieceRead:
    """What came of a piece, as it arrived."""
    return _read_decoder.decode(sent)


def encoded_note(read: PieceRead) -> bytes:
    """What is noted of it."""
    parts: list[Held | Gone | Refusal] = [
        Held(part.id, part.fingerprint) if isinstance(part, StoredDocument) else part
        for part in read.parts
    ]
    return _encoder.encode(PieceNote(parts, read.broken))


def decoded_note(noted: bytes) -> PieceNote | None:
    """A note; none where there is none, or one that cannot be read any more."""
    try:
        return _note_decoder.decode(noted) if noted else None
    except (msgspec.MsgspecError, ValueError):
        return None
