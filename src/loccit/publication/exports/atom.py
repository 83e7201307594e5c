"""Writes Atom feeds (RFC 4287)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from loccit.publication.showing import visible
from loccit.publication.words import load_site_words

__all__ = ["Entry", "feed"]

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed that holds nothing was changed last."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Something that happened. ``name`` tells it from all else in the feed, for good."""

    name: str
    title: str
    address: str
    at: datetime
    summary: str


def feed(entries: Sequence[Entry], *, name: str, title: str, own: str, page: str) -> str:
    """The feed, its entries in their order; ``own`` is its address, ``page`` that of a page on it.

    ``name`` tells this feed from others.
    """
    return "\n".join(_feed(entries, uuid.uuid5(uuid.NAMESPACE_URL, name), title, own, page)) + "\n"


def _feed(
    entries: Sequence[Entry], name: uuid.UUID, title: str, own: str, page: str
) -> Iterator[str]:
    words = load_site_words()
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield f"<title>{escape(title)}</title>"
    yield f"<id>urn:uuid:{name}</id>"
    yield f'<link rel="self" href={quoteattr(own)}/>'
    yield f"<link href={quoteattr(page)}/>"
    yield f"<updated>{_moment(entries[0].at if entries else BEGINNING)}</updated>"
    yield f"<author><name>{escape(words.of('feed', 'author'))}</name></author>"
    for each in entries:
        yield from _entry(each, name)
    yield "</feed>"


def _entry(entry: Entry, feed_name: uuid.UUID) -> Iterator[str]:
    yield "<entry>"
    yield f"<title>{escape(_clean(entry.title))}</title>"
    yield f"<id>urn:uuid:{uuid.uuid5(feed_name, entry.name)}</id>"
    yield f"<link href={quoteattr(entry.address)}/>"
    yield f"<updated>{_moment(entry.at)}</updated>"
    yield f"<summary>{escape(_clean(entry.summary))}</summary>"
    yield "</entry>"


def _clean(text: str) -> str:
    """On one line, with nothing that XML forbids."""
    return " ".join(visible(text).split())


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
