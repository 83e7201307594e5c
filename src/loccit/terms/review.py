"""Review: who decided what on which exact text and evidence, and where an article stands by it.

And how those people prove who they are: accounts, sessions, and what is kept of failures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

__all__ = [
    "PROGRAM_ID",
    "Account",
    "Action",
    "Approval",
    "Attempts",
    "Decision",
    "Duty",
    "Happening",
    "Identity",
    "Invitation",
    "Journey",
    "Ledger",
    "Person",
    "Proposal",
    "Remark",
    "Review",
    "Reviewed",
    "Session",
    "Signature",
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


PROGRAM_ID = "loccit"
"""Under which the program writes in ledgers: no person is entered by it."""


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
    for a change of the text, as they are after it. ``target`` is a statement's id; the person
    assigned; or the article that takes the place of a superseded one. ``words`` is what was
    commented or put in its place; ``passage`` what an added statement is quoted from, or what is
    suggested; ``due`` when an assigned review is due. A submission has in ``target`` the mark of
    what its question reads as, and in ``passage`` that of what it is about. Where the program
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


# --- how people prove who they are


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """How a person signs in: by a password, or as ``subject`` of an institution ``issuer``.

    ``password`` is a hash with its parameters; nothing where there is no password.
    ``changed_at`` is when the password was set: sessions from before are over.
    """

    person: str
    password: str = ""
    changed_at: datetime | None = None
    issuer: str = ""
    subject: str = ""
    locked: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """A browser in which somebody has signed in. ``digest`` is that of its token.

    ``duties`` are the roles when it began: with others it is over.
    """

    digest: str
    person: str
    duties: frozenset[Duty]
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempts:
    """Failures in a row under a name, which is kept as a digest; the ``last`` of them."""

    name: str
    failures: int = 0
    last: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation:
    """The right to choose a password once, until ``until``. ``digest`` is that of its code."""

    digest: str
    person: str
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Journey:
    """A sign-in at an institution that has begun: where it leads, and what must come back."""

    address: str
    state: str
    nonce: str
    verifier: str
    back: str
    """The address of ours that the institution sends the browser to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Whom an institution says somebody is; ``duties`` is nothing where roles are not told."""

    issuer: str
    subject: str
    name: str
    duties: frozenset[Duty] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """An approval as readers are shown it: with who stands behind the name."""

    name: str
    credentials: str
    interests: str
    """The declaration in that person's words."""
    duty: Duty
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Reviewed:
    """Where one text of an article stands, as its readers are told; see ``review.standing``.

    ``edition`` is the number of the approved edition that this text is, or nought;
    ``newest`` that of the newest edition of the article. ``open`` are statements whose source
    changed since and that wait for a person.
    """

    article: str
    state: State
    signed: tuple[Signature, ...] = ()
    edition: int = 0
    newest: int = 0
    published_at: datetime | None = None
    review_by: date | None = None
    since: datetime | None = None
    reason: str = ""
    """What was said when it came into its state."""
    open: tuple[str, ...] = ()
    successor: str = ""
    """The article that took its place."""
    is_other_text: bool = False
    """The text that people decide on is another one of the same article."""
