"""What must hold for every document that a reader makes, and how tests feed readers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from hypothesis import settings

from loccit.ports import RawSource, Reader, Reading
from loccit.sources import read_each, unpack
from loccit.terms import SourceDocument, SourceError

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")
"""Examples are not timed: tests also run where many share a processor."""

INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def raw(data: bytes, name: str = "file") -> RawSource:
    """``data`` as a source that is no container."""
    return RawSource(name=name, head=data[: 64 * 1024], stream=io.BytesIO(data))


def readings(data: bytes, name: str = "file") -> list[Reading]:
    """All that the library reads from ``data``, containers opened."""
    return list(read_each(unpack(name, io.BytesIO(data))))


def documents(data: bytes, name: str = "file") -> list[SourceDocument]:
    """The documents of ``data``, each checked; any error fails the test."""
    found = readings(data, name)
    for reading in found:
        assert isinstance(reading, SourceDocument), reading
        check_document(reading)
    return [reading for reading in found if isinstance(reading, SourceDocument)]


def only(data: bytes, name: str = "file") -> SourceDocument:
    """The one document of ``data``."""
    (document,) = documents(data, name)
    return document


def errors_of(reader: Reader, data: bytes) -> Iterator[SourceError]:
    """Every error that ``reader`` raises or yields; anything else it raises fails the test."""
    try:
        for reading in reader.read(raw(data)):
            if isinstance(reading, SourceError):
                yield reading
            elif isinstance(reading, SourceDocument):
                check_document(reading)
    except SourceError as error:
        yield error


def check_document(document: SourceDocument) -> None:
    """Sections tile the text; spans lie inside, apart; nothing invisible; identity is complete."""
    position = 0
    for section in document.sections:
        assert section.start == position, section
        assert section.end > section.start, section
        position = section.end
    assert position == len(document.text)
    last = 0
    for span in document.spans:
        assert last <= span.start < span.end <= len(document.text), span
        last = span.end
    assert document.text
    assert document.text == document.text.strip()
    assert not INVISIBLE.search(document.text)
    assert document.id.startswith(f"{document.series}@")
    assert document.title
    assert document.parser


def section_texts(document: SourceDocument) -> dict[tuple[str, ...], str]:
    """Text of each section by its path, headings included; parts of one path are joined."""
    found: dict[tuple[str, ...], str] = {}
    for section in document.sections:
        text = document.text[section.start : section.end].strip()
        found[section.path] = f"{found.get(section.path, '')} {text}".strip()
    return found
