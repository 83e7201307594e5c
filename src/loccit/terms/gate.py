"""What the safety gate found: stated facts of a patient that meet what sources warn of a drug."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from loccit.terms.documents import PassageId
from loccit.terms.evidence import DocumentCard
from loccit.terms.kinds import StatementKind

__all__ = ["Axis", "Block", "Calculation", "Fact", "Gate", "Severity", "Unshown"]


class Axis(StrEnum):
    """What a stated fact is about."""

    AGE = "age"
    WEIGHT = "weight"
    PREGNANCY = "pregnancy"
    LACTATION = "lactation"
    RENAL = "renal"
    HEPATIC = "hepatic"
    DRUG = "drug"
    ALLERGY = "allergy"
    CONDITION = "condition"
    HISTORY = "history"
    OVERDOSE = "overdose"


class Severity(StrEnum):
    """Where and how the source says it, the strictest first."""

    CONTRAINDICATED = "contraindicated"
    BOXED_WARNING = "boxed_warning"
    NOT_RECOMMENDED = "not_recommended"
    GUIDELINE_AGAINST = "guideline_against"
    NOT_ESTABLISHED = "not_established"
    OVERDOSE = "overdose"
    ALLERGY = "allergy"
    """The allergy is to the drug itself, and no statement of the base says so."""
    WARNING = "warning"
    INTERACTION = "interaction"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One stated fact: its axis, and its value in canonical or the asker's words."""

    axis: Axis
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A drug that a stated fact keeps out of the bottom line, or a caution that it meets.

    ``statements`` are ids of statements of the article that say so; none only where the allergy is
    to the drug itself or too much of it was taken. It is not ``sure`` where the source speaks of a
    degree, a measure or a time that was not stated.
    """

    drug: str
    fact: Fact
    severity: Severity
    sure: bool = True
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Calculation:
    """What a dose by weight comes to in this patient, worked out step by step.

    Each of ``steps`` is one sum in signs with its units, of figures that stand in the
    ``statement``, in a stated fact or in a step before. It is said by the program, not by a source.
    """

    statement: str
    steps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Unshown:
    """Passages on one drug that the article leaves out, by the section of their source."""

    drug: str
    section: str
    kind: StatementKind
    passages: tuple[PassageId, ...]
    card: DocumentCard


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """What came of holding the stated facts against every drug of the article."""

    facts: tuple[Fact, ...] = ()
    blocks: tuple[Block, ...] = ()
    cautions: tuple[Block, ...] = ()
    withheld: tuple[Unshown, ...] = ()
    """Doses of blocked drugs that were taken out."""
    unshown: tuple[Unshown, ...] = ()
    """Safety statements in the base that the article does not show."""
    calculations: tuple[Calculation, ...] = ()
    no_dose: tuple[str, ...] = ()
    """Drugs for whose dose in this patient no row was found."""

    closed: bool = False
    """Whether all drugs asked about are blocked and nothing else is offered."""

    @property
    def blocked(self) -> tuple[str, ...]:
        """The drugs that are blocked, once each."""
        return tuple(dict.fromkeys(block.drug for block in self.blocks))
