"""What of the found may be used, and what may not, with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from loccit.terms import (
    DocumentId,
    Excluded,
    Found,
    Record,
    SourceKind,
    Standing,
    StatementKind,
)

__all__ = ["sift"]

MATTERLESS = frozenset(
    {
        StatementKind.OTHER,
        StatementKind.DEFINITION,
        StatementKind.EFFICACY,
        StatementKind.EPIDEMIOLOGY,
        StatementKind.PATIENT_INSTRUCTION,
    }
)
"""Kinds that a text on anything at all may seem to state."""
PEOPLE = ("age", "pregnancy", "lactation", "renal", "hepatic", "sex")
"""Axes of a population that only people have."""


def sift(found: Iterable[Found], originals: frozenset[str]) -> tuple[list[Found], list[Excluded]]:
    """What may be used, and what may not.

    Left out are retracted work, summaries whose original is here, and studies that share a drug's
    name and nothing else of medicine: a paper on lithium batteries is none on lithium.
    """
    found = tuple(found)
    clinical = {each.record.card.id for each in found if _is_clinical(each.record)}
    kept, excluded = list[Found](), list[Excluded]()
    for each in found:
        if reason := _reason(each.record, originals, clinical):
            excluded.append(Excluded(record=each.record, reason=reason))
        else:
            kept.append(each)
    return kept, excluded


def _reason(record: Record, originals: frozenset[str], clinical: set[DocumentId]) -> str:
    """Why a record may not be used, or nothing."""
    card = record.card
    if card.standing is Standing.RETRACTED:
        return "the source was retracted"
    if any(f"{k}:{v.casefold()}" in originals for k, v in card.original_identifiers.items()):
        return "the original of this summary is in the base"
    if card.id not in clinical:
        return "the source names a drug and speaks of no patient, condition or treatment"
    return ""


def _is_clinical(record: Record) -> bool:
    """Whether its words show that a document is on medicine: labels and guidance always are.

    A document that names no drug was found by its other words, and is not doubted. An ailment
    counts beside a drug's name only: "fatigue" alone may be that of a metal.
    """
    says = record.description
    if record.card.evidence_kind not in (SourceKind.ABSTRACT, SourceKind.ARTICLE):
        return True
    people = any(group.partition(":")[0] in PEOPLE for group in says.population)
    beside = bool(says.drugs) and bool(says.conditions or says.procedures)
    stated = says.kinds[0] not in MATTERLESS
    return people or beside or stated or bool(says.topics) or not (says.drugs or says.subjects)
