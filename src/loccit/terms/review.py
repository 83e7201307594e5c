"""Review: who decided what on which exact text and evidence, and where an article stands by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

__all__ = [
    "Action",
    "Approval",
    "Decision",
    "Duty",
    "Happening",
    "Ledger",
    "Person",
    "Proposal",
    "Remark",
    "Review",
    "State",
    "Watch",
]


class State(StrEnum):
    """Where an article stands. Nobody but a named person moves it to ``APPROVED``."""

    UNSUBMITTED = "unsubmitted"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Action(StrEnum):
    """What can be decided."""

    SUBMIT = "submit"
    ASSIGN = "assign"
    BEGIN = "begin"
    ACCEPT = "accept"
    COMMENT = "comment"
    EDIT = "edit"
    STRIKE = "strike"
    ADD = "add"
    REQUEST_CHANGES = "request_changes"
    RESUBMIT = "resubmit"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    REANCHOR = "reanchor"
    REOPEN = "reopen"
    SUPERSEDE = "supersede"
    SUGGEST = "suggest"
    DISMISS = "dismiss"


class Duty(StrEnum):
    """In what role somebody acts. The program itself only watches."""

    READER = "reader"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    BOARD = "board"
    ADMIN = "admin"
    PROGRAM = "program"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who may decide.

    ``interests`` is the declaration of conflicting interests in that person's words ("none" is a
    declaration, nothing is not), made on ``declared_on``.
    """

    id: str
    name: str
    duties: frozenset[Duty] = frozenset()
    credentials: str = ""
    interests: str = ""
    declared_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A line of the ledger. ``seal`` is the digest of all the rest and of the line before.

    ``content`` and ``evidence`` are digests of the exact text and of the exact sources decided on:
    for a change of the text, as they are after it. ``target`` is a statement's id, or the person
    assigned; ``words`` what was commented or put in its place; ``passage`` what an added statement
    is quoted from, or what is suggested; ``due`` when an assigned review is due. Where the program
    opens an article, ``target`` names each statement with a mark of what it found of it
    (``s1=mark``), so that the same is never told twice.
    """

    number: int
    article: str
    action: Action
    who: str
    duty: Duty
    at: datetime
    content: str
    evidence: str
    reason: str = ""
    target: str = ""
    words: str = ""
    passage: str = ""
    due: date | None = None
    previous: str = ""
    seal: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """All decisions on one article, the first first. Nothing in it is ever changed or removed."""

    article: str
    decisions: tuple[Decision, ...] = ()

    @property
    def head(self) -> str:
        """The seal of the last decision; nothing where there is none."""
        return self.decisions[-1].seal if self.decisions else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """Who approved the text as it stands, in which role and when."""

    who: str
    duty: Duty
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """What was said of a statement, or of the article where ``target`` is empty."""

    action: Action
    target: str
    who: str
    at: datetime
    words: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """Evidence that would be chosen if the question were asked now, and is not in the text.

    The program offers it and applies nothing. ``beside`` is the statement of the text that it would
    stand before, or nothing where it would come last; ``words`` are those of the ``passage``.
    """

    passage: str
    words: str
    beside: str
    why: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """Where an article stands: a fold over its ledger, never stored by itself.

    ``approvals`` are those of the present text and evidence; ``edition`` counts how often it was
    approved in full; ``open`` are statements whose source changed since and that wait for a person.
    """

    state: State = State.UNSUBMITTED
    content: str = ""
    evidence: str = ""
    submitted_by: str = ""
    changed_by: frozenset[str] = frozenset()
    """Who wrote or changed words of it."""
    assigned: str = ""
    due: date | None = None
    approvals: tuple[Approval, ...] = ()
    accepted: frozenset[str] = frozenset()
    """Statements that a reviewer accepted as they stand."""
    remarks: tuple[Remark, ...] = ()
    open: frozenset[str] = frozenset()
    edition: int = 0
    published_at: datetime | None = None
    review_by: date | None = None
    since: datetime | None = None
    """When it came into this state."""
    reason: str = ""
    """What was said when it came into this state."""
    told: frozenset[tuple[str, str]] = frozenset()
    """What the program found of statements so far: (statement, mark)."""
    suggestions: tuple[Proposal, ...] = ()
    """Those that wait for a person, the oldest first."""
    dismissed: frozenset[str] = frozenset()
    """Words that a person dismissed when they were suggested; they are not suggested again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """Something that became of an article after it was first approved.

    ``what`` is ``approved``, ``opened``, ``withdrawn`` or ``superseded``; ``edition`` the last
    approved one; ``why`` what the program found, where it was the program. No text of the article
    but its title is in it.
    """

    article: str
    number: int
    """Of the decision by which it happened."""
    what: str
    at: datetime
    edition: int
    title: str
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """How the articles were last held against their sources, or how that failed."""

    began_at: datetime
    ended_at: datetime
    base_digest: str = ""
    """Of the base that they were held against."""
    fetched: bool = False
    """Whether newer editions were asked for first."""
    opened: int = 0
    suggested: int = 0
    passed_over: int = 0
    """Articles that could not be looked at."""
    failure: str = ""
    """Why it ended early, with no word of any question."""
