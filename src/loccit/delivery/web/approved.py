"""The articles that named people approved, as lists and feeds show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from loccit.delivery.web.readable import place_of
from loccit.editorial import Editorial
from loccit.review import PublishedEdition
from loccit.terms import (
    Article,
    ArticleCard,
    LibraryChange,
    LibraryRequest,
    State,
)

__all__ = ["Approved"]


class Approved:
    """Lists of approved editions; what was read of one holds, since no edition is ever changed."""

    def __init__(self, editorial: Editorial) -> None:
        self._editorial = editorial
        self._read: dict[tuple[str, PublishedEdition], tuple[ArticleCard, str]] = {}

    def articles(self, request: LibraryRequest) -> list[ArticleCard]:
        """Articles whose newest edition holds, that fit, the latest approved first."""
        standing = sorted(self._standing(), key=lambda pair: (pair[1].at, pair[0]))
        cards = (
            (replace(card, number=number), words)
            for number, (name, edition) in enumerate(standing, 1)
            for card, words in [self._card(name, edition)]
        )
        fitting = [card for card, words in cards if _fits(card, words, request)]
        return fitting[::-1][: request.limit]

    def changes(self, *, limit: int) -> list[LibraryChange]:
        """Editions of articles that hold, the latest first."""
        found = [
            LibraryChange(
                number=each.number,
                at=each.at,
                article=name,
                version=each.number,
                what="approved",
                title=self._editorial.title(name),
            )
            for name, _ in self._standing()
            for each in self._editorial.editions(name)
        ]
        return sorted(found, key=lambda each: (each.at, each.article), reverse=True)[:limit]

    def _standing(self) -> Iterator[tuple[str, PublishedEdition]]:
        for name, review in self._editorial.queue():
            if review.state is State.APPROVED:
                yield name, self._editorial.editions(name)[-1]

    def _card(self, name: str, edition: PublishedEdition) -> tuple[ArticleCard, str]:
        key = name, edition  # all of it: after a restore another one can have its number
        if key not in self._read:
            text, _ = self._editorial.edition(name, edition.number)
            self._read[key] = _card_of(name, edition, text)
        return self._read[key]


def _card_of(name: str, edition: PublishedEdition, text: Article) -> tuple[ArticleCard, str]:
    """The card, and the words that the article is found by."""
    card = ArticleCard(
        place=place_of(name, edition, text),
        number=0,
        title=text.title,
        kind=text.question.kind,
        audience=text.audience,
        documents=tuple(dict.fromkeys(each.card.id for each in text.references)),
        is_edition=True,
    )
    lines = (text.title, *(each.text for each in text.bottom_line))
    return card, " ".join(" ".join(lines).casefold().split())


def _fits(card: ArticleCard, words: str, request: LibraryRequest) -> bool:
    return (
        (not request.before or card.number < request.before)
        and request.kind in (None, card.kind)
        and request.audience in (None, card.audience)
        and (not request.document or request.document in card.documents)
        and all(word in words for word in request.words.casefold().split())
    )
