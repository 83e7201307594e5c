"""Queries on kept answers, and rows of theirs as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, Tuple, select, tuple_

from loccit.backends.archive.stored_answers import folded
from loccit.backends.archive.tables import articles, cited, library, versions
from loccit.terms import (
    ArticleCard,
    ArticleVersion,
    Audience,
    DocumentId,
    LibraryRequest,
    QuestionKind,
)

__all__ = [
    "card_of",
    "documents",
    "listed",
    "moment",
    "newest",
    "place_in",
    "places",
    "text_of",
    "version_of",
]

_PLACE = (
    versions.c.article,
    versions.c.version,
    versions.c.kept_at,
    versions.c.digest,
    versions.c.evidence_digest,
    library.c.listed_at,
)
_IN_LIBRARY = (library.c.article == versions.c.article) & (library.c.version == versions.c.version)


def places(article: str, version: int = 0, *, since: int = 0) -> Select[Any]:
    """The versions of an article, or one of them, the oldest first, without their text."""
    return _found(select(*_PLACE), article, version, since).order_by(versions.c.version)


def newest(article: str, version: int, *, since: int) -> Select[Any]:
    """One version, the newest for version 0, with its title and the name of its form."""
    columns = select(*_PLACE, versions.c.form, versions.c.title)
    latest = versions.c.version.desc()
    return _found(columns, article, version, since).order_by(latest).limit(1)


def text_of(article: str, version: int) -> Select[Any]:
    """The text of a version, as it is stored."""
    query = select(versions.c.form, versions.c.body)
    return query.where(versions.c.article == article, versions.c.version == version)


def _found(query: Select[Any], article: str, version: int, since: int) -> Select[Any]:
    """``since`` leaves out what is outside the library and was last asked for before it."""
    query = query.select_from(versions.outerjoin(library, _IN_LIBRARY))
    query = query.where(versions.c.article == article)
    if version:
        query = query.where(versions.c.version == version)
    if since:
        asked = select(articles.c.id).where(articles.c.asked_at >= since)
        query = query.where(versions.c.article.in_(asked) | library.c.listed_at.is_not(None))
    return query


def listed(request: LibraryRequest) -> Select[Any]:
    """The articles of the library that fit, the latest first."""
    columns = (*_PLACE, versions.c.title, versions.c.kind, versions.c.audience, library.c.number)
    query = select(*columns).join_from(library, versions, _IN_LIBRARY)
    for word in folded(request.words).split():
        query = query.where(versions.c.words.contains(word, autoescape=True))
    if request.kind:
        query = query.where(versions.c.kind == str(request.kind))
    if request.audience:
        query = query.where(versions.c.audience == str(request.audience))
    if request.document:
        query = query.where(_stands_on(request.document))
    if request.before:
        query = query.where(library.c.number < request.before)
    return query.order_by(library.c.number.desc()).limit(request.limit)


def _stands_on(document: str) -> Any:
    named = select(cited.c.article, cited.c.version).where(cited.c.document == document)
    return place_in(versions).in_(named)


def place_in(table: Table) -> Tuple:
    """Article and version in a table that has both."""
    return tuple_(table.c.article, table.c.version)


def documents(
    connection: Connection, rows: Sequence[Mapping[Any, Any]]
) -> dict[str, list[DocumentId]]:
    """What each listed article stands on, by its id."""
    wanted = [(row["article"], row["version"]) for row in rows]
    query = select(cited).where(place_in(cited).in_(wanted)).order_by(cited.c.place)
    found: dict[str, list[DocumentId]] = {row["article"]: [] for row in rows}
    for row in connection.execute(query).mappings() if wanted else ():
        found[row["article"]].append(DocumentId(row["document"]))
    return found


def card_of(row: RowMapping, documents: Mapping[str, Sequence[DocumentId]]) -> ArticleCard:
    """A row of the library as a card."""
    return ArticleCard(
        place=version_of(row),
        number=row["number"],
        title=row["title"],
        kind=QuestionKind(row["kind"]),
        audience=Audience(row["audience"]),
        documents=tuple(documents[row["article"]]),
    )


def version_of(row: RowMapping) -> ArticleVersion:
    """A row as a version without its text."""
    return ArticleVersion(
        article=row["article"],
        version=row["version"],
        kept_at=moment(row["kept_at"]),
        digest=row["digest"],
        evidence_digest=row["evidence_digest"],
        listed_at=moment(row["listed_at"]) if row["listed_at"] is not None else None,
    )


def moment(seconds: int) -> datetime:
    """A stored time."""
    return datetime.fromtimestamp(seconds, UTC)
