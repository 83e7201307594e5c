"""``Ledgers`` in an SQL database, by SQLAlchemy Core."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import URL, ColumnElement, Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from loccit.backends.archive import opening
from loccit.backends.archive.ledger_reading import LedgerReader
from loccit.backends.archive.stored_answers import columns_of, encoded_answer
from loccit.backends.archive.tables import decisions, people, texts
from loccit.terms import Action, Article, Decision, Ledger, Overtaken, Person

__all__ = ["SqlLedgers"]

TRIES = 3
"""Times that a decision is written when the database undid it or was lost meanwhile."""


class SqlLedgers:
    """Ledgers, texts and people in the database at ``url``. Raises ``BaseError`` naming it."""

    def __init__(self, url: URL) -> None:
        self._engine = opening.opened(url)
        weakref.finalize(self, self._engine.dispose)  # a server counts who forgot to close

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def append(self, decision: Decision, text: Article) -> None:
        """Write a sealed decision and the text that it leaves; see the port.

        Tried again where the connection was lost: a seal that is there already was written by the
        try before, so that nothing is written twice and nothing is told to have failed that is in.
        """
        for again in range(1, TRIES + 1):
            try:
                self._append(decision, text)
            except opening.Interrupted:
                if again == TRIES:
                    raise
                if self._holds(decision):
                    return
            except IntegrityError:  # who holds no lock of ours wrote the same line meanwhile
                raise _overtaken(decision) from None
            else:
                return

    def _append(self, decision: Decision, text: Article) -> None:
        with opening.writing(self._engine) as connection:
            if _head(connection, decision.article) != decision.previous:
                raise _overtaken(decision)
            row = _row(decision) | {"text": _kept_text(connection, text)}
            connection.execute(insert(decisions).values(row))

    def _holds(self, decision: Decision) -> bool:
        with opening.reading(self._engine) as connection:
            query = select(decisions.c.seal).where(decisions.c.seal == decision.seal)
            return connection.scalar(query) is not None

    def ledger(self, article: str) -> Ledger:
        """All decisions on an article, the first first."""
        with opening.reading(self._engine) as connection:
            return LedgerReader(connection).ledger(article)

    def ledgers(self) -> Iterator[Ledger]:
        """All ledgers, by the id of their article."""
        with opening.reading(self._engine) as connection:
            found = list(LedgerReader(connection).ledgers())
        yield from found

    def submitted(self, mark: str) -> list[str]:
        """Articles whose submissions have this target, by id."""
        return self._submitted(decisions.c.target == mark)

    def submitted_near(self, mark: str) -> list[str]:
        """The same by the passage of submissions."""
        return self._submitted(decisions.c.passage == mark)

    def _submitted(self, carries: ColumnElement[bool]) -> list[str]:
        submissions = decisions.c.action == Action.SUBMIT.value
        query = select(decisions.c.article).where(submissions, carries).distinct()
        with opening.reading(self._engine) as connection:
            return list(connection.scalars(query.order_by(decisions.c.article)))

    def text(self, article: str, number: int = 0) -> Article:
        """The text as a decision left it. Raises ``NoSuchArticle``."""
        with opening.reading(self._engine) as connection:
            return LedgerReader(connection).text(article, number)

    def keep_person(self, person: Person) -> None:
        """Enter a person, or in place of the one of the same id."""
        row = {
            **asdict(person),
            "duties": " ".join(sorted(person.duties)),
            "declared_on": person.declared_on and person.declared_on.isoformat(),
        }
        with opening.writing(self._engine) as connection:
            connection.execute(delete(people).where(people.c.id == person.id))
            connection.execute(insert(people).values(row))

    def people(self) -> list[Person]:
        """Everybody who may decide, by id."""
        with opening.reading(self._engine) as connection:
            return LedgerReader(connection).people()


def _head(connection: Connection, article: str) -> str:
    query = select(decisions.c.seal).where(decisions.c.article == article)
    return connection.scalar(query.order_by(decisions.c.number.desc()).limit(1)) or ""


def _kept_text(connection: Connection, text: Article) -> str:
    """The digest of the text, which is stored where it is not yet."""
    stored = columns_of(text, encoded_answer(text))
    digest = str(stored["digest"])
    if connection.scalar(select(texts.c.digest).where(texts.c.digest == digest)) is None:
        row = {"digest": digest, "form": stored["form"], "body": stored["body"]}
        connection.execute(insert(texts).values(row))
    return digest


def _overtaken(decision: Decision) -> Overtaken:
    return Overtaken(
        f"{decision.article}: somebody decided on this article meanwhile; nothing was written: "
        "read what they decided, then decide again"
    )


def _row(decision: Decision) -> dict[str, Any]:
    return {
        **asdict(decision),
        "at": decision.at.isoformat(),
        "due": decision.due and decision.due.isoformat(),
    }
