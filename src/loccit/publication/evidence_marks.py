"""Two marks that are often taken for one: how strong the evidence is, and whether it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from loccit.publication.page import Grade
from loccit.publication.showing import joined, on_one_line
from loccit.publication.words import Words
from loccit.terms import Confidence, Reference, Statement

__all__ = ["confidence_in_words", "confidence_parts", "grades_of", "newest_of"]


def confidence_in_words(confidence: Confidence, words: Words) -> str:
    """The level and its reasons, in fixed words; nothing where none was set."""
    if not confidence.level:
        return ""
    reasons = "; ".join(words.of("confidence_reason", name) for name in confidence.reasons)
    return f"{words.of('confidence', confidence.level)}: {reasons}."


def confidence_parts(confidence: Confidence, words: Words) -> dict[str, Any]:
    """The level by its key and in words, and each reason, for a page that shows them apart."""
    if not confidence.level:
        return {}
    return {
        "level": confidence.level,
        "level_said": words.of("confidence", confidence.level),
        "reasons": tuple(words.of("confidence_reason", name) for name in confidence.reasons),
    }


def grades_of(statements: Iterable[Statement]) -> Iterator[Grade]:
    """Each grade once, in the order of the sentences."""
    given = ((s.strength, s.certainty, s.scale) for s in statements if s.strength or s.certainty)
    for strength, certainty, scale in dict.fromkeys(given):
        yield Grade(said=joined(", ", strength, certainty), scale=on_one_line(scale))


def newest_of(references: Iterable[Reference]) -> str:
    """Day or year of the newest source cited, as far as its sources state one."""
    dated = (r.card for r in references if r.card.effective_on or r.card.year)
    newest = max(dated, key=lambda card: card.day, default=None)
    return str(newest.effective_on or newest.year) if newest else ""
