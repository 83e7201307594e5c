"""Answers that were kept, their versions, and the library: what of them somebody made public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from loccit.terms.articles import Abstention, Article
from loccit.terms.documents import DocumentId
from loccit.terms.kinds import Audience, QuestionKind

__all__ = ["ArticleCard", "ArticleVersion", "KeptAnswer", "LibraryChange", "LibraryRequest"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleVersion:
    """One stored version of an answer, without its text. ``digest`` is that of the exact text."""

    article: str
    version: int
    kept_at: datetime
    """In UTC, to the second."""
    digest: str
    evidence_digest: str
    listed_at: datetime | None = None
    """When this version was put into the library; nothing where it is not there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptAnswer:
    """An answer as it was kept: the same value, and which version of which article it is."""

    place: ArticleVersion
    answer: Article | Abstention


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleCard:
    """An article of the library as a list shows it."""

    place: ArticleVersion
    number: int
    """Grows with each that is put into the library: the order of its lists."""
    title: str
    kind: QuestionKind
    audience: Audience
    documents: tuple[DocumentId, ...] = ()
    """What it stands on, in the order of its references."""
    is_edition: bool = False
    """An approved edition, whose number its place tells as the version."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryRequest:
    """A look into the library. Empty fields do not constrain.

    All of ``words`` must stand in the title or the bottom line; ``document`` is one that the
    article stands on. ``before`` is the number of the last article of the page before.
    """

    words: str = ""
    kind: QuestionKind | None = None
    audience: Audience | None = None
    document: str = ""
    before: int = 0
    limit: int = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryChange:
    """Something that happened to the library. ``what`` is ``added``, ``renewed`` or ``removed``.

    Or it is ``approved``, and ``version`` is the number of an edition. One that was removed has no
    title, and no other change tells of it.
    """

    number: int
    at: datetime
    article: str
    version: int
    what: str
    title: str
