"""What a passage says (its record), what a question asks, and the evidence gathered for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from loccit.terms.documents import DocumentId, Passage, SourceDocument
from loccit.terms.following import Following
from loccit.terms.kinds import (
    Audience,
    ConceptKind,
    Form,
    QuestionKind,
    SourceKind,
    Standing,
    StatementKind,
)

__all__ = [
    "Age",
    "Concept",
    "Conflict",
    "Coverage",
    "DescribedDocument",
    "Description",
    "DocumentCard",
    "Embedded",
    "Evidence",
    "Excluded",
    "Found",
    "Measured",
    "PatientFacts",
    "Preferred",
    "Premise",
    "Quantity",
    "Question",
    "Record",
    "ScoredRecord",
    "SearchRequest",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    """A term recognised in a text, under its canonical name.

    ``text`` is the surface form at ``start:end`` of the text it was found in.
    """

    text: str
    name: str
    kind: ConceptKind
    start: int = 0
    end: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A number or range with its unit, as written and as read.

    ``low`` and ``high`` are equal for a single value; ``unit`` is normalised (``mg``,
    ``mL/min``, ``%``, ``week``); ``comparator`` is one of ``= < <= > >= ~``.
    """

    text: str
    low: float
    high: float
    unit: str = ""
    comparator: str = "="
    start: int = 0
    end: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """What a passage speaks of: what the index searches and the composer selects by."""

    kinds: tuple[StatementKind, ...]
    """Most telling first."""
    drugs: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    population: tuple[str, ...] = ()
    """``axis:value``, as in a pack's statements."""
    quantities: tuple[Quantity, ...] = ()
    subjects: tuple[str, ...] = ()
    """Canonical drugs the whole document is about: a label's own, those in an article's title."""
    topics: tuple[str, ...] = ()
    """Conditions and procedures in the document's title."""
    forms: tuple[Form, ...] = ()


Age: TypeAlias = tuple[tuple[int, ...], date, tuple[int, ...], str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentCard:
    """A document without its text: what ranking, references and coverage need."""

    id: DocumentId
    series: str
    kind: SourceKind
    title: str
    publisher: str
    jurisdiction: str
    version: str
    year: int | None
    effective_on: date | None
    url: str
    standing: Standing
    licence: str
    sha256: str
    parser: str
    identifiers: dict[str, str] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    original_kind: SourceKind | None = None
    """For a summary: the kind of the work summarised."""
    original_identifiers: dict[str, str] = field(default_factory=dict)
    passages: int = 0

    @property
    def evidence_kind(self) -> SourceKind:
        """The kind that matters for ranking: a summary ranks as what it summarises."""
        return self.original_kind or self.kind

    @property
    def day(self) -> date:
        """The day it came into force; the first of its year, or of all, where that is not known."""
        return self.effective_on or date(min(max(self.year or 1, 1), date.max.year), 1, 1)

    @property
    def age(self) -> Age:
        """By which editions are put in order: the day, the numbers of the version, then text.

        Under a label's set id the version comes first, since it only ever grows (FDA's SPL
        Implementation Guide), while its day is now and then before that of the version it replaces.
        """
        numbers = tuple(int(part) for part in self.version.split(".") if part.isdecimal())
        first = numbers if self.series.startswith("set_id:") else ()
        return first, self.day, numbers, self.version, self.id


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A passage with its description and its document's card: one row of the index."""

    passage: Passage
    description: Description
    card: DocumentCard


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchRequest:
    """One search of the index. Empty fields do not constrain.

    ``words`` are what passages are ranked by; ``drugs`` restricts to documents about any of these
    drugs; ``mentions`` to passages naming any of these concepts (canonical names); ``populations``
    to passages about any of these (``axis:value``); ``kinds`` to passages of these statement kinds;
    ``source_kinds`` to sources of these kinds; ``documents`` to these; ``jurisdictions`` and
    ``standings`` to sources of these; ``since`` and ``until`` to sources of these days (a source
    that tells only its year counts as of the first day of it). ``fields`` is what a word counts in
    each field of a passage (text, heading, context, title, names); the base's own where empty.
    """

    words: str
    drugs: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    kinds: tuple[StatementKind, ...] = ()
    source_kinds: tuple[SourceKind, ...] = ()
    documents: tuple[DocumentId, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    standings: tuple[Standing, ...] = ()
    since: date | None = None
    until: date | None = None
    limit: int = 100
    fields: tuple[tuple[str, float], ...] = ()

    @property
    def by_card(self) -> bool:
        """Whether it restricts to sources by what their cards alone tell."""
        return bool(self.jurisdictions or self.standings or self.since or self.until)

    @property
    def constrains(self) -> bool:
        """Whether anything but words restricts it."""
        named = (self.drugs, self.mentions, self.populations, self.kinds, self.source_kinds)
        return self.by_card or any(named) or bool(self.documents)

    def admits(self, card: DocumentCard) -> bool:
        """Whether a source is one of those that it restricts to by card."""
        return (
            (not self.jurisdictions or card.jurisdiction in self.jurisdictions)
            and (not self.standings or card.standing in self.standings)
            and (self.since is None or card.day >= self.since)
            and (self.until is None or card.day <= self.until)
            and (not self.documents or card.id in self.documents)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A record found, with the index's own score (higher is better)."""

    record: Record
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Embedded:
    """How far the embedding of passages has come: ``done`` of ``of``; ``made`` had no vector yet.

    The others say in the same words what another passage says, and share its vector.
    """

    done: int
    of: int
    made: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DescribedDocument:
    """A document cut and described, ready to be stored."""

    document: SourceDocument
    subjects: tuple[str, ...]
    passages: tuple[tuple[Passage, Description], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """A laboratory value or vital sign as stated: what was measured, and value and unit as written.

    ``value`` may be a pair ("150/90"), a range ("15 to 30") or a bound ("< 0.01"); ``unit`` is
    empty where none was written, and none is ever supplied.
    """

    name: str
    value: str
    unit: str = ""

    def __str__(self) -> str:
        """The value with its name, as it is shown."""
        return " ".join(filter(None, (self.name, self.value, self.unit)))


@dataclass(frozen=True, kw_only=True, slots=True)
class PatientFacts:
    """Facts of the case as stated, echoed to the asker; kept only with a turn to be followed.

    Ages are in years, weights in kilograms, clearances in mL/min. ``history`` holds conditions said
    to be past, ``family`` those of relatives, ``past_drugs`` drugs no longer taken: none of them is
    a present fact. ``stages`` are classes and stages in the asker's words ("Child-Pugh B").
    ``age_range`` stands where no single age is stated ("80 to 89 years", "under 2 months", "65
    years and over"). ``smoking`` is current, former or never; ``alcohol`` none, former, some,
    daily or heavy.
    ``duration`` is how long the complaint or its treatment has lasted, ``body_surface`` in square
    metres; ``ancestry`` and ``genotype`` are in the asker's words; ``planned`` is what is to come:
    pregnancy or surgery. ``partner`` is "pregnant" where the patient's partner is, and not the
    patient.
    """

    age: float | None = None
    sex: str = ""
    weight_kg: float | None = None
    creatinine_clearance: float | None = None
    egfr: float | None = None
    hepatic: str = ""
    renal: str = ""
    pregnancy: str = ""
    lactation: bool = False
    drugs: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    past_drugs: tuple[str, ...] = ()
    labs: tuple[Measured, ...] = ()
    stages: tuple[str, ...] = ()
    age_range: str = ""
    body_surface: float | None = None
    smoking: str = ""
    alcohol: str = ""
    duration: str = ""
    ancestry: str = ""
    genotype: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    partner: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Premise:
    """Something the question takes for granted, and what can be said of it."""

    text: str
    verdict: str
    why: str


STORY = 9
"""Telling words from which on a question tells of a patient besides what it asks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question as read."""

    text: str
    kind: QuestionKind
    concepts: tuple[Concept, ...] = ()
    patient: PatientFacts = field(default_factory=PatientFacts)
    population: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    premises: tuple[Premise, ...] = ()
    audience: Audience = Audience.CLINICIAN
    jurisdiction: str = ""
    follows: str = ""
    """The id of the answer whose question came before."""
    following: Following = field(default_factory=Following)
    corrections: tuple[tuple[str, str], ...] = ()
    """Misspellings read as something else: (as written, as read)."""
    unknown: tuple[str, ...] = ()
    """Words that neither the vocabulary nor any source of the base knows."""
    terms: str = ""
    """The words to search for: misspellings put right, function words left out."""
    clause: str = ""
    """Those of them that stand in the clause that asks, not in the patient's story."""
    assumed: tuple[str, ...] = ()
    """The part of ``population`` that was assumed, not stated."""
    figures: bool = False
    """Whether it asks for figures: an amount, a rate, a comparison."""
    asks: tuple[StatementKind, ...] = ()
    """Kinds of statement that the words ask for outright."""
    also: tuple[QuestionKind, ...] = ()
    """Other kinds that the question shows signs of, the likeliest first."""
    likely: Mapping[QuestionKind, float] = field(default_factory=dict)
    """How likely each of these kinds is, the first one too; together at most 1."""
    pico: dict[str, tuple[str, ...]] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    """Kinds of identifier that were taken out of the text; their values are nowhere."""
    also_asked: tuple[str, ...] = ()
    """Further questions of the same text that are answered apart from this one."""

    def names(self, *kinds: ConceptKind) -> tuple[str, ...]:
        """Canonical names of the question's concepts of these kinds, in order, once each."""
        return tuple(dict.fromkeys(c.name for c in self.concepts if c.kind in kinds))

    def asks_of(self, words: str) -> bool:
        """Whether words of the question belong to what it asks, not to a patient's story.

        A short question asks all it says; a long one asks in its asking clause.
        """
        if len(self.terms.split()) < STORY:
            return True
        return not set(words.casefold().split()).isdisjoint(self.clause.casefold().split())

    @property
    def asked_drugs(self) -> tuple[str, ...]:
        """Drugs that the question is about: not those the patient only happens to take."""
        named = self.names(ConceptKind.DRUG)
        return tuple(drug for drug in named if drug not in self.patient.drugs) or named


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoredRecord:
    """A record with its relevance to the question and the parts that make the score up."""

    record: Record
    score: float
    parts: dict[str, float] = field(default_factory=dict)
    covered: float = 0.0
    """Share of the question's telling words that it has, rare ones more; drugs' names aside."""
    said: frozenset[str] = frozenset()
    """Stems of the question's telling words that it has, or words that mean the same."""

    @property
    def fits(self) -> bool:
        """Whether it is about no other population than the question states or assumes."""
        return "mismatch" not in self.parts and "elsewhere" not in self.parts


@dataclass(frozen=True, kw_only=True, slots=True)
class Excluded:
    """A passage left out of the evidence, and why."""

    record: Record
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """Sources that disagree on one point: those of ``one`` with those of ``other``.

    ``by`` is what they differ in: ``direction``, ``finding``, or what their amounts say
    (``duration``, ``limit``, ``dose``, …). Either side has its best record first.
    """

    point: str
    by: str
    one: tuple[ScoredRecord, ...]
    other: tuple[ScoredRecord, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Preferred:
    """Sources that rank before others for where they hold, and those of them that are cited.

    ``jurisdiction`` is ``LOCAL`` or the one asked for; no ``documents``: none of them answers.
    """

    jurisdiction: str
    documents: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """What was searched, what was not, and which sources came first."""

    documents: int
    passages: int
    by_kind: dict[str, int] = field(default_factory=dict)
    newest: str = ""
    oldest: str = ""
    not_searched: tuple[str, ...] = ()
    preferred: tuple[Preferred, ...] = ()
    by_meaning: str = ""
    """The vectors that passages were ranked by besides their words; empty: by words alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """All that the article may stand on: best first."""

    question: Question
    records: tuple[ScoredRecord, ...]
    safety: tuple[ScoredRecord, ...] = ()
    """Contraindications and boxed warnings of drugs that the records may recommend."""
    excluded: tuple[Excluded, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    base_digest: str = ""
    coverage: Coverage = field(default_factory=lambda: Coverage(documents=0, passages=0))
    missing: tuple[str, ...] = ()
    """Concepts of the question of which the base holds nothing."""
    unspoken: tuple[str, ...] = ()
    """What the question turns on and no passage on its drugs speaks of."""
    never_together: tuple[str, ...] = ()
    """Two drugs asked about together that no source on either, nor any passage, names together."""
    absent_product: str = ""
    """The product or form asked about, where the base has only others of the same substance."""
    doubt: float = 0.0
    """How likely it is, 0 to 1, that what was found does not bear on what is asked."""
    unsaid: tuple[str, ...] = ()
    """Words of the question that nothing found on its drugs has, the longest first."""

    @property
    def searched(self) -> str:
        """What an answer depends on besides its question: the base, and vectors if they counted."""
        return "/".join(filter(None, (self.base_digest, self.coverage.by_meaning)))
