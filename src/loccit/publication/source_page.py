"""The page of a source: what it is, its editions, its sections, and the articles that use it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from loccit.publication.as_html import filled
from loccit.publication.laying_out import edition_of
from loccit.publication.pictured import editions_drawn
from loccit.publication.showing import is_web_address, section_name, visible
from loccit.publication.words import load_site_words, load_words
from loccit.terms import ArticleCard, DocumentCard, Section, SourceDocument, SourceKind

__all__ = ["Edition", "ListedArticle", "Place", "listed_articles", "source_address", "source_page"]

_SAFE = ":@"
"""Signs of a document's id that an address keeps as they are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A section in the list of contents; ``depth`` is nought for the outermost."""

    number: int
    heading: str
    depth: int
    is_shown: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """One edition of the work."""

    address: str
    edition: str
    standing: str
    is_shown: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedArticle:
    """An article of the library in a list."""

    address: str
    title: str
    kind: str
    audience: str
    day: str
    sources: int


def source_address(document: str) -> str:
    """Where the page of a document is, from the root of the site."""
    return f"/sources/{quote(document, safe=_SAFE)}"


def source_page(
    document: SourceDocument,
    card: DocumentCard,
    *,
    editions: Sequence[DocumentCard],
    articles: Sequence[ArticleCard],
    section: int = 0,
) -> str:
    """The page with the text of one section, counted from 0 (one that is not there: the first)."""
    shown = section if 0 <= section < len(document.sections) else 0
    words = load_words()
    return filled(
        "site_source.html",
        title=visible(card.title),
        kind=words.of("source_kind", card.evidence_kind),
        is_summary=card.kind is SourceKind.SUMMARY,
        standing=words.of("standing", card.standing),
        is_current=card.standing in {"current", "draft"},
        facts=_facts(document, card),
        link=card.url if is_web_address(card.url) else "",
        url=visible(card.url),
        places=_places(document.sections, shown),
        editions=_editions(card, editions),
        picture=editions_drawn(editions, card.id, words),
        articles=listed_articles(articles),
        heading=_heading(document, shown),
        text=_text(document, shown),
        number=shown,
        address=source_address(card.id),
        sha256=card.sha256,
    )


def _facts(document: SourceDocument, card: DocumentCard) -> tuple[tuple[str, str], ...]:
    words = load_site_words()
    known = {**card.original_identifiers, **card.identifiers}
    rows = {
        "Publisher": card.publisher,
        "Jurisdiction": card.jurisdiction,
        words.of("source", "edition"): edition_of(card),
        "Fetched": document.retrieved_at,
        "Identifiers": ", ".join(f"{name} {known[name]}" for name in sorted(known)),
        "Licence": card.licence,
        "Passages": f"{card.passages:,}",
    }
    return tuple((label, visible(value)) for label, value in rows.items() if value)


def _places(sections: Sequence[Section], shown: int) -> tuple[Place, ...]:
    return tuple(
        Place(
            number=number,
            heading=section_name(section.path[-1:]) or "…",
            depth=max(0, len(section.path) - 1),
            is_shown=number == shown,
        )
        for number, section in enumerate(sections)
    )


def _heading(document: SourceDocument, shown: int) -> str:
    return section_name(document.sections[shown].path) if document.sections else ""


def _text(document: SourceDocument, shown: int) -> str:
    if not document.sections:
        return visible(document.text)
    section = document.sections[shown]
    return visible(document.text[section.start : section.end].strip("\n"))


def _editions(card: DocumentCard, editions: Sequence[DocumentCard]) -> tuple[Edition, ...]:
    """The newest first."""
    words = load_words()
    return tuple(
        Edition(
            address=source_address(each.id),
            edition=edition_of(each) or each.id,
            standing=words.of("standing", each.standing),
            is_shown=each.id == card.id,
        )
        for each in sorted(editions, key=lambda each: each.age, reverse=True)
    )


def listed_articles(cards: Sequence[ArticleCard]) -> tuple[ListedArticle, ...]:
    """Articles of the library as lists show them."""
    words = load_words()
    return tuple(
        ListedArticle(
            address=f"/articles/{card.place.article}",
            title=visible(card.title),
            kind=words.of("question_kind", card.kind),
            audience=str(card.audience),
            day=(card.place.listed_at or card.place.kept_at).date().isoformat(),
            sources=len(card.documents),
        )
        for card in cards
    )
