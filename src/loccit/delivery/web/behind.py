"""What the pages and the API stand on: the engine, the kept answers, the limits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import anyio
import anyio.to_thread

from loccit.admission import Admission
from loccit.delivery.web.founding import Founding
from loccit.delivery.web.settings import Settings
from loccit.delivery.web.tokens import Tokens
from loccit.editorial import Editorial
from loccit.ports import Articles
from loccit.terms import (
    Abstention,
    Article,
    Audience,
    BaseError,
    Coverage,
    DocumentCard,
    DocumentId,
    Found,
    KeptAnswer,
    PatientFacts,
    Record,
    Report,
    SearchRequest,
    SourceDocument,
    Watch,
)

__all__ = ["Base", "Behind", "Engine", "Late", "TooMany"]

Made = TypeVar("Made")
AT_DOORS = 50
"""Tries at passwords that may wait: each hash takes 64 MiB and a good part of a second."""
SOON = 5
"""Seconds after which to come again when too many wait."""


class Base(Protocol):
    """What pages of sources need of the evidence base."""

    def passage(self, passage: str) -> Record:
        """A record by its passage's id. Raises ``NotInBase``."""
        ...

    def document(self, document: DocumentId) -> SourceDocument:
        """A document with its text. Raises ``NotInBase``."""
        ...

    def search(self, request: SearchRequest) -> list[Found]:
        """Passages that match, best first."""
        ...

    def cards(self, *, series: str = "") -> list[DocumentCard]:
        """Cards of all documents, or of one series, by id."""
        ...

    def coverage(self) -> Coverage:
        """What the base holds, in numbers."""
        ...

    def digest(self) -> str:
        """Digest of all documents and their standing."""
        ...


class Engine(Protocol):
    """What answers."""

    @property
    def base(self) -> Base:
        """The evidence base that is searched."""
        ...

    def ask(
        self,
        text: str,
        *,
        audience: Audience | None,
        given: Callable[[PatientFacts], PatientFacts],
        jurisdiction: str,
        follows: str,
        keep: bool,
    ) -> Article | Abstention:
        """The answer; ``given`` adds facts. Raises ``UsageError`` and ``NoSuchTurn``."""
        ...

    def check(self, document: SourceDocument) -> Report:
        """Every sentence of a text against the evidence of this base."""
        ...


class Late(Generic[Made]):
    """Something made when it is first needed, and once."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._made: list[Made] = []
        self._lock = threading.Lock()

    def __call__(self) -> Made:
        """The one thing."""
        with self._lock:
            if not self._made:
                self._made.append(self._make())
        return self._made[0]


class TooMany(Exception):  # noqa: N818 - says what is wrong
    """More questions wait for their turn than may."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """All that a route needs.

    ``articles`` gives nothing where answers cannot be kept, ``admission`` where nobody can sign
    in, ``editorial`` where nothing can be reviewed. ``doors`` bounds how many passwords are tried
    at once.
    """

    engine: Late[Engine]
    articles: Late[Articles | None]
    settings: Settings
    tokens: Tokens
    warn: Callable[[str], None]
    turns: anyio.CapacityLimiter
    admission: Late[Admission | None]
    editorial: Late[Editorial | None]
    founding: Founding
    doors: anyio.CapacityLimiter
    last_watch: Callable[[], Watch | None]
    """How articles in review were last held against their sources."""

    async def worked(self, work: Callable[[], Made]) -> Made:
        """What ``work`` gives, when it is its turn. Raises ``TooMany``.

        Only questions queue here: pages are read in threads of their own.
        """
        if self.turns.statistics().tasks_waiting >= self.settings.waiting:
            raise TooMany
        return await anyio.to_thread.run_sync(work, limiter=self.turns)

    async def let_through(self, work: Callable[[], Made]) -> Made:
        """What ``work`` gives, which may hash a password: few at once. Raises ``TooMany``."""
        if self.doors.statistics().tasks_waiting >= AT_DOORS:
            raise TooMany
        return await anyio.to_thread.run_sync(work, limiter=self.doors)

    def kept(self, answer: Article | Abstention, key: str) -> KeptAnswer | None:
        """The answer as it was kept; nothing where that failed, of which ``warn`` is told."""
        articles = self.articles()
        if articles is None:
            return None
        try:
            return articles.keep(answer, key=key)
        except BaseError as error:
            self.warn(f"{error}; the answer was given and not kept")
            return None
