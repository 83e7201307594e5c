"""The report on a text: each of its sentences, its verdict, and the words that decide it."""

from __future__ import annotations

from dataclasses import dataclass, field

from loccit.terms.articles import Citation, Finding
from loccit.terms.evidence import DocumentCard
from loccit.terms.kinds import Verdict

__all__ = ["Checked", "CheckedPart", "Claim", "Report", "Witness"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What a text claims at ``start:end``.

    ``drugs`` are those it is about, carried over from the words around it where it names none;
    ``heading`` is what it stands under. One that is not ``checkable`` claims nothing that a source
    could support: a heading, a question, a word of thanks.
    """

    text: str
    start: int
    end: int
    drugs: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    """Drugs that it combines with those it names, as the words around it have them."""
    topics: tuple[str, ...] = ()
    """What it is about, where other words of its sentence say so; it is claimed of each."""
    heading: str = ""
    cites: tuple[Citation, ...] = ()
    checkable: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Witness:
    """A passage that a claim was held against, and what came of it."""

    citation: Citation
    card: DocumentCard
    verdict: Verdict
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedPart:
    """One claim of a sentence with its verdict; ``witnesses`` come most telling first."""

    claim: Claim
    verdict: Verdict
    witnesses: tuple[Witness, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A sentence of the text. ``verdict`` is empty where it claims nothing that can be checked."""

    claim: Claim
    verdict: Verdict | None
    parts: tuple[CheckedPart, ...] = ()
    remarks: tuple[Finding, ...] = ()
    """What is wrong within the text itself: sums that do not add up, sentences that disagree,
    citations that do not open at the words quoted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What came of a whole text."""

    name: str
    text: str
    sentences: tuple[Checked, ...]
    base_digest: str = ""
    notes: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    """Sentences by verdict, and ``nothing to check``."""
