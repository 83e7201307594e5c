"""Reads the bytes of labels, guidelines, abstracts, articles and packs into documents."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from typing import cast

from loccit.ports import RawSource, Reader, Reading
from loccit.sources.containers import unpack
from loccit.terms import SourceError, UnknownFormat, Unreadable

__all__ = [
    "READERS",
    "fault_of_reader",
    "read",
    "read_each",
    "read_on",
    "reader_for",
    "reader_named",
    "unpack",
]

READERS: tuple[tuple[str, str], ...] = (
    ("xml", "spl"),
    ("xml", "medline"),
    ("xml", "jats"),
    ("xml", "docbook"),
    ("xml", "html"),
    ("json", "openfda"),
    ("pdf", "pdf"),
    ("text", "pack"),
    ("text", "html"),
    ("text", "markdown"),
    ("text", "plain_text"),
)
"""Look of the content and module that reads it, in the order they are asked. A module is imported
only when content of its look turns up: some bring in heavy libraries."""

FORMATS = (
    "SPL labels (XML), openFDA labels (JSON), MEDLINE/PubMed XML, JATS and DocBook articles, "
    "evidence pack files (TOML), HTML, Markdown, plain text and PDF, also compressed or in a "
    "zip or tar archive"
)

_BINARY = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3", "an SQLite database"),
)
_BOM_UTF8, _BOMS_UTF16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_JSON_START = re.compile(rb"[\[{]\s*([\"{\]}]|$)")


def reader_for(head: bytes) -> Reader:
    """The first reader that recognises the content. Raises ``UnknownFormat`` when none does."""
    look, what = _look(head)
    for wanted, module in READERS:
        if wanted == look and (reader := _load(module)).recognises(head):
            return reader
    raise UnknownFormat(f"looks like {what}, which is not read here", cure=f"read are {FORMATS}")


def read(source: RawSource) -> Iterator[Reading]:
    """The records of ``source``, by the first reader that recognises it.

    A broken record comes as its error. Raises ``SourceError`` when the whole cannot be read.
    """
    try:
        yield from reader_for(source.head).read(source)
    except SourceError as error:
        raise error.at(source.name) from None


def read_each(parts: Iterable[RawSource | SourceError]) -> Iterator[Reading]:
    """The records of all ``parts``; a part that cannot be read comes as its error."""
    for part in parts:
        if isinstance(part, SourceError):
            yield part
            continue
        try:
            yield from read(part)
        except SourceError as error:
            yield error


def read_on(parts: Iterable[RawSource | SourceError]) -> Iterator[Reading]:
    """As ``read_each``, for a run that must reach its end: a reader that fails costs its source.

    ``read_each`` stays strict, so that tests see such failures for the faults that they are.
    """
    for part in parts:
        try:
            yield from read_each([part])
        except Exception as error:  # noqa: BLE001  the libraries below name no complete list
            where = part.where if isinstance(part, SourceError) else part.name
            yield fault_of_reader(where, error)


def fault_of_reader(where: str, error: Exception) -> Unreadable:
    """That a reader failed in a way of its own, as a refusal of what it read."""
    cause = f"could not be read, by a fault of its reader ({type(error).__name__})"
    return Unreadable(cause, where=where, cure="please report it with the file")


def reader_named(name: str) -> Reader:
    """The reader with this name and version, as readers give them."""
    return _load(name.partition("/")[0])


def _load(module: str) -> Reader:
    return cast("Reader", importlib.import_module(f"loccit.sources.{module}").READER)


def _look(head: bytes) -> tuple[str, str]:
    """What the first bytes look like: the key to ``READERS`` and words for a message."""
    if not head.strip():
        return "empty", "an empty file"
    for magic, what in _BINARY:
        if head.startswith(magic):
            return "binary", what
    if b"%PDF-" in head[:1024]:
        return "pdf", "a PDF file"
    start = head.removeprefix(_BOM_UTF8).lstrip()
    if start.startswith(b"<") or head.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<")):
        return "xml", "XML or HTML of an unknown kind"
    if _JSON_START.match(start):
        return "json", "JSON that holds no openFDA labels"
    if b"\x00" in head and not head.startswith(_BOMS_UTF16):
        return "binary", "binary data"
    return "text", "text in an unknown encoding"
