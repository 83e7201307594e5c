"""JSON objects from a stream, one at a time: lines, an array, or the ``results`` of a response."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from loccit.ports import RawSource
from loccit.terms import Unreadable

__all__ = ["MAX_RECORD_BYTES", "BadRecord", "array_start", "json_records", "one_per_line"]

MAX_RECORD_BYTES = 32 * 1024**2
"""One record. The longest labels hold 2 MB; a line without end must not fill memory."""
CHUNK = 1024 * 1024

_RESULTS = re.compile(rb'"results"\s*:\s*\[')
_FETCH = "fetch the file again"


class BadRecord(NamedTuple):
    """A record that is no JSON object: why, and what to do."""

    cause: str
    cure: str = _FETCH


Records = Iterator[tuple[str, dict[str, Any] | BadRecord]]
"""Each record with its place (``line 3``, ``record 3``)."""


def json_records(source: RawSource) -> Records:
    """The objects of ``source``; a broken line is a ``BadRecord`` and the next one is tried.

    Raises ``Unreadable`` where the rest cannot be told apart any more.
    """
    start = array_start(source.head)
    if start:
        yield from _array(source, start)
    elif one_per_line(source.head):
        yield from _lines(source)
    else:
        yield from _whole(source)


def array_start(head: bytes) -> int:
    """Where the first member of the array of records begins; nought where there is no array."""
    found = _RESULTS.search(head)
    if found:
        return found.end()
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.index(b"[") + 1 if plain.startswith(b"[") else 0


def one_per_line(head: bytes) -> bool:
    """Whether the first line is an object by itself (or longer than the head)."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    first, newline, _ = head.partition(b"\n")
    return not newline or first.rstrip().endswith(b"}")


def _lines(source: RawSource) -> Records:
    number = source.records_before
    while line := source.stream.readline(MAX_RECORD_BYTES + 1):
        number += 1
        place = f"line {number}"
        if len(line) > MAX_RECORD_BYTES:
            raise Unreadable(
                f"holds a line of more than {MAX_RECORD_BYTES // 1024**2} MB",
                where=source.name,
                place=place,
                cure="check that it is one label a line",
            )
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield place, _decoded(line)


def _decoded(data: bytes) -> dict[str, Any] | BadRecord:
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return BadRecord(f"is no valid JSON ({error})")
    except RecursionError:
        return BadRecord("nests too deeply")
    return _object(value)


def _object(value: Any) -> dict[str, Any] | BadRecord:
    return value if isinstance(value, dict) else BadRecord("is JSON but no object")


def _whole(source: RawSource) -> Records:
    data = source.stream.read(MAX_RECORD_BYTES + 1)
    if len(data) > MAX_RECORD_BYTES:
        raise Unreadable(
            f"is one JSON object of more than {MAX_RECORD_BYTES // 1024**2} MB",
            where=source.name,
            cure="save the labels one a line",
        )
    yield "record 1", _decoded(data.removeprefix(b"\xef\xbb\xbf"))


def _array(source: RawSource, start: int) -> Records:
    """The members of an array that begins at byte ``start``, decoded as they come."""
    source.stream.read(start)
    decode = json.JSONDecoder().raw_decode
    text = codecs.getincrementaldecoder("utf-8")()
    held, number = "", source.records_before
    while True:
        held = held.lstrip(" \t\r\n,")
        if held.startswith("]"):
            return
        try:
            value, end = decode(held)
        except RecursionError:
            raise Unreadable("nests too deeply", where=source.name) from None
        except ValueError as error:
            held += _more(source, text, held, number, error)
            continue
        number, held = number + 1, held[end:]
        yield f"record {number}", _object(value)


def _more(
    source: RawSource,
    text: codecs.IncrementalDecoder,
    held: str,
    number: int,
    error: ValueError,
) -> str:
    chunk = source.stream.read(CHUNK)
    cause = ""
    if not chunk:
        cause = f"is cut short or no valid JSON ({error})" if held else "is cut short"
    elif len(held) > MAX_RECORD_BYTES:
        cause = f"holds a record of more than {MAX_RECORD_BYTES // 1024**2} MB, or broken JSON"
    if cause:
        raise Unreadable(cause, where=source.name, place=f"record {number + 1}", cure=_FETCH)
    try:
        return text.decode(chunk)
    except UnicodeDecodeError:
        raise Unreadable(
            "is not UTF-8", where=source.name, place=f"record {number + 1}", cure=_FETCH
        ) from None
