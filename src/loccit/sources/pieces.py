"""Cuts a long source into pieces that can be read apart, by several processes.

A piece of PubMed XML or openFDA JSON is what encloses the records of the file (its prolog and the
root's tags, or the brackets of the array) around some whole records. What is found in the pieces,
one after the other, is what would be found in the whole: where a source is written in a way that
leaves any doubt about where a record ends, it is not cut but read as it stands.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol, cast

from loccit.ports import RawSource
from loccit.sources.containers import HEAD_BYTES
from loccit.sources.json_records import array_start, one_per_line
from loccit.terms import SourceError

__all__ = ["PIECE_BYTES", "WHOLE_BYTES", "Piece", "pieces"]

PIECE_BYTES = 1024 * 1024
"""What a piece reaches before it ends with its last whole record: about 150 citations."""
WHOLE_BYTES = 32 * 1024 * 1024
"""A source up to this size that is not cut is one piece; a longer one is streamed."""
READ = 256 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Bytes that can be read by themselves; the fields are those of ``RawSource``."""

    name: str
    reader: str
    """Name and version of the reader that reads it."""
    data: bytes
    head: bytes = b""
    """Where it is empty, ``data`` begins with it."""
    records_before: int = 0
    lines_before: int = 0

    def opened(self) -> RawSource:
        """As a source to be read."""
        return RawSource(
            name=self.name,
            head=self.head or self.data[:HEAD_BYTES],
            stream=io.BytesIO(self.data),
            records_before=self.records_before,
            lines_before=self.lines_before,
        )


class _Cutter(Protocol):
    """Knows what encloses the records of a source and where they end."""

    start: bytes
    """What stands before the first record; every piece begins with it."""
    end: bytes
    """What closes a piece, save the last one, which ends as the source does."""
    is_over: bool
    """Whether the records came to their end in what was looked at last."""

    def end_of_records(self, held: bytes) -> int | None:
        """Where the last whole record of ``held`` ends (0: none does); ``None`` where in doubt."""
        ...

    def count(self, records: bytes) -> int:
        """How many records there are in what was looked at last, as far as they are whole."""
        ...


def pieces(source: RawSource, reader: str) -> Iterator[Piece | RawSource | SourceError]:
    """The pieces of a source, in order; the source itself, or its rest, where that is not cut.

    ``reader`` is the name of the reader that recognised it. An error of the stream comes after
    what was whole before it. Each must be dealt with before the next is asked for.
    """
    cutter = _cutter(source, reader)
    if cutter is None:
        yield from _whole(source, reader)
    else:
        yield from _cut(source, reader, cutter)


def _whole(source: RawSource, reader: str) -> Iterator[Piece | RawSource | SourceError]:
    try:
        data = source.stream.read(WHOLE_BYTES + 1)
    except SourceError as error:
        yield error
        return
    if len(data) > WHOLE_BYTES:
        yield _rejoined(source, data)
    else:
        yield Piece(name=source.name, reader=reader, data=data)


def _cut(
    source: RawSource, reader: str, cutter: _Cutter
) -> Iterator[Piece | RawSource | SourceError]:
    def piece(body: bytes, end: bytes) -> Piece:
        return Piece(
            name=source.name,
            reader=reader,
            head=b"" if cutter.start else source.head,
            data=cutter.start + body + end,
            records_before=records,
            lines_before=lines,
        )

    records = lines = 0
    _, fault = _read(source.stream, len(cutter.start))
    held = b""
    while not fault:
        chunk, fault = _read(source.stream, READ)
        held += chunk
        if chunk and len(held) < PIECE_BYTES:
            continue
        end = cutter.end_of_records(held)
        if end is None or len(held) > WHOLE_BYTES:
            yield _rejoined(source, cutter.start + held, fault, records=records, lines=lines)
            return
        if cutter.is_over or not (chunk or fault):
            yield piece(held, b"")
            return
        if end:
            body, held = held[:end], held[end:]
            yield piece(body, cutter.end)
            records += cutter.count(body)
            lines += body.count(b"\n")
    yield fault


def _read(stream: BinaryIO, size: int) -> tuple[bytes, SourceError | None]:
    try:
        return stream.read(size), None
    except SourceError as error:
        return b"", error


def _rejoined(
    source: RawSource,
    data: bytes,
    fault: SourceError | None = None,
    *,
    records: int = 0,
    lines: int = 0,
) -> RawSource:
    """The source with ``data``, which was read already, before what is left of its stream."""
    stream = io.BufferedReader(_Rejoined(data, source.stream, fault), READ)
    return RawSource(
        name=source.name,
        head=source.head,
        stream=cast("BinaryIO", stream),
        records_before=records,
        lines_before=lines,
    )


class _Rejoined(io.RawIOBase):
    """Bytes, then the rest of a stream, or the fault that was met in it."""

    def __init__(self, data: bytes, rest: BinaryIO, fault: SourceError | None) -> None:
        self._data, self._rest, self._fault = io.BytesIO(data), rest, fault

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` as far as there is something; returns how far."""
        chunk = self._data.read(len(buffer))
        if not chunk and self._fault:
            raise self._fault
        chunk = chunk or self._rest.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _cutter(source: RawSource, reader: str) -> _Cutter | None:
    name = reader.partition("/")[0]
    if name == "medline" and (opened := _XML_START.match(source.head)):
        return _XmlRecords(opened)
    if name == "openfda":
        if start := array_start(source.head):
            return _JsonArray(source.head[:start])
        return _JsonLines() if one_per_line(source.head) else None
    return None


_XML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^<>]*?\?>)?\s*(?:<!DOCTYPE[^\[\]<>]*>)?\s*"
    rb"<(?P<root>PubmedArticleSet|MedlineCitationSet)(?:\s[^<>]*)?(?<!/)>"
)
_ENCODING = re.compile(rb"""encoding\s*=\s*["'](?!utf-8["']|us-ascii["'])""", re.IGNORECASE)


class _XmlRecords:
    """PubMed XML without comments, sections of raw text and instructions among its records.

    Without those an end tag in the bytes is an end tag, or else the XML is broken there anyway.
    """

    is_over = False

    def __init__(self, opened: re.Match[bytes]) -> None:
        self.start, root = opened.group(), opened["root"]
        self.end = b"</" + root + b">"
        record = b"PubmedArticle" if root == b"PubmedArticleSet" else b"MedlineCitation"
        self._last = b"</" + record + b">"
        self._all = (self._last, b"</DeleteCitation>", b"</PubmedBookArticle>")
        self._doubtful = bool(_ENCODING.search(self.start))

    def end_of_records(self, held: bytes) -> int | None:
        """After the last end tag of a record."""
        if self._doubtful or b"<!" in held or b"<?" in held:
            return None
        found = held.rfind(self._last)
        return found + len(self._last) if found >= 0 else 0

    def count(self, records: bytes) -> int:
        """End tags of records of any kind."""
        return sum(records.count(tag) for tag in self._all)


class _JsonLines:
    """An object a line."""

    start = end = b""
    is_over = False

    def end_of_records(self, held: bytes) -> int:
        """After the last line."""
        return held.rfind(b"\n") + 1

    def count(self, records: bytes) -> int:
        """Lines, empty ones too: places are named by their numbers."""
        return records.count(b"\n")


class _JsonArray:
    """The objects of an array, told apart by their brackets outside of strings."""

    end = b"]"

    def __init__(self, start: bytes) -> None:
        self.start = start
        self.is_over = False
        self._count = 0

    def end_of_records(self, held: bytes) -> int:
        """After the last object that a comma follows, and after that."""
        depth = end = self._count = 0
        for token in _TOKEN.finditer(held):
            text = token.group()
            if text.startswith(b'"'):
                if len(text) == 1 or not text.endswith(b'"') or token.end() == len(held):
                    break  # it may go on in what is yet to be read
                continue
            depth += 1 if text in b"{[" else -1
            if depth < 0:
                self.is_over = True
                break
            comma = _COMMA.match(held, token.end()) if depth == 0 else None
            if comma:
                end, self._count = comma.end(), self._count + 1
        return end

    def count(self, records: bytes) -> int:
        """The objects just told apart."""
        return self._count if records else 0


_TOKEN = re.compile(rb'"(?:[^"\\]+|\\.)*"?|[{}\[\]]', re.DOTALL)
"""A string, with its end where that is there; or a bracket."""
_COMMA = re.compile(rb"\s*,")
