"""Browse: articles of the library and sources of the base, searched and filtered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loccit.publication.as_html import filled
from loccit.publication.laying_out import edition_of
from loccit.publication.showing import visible
from loccit.publication.source_page import listed_articles, source_address
from loccit.publication.words import load_words
from loccit.terms import (
    ArticleCard,
    Audience,
    DocumentCard,
    QuestionKind,
    SourceKind,
    Standing,
)

__all__ = ["Looked", "browse_page", "choose_sources"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What is looked for; empty fields do not constrain."""

    words: str = ""
    kind: QuestionKind | None = None
    audience: Audience | None = None
    source_kind: SourceKind | None = None
    standing: Standing | None = None
    year: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _ListedSource:
    address: str
    title: str
    kind: str
    publisher: str
    edition: str
    standing: str


def choose_sources(cards: Iterable[DocumentCard], looked: Looked) -> list[DocumentCard]:
    """The sources that fit, in order of id: all words in title, publisher, subjects or numbers."""
    words = looked.words.casefold().split()
    return [card for card in cards if _fits(card, looked) and _says(card, words)]


def _fits(card: DocumentCard, looked: Looked) -> bool:
    return (
        looked.source_kind in (None, card.kind, card.evidence_kind)
        and looked.standing in (None, card.standing)
        and looked.year in (None, card.year)
    )


def _says(card: DocumentCard, words: Sequence[str]) -> bool:
    if not words:
        return True
    known = {**card.original_identifiers, **card.identifiers}
    text = " ".join((card.title, card.publisher, *card.subjects, *known.values())).casefold()
    return all(word in text for word in words)


def browse_page(
    looked: Looked,
    *,
    articles: Sequence[ArticleCard],
    sources: Sequence[DocumentCard],
    found: int,
    more_articles: str,
    more_sources: str,
) -> str:
    """The page; ``found`` sources in all, ``more_…`` are the addresses of the next pages."""
    words = load_words()
    return filled(
        "site_browse.html",
        looked=looked,
        words=visible(looked.words),
        kinds=[(str(each), words.of("question_kind", each)) for each in QuestionKind],
        readers=[(str(each), str(each).capitalize()) for each in Audience],
        source_kinds=[(str(each), words.of("source_kind", each)) for each in SourceKind],
        standings=[(str(each), words.of("standing", each)) for each in Standing],
        articles=listed_articles(articles),
        sources=[_listed(card) for card in sources],
        found=f"{found:,}",
        more_articles=more_articles,
        more_sources=more_sources,
    )


def _listed(card: DocumentCard) -> _ListedSource:
    words = load_words()
    current = card.standing is Standing.CURRENT
    return _ListedSource(
        address=source_address(card.id),
        title=visible(card.title),
        kind=words.of("source_kind", card.kind),
        publisher=visible(card.publisher),
        edition=edition_of(card),
        standing="" if current else words.of("standing", card.standing),
    )
