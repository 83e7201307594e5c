"""Keeps approved articles true: what became of each source that they stand on.

Words that stand unchanged in a newer edition are anchored there without anybody's help. Words that
were changed, moved or are gone, and sources that were withdrawn or retracted, open the article
again: with the sentence, the old words and the new, until a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from loccit.composition import renumbered
from loccit.editorial import Asked, Editorial
from loccit.engine import Engine
from loccit.review import Anchoring, Edition, Fate
from loccit.terms import (
    Action,
    Article,
    Citation,
    DocumentCard,
    Duty,
    Person,
    Review,
    Standing,
    State,
    Statement,
)

__all__ = ["PROGRAM", "Living", "Reopened"]

PROGRAM = Person(id="loccit", name="Loccit", duties=frozenset({Duty.PROGRAM}))
"""Under whose name the ledger tells that a source changed. It can do nothing else."""
LIVE = frozenset({State.SUBMITTED, State.UNDER_REVIEW, State.CHANGES_REQUESTED, State.APPROVED})
SOUND = frozenset({Standing.CURRENT, Standing.DRAFT, Standing.SUPERSEDED})
"""Standings that open nothing: a superseded edition is held against the one that followed it."""
KEPT = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopened:
    """An article that a person must look at, and why; ``found`` are the words that changed."""

    article: str
    reason: str
    found: tuple[Anchoring, ...] = ()


class Living:
    """Holds the articles in review against the base as it is now."""

    def __init__(self, editorial: Editorial, engine: Engine) -> None:
        self._editorial, self._engine = editorial, engine
        self._newest = lru_cache(maxsize=None)(self._newest_of)
        self._edition = lru_cache(maxsize=KEPT)(self._edition_of)

    def refresh(self, today: date) -> Iterator[Reopened]:
        """Anchor or open every article anew as its sources ask for; each that was opened.

        One that is open already is told of again only where more of it changed.
        """
        self._newest.cache_clear()
        for name, review in list(self._editorial.queue()):
            if review.state in LIVE:
                yield from self._refreshed(name, review, today)

    def _refreshed(self, name: str, review: Review, today: date) -> Iterator[Reopened]:
        article = self._editorial.text(name)
        found = list(self._anchored(article))
        same = [each for each in found if each.fate is Fate.SAME]
        other = tuple(
            each
            for each in found
            if each.fate is not Fate.SAME and each.statement not in review.open
        )
        if same:
            series = {each.card.series for each in article.references}
            cards = [card for card in map(self._newest, sorted(series)) if card]
            asked = Asked(action=Action.REANCHOR, person=PROGRAM, duty=Duty.PROGRAM)
            self._editorial.record(name, asked, _moved(article, same, cards))
        if other:
            yield self._opened(name, Reopened(article=name, reason=_told(other), found=other))
        elif review.state is State.APPROVED and review.review_by and review.review_by <= today:
            reason = f"its review was due on {review.review_by.isoformat()}"
            yield self._opened(name, Reopened(article=name, reason=reason))

    def _anchored(self, article: Article) -> Iterator[Anchoring]:
        """What became of each citation whose source is no longer as it was cited."""
        cards = {each.number: each.card for each in article.references}
        for statement in article.statements():
            for citation in statement.citations:
                card = cards[citation.reference]
                newest = self._newest(card.series)
                if newest is None or newest.standing not in SOUND:
                    yield _gone(statement, citation)
                elif newest.sha256 != citation.locator.sha256:
                    yield self._edition(newest.id).anchored(statement, citation)

    def _newest_of(self, series: str) -> DocumentCard | None:
        """The newest edition of a work that the base holds."""
        return max(self._engine.base.cards(series=series), key=lambda each: each.age, default=None)

    def _edition_of(self, document: str) -> Edition:
        return Edition(self._engine.passages(document))

    def _opened(self, name: str, told: Reopened) -> Reopened:
        words = "\n".join(map(_line, told.found))
        target = " ".join(dict.fromkeys(each.statement for each in told.found))
        self._write(name, Action.REOPEN, reason=told.reason, words=words, target=target)
        return told

    def _write(
        self, name: str, action: Action, *, after: Article | None = None, **said: str
    ) -> None:
        asked = Asked(action=action, person=PROGRAM, duty=Duty.PROGRAM, **said)  # type: ignore[arg-type]
        self._editorial.record(name, asked, after)


def _gone(statement: Statement, citation: Citation) -> Anchoring:
    return Anchoring(statement=statement.id, citation=citation, fate=Fate.GONE)


def _told(found: tuple[Anchoring, ...]) -> str:
    """How many sentences, and what became of their words."""
    counts = [(fate, sum(each.fate is fate for each in found)) for fate in Fate]
    listed = ", ".join(f"{count} {fate}" for fate, count in counts if count)
    return f"a source changed under cited words: {listed}"


def _line(each: Anchoring) -> str:
    return f"{each.statement} ({each.fate}): {each.before} -> {each.after or 'nothing'}"


def _moved(article: Article, same: list[Anchoring], cards: Iterable[DocumentCard]) -> Article:
    """The article with its unchanged words anchored in the newer editions."""
    places = {(each.statement, each.citation): each.passage for each in same}

    def cited(statement: Statement, citation: Citation) -> Citation:
        passage = places.get((statement.id, citation))
        if passage is None:
            return citation
        return replace(citation, passage=passage.id, locator=passage.locator, quote=passage.text)

    def anchored(statements: tuple[Statement, ...]) -> Iterator[Statement]:
        for each in statements:
            yield replace(each, citations=tuple(cited(each, c) for c in each.citations))

    return renumbered(article.with_statements(anchored), cards)
