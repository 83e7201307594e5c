"""Which boxed warnings and contraindications of a drug are shown."""

from __future__ import annotations

from collections.abc import Iterable

from loccit.composition.selecting import alike
from loccit.terms import Record, SourceKind, StatementKind
from loccit.vocabulary.lexicon import words_of

__all__ = ["safety_of_drug"]

PANEL = frozenset({StatementKind.BOXED_WARNING, StatementKind.CONTRAINDICATION})
MOST_FROM_OTHERS = 14
"""Statements up to which other labels of a drug add what the newest does not say."""


def safety_of_drug(drug: str, records: Iterable[Record]) -> list[Record]:
    """Boxed warnings and contraindications of the newest label, and what other labels add."""
    records = [each for each in records if is_panelled(drug, each)]
    kept: list[Record] = []
    said: list[frozenset[str]] = []
    newest = ""
    for record in sorted(records, key=_newest_first):
        newest = newest or record.card.id
        words = frozenset(word.folded for word in words_of(record.passage.text))
        own = record.card.id == newest
        if words in said if own else any(alike(words, each) for each in said):
            continue
        if own or len(kept) < MOST_FROM_OTHERS:
            kept.append(record)
            said.append(words)
    return sorted(kept, key=_is_boxed, reverse=True)


def is_panelled(drug: str, record: Record) -> bool:
    """Whether a label's own boxed warning or contraindication of the drug."""
    says = record.description
    own = record.card.evidence_kind is SourceKind.LABEL and drug in says.subjects
    return own and says.kinds[0] in PANEL


def _newest_first(record: Record) -> tuple[int, str, int]:
    return -record.card.day.toordinal(), record.card.id, record.passage.locator.start


def _is_boxed(record: Record) -> bool:
    return record.description.kinds[0] is StatementKind.BOXED_WARNING
