"""What of a question belongs to the patient, and what it denies."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from loccit.questions.rules import ReadingRules
from loccit.terms import Concept, ConceptKind
from loccit.vocabulary.lexicon import Word, words_of

__all__ = ["denied", "led_by"]

MOST_LISTED = 4
"""Names between the word that gives a drug to the patient and the drug itself."""
_ENDS = re.compile(r"[.?;]")
_BETWEEN = re.compile(r",|/|\band\b|\bplus\b")


def led_by(text: str, concepts: Iterable[Concept], leads: tuple[str, ...]) -> tuple[Concept, ...]:
    """The concepts that one of these words leads up to, at most over other listed names.

    "on A, B and C" leads up to all three; one further word may stand before the name ("on daily A").
    """
    ends = sorted(
        match.end()
        for lead in leads
        for match in re.finditer(rf"\b{re.escape(lead)}\s", text.casefold())
    )
    return tuple(concept for concept in concepts if _leads(text, concept, ends))


def _leads(text: str, concept: Concept, ends: list[int]) -> bool:
    """Whether what stands between the last leading word and the concept is a list."""
    nearest = bisect_left(ends, concept.start + 1) - 1
    if nearest < 0:
        return False
    between = text[ends[nearest] : concept.start].casefold()
    if _ENDS.search(between):
        return False
    *listed, last = _BETWEEN.split(between)
    return (
        len(listed) <= MOST_LISTED
        and all(len(part.split()) <= 1 for part in listed)
        and len(last.split()) <= 1
    )


def denied(text: str, concepts: Iterable[Concept], rules: ReadingRules) -> tuple[Concept, ...]:
    """Conditions and findings within reach of a denial before them (after NegEx, Chapman 2001)."""
    words, folded = words_of(text), text.casefold()
    starts = [word.start for word in words]
    ranges = [
        (match.end(), _reach(text, words[bisect_left(starts, match.end()) :], match.end(), rules))
        for denial in rules.denials
        for match in re.finditer(rf"\b{re.escape(denial)}\b", folded)
    ]
    kinds = (ConceptKind.CONDITION, ConceptKind.FINDING)
    return tuple(
        concept
        for concept in concepts
        if concept.kind in kinds and any(start <= concept.start < end for start, end in ranges)
    )


def _reach(text: str, after: list[Word], start: int, rules: ReadingRules) -> int:
    """Where a denial that ends at ``start`` stops counting."""
    within = after[: rules.denial_reach]
    for word in within:
        if word.folded in rules.denial_stops or _ENDS.search(text, start, word.start):
            return word.start
    return within[-1].end if within else start
