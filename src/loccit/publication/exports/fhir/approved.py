"""An approved edition with all that is told of its review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from loccit.terms import Article, Decision, Person, Review, State, UsageError

__all__ = ["ApprovedEdition"]

ENDED = frozenset({State.WITHDRAWN, State.SUPERSEDED, State.REJECTED})


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovedEdition:
    """A text that named people approved, how that came about, and where its article stands now.

    ``completed`` is the decision that completed the approval, ``review`` where the article stood
    by it, ``now`` where it stands. Raises ``UsageError`` for a text that is not approved.
    """

    name: str
    text: Article
    completed: Decision
    review: Review
    now: Review
    people: tuple[Person, ...]

    def __post_init__(self) -> None:
        if self.review.state is not State.APPROVED or not self.review.approvals:
            raise UsageError(f"{self.name}: only an approved edition can be had so")

    @property
    def number(self) -> int:
        """The number of this edition, from 1."""
        return self.review.edition

    @property
    def published_at(self) -> datetime:
        """When the last approval that it needed was given."""
        return self.completed.at

    @property
    def review_by(self) -> date | None:
        """The day until which somebody looks at it again."""
        return self.review.review_by

    @property
    def is_past(self) -> bool:
        """Whether a later edition stands in its place, or its article was withdrawn."""
        return self.now.edition > self.number or self.now.state in ENDED

    @property
    def is_open_again(self) -> bool:
        """Whether people look at it anew, because a source changed or for another reason."""
        return not self.is_past and self.now.state is not State.APPROVED

    def person(self, name: str) -> Person:
        """Who has this id; somebody of no other name where nobody is entered so."""
        return next((each for each in self.people if each.id == name), Person(id=name, name=name))
