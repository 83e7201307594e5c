"""Documents and passages read back from SQLite: cards, texts, records by row and by id."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from loccit.backends.database import Database
from loccit.backends.recent import Recent
from loccit.backends.stored_forms import (
    StoredPassage,
    decoded_card,
    decoded_document,
    decoded_passage,
    record_of,
)
from loccit.terms import (
    DescribedDocument,
    DocumentCard,
    DocumentId,
    PassageId,
    Record,
    SourceDocument,
    Standing,
)

__all__ = ["Kept", "StoreReader"]

RECORDS = 6_000
"""Records kept at hand, about 30 MB: one question reads several hundred, most of them often."""


class Kept:
    """All that is stored of one document, undecoded, to be proved."""

    def __init__(self, number: int, found: tuple[Any, ...], rows: list[tuple[Any, ...]]) -> None:
        self.number = number
        self.id, live, standing, self.fingerprint, self.passages = found[:5]
        self.seal, self.card, self.body = found[5:]
        self.live, self.standing = bool(live), Standing(standing)
        self.rows: list[tuple[str, bytes]] = [(row[0], row[1]) for row in rows]


class StoreReader:
    """What a store holds, read through one open database.

    Cards and records stay at hand until ``forget_read`` is called.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._cards: dict[int, DocumentCard] = {}
        self._records = Recent[int, Record](RECORDS)

    def forget_read(self) -> None:
        """Read everything anew from now on: what was read may no longer be so."""
        self._cards.clear()
        self._records.clear()

    def card(self, number: int) -> DocumentCard | None:
        """The card of a live document, with its present standing."""
        if number not in self._cards:
            query = "SELECT card, standing FROM documents WHERE number = ? AND live = 1"
            rows = self._db.rows(query, (number,))
            if not rows:
                return None
            self._cards[number] = _card(*rows[0])
        return self._cards[number]

    def numbers(self, documents: Iterable[DocumentId]) -> tuple[int, ...]:
        """The numbers under which the index knows these documents; unknown ones are left out."""
        query = "SELECT number FROM documents WHERE id = ? AND live = 1"
        return tuple(row[0] for document in documents for row in self._db.rows(query, (document,)))

    def cards(self, *, series: str = "") -> list[DocumentCard]:
        """Cards of all live documents, or of one series, by id."""
        query = (
            "SELECT card, standing FROM documents "
            "WHERE live = 1 AND (? = '' OR series = ?) ORDER BY id"
        )
        return [_card(*row) for row in self._db.rows(query, (series, series))]

    def cards_by_number(self) -> dict[int, DocumentCard]:
        """Cards of all live documents, by the number under which the index knows them."""
        numbers = self._db.rows("SELECT number FROM documents WHERE live = 1 ORDER BY number")
        return {row[0]: card for row in numbers if (card := self.card(row[0]))}

    def live(self) -> dict[int, Standing]:
        """Numbers and standings of all live documents."""
        rows = self._db.rows(
            "SELECT number, standing FROM documents WHERE live = 1 ORDER BY number"
        )
        return {number: Standing(standing) for number, standing in rows}

    def document(self, document: DocumentId) -> SourceDocument | None:
        """A live document with its text, with its present standing."""
        query = "SELECT body, standing FROM documents WHERE id = ? AND live = 1"
        rows = self._db.rows(query, (document,))
        if not rows:
            return None
        return replace(decoded_document(rows[0][0]), standing=Standing(rows[0][1]))

    def described(self, document: DocumentId) -> DescribedDocument | None:
        """A live document with its passages as they are described here."""
        found, rows = self.document(document), self.numbers([document])
        if found is None:
            return None
        query = "SELECT id, document, stored FROM passages WHERE document = ? ORDER BY row"
        records = [self._record(*row) for row in self._db.rows(query, rows)]
        card = self.card(*rows)
        return DescribedDocument(
            document=found,
            subjects=card.subjects if card else (),
            passages=tuple((each.passage, each.description) for each in records if each),
        )

    def kept(self) -> Iterator[Kept]:
        """Everything stored, document by document, in order of id."""
        for (number,) in self._db.rows("SELECT number FROM documents ORDER BY id, number"):
            query = (
                "SELECT id, live, standing, fingerprint, passages, seal, card, body "
                "FROM documents WHERE number = ?"
            )
            for found in self._db.rows(query, (number,)):
                query = "SELECT id, stored FROM passages WHERE document = ? ORDER BY row"
                yield Kept(number, found, self._db.rows(query, (number,)))

    def rows_of(self, number: int) -> tuple[DocumentCard, list[tuple[int, StoredPassage]]]:
        """A document's card and its passages, live or waiting, by row number in order of text.

        Raises ``BaseError`` where what is stored is damaged.
        """
        ((stored,),) = self._db.rows("SELECT card FROM documents WHERE number = ?", (number,))
        query = "SELECT row, stored FROM passages WHERE document = ? ORDER BY row"
        rows = self._db.rows(query, (number,))
        return decoded_card(stored), [(row, decoded_passage(form)) for row, form in rows]

    def searched_passages(self, standings: Iterable[Standing]) -> int:
        """How many passages the live documents of these standings have."""
        query = (
            "SELECT coalesce(sum(passages), 0) FROM documents "
            "WHERE live = 1 AND standing IN (SELECT value FROM json_each(?))"
        )
        return int(self._db.rows(query, (json.dumps([*standings]),))[0][0])

    def rows_with(self, standings: Iterable[Standing]) -> list[int]:
        """Row numbers of all passages of live documents of these standings, in order."""
        query = (
            "SELECT row FROM passages JOIN documents ON document = number WHERE live = 1 "
            "AND standing IN (SELECT value FROM json_each(?)) ORDER BY row"
        )
        return [row[0] for row in self._db.rows(query, (json.dumps([*standings]),))]

    def rows_by_id(self, passages: Sequence[PassageId]) -> dict[PassageId, int]:
        """The newest row of each of these passages that is here."""
        query = (
            "SELECT id, row FROM passages WHERE id IN (SELECT value FROM json_each(?)) ORDER BY row"
        )
        return dict(self._db.rows(query, (json.dumps([*passages]),)))

    def by_rows(self, rows: Sequence[int]) -> dict[int, Record]:
        """Records by row number; rows that are gone or wait are left out."""
        found = {row: record for row in rows if (record := self._records.get(row))}
        if len(found) < len(rows):
            found |= self._read_rows([row for row in rows if row not in found])
        return found

    def _read_rows(self, rows: Sequence[int]) -> Iterator[tuple[int, Record]]:
        query = (
            "SELECT row, id, document, stored FROM passages "
            "WHERE row IN (SELECT value FROM json_each(?))"
        )
        for row, passage, number, stored in self._db.rows(query, (json.dumps(rows),)):
            record = self._record(passage, number, stored)
            if record:
                self._records.keep(row, record)
                yield row, record

    def by_id(self, passage: PassageId) -> Record | None:
        """One record by its passage's id."""
        query = "SELECT id, document, stored FROM passages WHERE id = ? ORDER BY row"
        records = (self._record(*row) for row in self._db.rows(query, (passage,)))
        return next((record for record in records if record), None)

    def ids_starting(self, prefix: str) -> list[PassageId]:
        """Ids that begin with ``prefix`` (hexadecimal), at most ten."""
        query = (
            "SELECT DISTINCT passages.id FROM passages JOIN documents ON document = number "
            "WHERE live = 1 AND passages.id >= ? AND passages.id < ? ORDER BY passages.id LIMIT 10"
        )
        return [PassageId(row[0]) for row in self._db.rows(query, (prefix, prefix + "g"))]

    def _record(self, passage: str, number: int, stored: bytes) -> Record | None:
        card = self.card(number)
        return record_of(PassageId(passage), decoded_passage(stored), card) if card else None


def _card(card: bytes, standing: str) -> DocumentCard:
    return replace(decoded_card(card), standing=Standing(standing))
