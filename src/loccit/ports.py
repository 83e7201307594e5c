"""Every plug-in point, as Protocols. What Loccit ships goes through the same doors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeAlias

from loccit.terms import (
    Abstention,
    Article,
    ArticleCard,
    ArticleVersion,
    Coverage,
    Decision,
    DescribedDocument,
    DocumentCard,
    DocumentId,
    Embedded,
    Fetched,
    Found,
    KeptAnswer,
    Ledger,
    LibraryChange,
    LibraryRequest,
    Offer,
    Offers,
    PassageId,
    Person,
    Record,
    SearchRequest,
    SourceDocument,
    SourceError,
    Turn,
)

if TYPE_CHECKING:  # numpy comes with the optional model; the base install has none
    from numpy import float32
    from numpy.typing import NDArray

__all__ = [
    "Articles",
    "Connector",
    "Embedder",
    "EvidenceBase",
    "Matrix",
    "RawSource",
    "Reader",
    "Reading",
    "Turns",
    "Vectors",
    "Withdrawal",
]

Matrix: TypeAlias = "NDArray[float32]"
"""A numpy array of float32."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RawSource:
    """Bytes to read: a name for messages and a stream, already unpacked, capped and rewound.

    ``head`` is the first 64 kB (or all), for recognising the content. A piece of a longer source
    has that one's head, and whatever encloses its records.
    """

    name: str
    head: bytes
    stream: BinaryIO
    records_before: int = 0
    """Records of the same source that stand before this piece of it: errors name places in it."""
    lines_before: int = 0
    """As many lines more stand before the piece than are seen in its stream."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    """The source says that another work is gone or may not be relied on (a MEDLINE deletion)."""

    series: str
    reason: str


Reading = SourceDocument | Withdrawal | SourceError
"""One record read. An error is a value here, so that the rest of a batch goes on."""


class Reader(Protocol):
    """Turns the bytes of one format into documents."""

    name: str
    """Name and version, e.g. ``spl/1``; a new version re-reads what an older one read."""

    def recognises(self, head: bytes) -> bool:
        """Whether the content (its first 64 kB) is of this format. Never raises."""
        ...

    def read(self, source: RawSource) -> Iterator[Reading]:
        """The records of the source, in order, streamed where the format allows.

        A broken record is yielded as its error; a broken whole raises ``SourceError``.
        """
        ...


class Connector(Protocol):
    """Asks one public interface for sources. Nothing is contacted before one of these is called."""

    name: str
    """What a user puts before the colon: ``dailymed:…``."""

    def find(self, asked: str) -> Offers:
        """What the interface offers for ``asked``, best first, and which of it to load.

        The chosen are among the found. Raises ``Unfetched`` when nothing fits, when it cannot be
        reached, or when ``asked`` is nothing that it can be asked.
        """
        ...

    def fetch(self, offers: Sequence[Offer]) -> Iterator[Fetched | SourceError]:
        """The bytes of ``offers``, for the readers; one that cannot be had comes as its error."""
        ...


class EvidenceBase(Protocol):
    """Documents and described passages, stored and searchable."""

    def holds(self, document: SourceDocument) -> bool:
        """Whether exactly this document is stored already."""
        ...

    def add(self, described: DescribedDocument) -> None:
        """Store a document with its passages, whole or not at all.

        It can be found after ``settle``. An older edition of the same series becomes superseded
        and stays readable; adding what is held already changes nothing.
        """
        ...

    def withdraw(self, series: str, reason: str) -> None:
        """Note that a work is gone; its editions, here now or added later, are not searched."""
        ...

    def is_withdrawn(self, series: str) -> bool:
        """Whether a work was noted as gone, also one of which nothing is stored."""
        ...

    def remove(self, document: DocumentId) -> None:
        """Drop a document. Raises ``NotInBase``."""
        ...

    def settle(self) -> None:
        """Make all that was added, withdrawn or removed durable and visible to searches."""
        ...

    def search(self, request: SearchRequest) -> list[Found]:
        """Passages that match, best first; superseded and withdrawn sources are not searched."""
        ...

    def passage(self, passage: str) -> Record:
        """A record by its passage's id, or an unambiguous beginning of it. Raises ``NotInBase``."""
        ...

    def document(self, document: DocumentId) -> SourceDocument:
        """A document with its text. Raises ``NotInBase``."""
        ...

    def cards(self, *, series: str = "") -> list[DocumentCard]:
        """Cards of all documents, or of one series, by id."""
        ...

    def originals(self) -> frozenset[str]:
        """Identifiers (``kind:value``) of all current sources that are no summaries."""
        ...

    def digest(self) -> str:
        """Digest of all documents and their standing."""
        ...

    def coverage(self) -> Coverage:
        """What the base holds, in numbers."""
        ...

    def verify(self) -> Iterator[str]:
        """Every stored passage against its document's hash: one line for each fault."""
        ...


class Turns(Protocol):
    """Questions as they were read, kept for a while so that another can follow."""

    def keep(self, turn: Turn) -> None:
        """Keep a turn; one of the same id takes the place of the older. The oldest make room."""
        ...

    def turn(self, name: str) -> Turn:
        """A turn by its id, or an unambiguous beginning of it of six letters or more.

        Raises ``NoSuchTurn`` for one that never was, was not kept, or is past.
        """
        ...

    def forget(self) -> None:
        """Drop all turns, at once and for good."""
        ...


class Articles(Protocol):
    """Answers kept to be read again at their own address, and the library that some are in."""

    def keep(self, answer: Article | Abstention, *, key: str) -> KeptAnswer:
        """Keep an answer to the question that ``key`` names.

        The first answer to a question makes an article with an id of its own that nobody can
        guess; another text of it makes the next version; the text of the newest changes nothing.
        """
        ...

    def answer(self, article: str, version: int = 0) -> KeptAnswer:
        """An answer as it was kept; version 0 is the newest. Raises ``NoSuchArticle``."""
        ...

    def versions(self, article: str) -> list[ArticleVersion]:
        """All versions, the oldest first. Raises ``NoSuchArticle``."""
        ...

    def publish(self, article: str, version: int) -> KeptAnswer:
        """Put a version into the library, in place of an older one of the same article.

        A version that is there already stays as it is. Raises ``NoSuchArticle``, and
        ``UsageError`` for an honest stop, or a version older than the one in the library.
        """
        ...

    def library(self, request: LibraryRequest) -> list[ArticleCard]:
        """Articles of the library that fit, the latest put there first, at most ``limit``."""
        ...

    def changes(self, *, limit: int) -> list[LibraryChange]:
        """What happened to the library, the latest first."""
        ...

    def remove(self, article: str) -> None:
        """Drop an article whole, out of the library too. Raises ``NoSuchArticle``.

        Of what is told of it nothing stays but that it was removed.
        """
        ...

    def forget(self) -> None:
        """Drop all that is not in the library, at once and for good."""
        ...


class Ledgers(Protocol):
    """The decisions on articles, which are only ever added to, and the texts decided on."""

    def append(self, decision: Decision, text: Article) -> None:
        """Write a sealed decision as the next line of its ledger, and the text that it leaves.

        All or nothing. Raises ``Overtaken`` when the ledger has another head than the decision
        was sealed on.
        """
        ...

    def ledger(self, article: str) -> Ledger:
        """All decisions on an article; an empty ledger for one that was never submitted."""
        ...

    def ledgers(self) -> Iterator[Ledger]:
        """All ledgers with a line in them, by the id of their article."""
        ...

    def text(self, article: str, number: int = 0) -> Article:
        """The text as decision ``number`` left it, or the last one. Raises ``NoSuchArticle``."""
        ...

    def keep_person(self, person: Person) -> None:
        """Enter a person, or in place of the one of the same id."""
        ...

    def people(self) -> list[Person]:
        """Everybody who may decide, by id."""
        ...


class Embedder(Protocol):
    """Turns words into vectors whose nearness is nearness of meaning."""

    name: str
    """Model, version and numeric form; vectors of different names are never compared."""
    dimensions: int
    """Numbers in a vector."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """A row of unit length for each passage, in order; none for none.

        A row depends on its own text alone, and the same text gives the same bytes on the same
        machine. What goes past the model's window is not read. Any string will do, empty too.
        """
        ...

    def embed_questions(self, texts: Sequence[str]) -> Matrix:
        """The same for questions, which some models read otherwise than passages."""
        ...


class Vectors(Protocol):
    """Vectors of the passages of one base, by which what is near in meaning is found."""

    name: str
    """The embedder, and the form of the words that it was given."""

    def search(self, request: SearchRequest) -> list[Found]:
        """Passages nearest in meaning to the words, nearest first; the score is their cosine.

        It finds what the base would search and what the request admits, and nothing that the base
        no longer holds. Passages without a vector are not found; see ``lacking``.
        """
        ...

    def nearness(self, words: str, passages: Sequence[PassageId]) -> dict[PassageId, float]:
        """The cosine of the words to each of these passages that has a vector."""
        ...

    def is_complete(self) -> bool:
        """Whether every passage that the base searches has a vector. Costs next to nothing."""
        ...

    def lacking(self) -> int:
        """How many passages that the base searches have no vector yet."""
        ...

    def update(self) -> Iterator[Embedded]:
        """Embed what has no vector yet, batch after batch, each durable when it is told of.

        Whoever stops it, by whatever means, loses at most the batch in hand; the next update goes
        on there. Words that were embedded before are not embedded again.
        """
        ...
