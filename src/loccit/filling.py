"""How a base is filled: a document is cut into passages, each is described, all are stored.

It stands apart from the engine so that a process that only reads need not load what answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loccit.index import Describer
from loccit.passages import cut
from loccit.ports import EvidenceBase, Reading, Withdrawal
from loccit.terms import DescribedDocument, SourceDocument, SourceError
from loccit.vocabulary import Vocabulary

__all__ = ["DocumentDescriber", "Loaded", "Loader"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """What became of one record that was read."""

    name: str
    passages: int = 0
    known: bool = False
    """It was in the base already."""
    refused: SourceError | None = None


class DocumentDescriber:
    """Cuts a document into passages and describes each."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._describer = Describer(vocabulary)

    def described(self, document: SourceDocument) -> DescribedDocument:
        """The document as a base stores it."""
        subjects = self._describer.subjects(document)
        return DescribedDocument(
            document=document,
            subjects=subjects,
            passages=tuple(
                (passage, self._describer.describe(document, passage, subjects))
                for passage in cut(document)
            ),
        )


class Loader:
    """Puts what readers yield into a base: cut, described, stored."""

    def __init__(self, base: EvidenceBase, vocabulary: Vocabulary) -> None:
        self._base = base
        self._describer = DocumentDescriber(vocabulary)

    def load(self, readings: Iterable[Reading]) -> Iterator[Loaded]:
        """Store every reading, one after the other; what is refused is told and passed over."""
        for reading in readings:
            yield self._one(reading)

    def _one(self, reading: Reading) -> Loaded:
        if isinstance(reading, SourceError):
            return Loaded(name=reading.where, refused=reading)
        if isinstance(reading, Withdrawal):
            self._base.withdraw(reading.series, reading.reason)
            return Loaded(name=reading.series)
        if self._base.holds(reading):
            return Loaded(name=reading.id, known=True)
        described = self._describer.described(reading)
        self._base.add(described)
        return Loaded(name=reading.id, passages=len(described.passages))
