"""The shipped fake of an evidence base."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from loccit.terms import (
    Age,
    Coverage,
    DescribedDocument,
    DocumentCard,
    DocumentId,
    Found,
    NotInBase,
    Record,
    SearchRequest,
    SourceDocument,
    SourceKind,
    Standing,
)

__all__ = ["InMemoryBase"]


class InMemoryBase:
    """An ``EvidenceBase`` in a dictionary. Ranks by how often the words occur; forgets at exit."""

    _SEARCHED = frozenset(
        {Standing.CURRENT, Standing.DRAFT, Standing.EXPRESSION_OF_CONCERN, Standing.RETRACTED}
    )

    def __init__(self) -> None:
        self._held: dict[DocumentId, DescribedDocument] = {}
        self._withdrawn: dict[str, str] = {}

    def holds(self, document: SourceDocument) -> bool:
        """Whether exactly this document is stored already."""
        held = self._held.get(document.id)
        return held is not None and _plain(held.document) == _plain(document)

    def add(self, described: DescribedDocument) -> None:
        """Store a document; see the port."""
        if not self.holds(described.document):
            self._held[described.document.id] = described

    def withdraw(self, series: str, reason: str) -> None:
        """Note that a work is gone."""
        self._withdrawn[series] = reason

    def is_withdrawn(self, series: str) -> bool:
        """Whether a work was noted as gone."""
        return series in self._withdrawn

    def remove(self, document: DocumentId) -> None:
        """Drop a document. Raises ``NotInBase``."""
        self.document(document)
        del self._held[document]

    def settle(self) -> None:
        """Nothing to do: all is visible at once, and nothing is durable."""

    def search(self, request: SearchRequest) -> list[Found]:
        """Passages that match, best first; equal ones in order of id."""
        words = re.findall(r"[^\W_]+", request.words.casefold())
        records = (each for each in self._records() if each.card.standing in self._SEARCHED)
        scored = [
            Found(record=record, score=_score(record, words))
            for record in records
            if _passes(record, request)
        ]
        found = [each for each in scored if each.score > 0 or request.constrains]
        found.sort(key=lambda each: (-each.score, each.record.passage.id))
        return found[: max(request.limit, 0)]

    def passage(self, passage: str) -> Record:
        """A record by its passage's id, or an unambiguous beginning of it. Raises ``NotInBase``."""
        for held in self._held.values():
            for found, description in held.passages:
                if found.id == passage:
                    return Record(passage=found, description=description, card=self._card(held))
        records = {str(each.passage.id): each for each in self._records()}
        fitting = [key for key in records if passage and key.startswith(passage.casefold())]
        if len(fitting) != 1:
            raise NotInBase(f"{len(fitting)} passages begin with {passage!r}")
        return records[fitting[0]]

    def document(self, document: DocumentId) -> SourceDocument:
        """A document with its text. Raises ``NotInBase``."""
        if document not in self._held:
            raise NotInBase(f"no document is called {document!r}")
        found = self._held[document].document
        return replace(found, standing=self._standing(found))

    def cards(self, *, series: str = "") -> list[DocumentCard]:
        """Cards of all documents, or of one series, by id."""
        held = (self._held[key] for key in sorted(self._held))
        return [self._card(each) for each in held if series in ("", each.document.series)]

    def originals(self) -> frozenset[str]:
        """Identifiers of all current sources that are no summaries."""
        return frozenset(
            f"{name}:{value.casefold()}"
            for card in self.cards()
            if card.kind is not SourceKind.SUMMARY and card.standing is Standing.CURRENT
            for name, value in card.identifiers.items()
        )

    def digest(self) -> str:
        """Digest of all documents and their standing."""
        documents = (self.document(key) for key in sorted(self._held))
        plain = [repr(_plain(each)) for each in documents]
        return hashlib.sha256("\x1e".join(plain).encode("utf-8", "surrogatepass")).hexdigest()

    def coverage(self) -> Coverage:
        """What the base holds, in numbers."""
        cards = [card for card in self.cards() if card.standing in self._SEARCHED]
        dates = sorted(str(card.effective_on or card.year) for card in cards if card.year)
        return Coverage(
            documents=len(cards),
            passages=sum(card.passages for card in cards),
            by_kind=dict(sorted(Counter(str(card.kind) for card in cards).items())),
            newest=dates[-1] if dates else "",
            oldest=dates[0] if dates else "",
        )

    def verify(self) -> Iterator[str]:
        """Every stored passage against its document."""
        for record in self._records():
            document = self.document(record.card.id)
            if record.passage.locator.resolve(document) != record.passage.text:
                yield f"{document.id}: passage {record.passage.id} is not what its place holds"

    def _records(self) -> Iterator[Record]:
        for key in sorted(self._held):
            card = self._card(self._held[key])
            for passage, description in self._held[key].passages:
                yield Record(passage=passage, description=description, card=card)

    def _card(self, held: DescribedDocument) -> DocumentCard:
        document, original = held.document, held.document.summarises
        same = {
            name: getattr(document, name)
            for name in DocumentCard.__dataclass_fields__
            if hasattr(document, name)
        }
        year = document.effective_on.year if document.effective_on else None
        return DocumentCard(
            **same
            | {
                "year": document.year or year,
                "standing": self._standing(document),
                "licence": document.licence.name if document.licence else "",
                "subjects": held.subjects,
                "original_kind": original.kind if original else None,
                "original_identifiers": original.identifiers if original else {},
                "passages": len(held.passages),
            }
        )

    def _standing(self, document: SourceDocument) -> Standing:
        if document.series in self._withdrawn:
            return Standing.WITHDRAWN
        others = (each.document for each in self._held.values())
        newest = max((each for each in others if each.series == document.series), key=_age)
        return document.standing if newest.id == document.id else Standing.SUPERSEDED


def _plain(document: SourceDocument) -> SourceDocument:
    """The document without what may differ between two readings of the same edition."""
    identifiers = dict(sorted(document.identifiers.items()))
    return replace(document, retrieved_at="", findings=(), identifiers=identifiers)


def _age(document: SourceDocument) -> Age:
    day = document.effective_on or date(document.year or 1, 1, 1)
    numbers = tuple(int(part) for part in document.version.split(".") if part.isdecimal())
    first = numbers if document.series.startswith("set_id:") else ()
    return first, day, numbers, document.version, document.id


def _score(record: Record, words: list[str]) -> float:
    says = record.description
    named = (*says.subjects, *says.drugs, *says.conditions, *says.procedures)
    held = _counted(record.passage.text, record.passage.locator.section, record.card.title, named)
    return float(sum(held[word] for word in words))


@lru_cache(maxsize=20_000)
def _counted(
    text: str, section: tuple[str, ...], title: str, named: tuple[str, ...]
) -> Counter[str]:
    """How often each word stands in a passage, over it, or among what it names."""
    told = " ".join((text, *section, title, *named))
    return Counter(re.findall(r"[^\W_]+", told.casefold()))


def _passes(record: Record, request: SearchRequest) -> bool:
    says = record.description
    mentions = (*says.subjects, *says.drugs, *says.conditions, *says.procedures, *says.population)
    wanted: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
        (request.drugs, says.subjects),
        (request.mentions, mentions),
        (request.populations, says.population),
        (request.kinds, says.kinds),
        (request.source_kinds, (record.card.evidence_kind,)),
    )
    named = all(not asked or set(asked).intersection(held) for asked, held in wanted)
    return named and request.admits(record.card)
