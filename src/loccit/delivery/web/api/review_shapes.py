"""What the API takes and gives of review."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from loccit.delivery.web.api.answers import Out, StatusOut
from loccit.terms import Action, State, Verdict

__all__ = [
    "DecisionRequest",
    "DeskOut",
    "DifferencesOut",
    "EditionsOut",
    "PassagesFound",
    "QueueOut",
    "SubmitRequest",
]

LONGEST = 8_000


class SubmitRequest(BaseModel):
    """The body of ``POST /api/v1/submissions``: a kept version to submit."""

    model_config = ConfigDict(extra="forbid")

    article: str = Field(min_length=1, max_length=64)
    version: int = Field(ge=1, le=2**31 - 1)


class DecisionRequest(BaseModel):
    """What a person decides. ``seen`` is the ``head`` of the article as it was read."""

    model_config = ConfigDict(extra="forbid")

    action: Action
    seen: str = Field(min_length=1, max_length=64)
    target: str = Field(default="", max_length=128)
    words: str = Field(default="", max_length=LONGEST)
    reason: str = Field(default="", max_length=LONGEST)
    passage: str = Field(default="", max_length=64)
    due: date | None = None


class WaitingOut(Out):
    """An article in review; ``age`` in days in its state."""

    article: str
    title: str
    state: State
    age: int
    assigned: str
    due: str | None
    overdue: bool
    review_by: str | None
    edition: int
    approvals: int
    needed: int
    open: int
    suggestions: int
    remarks: int


class QueueOut(Out):
    """The queue, the most pressing first."""

    articles: list[WaitingOut]


class StandingOut(Out):
    """A sentence of an article in review."""

    number: int
    id: str
    text: str
    verdict: Verdict
    passages: list[str]
    accepted: bool
    open: bool


class LineOut(Out):
    """A line of the ledger."""

    number: int
    at: str
    who: str
    role: str
    action: Action
    target: str
    words: str
    reason: str
    passage: str


class DeskOut(Out):
    """An article in review; ``may`` are the steps that are open to whoever asks."""

    article: str
    title: str
    head: str
    state: State
    status: StatusOut
    assigned: str
    due: str | None
    approvals: int
    needed: int
    may: list[Action]
    statements: list[StandingOut]
    ledger: list[LineOut]


class PartOfChange(Out):
    """Words of a sentence that changed, and what became of them."""

    words: str
    became: Literal["same", "struck", "added"]


class ChangeOut(Out):
    """A sentence that differs."""

    kind: Literal["added", "struck", "changed"]
    statement: str
    before: str
    after: str
    parts: list[PartOfChange]


class DifferencesOut(Out):
    """What differs between the texts that two decisions left."""

    article: str
    older: int
    newer: int
    same: int
    changes: list[ChangeOut]


class EditionOut(Out):
    """A published edition, and how it differs from the one before."""

    number: int
    path: str
    approved_at: str
    review_by: str | None
    state: State
    by: list[str]
    changes: list[ChangeOut]


class EditionsOut(Out):
    """The published editions of an article, the first first."""

    article: str
    title: str
    editions: list[EditionOut]


class FoundPassage(Out):
    """A passage of a cited source that could be quoted."""

    id: str
    text: str
    source: str
    section: str


class PassagesFound(Out):
    """Passages of the sources that an article cites."""

    passages: list[FoundPassage]
