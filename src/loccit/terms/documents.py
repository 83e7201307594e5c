"""Sources, their sections, and the passages cut from them.

Offsets count Unicode code points in ``SourceDocument.text`` and are half-open.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import NewType

from loccit.terms.errors import LocatorMismatch
from loccit.terms.kinds import PassageKind, SourceKind, Standing, StatementKind

__all__ = [
    "LOCAL",
    "QUOTE_CONTEXT",
    "Annotation",
    "DocumentId",
    "Licence",
    "Locator",
    "Original",
    "Passage",
    "PassageId",
    "Relation",
    "Section",
    "SourceDocument",
    "Span",
    "text_digest",
]

DocumentId = NewType("DocumentId", str)
PassageId = NewType("PassageId", str)

LOCAL = "LOCAL"
"""The jurisdiction of what holds in the own house: its protocols, its formulary."""
QUOTE_CONTEXT = 32
"""Characters of prefix and suffix kept with a quote, as W3C TextQuoteSelector suggests."""


def text_digest(text: str) -> str:
    """SHA-256 of ``text`` in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Licence:
    """What may be done with a source's words; export obeys it."""

    name: str
    url: str = ""
    redistributable: bool = False
    attribution: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """The identity of the work that a summary summarises."""

    kind: SourceKind
    title: str
    publisher: str
    year: int | None = None
    version: str = ""
    url: str = ""
    identifiers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """A link the source states to another work: it retracts, corrects, updates or replaces it."""

    kind: str
    """As the source names it, e.g. MEDLINE's RefType ``RetractionIn`` or ``ErratumFor``."""
    target: str
    """Identifier of the other work, e.g. ``pmid:123``, or its citation where it has none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A stretch of the text under one heading.

    The sections of a document tile its text: in order, without gap or overlap. ``path`` holds the
    headings from the top down; ``code`` is the section's LOINC code or NlmCategory where given.
    ``start`` is where the heading's own line begins.
    """

    path: tuple[str, ...]
    start: int
    end: int
    code: str = ""

    @property
    def heading(self) -> str:
        """The innermost heading, or nothing for text before the first one."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch whose form the reader knows: a list item, a table row, a boxed warning.

    ``context`` is what must be read with it and is not part of it: for a table row, the caption
    and column headings. Text under no span is prose.
    """

    kind: PassageKind
    start: int
    end: int
    context: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Annotation:
    """What a person recorded about a stretch of text; the program copies it and adds nothing.

    ``strength`` and ``certainty`` are the issuer's own words, in the named ``scale``.
    """

    start: int
    end: int
    kind: StatementKind
    reference: str = ""
    """Section or recommendation number in the original."""
    drugs: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    population: tuple[str, ...] = ()
    line: str = ""
    strength: str = ""
    certainty: str = ""
    scale: str = ""
    plain: str = ""
    checked: tuple[tuple[str, date], ...] = ()
    """Where and when the fact was read: (address, day)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceDocument:
    """One edition of one source: its exact text, its structure, and where it comes from.

    ``series`` names the work across editions (``set_id:…``, ``pmid:…``); ``id`` names this
    edition. ``page_starts`` holds the offset at which each page begins, for paged sources.
    """

    id: DocumentId
    series: str
    kind: SourceKind
    title: str
    text: str
    sections: tuple[Section, ...]
    parser: str
    """Name and version of the reader that made this text, e.g. ``spl/1``."""
    publisher: str = ""
    jurisdiction: str = ""
    version: str = ""
    effective_on: date | None = None
    year: int | None = None
    retrieved_at: str = ""
    url: str = ""
    identifiers: dict[str, str] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    """What the source says it is about: a label's generic and brand names, MeSH headings."""
    publication_types: tuple[str, ...] = ()
    licence: Licence | None = None
    standing: Standing = Standing.CURRENT
    summarises: Original | None = None
    relations: tuple[Relation, ...] = ()
    spans: tuple[Span, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    page_starts: tuple[int, ...] = ()
    findings: tuple[str, ...] = ()
    """Oddities met in reading (a date that is none, a table without header), one line each."""
    sha256: str = ""
    """Digest of ``text``; filled in when left empty."""

    def __post_init__(self) -> None:
        if not self.sha256:
            object.__setattr__(self, "sha256", text_digest(self.text))


@dataclass(frozen=True, kw_only=True, slots=True)
class Locator:
    """A place in one edition of one document (W3C text position and text quote)."""

    document: DocumentId
    sha256: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""
    section: tuple[str, ...] = ()
    page: int | None = None

    def resolve(self, document: SourceDocument) -> str:
        """The exact words at this place.

        Raises ``LocatorMismatch`` when ``document`` is another edition than the one located in.
        """
        if document.sha256 != self.sha256:
            raise LocatorMismatch(
                f"{self.document} was located in text {self.sha256[:12]}, "
                f"but {document.id} holds {document.sha256[:12]}; open the edition cited"
            )
        return document.text[self.start : self.end]

    def within(self, start: int, end: int) -> Locator:
        """The locator of a stretch inside this one; offsets count in the document's text."""
        if not self.start <= start < end <= self.end:
            raise ValueError(f"{start}:{end} is outside {self.start}:{self.end}")
        return Locator(
            document=self.document,
            sha256=self.sha256,
            start=start,
            end=end,
            section=self.section,
            page=self.page,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """An exact slice of a document, the unit that is searched and cited.

    ``text == locator.resolve(document)`` always; ``context`` (a table's header, a list's lead-in)
    is carried beside it and never quoted as part of it.
    """

    id: PassageId
    locator: Locator
    text: str
    kind: PassageKind
    code: str = ""
    context: str = ""
    annotation: Annotation | None = None

    @property
    def heading(self) -> str:
        """The innermost heading above the passage."""
        return self.locator.section[-1] if self.locator.section else ""
