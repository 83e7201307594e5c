"""Lists sources and shows passages in the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from loccit.terms import DocumentCard, Record, SourceDocument, Standing
from loccit.wiring import open_base

__all__ = ["list_sources", "show_passage"]

AROUND = 400
"""Characters shown before and after a passage."""
WIDTH = 88


def list_sources(base: Path | None, *, everything: bool) -> Iterator[str]:
    """A line for each source: id, kind, standing, edition, passages, title."""
    for card in open_base(base).cards():
        if everything or card.standing is not Standing.SUPERSEDED:
            yield "\t".join(_columns(card))


def _columns(card: DocumentCard) -> tuple[str, ...]:
    edition = str(card.effective_on or card.year or "")
    return (card.id, card.kind, card.standing, edition, f"{card.passages} passages", card.title)


def show_passage(passage: str, base: Path | None) -> str:
    """The passage in its surrounding text, its words between guillemets, and its source.

    Raises ``NotInBase`` when no passage has that id.
    """
    opened = open_base(base)
    record = opened.passage(passage)
    document = opened.document(record.card.id)
    return "\n".join((*_heading(record), "", *_surroundings(record, document)))


def _heading(record: Record) -> Iterator[str]:
    card, place = record.card, record.passage.locator
    yield card.title
    about = (card.publisher, card.version, str(card.effective_on or card.year or ""))
    yield ", ".join(filter(None, about))
    yield f"{card.kind}, {card.standing}; {card.licence or 'licence not stated'}"
    if card.url:
        yield card.url
    yield f"Section: {' / '.join(place.section) or 'none'}"
    page = f", page {place.page}" if place.page else ""
    yield f"Place: characters {place.start} to {place.end}{page} of text {place.sha256[:12]}"
    if record.passage.context:
        yield f"Read with: {record.passage.context}"


def _surroundings(record: Record, document: SourceDocument) -> Iterator[str]:
    place = record.passage.locator
    before = document.text[_word_start(document.text, place.start - AROUND) : place.start]
    after = document.text[place.end : _word_end(document.text, place.end + AROUND)]
    shown = f"{before}«{place.resolve(document)}»{after}"
    for block in shown.split("\n\n"):
        yield textwrap.fill(block, WIDTH)
        yield ""


def _word_start(text: str, near: int) -> int:
    """Where the word in which ``near`` falls begins; the beginning of the text before it."""
    near = max(0, near)
    while near > 0 and not text[near - 1].isspace() and not text[near].isspace():
        near -= 1
    return near


def _word_end(text: str, near: int) -> int:
    """Where the word in which ``near`` falls ends; the end of the text after it."""
    near = min(near, len(text))
    while near < len(text) and not text[near - 1].isspace() and not text[near].isspace():
        near += 1
    return near
