"""Where one text of an article stands, and its published editions: for readers of the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from loccit.review.digests import content_digest, evidence_digest
from loccit.review.folding import review_of, reviews_of
from loccit.review.rules import ReviewRules
from loccit.terms import (
    Action,
    Approval,
    Article,
    Ledger,
    Person,
    Review,
    Reviewed,
    Signature,
    State,
)

__all__ = ["PublishedEdition", "editions_of", "standing_of"]

ENDED = frozenset({State.REJECTED, State.WITHDRAWN, State.SUPERSEDED})
"""States that hold for every text of an article, whichever was decided on."""


WORKED_ON = frozenset({State.UNDER_REVIEW, State.CHANGES_REQUESTED})
"""States in which an edition is still read while people work on the next."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedEdition:
    """A text that enough people approved; ``decision`` is the number of the last approval."""

    number: int
    decision: int
    at: datetime
    review_by: date | None
    approvals: tuple[Approval, ...]
    content: str
    evidence: str


def editions_of(ledger: Ledger, rules: ReviewRules) -> tuple[PublishedEdition, ...]:
    """The editions of an article, the first first."""
    return tuple(_editions(ledger, rules))


def _editions(ledger: Ledger, rules: ReviewRules) -> Iterator[PublishedEdition]:
    count = 0
    for decision, review in zip(ledger.decisions, reviews_of(ledger, rules), strict=True):
        if review.edition > count:
            count = review.edition
            yield PublishedEdition(
                number=count,
                decision=decision.number,
                at=decision.at,
                review_by=review.review_by,
                approvals=review.approvals,
                content=decision.content,
                evidence=decision.evidence,
            )


def standing_of(
    text: Article, ledger: Ledger, people: Mapping[str, Person], rules: ReviewRules
) -> Reviewed:
    """Where ``text`` stands by the ledger of its article.

    A decision holds for the exact text and evidence that it was taken on. A text that nobody
    decided on is told as not reviewed, whatever became of another text of the same article.
    """
    review, editions = review_of(ledger, rules), editions_of(ledger, rules)
    digests = content_digest(text), evidence_digest(text)
    decided_on = digests == (review.content, review.evidence)
    own = next((e for e in reversed(editions) if digests == (e.content, e.evidence)), None)
    if own is None and decided_on and review.state is State.APPROVED:
        own = editions[-1]  # the words of the edition, anchored anew in a newer source
    state = _state(review, own, decided_on=decided_on)
    so_far = review.approvals if decided_on else ()  # they do not make an edition yet
    return Reviewed(
        article=ledger.article,
        state=state,
        signed=tuple(_signatures(own.approvals if own else so_far, people)),
        edition=own.number if own else 0,
        newest=len(editions),
        published_at=own.at if own else None,
        review_by=own.review_by if own else None,
        since=review.since,
        reason=_reason(review, ledger, own, state, decided_on=decided_on),
        open=tuple(sorted(review.open)) if own or decided_on else (),
        successor=_successor(ledger) if state is State.SUPERSEDED else "",
        is_other_text=not decided_on and not (own and own.number == len(editions)),
    )


def _state(review: Review, own: PublishedEdition | None, *, decided_on: bool) -> State:
    if decided_on or review.state in ENDED:
        return review.state
    if own is None:
        return State.SUBMITTED
    is_newest = own.number == review.edition
    return review.state if is_newest else State.SUPERSEDED


def _reason(
    review: Review,
    ledger: Ledger,
    own: PublishedEdition | None,
    state: State,
    *,
    decided_on: bool,
) -> str:
    """Why it stands there. What reviewers tell each other about the next text is no reader's."""
    if own is not None and state in WORKED_ON:
        since = ledger.decisions[own.decision :]
        return next((e.reason for e in reversed(since) if e.action is Action.REOPEN), "")
    return review.reason if decided_on or state is review.state else ""


def _signatures(approvals: Iterable[Approval], people: Mapping[str, Person]) -> Iterator[Signature]:
    for each in approvals:
        person = people.get(each.who)
        yield Signature(
            name=person.name if person else each.who,
            credentials=person.credentials if person else "",
            interests=person.interests if person else "",
            duty=each.duty,
            at=each.at,
        )


def _successor(ledger: Ledger) -> str:
    """The article that a supersession names."""
    named = (each.target for each in reversed(ledger.decisions) if each.action is Action.SUPERSEDE)
    return next(named, "")
