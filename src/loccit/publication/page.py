"""An answer laid out as a page: what the terminal, Markdown and HTML show, in words, in order.

All strings of a page are fit to be shown (see ``showing.visible``); none is escaped for a format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # only HTML draws
    from loccit.publication.pictures import Picture


__all__ = [
    "Alert",
    "Conflict",
    "GateLine",
    "Grade",
    "Group",
    "LeftOut",
    "Mark",
    "Page",
    "Piece",
    "Row",
    "Sentence",
    "Side",
    "Source",
    "Status",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A citation as shown after a sentence, and the exact words it opens."""

    number: int
    """Of its source in the reference list."""
    passage: str
    quote: str
    prefix: str
    suffix: str
    section: str
    role: str
    """Nothing when the words support the sentence."""


class Piece(NamedTuple):
    """Words as shown, and what their last term means where that is explained."""

    words: str
    meaning: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A statement as shown. ``number`` counts the sentences of the page from 1."""

    number: int
    words: str
    subject: str
    """Set in brackets before the words, where they leave it out."""
    lead: str
    """What the words stand under in the source; never shown as if quoted with them."""
    is_plain: bool
    """Whether the words are the plain twin and not the source's own."""
    grade: str
    """Strength and certainty as their issuer says them, and whose scale it is."""
    verdict: str
    """Key of what the check says; nothing for words shown without a check."""
    doubt: str
    """The verdict in words, unless the cited words carry the sentence."""
    findings: tuple[str, ...]
    marks: tuple[Mark, ...]
    frame: str = ""
    """Whom the source speaks to, where the sentence before it was not framed alike."""
    pieces: tuple[Piece, ...] = ()
    """The words again, cut behind each term that is explained; one piece where none is."""

    @property
    def glossed(self) -> str:
        """The words with each meaning in square brackets behind its term."""
        return "".join(
            f"{words} [{meaning}]" if meaning else words for words, meaning in self.pieces
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Grade:
    """Strength and certainty in their issuer's own words, and the name of its scale."""

    said: str
    scale: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Sentences under one heading."""

    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One side of a disagreement: who says it, of which year, and where that holds."""

    issuer: str
    jurisdiction: str
    sentence: Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """Sides that disagree on a point: in what, and what sets them in order."""

    point: str
    differ: str
    order: str
    sides: tuple[Side, ...]
    picture: Picture | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A reference as shown."""

    number: int
    kind: str
    """Of the work; ``is_summary`` says whether it is read through a summary."""
    title: str
    publisher: str
    year: str
    jurisdiction: str
    edition: str
    """Year, version and the date in force."""
    identifiers: str
    url: str
    link: str
    """The address, if it is one that a page may link to."""
    standing: str
    """Nothing when the source is current."""
    licence: str
    cited_sections: str
    """The sections that the answer cites, the first few by name."""
    is_summary: bool
    cited_by: tuple[int, ...]
    """Numbers of the sentences that cite it."""
    design: str = ""
    """What such a source is, for a reader who may not know."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """Where the text stands with its reviewers."""

    state: str
    name: str
    note: str
    steps: tuple[str, ...]
    signed: tuple[str, ...] = ()
    """Who approved it: name, credentials, role, and the interests that they declared."""
    signed_label: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    """Edition, days and what waits, each with its label."""
    banner: str = ""
    """What a reader must know before the text; nothing where it holds."""
    why: str = ""
    """What a person said of that."""
    leads_to: str = ""
    """The address of the text to read instead, and what the link says."""
    link: str = ""
    editions: str = ""
    """The address of all editions, where there is one."""
    open: tuple[int, ...] = ()
    """Numbers of the sentences whose source changed since."""

    @property
    def in_full(self) -> tuple[str, ...]:
        """All of it in lines, for formats without marks of their own."""
        why = f"{self.why[:1].upper()}{self.why[1:]}"
        lines = [f"{self.banner} {why}".strip()] if self.banner else []
        if self.signed:
            lines.append(f"{self.signed_label} {'; '.join(self.signed)}.")
        if self.facts:
            lines.append("; ".join(f"{label}: {value}" for label, value in self.facts) + ".")
        return tuple(lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One thing read from the question."""

    label: str
    values: tuple[str, ...]
    check: bool
    """Whether the asker should look: the program changed, left out or doubted something."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """The fixed message on a danger, shown above all else."""

    title: str
    message: str
    provenance: str
    """Its owner, its date, and the pages it was checked against."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GateLine:
    """A drug that a stated fact blocks, or warns of, and the sentences that say so."""

    drug: str
    fact: str
    why: str
    doubt: str
    """What was not stated and would decide; nothing where the fact is met."""
    blocks: bool
    sentences: tuple[int, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """Passages of one section on one drug that the answer does not show, by their count."""

    drug: str
    section: str
    counted: str
    number: int
    """Of the source, or 0 where the answer cites nothing of it."""
    passages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """An answer or an honest stop. Parts that do not apply are empty."""

    title: str
    question: str
    kind: str
    audience: str
    status: Status
    reading: tuple[Row, ...]
    urgent: tuple[str, ...]
    """Fixed messages that come before all else."""
    red_flags: tuple[str, ...]
    """Flags that have no message of their own."""
    alerts: tuple[Alert, ...] = ()
    reason: str = ""
    """Why there is no answer; nothing when there is one."""
    nearest: tuple[Sentence, ...] = ()
    widen: tuple[str, ...] = ()
    gate: tuple[GateLine, ...] = ()
    """What the safety gate found; it stands above the bottom line."""
    sums: tuple[str, ...] = ()
    """What doses by weight come to, and drugs without a dose for this patient: our words."""
    withheld: tuple[LeftOut, ...] = ()
    unshown: tuple[LeftOut, ...] = ()
    bottom_line: tuple[Sentence, ...] = ()
    sections: tuple[Group, ...] = ()
    safety: tuple[Group, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    background: tuple[Sentence, ...] = ()
    """Why, for a reader who learns."""
    confidence: str = ""
    """How sure the program is that it answered, and why, in fixed words."""
    level: str = ""
    """Key of that confidence; nothing where none was set."""
    level_said: str = ""
    reasons: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    """What issuers say of the evidence for the bottom line, each once."""
    newest: str = ""
    """Day or year of the newest source cited."""
    facts: tuple[str, ...] = ()
    """What was read of the subject and the patient, in short."""
    notes: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    by_year: Picture | None = None
    """The sources by kind and year."""
    numbers: tuple[tuple[int, str], ...] = ()
    """Numbers of the sentences, with the ids of the statements that they show."""
    doses: Picture | None = None
    """Doses by kidney function, where a label states several."""
    follow_ups: tuple[str, ...] = ()
    disclaimer: str = ""
    colophon: tuple[str, ...] = ()
    """How the page was made: evidence, composer, owner of the fixed words."""

    def source(self, number: int) -> Source | None:
        """The source of this number, if the answer lists it."""
        return next((source for source in self.sources if source.number == number), None)
