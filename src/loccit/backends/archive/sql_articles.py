"""``Articles`` in an SQL database, by SQLAlchemy Core."""

from __future__ import annotations

import secrets
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import URL, Connection, RowMapping, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from loccit.backends.archive import opening, selecting
from loccit.backends.archive.stored_answers import (
    columns_of,
    decoded_answer,
    documents_of,
    encoded_answer,
)
from loccit.backends.archive.tables import articles, changes, cited, library, versions
from loccit.terms import (
    Abstention,
    Article,
    ArticleCard,
    ArticleVersion,
    BaseError,
    KeptAnswer,
    LibraryChange,
    LibraryRequest,
    NoSuchArticle,
    UsageError,
)

__all__ = ["DAYS", "MOST", "SqlArticles"]

DAYS = 30
"""Days after which an article is dropped that nobody asked for again and that is in no library."""
MOST = 2_000
"""Articles outside the library that are kept; those asked for longest ago go first."""
TRIES = 3
"""Times that an answer is kept when another process keeps one to the same question meanwhile."""
AT_HAND = 16
"""Answers that stay decoded."""
_DAY = 86_400
_STOP = "stop"


def _new_id() -> str:
    return secrets.token_hex(8)


class SqlArticles:
    """Kept answers at ``url``; ``now`` gives the time in seconds. Raises ``BaseError`` naming it.

    ``days`` nought keeps answers outside the library for as long as ``most`` allows.
    """

    def __init__(
        self,
        url: URL,
        *,
        now: Callable[[], float] = time.time,
        new_id: Callable[[], str] = _new_id,
        days: int = DAYS,
        most: int = MOST,
    ) -> None:
        self._engine = opening.opened(url)
        weakref.finalize(self, self._engine.dispose)  # a server counts who forgot to close
        self._now, self._new_id, self._days, self._most = now, new_id, days, most
        self._read: OrderedDict[tuple[str, int, str], Article | Abstention] = OrderedDict()
        self._reading = threading.Lock()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # --- keeping

    def keep(self, answer: Article | Abstention, *, key: str) -> KeptAnswer:
        """Keep an answer, and drop those that are past; see the port."""
        plain = encoded_answer(answer)
        columns = columns_of(answer, plain)
        for _ in range(TRIES):  # what was written by a try before is found, and is no new version
            with suppress(IntegrityError, opening.Interrupted):
                return self._kept(answer, key, columns)
        raise BaseError(
            f"{opening.place_of(self._engine.url)}: the answer could not be kept: "
            "others write all the time, or the connection breaks off; ask again"
        )

    def _kept(self, answer: Article | Abstention, key: str, columns: dict[str, Any]) -> KeptAnswer:
        now = int(self._now())
        with opening.writing(self._engine) as connection:
            self._drop_past(connection, now)
            article = self._article(connection, key, now)
            newest = _newest(connection, article)
            if newest is None or newest.digest != columns["digest"]:
                newest = self._next_version(
                    connection, article, answer, {**columns, "kept_at": now}
                )
        return KeptAnswer(place=newest, answer=answer)

    def _article(self, connection: Connection, key: str, now: int) -> str:
        """The id of the article on a question, made where there is none."""
        query = select(articles.c.id).where(articles.c.key == key)
        found = connection.scalar(query)
        if found is None:
            found = self._new_id()
            values = {"id": found, "key": key, "last_version": 0, "asked_at": now}
            connection.execute(insert(articles).values(values))
        else:
            again = update(articles).where(articles.c.id == found).values(asked_at=now)
            connection.execute(again)
        return str(found)

    def _next_version(
        self,
        connection: Connection,
        article: str,
        answer: Article | Abstention,
        columns: dict[str, Any],
    ) -> ArticleVersion:
        row = articles.c.id == article
        last = connection.scalar(select(articles.c.last_version).where(row)) or 0
        version = last + 1
        connection.execute(update(articles).where(row).values(last_version=version))
        connection.execute(insert(versions).values(article=article, version=version, **columns))
        named = [
            {"article": article, "version": version, "place": place, "document": document}
            for place, document in enumerate(documents_of(answer))
        ]
        if named:
            connection.execute(insert(cited), named)
        return selecting.version_of(
            connection.execute(selecting.places(article, version)).mappings().one()
        )

    def _drop_past(self, connection: Connection, now: int) -> None:
        """Drop what is past and what is too much, library apart."""
        outside = ~articles.c.id.in_(select(library.c.article))
        if self._days:
            past = articles.c.asked_at < now - self._days * _DAY
            connection.execute(delete(articles).where(outside, past))
        many = connection.scalar(select(func.count()).select_from(articles).where(outside)) or 0
        if many > self._most:
            order = (articles.c.asked_at, articles.c.id)
            oldest = select(articles.c.id).where(outside).order_by(*order)
            connection.execute(
                delete(articles).where(articles.c.id.in_(oldest.limit(many - self._most)))
            )

    # --- reading

    def answer(self, article: str, version: int = 0) -> KeptAnswer:
        """An answer as it was kept. Raises ``NoSuchArticle``."""
        with opening.reading(self._engine) as connection:
            query = selecting.newest(article, version, since=self._since())
            row = connection.execute(query).mappings().first()
            if row is None:
                raise _absent(article, version)
            place = selecting.version_of(row)
            return KeptAnswer(place=place, answer=self._text(connection, place))

    def _text(self, connection: Connection, place: ArticleVersion) -> Article | Abstention:
        """The answer of a version; the last ones read stay at hand, since reading takes a while."""
        key = (place.article, place.version, place.digest)
        with self._reading:
            if key in self._read:
                self._read.move_to_end(key)
                return self._read[key]
        query = selecting.text_of(place.article, place.version)
        row = connection.execute(query).mappings().one()
        answer = decoded_answer(row["form"], row["body"])
        with self._reading:
            self._read[key] = answer
            while len(self._read) > AT_HAND:
                self._read.popitem(last=False)
        return answer

    def versions(self, article: str) -> list[ArticleVersion]:
        """All versions, the oldest first. Raises ``NoSuchArticle``."""
        with opening.reading(self._engine) as connection:
            query = selecting.places(article, since=self._since())
            found = [selecting.version_of(row) for row in connection.execute(query).mappings()]
        if not found:
            raise _absent(article, 0)
        return found

    def library(self, request: LibraryRequest) -> list[ArticleCard]:
        """Articles of the library that fit, the latest first."""
        with opening.reading(self._engine) as connection:
            rows = connection.execute(selecting.listed(request)).mappings().all()
            documents = selecting.documents(connection, rows)
        return [selecting.card_of(row, documents) for row in rows]

    def changes(self, *, limit: int) -> list[LibraryChange]:
        """What happened to the library, the latest first."""
        query = select(changes).order_by(changes.c.number.desc()).limit(limit)
        with opening.reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
        return [LibraryChange(**{**row, "at": selecting.moment(row["at"])}) for row in rows]

    def _since(self) -> int:
        return int(self._now()) - self._days * _DAY if self._days else 0

    # --- the library

    def publish(self, article: str, version: int) -> KeptAnswer:
        """Put a version into the library; see the port."""
        now = int(self._now())
        with opening.writing(self._engine) as connection:
            query = selecting.newest(article, version, since=self._since())
            row = connection.execute(query).mappings().first()
            if row is None:
                raise _absent(article, version)
            before = connection.scalar(
                select(library.c.version).where(library.c.article == article)
            )
            self._refuse(row, before)
            if before != row["version"]:
                self._list(connection, row, now, what="renewed" if before else "added")
        return self.answer(article, row["version"])

    def _refuse(self, row: RowMapping, before: int | None) -> None:
        if row["form"].startswith(_STOP):
            raise UsageError("an honest stop holds nothing to review; only articles are listed")
        if before and row["version"] < before:
            raise UsageError(f"version {before} is in the library, which is newer than this one")

    def _list(self, connection: Connection, row: RowMapping, now: int, *, what: str) -> None:
        place = {"article": row["article"], "version": row["version"]}
        connection.execute(delete(library).where(library.c.article == row["article"]))
        connection.execute(insert(library).values(**place, listed_at=now))
        note = {**place, "at": now, "what": what, "title": row["title"]}
        connection.execute(insert(changes).values(note))

    def remove(self, article: str) -> None:
        """Drop an article whole, and what is told of it; see the port."""
        now = int(self._now())
        with opening.writing(self._engine) as connection:
            listed = delete(library).where(library.c.article == article)
            was_listed = connection.execute(listed).rowcount
            row = articles.c.id == article
            last = connection.scalar(select(articles.c.last_version).where(row))
            if last is None:
                raise _absent(article, 0)
            connection.execute(delete(articles).where(row))
            connection.execute(delete(changes).where(changes.c.article == article))
            if was_listed:
                note = {"article": article, "version": last, "at": now, "what": "removed"}
                connection.execute(insert(changes).values(**note, title=""))

    def forget(self) -> None:
        """Drop all that is not in the library."""
        outside = ~articles.c.id.in_(select(library.c.article))
        listed = select(library.c.article, library.c.version)
        with opening.writing(self._engine) as connection:
            connection.execute(delete(articles).where(outside))
            for table in (cited, versions):
                place = selecting.place_in(table)
                connection.execute(delete(table).where(~place.in_(listed)))


def _newest(connection: Connection, article: str) -> ArticleVersion | None:
    query = selecting.places(article).order_by(None).order_by(versions.c.version.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    return selecting.version_of(row) if row else None


def _absent(article: str, version: int) -> NoSuchArticle:
    named = f"version {version} of " if version else ""
    return NoSuchArticle(
        f"no {named}answer {article[:40]!r} is kept here; answers outside the library are dropped "
        "after a while: ask the question again"
    )
