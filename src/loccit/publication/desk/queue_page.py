"""The queue: every article that waits for people, the most pressing first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from loccit.publication.as_html import filled
from loccit.publication.showing import visible
from loccit.publication.words import load_words
from loccit.terms import Person, State

__all__ = ["Looking", "Waiting", "queue_page"]

MINE, NOBODY = "me", "nobody"


@dataclass(frozen=True, kw_only=True, slots=True)
class Looking:
    """What of the queue is asked for; empty fields do not constrain.

    ``assigned`` is a person's id, ``me`` or ``nobody``; ``due`` is ``overdue`` or nothing.
    """

    state: str = ""
    assigned: str = ""
    overdue: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """An article in review as the queue shows it; ``age`` in whole days in its state."""

    article: str
    title: str
    state: State
    age: int
    assigned: str = ""
    due: date | None = None
    overdue: bool = False
    review_by: date | None = None
    edition: int = 0
    approvals: int = 0
    needed: int = 1
    open: int = 0
    suggestions: int = 0
    remarks: int = 0

    @property
    def state_said(self) -> str:
        """The state in words."""
        return load_words().of("state", self.state)


def queue_page(
    rows: Sequence[Waiting],
    looking: Looking,
    *,
    counts: Sequence[tuple[str, int]],
    people: Sequence[Person],
    person: Person,
) -> str:
    """The page; ``counts`` tell how many articles stand in each state."""
    words = load_words()
    return filled(
        "desk_queue.html",
        rows=rows,
        looking=looking,
        counts=tuple((state, words.of("state", state), number) for state, number in counts),
        people=tuple((each.id, visible(each.name)) for each in people),
        names={each.id: visible(each.name) for each in people},
        person=person,
    )
