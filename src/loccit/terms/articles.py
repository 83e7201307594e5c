"""The article: statements with citations, in sections, and the honest stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Self

from loccit.terms.documents import Locator, PassageId
from loccit.terms.errors import UncitedStatement
from loccit.terms.evidence import Coverage, DocumentCard, Question
from loccit.terms.gate import Gate
from loccit.terms.kinds import Audience, CitationRole, Role, StatementKind, Verdict
from loccit.terms.wording import Wording

__all__ = [
    "Abstention",
    "Article",
    "ArticleSection",
    "Citation",
    "Confidence",
    "ConflictPanel",
    "DrugSafety",
    "Finding",
    "Nearest",
    "Recommendation",
    "Reference",
    "Statement",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """The exact words a statement stands on. ``quote`` is what ``locator`` resolves to."""

    passage: PassageId
    locator: Locator
    quote: str
    reference: int = 0
    """Number in the article's reference list, from 1."""
    role: CitationRole = CitationRole.SUPPORTS


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What one check says of one statement."""

    check: str
    verdict: Verdict
    message: str
    locator: Locator | None = None
    """The words of the source that it speaks of."""
    span: tuple[int, int] | None = None
    """The words of the statement that it speaks of: start and end in its text."""

    @property
    def blocking(self) -> bool:
        """Whether the statement must not be shown as it stands."""
        return self.verdict in (Verdict.CONTRADICTED, Verdict.NOT_FOUND)


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A sentence of the article, exact words of its source.

    Raises ``UncitedStatement`` when built without a citation.
    """

    id: str
    text: str
    role: Role
    kind: StatementKind
    citations: tuple[Citation, ...]
    lead: str = ""
    """What the words stand under in the source (a table's header, a sub-heading); not quoted."""
    subject: str = ""
    """The drug or other subject the statement is about, where the words leave it out."""
    strength: str = ""
    certainty: str = ""
    scale: str = ""
    plain: str = ""
    findings: tuple[Finding, ...] = ()
    verdict: Verdict = Verdict.SUPPORTED
    wording: Wording | None = None
    """What its reader is shown, where that is not the words alone."""

    def __post_init__(self) -> None:
        if not self.citations:
            raise UncitedStatement(
                f"no citation for {self.text[:60]!r}; cite the passage it is from"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation:
    """An issuer's recommendation; strength and certainty are its words, with its scale."""

    text: str
    direction: str
    """``for`` or ``against``."""
    strength: str
    certainty: str
    scale: str
    issuer: str
    year: int | None
    citation: Citation


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleSection:
    """One section in the order of its shape."""

    kind: str
    heading: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DrugSafety:
    """Boxed warnings and contraindications of one drug that the article names."""

    drug: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConflictPanel:
    """Statements of different sources that disagree on one point.

    ``by`` is what they differ in (see ``Conflict``); ``order`` what ranks the first side first:
    ``LOCAL``, the jurisdiction asked for, or nothing: then both sides stand in the bottom line
    (``both``), neither (``open``), or one, where the safety gate bars the other (``barred``).
    """

    point: str
    sides: tuple[Statement, ...]
    by: str = "direction"
    order: str = "open"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """A source, numbered by first appearance."""

    number: int
    card: DocumentCard
    design: str = ""
    """What such a source is, for a reader who may not know."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Confidence:
    """How sure the program is that it answered the question: says nothing of the evidence.

    ``level`` is ``direct``, ``partial`` or ``thin``; ``reasons`` are names of ``confidence.toml``.
    """

    level: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """An answer. ``evidence_digest`` names the state of the base it was composed from."""

    id: str
    question: Question
    title: str
    audience: Audience
    bottom_line: tuple[Statement, ...]
    sections: tuple[ArticleSection, ...]
    references: tuple[Reference, ...]
    recommendations: tuple[Recommendation, ...] = ()
    conflicts: tuple[ConflictPanel, ...] = ()
    safety: tuple[DrugSafety, ...] = ()
    gate: Gate = field(default_factory=Gate)
    coverage: Coverage = field(default_factory=lambda: Coverage(documents=0, passages=0))
    confidence: Confidence = field(default_factory=Confidence)
    background: tuple[Statement, ...] = ()
    """Why, for a reader who learns: no part of the answer, and shown to no other reader."""
    notes: tuple[str, ...] = ()
    """Said by the program, not by a source: what was left out and why."""
    follow_ups: tuple[str, ...] = ()
    evidence_digest: str = ""
    composed_by: str = ""

    def statements(self) -> Iterator[Statement]:
        """All statements in the order in which an article is read: what endangers comes early."""
        yield from self.bottom_line
        for safety in self.safety:
            yield from safety.statements
        for conflict in self.conflicts:
            yield from conflict.sides
        for section in self.sections:
            yield from section.statements
        yield from self.background

    def with_statements(
        self, change: Callable[[tuple[Statement, ...]], Iterable[Statement]]
    ) -> Self:
        """The article with what ``change`` makes of each of its parts, in reading order.

        Parts may lose statements by it; a section that loses all of them goes.
        """

        def changed(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
            return tuple(change(statements))

        article = replace(
            self,
            bottom_line=changed(self.bottom_line),
            safety=tuple(replace(e, statements=changed(e.statements)) for e in self.safety),
            conflicts=tuple(replace(e, sides=changed(e.sides)) for e in self.conflicts),
            sections=tuple(replace(e, statements=changed(e.statements)) for e in self.sections),
            background=changed(self.background),
        )
        return replace(article, sections=tuple(e for e in article.sections if e.statements))


@dataclass(frozen=True, kw_only=True, slots=True)
class Nearest:
    """A passage near the question that does not answer it, and its document."""

    citation: Citation
    card: DocumentCard


@dataclass(frozen=True, kw_only=True, slots=True)
class Abstention:
    """No answer, and why: a normal result."""

    question: Question
    reason: str
    nearest: tuple[Nearest, ...] = ()
    how_to_widen: tuple[str, ...] = ()
    coverage: Coverage = field(default_factory=lambda: Coverage(documents=0, passages=0))
    evidence_digest: str = ""
    id: str = ""
