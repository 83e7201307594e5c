"""What the API takes, and the shapes of its lists, passages, reports and errors."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from loccit.delivery.web.api.answers import (
    CitationOut,
    FindingOut,
    LocatorOut,
    Out,
    PermalinkOut,
    SourceOut,
)
from loccit.delivery.web.paging import LIMIT, LONGEST, MOST
from loccit.delivery.web.routes.checking import MOST_CHARACTERS
from loccit.terms import (
    Audience,
    CitationRole,
    PassageKind,
    QuestionKind,
    SourceKind,
    Standing,
    StatementKind,
    Verdict,
)

__all__ = [
    "ArticleCardOut",
    "ArticleList",
    "AskRequest",
    "CheckRequest",
    "Health",
    "LibraryQuery",
    "PassageOut",
    "Problem",
    "ReportOut",
    "SourceList",
    "SourcePageOut",
    "SourcesQuery",
]


class AskRequest(BaseModel):
    """The body of ``POST /api/v1/ask``."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=8_000)
    audience: Audience | None = None
    patient: str | dict[str, Any] = ""
    """The option of the command line, or an object of its facts."""
    jurisdiction: str = Field(default="", max_length=8)
    follow: str = Field(default="", max_length=64)
    keep: StrictBool = True
    anew: StrictBool = False
    """Compose an answer even where an article answers a question that reads the same."""


class CheckRequest(BaseModel):
    """The body of ``POST /api/v1/check``."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=MOST_CHARACTERS)


class LibraryQuery(BaseModel):
    """What of the library is asked for."""

    q: str = Field(default="", max_length=200)
    kind: QuestionKind | None = None
    audience: Audience | None = None
    document: str = Field(default="", max_length=512)
    cursor: str = Field(default="", max_length=LONGEST)
    limit: int = Field(default=LIMIT, ge=1, le=MOST)


class SourcesQuery(BaseModel):
    """What of the sources is asked for."""

    q: str = Field(default="", max_length=200)
    kind: SourceKind | None = None
    standing: Standing | None = None
    year: int | None = Field(default=None, ge=1, le=9999)
    cursor: str = Field(default="", max_length=LONGEST)
    limit: int = Field(default=LIMIT, ge=1, le=MOST)


class Problem(Out):
    """An error (RFC 9457). ``code`` names its kind; ``message`` says what to do, as ``detail``."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    message: str


class Health(Out):
    """Whether the process answers."""

    status: Literal["ok"]


class ArticleCardOut(Out):
    """An article of the library in a list."""

    permalink: PermalinkOut
    title: str
    kind: QuestionKind
    audience: Audience
    documents: list[str]


class ArticleList(Out):
    """A page of the library; ``next`` is the cursor of the next, or null."""

    articles: list[ArticleCardOut]
    next: str | None


class SourceList(Out):
    """A page of the sources; ``next`` is the cursor of the next, or null."""

    sources: list[SourceOut]
    found: int
    next: str | None


class SectionPlace(Out):
    """A section of a document: its headings and its place in the text."""

    number: int
    path: list[str]
    code: str
    start: int
    end: int


class SourcePageOut(Out):
    """A source with its sections, its editions (the newest first) and the articles on it."""

    source: SourceOut
    passages: int
    sections: list[SectionPlace]
    editions: list[SourceOut]
    articles: list[ArticleCardOut]


class PassageOut(Out):
    """A passage with the edition it stands in."""

    passage: str
    text: str
    context: str
    kind: PassageKind
    statement_kinds: list[StatementKind]
    locator: LocatorOut
    source: SourceOut


class WitnessOut(Out):
    """A passage that a claim was held against."""

    verdict: Verdict
    role: CitationRole
    passage: str
    quote: str
    marked: list[list[int]]
    locator: LocatorOut
    source: SourceOut
    findings: list[FindingOut]


class PartOut(Out):
    """One claim of a sentence."""

    text: str
    start: int
    end: int
    drugs: list[str]
    verdict: Verdict
    marked: list[list[int]]
    witnesses: list[WitnessOut]


class CheckedOut(Out):
    """A sentence of the text."""

    text: str
    start: int
    end: int
    heading: str
    verdict: Verdict | None
    marked: list[list[int]]
    citations: list[CitationOut]
    parts: list[PartOut]
    remarks: list[FindingOut]


class ReportOut(Out):
    """The report on a text, schema ``loccit/report/1``."""

    schema_: Literal["loccit/report/1"] = Field(alias="schema")
    name: str
    text: str
    counts: dict[str, int]
    sentences: list[CheckedOut]
    notes: list[str]
    evidence: dict[str, str]
    disclaimer: str
    checked_by: dict[str, Any]
