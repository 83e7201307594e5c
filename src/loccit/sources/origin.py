"""Where a document that was fetched came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from loccit.ports import Reading
from loccit.terms import DocumentId, Fetched, SourceDocument

__all__ = ["came_from"]

UNNAMED = ("title:", "file:")
"""Series of sources that name themselves by nothing but their title."""


def came_from(readings: Iterable[Reading], fetched: Fetched) -> Iterator[Reading]:
    """The readings, their documents with the address and time at which they were had.

    A page is its address: two of one title are two works, and what it says its own address is
    does not count. A record of an interface keeps the public page that its reader names.
    """
    for reading in readings:
        yield _stamped(reading, fetched) if isinstance(reading, SourceDocument) else reading


def _stamped(document: SourceDocument, fetched: Fetched) -> SourceDocument:
    url = fetched.url if fetched.is_page else document.url or fetched.url
    stamped = replace(document, url=url, retrieved_at=fetched.retrieved_at)
    if not fetched.is_page or not document.series.startswith(UNNAMED):
        return stamped
    series = f"url:{fetched.url.removeprefix('https://')}"
    edition = document.id.removeprefix(document.series)
    return replace(stamped, series=series, id=DocumentId(series + edition))
