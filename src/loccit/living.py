"""Keeps approved articles true: what became of each source that they stand on.

Words that stand unchanged in a newer edition are anchored there without anybody's help. Words that
were changed, moved or are gone, sources that were withdrawn, retracted or corrected, and summaries
whose original moved on open the article again: with the sentence, the old words and the new, until
a person decides. What the base would now say besides is offered and never applied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache, partial
from typing import TypeVar

from loccit.composition import renumbered
from loccit.editorial import Asked, Editorial
from loccit.engine import Engine
from loccit.review import (
    Anchoring,
    Edition,
    Fate,
    Offered,
    Works,
    load_watch_rules,
    offered,
    spaced,
)
from loccit.terms import (
    PROGRAM_ID,
    Action,
    Article,
    Citation,
    DocumentCard,
    DocumentId,
    Duty,
    LoccitError,
    NotInBase,
    Overtaken,
    Person,
    Relation,
    Review,
    State,
    Statement,
)

__all__ = ["LIVE", "PROGRAM", "Living", "Reopened", "Suggested"]

PROGRAM = Person(id=PROGRAM_ID, name="Loccit", duties=frozenset({Duty.PROGRAM}))
"""Under whose name the ledger tells that a source changed. It can do nothing else."""
LIVE = frozenset({State.SUBMITTED, State.UNDER_REVIEW, State.CHANGES_REQUESTED, State.APPROVED})
"""States in which an article is held against its sources."""
KEPT = 8
Told = TypeVar("Told")
OF_WORDS = (Fate.MOVED, Fate.CHANGED, Fate.GONE)
OF_A_SOURCE = (Fate.FALLEN, Fate.CORRECTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopened:
    """An article that a person must look at, and why; ``found`` are the words that changed."""

    article: str
    reason: str
    found: tuple[Anchoring, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggested:
    """A passage that is offered to the reviewers of an article."""

    article: str
    offered: Offered


class _Pen:
    """Writes on one article as the program, and only while nobody else decides on it."""

    def __init__(self, editorial: Editorial, name: str) -> None:
        ledger = editorial.ledger(name)
        self._editorial, self._head = editorial, ledger.head
        self.name, self.review = name, editorial.review(name)
        self.first = ledger.decisions[0].at
        """When the article came into review."""

    def write(self, action: Action, *, after: Article | None = None, **said: str) -> None:
        """Write a line. Raises ``Overtaken`` where somebody decided since this was made."""
        asked = Asked(
            action=action,
            person=PROGRAM,
            duty=Duty.PROGRAM,
            seen=self._head,
            **said,  # type: ignore[arg-type]
        )
        self._head = self._editorial.record(self.name, asked, after).seal


class Living:
    """Holds the articles in review against the base as it is now.

    An article that cannot be read, or on which somebody decides meanwhile, is told to ``warn`` and
    left for the next time.
    """

    def __init__(
        self,
        editorial: Editorial,
        engine: Engine,
        *,
        warn: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._editorial, self._engine, self._warn = editorial, engine, warn
        self._rules = load_watch_rules()
        self._edition = lru_cache(maxsize=KEPT)(self._edition_of)
        self._spaced = lru_cache(maxsize=KEPT)(self._spaced_of)

    def refresh(self, today: date) -> Iterator[Reopened]:
        """Anchor or open every article anew as its sources ask for; each that was opened.

        One that is open already is told of again only where more of it changed, and what a person
        settled is told again only where it changed once more.
        """
        self._edition.cache_clear()
        works = self._works()
        for pen in self._pens():
            yield from self._guarded(pen, partial(self._refreshed, pen, works, today))

    def suggest(self, seen: str = "", since: datetime | None = None) -> Iterator[Suggested]:
        """Compose every article's question again, and offer what would now be chosen.

        Nothing is composed again of an article that was written from the base as it is, nor where
        the base is still the one of digest ``seen`` for one that was in review before ``since``.
        """
        self._spaced.cache_clear()
        digest = self._engine.base.digest()
        for pen in self._pens():
            if not (digest == seen and since and pen.first < since):
                yield from self._guarded(pen, partial(self._suggested, pen, digest))

    def _pens(self) -> Iterator[_Pen]:
        """What writes on each article that is live, with where it stands when its turn comes."""
        for name in [name for name, review in self._editorial.queue() if review.state in LIVE]:
            pen = _Pen(self._editorial, name)
            if pen.review.state in LIVE:
                yield pen

    def _guarded(self, pen: _Pen, work: Callable[[], Iterator[Told]]) -> Iterator[Told]:
        try:
            yield from work()
        except Overtaken:
            self._warn(f"{pen.name}: somebody decided meanwhile; it is looked at the next time")
        except LoccitError as error:
            self._warn(f"{pen.name}: {error}; it was passed over")

    # --- what became of what is cited

    def _works(self) -> Works:
        return Works(
            self._engine.base.cards(),
            self._rules,
            relations=lru_cache(maxsize=None)(self._relations_of),
            is_withdrawn=self._engine.base.is_withdrawn,
        )

    def _relations_of(self, document: str) -> tuple[Relation, ...]:
        return self._engine.base.document(DocumentId(document)).relations

    def _refreshed(self, pen: _Pen, works: Works, today: date) -> Iterator[Reopened]:
        article, review = self._editorial.text(pen.name), pen.review
        found = list(self._found(article, review, works))
        same = [each for each in found if each.fate is Fate.SAME]
        other = tuple(
            each
            for each in found
            if each.fate is not Fate.SAME
            and each.statement not in review.open
            and (each.statement, each.mark) not in review.told
        )
        if same:
            series = {each.card.series for each in article.references}
            cards = [card for card in map(works.newest, sorted(series)) if card]
            pen.write(Action.REANCHOR, after=_moved(article, same, cards))
        if other:
            yield _opened(pen, Reopened(article=pen.name, reason=self._told(other), found=other))
        elif review.state is State.APPROVED and review.review_by and review.review_by <= today:
            reason = self._rules.told["due"].format(day=review.review_by.isoformat())
            yield _opened(pen, Reopened(article=pen.name, reason=reason))

    def _found(self, article: Article, review: Review, works: Works) -> Iterator[Anchoring]:
        """What became of each citation, and of the source that it names."""
        cards = {each.number: each.card for each in article.references}
        became_of = {number: tuple(works.became(card)) for number, card in cards.items()}
        for statement in article.statements():
            told = [mark for about, mark in review.told if about == statement.id]
            for citation in statement.citations:
                removed = works.removed(cards[citation.reference], told)
                became = (*became_of[citation.reference], *removed)
                for each in became:
                    yield Anchoring(
                        statement=statement.id,
                        citation=citation,
                        fate=each.fate,
                        note=each.note,
                        sign=each.sign,
                    )
                if not any(each.fate is Fate.FALLEN for each in became):
                    newest = works.newest(cards[citation.reference].series)
                    yield from self._anchored(statement, citation, newest)

    def _anchored(
        self, statement: Statement, citation: Citation, newest: DocumentCard | None
    ) -> Iterator[Anchoring]:
        """What became of cited words, where their source is no longer the edition cited."""
        if newest is None:
            yield Anchoring(statement=statement.id, citation=citation, fate=Fate.GONE)
        elif newest.sha256 != citation.locator.sha256:
            under = self._under(statement, citation)
            yield self._edition(newest.id).anchored(statement, citation, under)

    def _under(self, statement: Statement, citation: Citation) -> str:
        """The lead-in or table's header over the words, in the edition that is cited."""
        try:
            record = self._engine.base.passage(citation.passage)
        except NotInBase:
            return statement.lead
        return record.passage.context

    def _edition_of(self, document: str) -> Edition:
        held = self._engine.base.document(DocumentId(document))
        return Edition(held, self._engine.passages(document))

    def _told(self, found: tuple[Anchoring, ...]) -> str:
        """What happened, to how many sentences, and to which source."""
        rules = self._rules.told
        parts = []
        for name, fates in (
            ("original_moved_on", (Fate.OUTRUN,)),
            ("source_fell", OF_A_SOURCE),
            ("words_changed", OF_WORDS),
        ):
            counts = [(fate, len({e.statement for e in found if e.fate is fate})) for fate in fates]
            listed = [rules[fate].format(count=count) for fate, count in counts if count]
            if listed:
                parts.append(rules[name].format(listed=", ".join(listed)))
        return "; ".join((*parts, *dict.fromkeys(each.note for each in found if each.note)))

    # --- what would now be said besides

    def _suggested(self, pen: _Pen, digest: str) -> Iterator[Suggested]:
        text = self._editorial.text(pen.name)
        if text.evidence_digest == digest:
            return
        fresh = self._engine.answer(text.question)
        if not isinstance(fresh, Article):
            return
        is_known = self._known_of(pen.name, pen.review)
        found = list(offered(text, fresh, self._rules, is_known=is_known))
        waiting = {each.passage for each in pen.review.suggestions}
        for each in sorted(waiting - {each.passage for each in found}):
            reason = self._rules.suggested["no_longer"]
            pen.write(Action.DISMISS, passage=each, reason=reason)
        for offer in found:
            if offer.passage not in waiting:
                pen.write(
                    Action.SUGGEST,
                    target=offer.beside,
                    passage=offer.passage,
                    words=offer.words,
                    reason=offer.why,
                )
                yield Suggested(article=pen.name, offered=offer)

    def _known_of(self, name: str, review: Review) -> Callable[[Statement, DocumentCard], bool]:
        """Tells whether words were in any text of the article, were dismissed, or were passed over.

        Passed over were words of an edition that the article has cited.
        """
        texts = list(self._editorial.texts(name))
        said = {spaced(each.text) for text in texts for each in text.statements()}
        said |= {spaced(each) for each in review.dismissed}
        cited = {each.card.series: each.card.id for each in texts[0].references}

        def is_known(statement: Statement, card: DocumentCard) -> bool:
            words = spaced(statement.text)
            return words in said or self._stood_in(cited.get(card.series, ""), words)

        return is_known

    def _stood_in(self, document: str, words: str) -> bool:
        """Whether an edition has these words; one that is gone cannot be asked, and has them."""
        if not document:
            return False
        try:
            return words in self._spaced(document)
        except NotInBase:
            return True

    def _spaced_of(self, document: str) -> str:
        return spaced(self._engine.base.document(DocumentId(document)).text)


def _opened(pen: _Pen, told: Reopened) -> Reopened:
    words = "\n".join(map(_line, told.found))
    target = " ".join(dict.fromkeys(f"{each.statement}={each.mark}" for each in told.found))
    pen.write(Action.REOPEN, reason=told.reason, words=words, target=target)
    return told


def _line(each: Anchoring) -> str:
    return (
        f"{each.statement} ({each.fate}): {each.before} -> {each.note or each.after or 'nothing'}"
    )


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
