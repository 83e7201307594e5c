"""``Ledgers`` in an SQL database, by SQLAlchemy Core."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import URL, ColumnElement, Connection, RowMapping, delete, insert, select
from sqlalchemy.exc import IntegrityError

from loccit.backends.archive import opening
from loccit.backends.archive.stored_answers import columns_of, decoded_answer, encoded_answer
from loccit.backends.archive.tables import decisions, people, texts
from loccit.terms import (
    Action,
    Article,
    BaseError,
    Decision,
    Duty,
    Ledger,
    NoSuchArticle,
    Overtaken,
    Person,
)

__all__ = ["SqlLedgers"]


class SqlLedgers:
    """Ledgers, texts and people in the database at ``url``. Raises ``BaseError`` naming it."""

    def __init__(self, url: URL) -> None:
        self._engine = opening.opened(url)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def append(self, decision: Decision, text: Article) -> None:
        """Write a sealed decision and the text that it leaves; see the port."""
        try:
            with opening.writing(self._engine) as connection:
                if _head(connection, decision.article) != decision.previous:
                    raise _overtaken(decision)
                row = _row(decision) | {"text": _kept_text(connection, text)}
                connection.execute(insert(decisions).values(row))
        except IntegrityError:  # another wrote the same line between our look and our writing
            raise _overtaken(decision) from None

    def ledger(self, article: str) -> Ledger:
        """All decisions on an article, the first first."""
        query = select(decisions).where(decisions.c.article == article)
        with opening.reading(self._engine) as connection:
            rows = connection.execute(query.order_by(decisions.c.number)).mappings().all()
        return Ledger(article=article, decisions=tuple(map(_decision, rows)))

    def ledgers(self) -> Iterator[Ledger]:
        """All ledgers, by the id of their article."""
        query = select(decisions).order_by(decisions.c.article, decisions.c.number)
        with opening.reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
        for article, lines in groupby(map(_decision, rows), key=lambda each: each.article):
            yield Ledger(article=article, decisions=tuple(lines))

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
        query = (
            select(texts.c.form, texts.c.body)
            .join_from(decisions, texts)
            .where(decisions.c.article == article)
            .order_by(decisions.c.number.desc())
        )
        if number:
            query = query.where(decisions.c.number == number)
        with opening.reading(self._engine) as connection:
            row = connection.execute(query.limit(1)).mappings().first()
        if row is None:
            raise NoSuchArticle(f"{article}: no such article was ever submitted for review")
        found = decoded_answer(row["form"], row["body"])
        assert isinstance(found, Article)
        return found

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
            rows = connection.execute(select(people).order_by(people.c.id)).mappings().all()
        return [_person(row) for row in rows]


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


def _decision(row: RowMapping) -> Decision:
    said = {name: value for name, value in row.items() if name != "text"}
    try:
        return Decision(
            **{
                **said,
                "action": Action(said["action"]),
                "duty": Duty(said["duty"]),
                "at": datetime.fromisoformat(said["at"]),
                "due": date.fromisoformat(said["due"]) if said["due"] else None,
            }
        )
    except ValueError as error:
        where = f"{said['article']}: decision {said['number']}"
        raise BaseError(
            f"{where} was changed to what nobody can decide ({error}); restore the database"
        ) from error


def _person(row: RowMapping) -> Person:
    declared = row["declared_on"]
    return Person(
        **{
            **row,
            "duties": frozenset(map(Duty, row["duties"].split())),
            "declared_on": date.fromisoformat(declared) if declared else None,
        }
    )
