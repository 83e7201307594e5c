"""Every plug-in point, as Protocols. What Loccit ships goes through the same doors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeAlias

from loccit.terms import (
    Abstention,
    Account,
    Article,
    ArticleCard,
    ArticleVersion,
    Attempts,
    Coverage,
    Decision,
    DescribedDocument,
    DocumentCard,
    DocumentId,
    Embedded,
    Fetched,
    Found,
    Identity,
    Invitation,
    Journey,
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
    Session,
    SourceDocument,
    SourceError,
    Turn,
)

if TYPE_CHECKING:  # numpy comes with the optional model; the base install has none
    from numpy import float32
    from numpy.typing import NDArray

__all__ = [
    "Accounts",
    "Articles",
    "Connector",
    "Embedder",
    "EvidenceBase",
    "Institution",
    "Ledgers",
    "Matrix",
    "Passwords",
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

    def submitted(self, mark: str) -> list[str]:
        """Articles whose submissions have this target, by id; for an empty one those without.

        It is the mark of what a question reads as, so that an article is found by its question.
        """
        ...

    def submitted_near(self, mark: str) -> list[str]:
        """The same by the passage of submissions: the mark of what a question is about."""
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


class Accounts(Protocol):
    """How people prove who they are, and their sessions. Tokens are kept as digests alone."""

    def keep(self, account: Account) -> None:
        """Enter an account, or in place of the one of the same person."""
        ...

    def keep_first(self, account: Account) -> bool:
        """Enter an account where there is none at all; whether it was entered."""
        ...

    def account(self, person: str) -> Account | None:
        """The account of a person."""
        ...

    def account_of(self, issuer: str, subject: str) -> Account | None:
        """The account of somebody whom an institution knows."""
        ...

    def accounts(self) -> list[Account]:
        """All accounts, by person."""
        ...

    def attempts(self, name: str) -> Attempts:
        """The failures under a name; none for one that is not known."""
        ...

    def note(self, before: Attempts, after: Attempts) -> bool:
        """Put ``after`` in place of ``before``; not where that has changed meanwhile."""
        ...

    def begin(self, session: Session) -> None:
        """Keep a session."""
        ...

    def session(self, digest: str) -> Session | None:
        """The session of this digest."""
        ...

    def seen(self, digest: str, at: datetime) -> None:
        """Note the last use of a session, where it is there."""
        ...

    def end(self, digest: str) -> None:
        """End a session."""
        ...

    def end_all(self, person: str) -> None:
        """End all sessions of a person, and take back their invitations."""
        ...

    def invite(self, invitation: Invitation) -> None:
        """Keep an invitation, in place of all that the person has."""
        ...

    def invitation(self, digest: str) -> Invitation | None:
        """The invitation of this digest, which stays."""
        ...

    def take(self, digest: str) -> Invitation | None:
        """The invitation of this digest, which is gone then: only one taker gets it."""
        ...

    def drop_past(self, *, sessions: datetime, invitations: datetime, attempts: datetime) -> None:
        """Drop sessions begun before then, invitations until then, failures last seen before."""
        ...


class Passwords(Protocol):
    """Hashes of passwords."""

    def hashed(self, password: str) -> str:
        """A hash with a salt of its own and its parameters."""
        ...

    def agrees(self, stored: str, password: str) -> bool:
        """Whether the password is that of the hash; takes as long for no hash, and is false."""
        ...

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than are used now."""
        ...


class Institution(Protocol):
    """Where people sign in who have no password here."""

    name: str
    """What the button says."""
    issuer: str
    takes_unknown: bool
    """Whether somebody whom these pages do not know yet becomes a reader of them."""
    address: str
    """Where browsers reach these pages; nothing where they can tell themselves."""

    def begin(self, back: str) -> Journey:
        """A new way there; ``back`` is the address of ours to return to. Raises ``Unfetched``."""
        ...

    def arrive(self, journey: Journey, said: Mapping[str, str]) -> Identity:
        """Who came back with these parameters. Raises ``NotAdmitted`` where anything is wrong."""
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

    def tokens(self, texts: Sequence[str]) -> list[Matrix]:
        """For each passage a row of unit length for each of its tokens, each read in its company.

        No rows where a text has no tokens, and where the model gives one vector for a whole text.
        """
        ...

    def question_tokens(self, texts: Sequence[str]) -> list[Matrix]:
        """The same for questions."""
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

    def closeness(self, words: str, passages: Sequence[PassageId]) -> dict[PassageId, float]:
        """How near each token of the words comes to some token of each passage, on average.

        Between -1 and 1: the late interaction of ColBERT (Khattab and Zaharia, SIGIR 2020). The
        passages are read anew each time, some ten milliseconds each. Empty where the embedder
        gives no tokens; passages that the base no longer holds are left out.
        """
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
