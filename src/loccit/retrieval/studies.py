"""Studies that answer best: what they found belongs to an answer, not one sentence of it."""

from __future__ import annotations

from loccit.terms import DocumentId, Form, Record, ScoredRecord, SourceKind

__all__ = ["best_studies", "is_finding"]

STUDIES = frozenset(
    {SourceKind.TRIAL, SourceKind.SYSTEMATIC_REVIEW, SourceKind.ABSTRACT, SourceKind.ARTICLE}
)
MOST_STUDIES, NEAR_TOP = 3, 15
"""Studies whose findings are added, and how high one of their passages must stand for it."""


def best_studies(scored: list[ScoredRecord], asked: frozenset[str]) -> dict[DocumentId, float]:
    """The few studies whose passages stand highest, with the relevance of their best passage.

    Where drugs are ``asked`` about, a study that never names one is about something else.
    """
    naming = {each.record.card.id for each in scored if not asked or _names_any(each, asked)}
    found: dict[DocumentId, float] = {}
    for each in scored[:NEAR_TOP]:
        card = each.record.card
        original = card.evidence_kind in STUDIES and card.kind is not SourceKind.SUMMARY
        if original and card.id in naming:
            found.setdefault(card.id, each.score)
    return dict(list(found.items())[:MOST_STUDIES])


def _names_any(each: ScoredRecord, drugs: frozenset[str]) -> bool:
    """By its own name, or by its class."""
    named = drugs.intersection(each.record.description.drugs)
    return bool(named) or "subject" in each.parts or "mention" in each.parts


def is_finding(record: Record) -> bool:
    """Whether a passage of an abstract tells what was found, not why or how it was looked for."""
    forms = record.description.forms
    return Form.ABSTRACT in forms and not {Form.METHODS, Form.BACKGROUND} & set(forms)
