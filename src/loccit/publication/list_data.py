"""Sources, passages and articles of the library as data, for lists and pages of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from loccit.publication.json_parts import card_data, locator_data
from loccit.publication.kept_page import place_data
from loccit.terms import ArticleCard, DocumentCard, Record, SourceDocument

__all__ = ["article_data", "passage_data", "source_data", "sources_data"]


def article_data(card: ArticleCard) -> dict[str, Any]:
    """An article of the library in a list."""
    return {
        "permalink": {**place_data(card.place), "path": _path_of(card)},
        "title": card.title,
        "kind": str(card.kind),
        "audience": str(card.audience),
        "documents": list(card.documents),
    }


def _path_of(card: ArticleCard) -> str:
    part = "editions" if card.is_edition else "v"
    return f"/articles/{card.place.article}/{part}/{card.place.version}"


def sources_data(cards: Sequence[DocumentCard], *, found: int, after: str) -> dict[str, Any]:
    """A page of the sources, of ``found`` in all."""
    return {"sources": [card_data(card) for card in cards], "found": found, "next": after or None}


def source_data(
    document: SourceDocument,
    card: DocumentCard,
    *,
    editions: Sequence[DocumentCard],
    articles: Sequence[ArticleCard],
) -> dict[str, Any]:
    """A source with its sections, its editions, the newest first, and the articles on it."""
    return {
        "source": card_data(card),
        "passages": card.passages,
        "sections": [
            {
                "number": number,
                "path": list(section.path),
                "code": section.code,
                "start": section.start,
                "end": section.end,
            }
            for number, section in enumerate(document.sections)
        ],
        "editions": [
            card_data(each) for each in sorted(editions, key=lambda each: each.age, reverse=True)
        ],
        "articles": [article_data(each) for each in articles],
    }


def passage_data(record: Record) -> dict[str, Any]:
    """A passage with the edition it stands in."""
    passage = record.passage
    return {
        "passage": passage.id,
        "text": passage.text,
        "context": passage.context,
        "kind": str(passage.kind),
        "statement_kinds": [str(kind) for kind in record.description.kinds],
        "locator": locator_data(passage.locator),
        "source": card_data(record.card),
    }
