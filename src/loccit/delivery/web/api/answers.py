"""The shape of ``loccit/article/1`` for OpenAPI; ``docs/json.md`` tells what each field means."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from loccit.terms import (
    Audience,
    CitationRole,
    Duty,
    QuestionKind,
    Role,
    SourceKind,
    Standing,
    State,
    StatementKind,
    Verdict,
)

__all__ = ["ArticleOut", "CitationOut", "FindingOut", "LocatorOut", "PermalinkOut", "SourceOut"]


class Out(BaseModel):
    """What is given: exactly these fields."""

    model_config = ConfigDict(extra="forbid")


class LocatorOut(Out):
    """A place in one edition of a document; offsets count Unicode code points."""

    document: str
    sha256: str
    start: int
    end: int
    section: str
    page: int | None
    section_path: list[str]
    prefix: str
    suffix: str


class FindingOut(Out):
    """What one check says."""

    check: str
    verdict: Verdict
    message: str
    locator: LocatorOut | None
    span: list[int] | None


class CitationOut(Out):
    """The exact words that a statement stands on."""

    reference: int
    passage: str
    quote: str
    role: CitationRole
    locator: LocatorOut


class ExplainedOut(Out):
    """A term of a statement, and what it means."""

    term: str
    meaning: str
    start: int
    end: int


class WordingOut(Out):
    """What the reader is shown of a statement, of its words and beside them."""

    words: str
    is_plain: bool
    frame: str
    explained: list[ExplainedOut]


class StatementOut(Out):
    """A sentence of an article."""

    id: str
    text: str
    role: Role
    kind: StatementKind
    verdict: Verdict
    findings: list[FindingOut]
    citations: list[CitationOut]
    subject: str
    lead: str
    plain: str
    strength: str
    certainty: str
    scale: str
    wording: WordingOut | None


class SideOut(StatementOut):
    """One side of a disagreement."""

    issuer: str
    year: int | None
    jurisdiction: str


class ConflictOut(Out):
    """Sources that disagree on a point."""

    point: str
    differ: str
    order: str
    sides: list[SideOut]


class SectionOut(Out):
    """Statements under a heading."""

    kind: str
    heading: str
    statements: list[StatementOut]


class SafetyOut(Out):
    """Boxed warnings and contraindications of a drug."""

    drug: str
    statements: list[StatementOut]


class RecommendationOut(Out):
    """An issuer's recommendation in its own words."""

    text: str
    direction: str
    strength: str
    certainty: str
    scale: str
    issuer: str
    year: int | None
    citation: CitationOut


class SourceOut(Out):
    """A source without its text."""

    document: str
    kind: SourceKind
    title: str
    publisher: str
    year: int | None
    version: str
    effective_on: str | None
    url: str
    standing: Standing
    licence: str
    original_kind: SourceKind | None
    jurisdiction: str
    identifiers: dict[str, str]
    original_identifiers: dict[str, str]
    series: str
    sha256: str


class ReferenceOut(SourceOut):
    """A source with its number in the article."""

    number: int
    design: str


class SignatureOut(Out):
    """Who approved the text."""

    name: str
    credentials: str
    interests: str
    role: Duty
    at: str


class StatusOut(Out):
    """Where the text stands with its reviewers; ``by`` are those who approved this very text."""

    state: State
    by: list[SignatureOut]
    at: str
    note: str
    edition: int | None
    newest_edition: int | None
    review_by: str | None
    open: list[str]
    banner: str
    reason: str
    superseded_by: str | None


class AbstentionOut(Out):
    """Why there is no answer."""

    reason: str
    nearest: list[CitationOut]
    how_to_widen: list[str]


class EvidenceOut(Out):
    """The state of the base that the answer was made from."""

    base_digest: str
    documents: int
    passages: int


class QuestionOut(BaseModel):
    """The question as it was read."""

    text: str
    kind: QuestionKind
    concepts: list[dict[str, Any]]
    patient: dict[str, Any]
    negated: list[str]
    red_flags: list[str]
    premises: list[dict[str, str]]
    population: list[str]
    jurisdiction: str
    follows: str
    removed: list[str]


class PermalinkOut(Out):
    """Which version of which kept answer this is, in UTC."""

    article: str
    version: int
    path: str
    kept_at: str
    digest: str
    listed_at: str | None


class ArticleOut(BaseModel):
    """An article, or an honest stop where ``abstention`` is filled."""

    model_config = ConfigDict(title="Article")

    schema_: Literal["loccit/article/1"] = Field(alias="schema")
    id: str
    alerts: list[dict[str, Any]]
    title: str
    audience: Audience
    question: QuestionOut
    status: StatusOut
    bottom_line: StatementOut | None
    bottom_line_more: list[StatementOut]
    sections: list[SectionOut]
    safety: list[SafetyOut]
    gate: dict[str, Any]
    conflicts: list[ConflictOut]
    recommendations: list[RecommendationOut]
    coverage: dict[str, Any]
    confidence: dict[str, Any] | None
    background: list[StatementOut]
    notes: list[str]
    follow_ups: list[str]
    references: list[ReferenceOut]
    evidence: EvidenceOut
    abstention: AbstentionOut | None
    disclaimer: str
    composed_by: dict[str, Any]
    permalink: PermalinkOut | None = None
    same_question: bool = False
    """The question reads the same as that of this article, which was there before."""
