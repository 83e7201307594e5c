"""Reads ledgers, texts and people over a connection that is open already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Connection, RowMapping, select

from loccit.backends.archive.stored_answers import decoded_answer
from loccit.backends.archive.tables import decisions, people, texts
from loccit.terms import (
    Action,
    Article,
    BaseError,
    Decision,
    Duty,
    Ledger,
    NoSuchArticle,
    Person,
)

__all__ = ["LedgerReader"]


class LedgerReader:
    """Ledgers, texts and people as one transaction sees them. Raises ``BaseError``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ledger(self, article: str) -> Ledger:
        """All decisions on an article, the first first."""
        query = select(decisions).where(decisions.c.article == article)
        rows = self._connection.execute(query.order_by(decisions.c.number)).mappings().all()
        return Ledger(article=article, decisions=tuple(map(_decision, rows)))

    def ledgers(self) -> Iterator[Ledger]:
        """All ledgers, by the id of their article."""
        rows = self._connection.execute(select(decisions)).mappings().all()
        # Databases differ in how they order words; this order is the same in all of them.
        rows = sorted(rows, key=lambda row: (row["article"], row["number"]))
        for article, lines in groupby(rows, key=lambda row: str(row["article"])):
            yield Ledger(article=article, decisions=tuple(map(_decision, lines)))

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
        row = self._connection.execute(query.limit(1)).mappings().first()
        if row is None and number and self.ledger(article).decisions:
            raise NoSuchArticle(
                f"{article}: has no decision {number}; `loccit review log` lists them"
            )
        if row is None:
            raise NoSuchArticle(f"{article}: no such article was ever submitted for review")
        found = decoded_answer(row["form"], row["body"])
        if not isinstance(found, Article):
            raise BaseError(f"{article}: what was decided on is no article; restore the database")
        return found

    def people(self) -> list[Person]:
        """Everybody who may decide, by id."""
        rows = self._connection.execute(select(people)).mappings().all()
        return sorted(map(_person, rows), key=lambda person: person.id)


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
    try:
        return Person(
            **{
                **row,
                "duties": _duties(row["duties"]),
                "declared_on": date.fromisoformat(declared) if declared else None,
            }
        )
    except ValueError as error:
        raise BaseError(
            f"what is stored of {row['id']} cannot be read ({error}); enter them again"
        ) from error


def _duties(said: str) -> frozenset[Duty]:
    """Raises ``ValueError`` for a role that is none, or that no person can have."""
    duties = frozenset(map(Duty, said.split()))
    if Duty.PROGRAM in duties:
        raise ValueError("the program is no person")
    return duties
