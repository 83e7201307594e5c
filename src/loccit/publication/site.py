"""The pages of the site: the same answer in a frame with a form, and the page of a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loccit.publication.as_html import filled
from loccit.publication.laying_out import edition_of, lay_out, title_of
from loccit.publication.page import Source
from loccit.publication.pictured import illustrated
from loccit.publication.showing import is_web_address, section_name, short_id, visible
from loccit.publication.source_page import source_address
from loccit.publication.words import load_words
from loccit.terms import (
    Abstention,
    Article,
    Audience,
    Locator,
    Record,
    Reviewed,
    SourceDocument,
    SourceKind,
    Standing,
)

__all__ = [
    "Asked",
    "FactField",
    "answer_page",
    "ask_page",
    "error_page",
    "none_approved_page",
    "passage_page",
]

AROUND = 1_500
"""Characters of the text shown before and after a passage, at least; cut at a blank line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the asker filled in. ``facts`` are pairs of a field's name and what stands in it.

    ``follow`` is the id of the answer before; without ``keep`` nothing of the question is kept.
    ``jurisdiction`` is where sources hold that rank first.
    """

    question: str = ""
    audience: Audience = Audience.CLINICIAN
    facts: tuple[tuple[str, str], ...] = ()
    follow: str = ""
    keep: bool = True
    jurisdiction: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FactField:
    """A field of the form for one fact of the case; ``options`` are (value, label)."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    numeric: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Words of a source in a row, and whether they are a heading of it."""

    words: str
    is_heading: bool


def ask_page(asked: Asked, *, fields: tuple[FactField, ...], error: str = "") -> str:
    """The form, with what was filled in and what was wrong with it."""
    return filled("site_ask.html", **_form(asked, fields), error=visible(error))


def answer_page(
    answer: Article | Abstention,
    asked: Asked,
    *,
    fields: tuple[FactField, ...],
    template: str = "site_answer.html",
    followed: bool = True,
    reviewed: Reviewed | None = None,
    **more: object,
) -> str:
    """An answer on the site: its citations open pages of their sources.

    ``reviewed`` is where its text stands. Without ``followed`` a question after it is read by
    itself: what was read of an old answer's question is not at hand any more.
    A ``template`` that extends this page's own gets ``more``.
    """
    follow = visible(answer.id) if asked.keep and followed else ""
    return filled(
        template,
        **more,
        page=illustrated(lay_out(answer, reviewed), answer),
        follow=follow,
        **_form(asked, fields),
        error="",
    )


def none_approved_page(
    asked: Asked, near: Sequence[object], *, fields: tuple[FactField, ...]
) -> str:
    """That no approved article answers, with those on the same subject and the form."""
    return filled("site_unapproved.html", **_form(asked, fields), near=near, error="")


def error_page(title: str, message: str) -> str:
    """What went wrong, in a sentence."""
    return filled("site_error.html", title=title, message=visible(message))


def passage_page(record: Record, document: SourceDocument) -> str:
    """A passage highlighted in the text around it, with the edition it is from.

    Raises ``LocatorMismatch`` when the document is another edition.
    """
    locator = record.passage.locator
    there = locator.resolve(document)
    first, last = _window(document, locator)
    return filled(
        "site_passage.html",
        source=_source(record, document),
        facts=tuple(_facts(record, document)),
        place=section_name(locator.section),
        context=visible(record.passage.context),
        before=tuple(_stretches(document, first, locator.start)),
        words_there=visible(there),
        after=tuple(_stretches(document, locator.end, last)),
        more_before=first > 0,
        more_after=last < len(document.text),
        passage=visible(record.passage.id),
        citation=_citation(record, there),
        whole=source_address(record.card.id),
        sha256=visible(locator.sha256),
        start=locator.start,
        end=locator.end,
        parser=visible(document.parser),
    )


def _form(asked: Asked, fields: tuple[FactField, ...]) -> dict[str, object]:
    examples = tuple(load_words().tables["example"].values())
    return {
        "asked": asked,
        "fields": fields,
        "audiences": tuple(Audience),
        "examples": examples,
    }


def _window(document: SourceDocument, locator: Locator) -> tuple[int, int]:
    """Where the text shown around a passage begins and ends."""
    text = document.text
    first = max(text.rfind("\n\n", 0, max(0, locator.start - AROUND)), 0)
    last = text.find("\n\n", locator.end + AROUND)
    if locator.start - first > 2 * AROUND:
        first = locator.start - AROUND
    if last < 0 or last - locator.end > 2 * AROUND:
        last = min(len(text), locator.end + 2 * AROUND)
    return first, last


def _stretches(document: SourceDocument, start: int, end: int) -> Iterator[Stretch]:
    """The text between two places, its headings apart: whole lines where a section begins."""
    at = start
    for section in document.sections:
        first, last = section.start, section.start + len(section.heading)
        named = section.heading and document.text[first:last] == section.heading
        if not named or first < at or last > end:
            continue
        yield Stretch(words=visible(document.text[at:first]), is_heading=False)
        yield Stretch(words=visible(document.text[first:last]), is_heading=True)
        at = last
    yield Stretch(words=visible(document.text[at:end]), is_heading=False)


def _source(record: Record, document: SourceDocument) -> Source:
    """The document as a source that stands alone."""
    words, card = load_words(), record.card
    locator = record.passage.locator
    current = card.standing is Standing.CURRENT
    is_summary = card.kind is SourceKind.SUMMARY
    kind = words.of("source_kind", card.evidence_kind)
    return Source(
        number=0,
        kind=kind,
        title=title_of(card),
        publisher=visible(card.publisher),
        year=str(card.year or ""),
        jurisdiction=visible(card.jurisdiction),
        edition=edition_of(card),
        identifiers="",
        url=visible(document.url),
        link=document.url if is_web_address(document.url) else "",
        standing="" if current else words.of("standing", card.standing),
        licence=visible(card.licence),
        cited_sections=section_name(locator.section),
        is_summary=is_summary,
        cited_by=(),
    )


def _citation(record: Record, quoted: str) -> str:
    """The words and where they stand, on one line, to be copied into a note."""
    words, card = load_words(), record.card
    place = section_name(record.passage.locator.section)
    title = title_of(card)
    if card.kind is SourceKind.SUMMARY:
        title = f"{words.label('summary_of')} {title}"
    parts = (card.publisher, title, edition_of(card), place, card.url)
    said = ". ".join(" ".join(visible(part).split()).rstrip(".") for part in parts if part)
    return f"“{' '.join(visible(quoted).split())}” {said} [{short_id(record.passage.id)}]"


def _facts(record: Record, document: SourceDocument) -> Iterator[tuple[str, str]]:
    """What identifies the edition, row by row."""
    words, card = load_words(), record.card
    known = {**card.original_identifiers, **card.identifiers}
    page = record.passage.locator.page
    rows = {
        "Publisher": card.publisher,
        "Edition": edition_of(card),
        "Standing": words.of("standing", card.standing),
        "Fetched": document.retrieved_at,
        "Identifiers": ", ".join(f"{name} {known[name]}" for name in sorted(known)),
        "Licence": card.licence,
        "Page": "" if page is None else str(page),
    }
    yield from ((label, visible(value)) for label, value in rows.items() if value)
