"""What of a question belongs to the patient, and what it denies."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from loccit.questions.rules import ReadingRules
from loccit.terms import Concept, ConceptKind
from loccit.vocabulary.lexicon import Word, words_of

__all__ = ["denied", "denied_spans", "led_by"]

LONGEST_LINK = 80
"""Characters between a leading word, or a listed name, and the next."""
_ENDS = re.compile(r"[.?;]")
_AMOUNT = re.compile(
    r"\b\d+(?:\.\d+)?\s?(?:mg|mcg|g|ml|units?)?\b|\b(?:daily|bid|tid)\b", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:,|/|,?\s*\b(?:and|plus)\b)\s*", re.IGNORECASE)


def led_by(text: str, concepts: Iterable[Concept], lead: re.Pattern[str]) -> tuple[Concept, ...]:
    """The concepts that such words lead up to, and those listed after such a one.

    "on A, 5 mg B and C" leads up to all three; one further word may stand before the first.
    """
    ends = [match.end() for match in lead.finditer(text)]
    led: list[Concept] = []
    for concept in concepts:
        nearest = bisect_right(ends, concept.start) - 1
        before = _between(text, ends[nearest], concept) if nearest >= 0 else None
        listed = _between(text, led[-1].end, concept) if led else None
        one_word = before is not None and not _ENDS.search(before) and len(before.split()) <= 1
        if one_word or (listed is not None and _AND.fullmatch(listed)):
            led.append(concept)
    return tuple(led)


def _between(text: str, start: int, concept: Concept) -> str | None:
    """What leads from ``start`` to a concept, without amounts; nothing where that is far."""
    if concept.start - start > LONGEST_LINK:
        return None
    return _AMOUNT.sub("", text[start : concept.start])


def denied(text: str, concepts: Iterable[Concept], rules: ReadingRules) -> tuple[Concept, ...]:
    """Conditions and findings within reach of a denial before them (after NegEx, Chapman 2001)."""
    ranges = denied_spans(text, rules)
    kinds = (ConceptKind.CONDITION, ConceptKind.FINDING)
    return tuple(
        concept
        for concept in concepts
        if concept.kind in kinds and any(start <= concept.start < end for start, end in ranges)
    )


def denied_spans(text: str, rules: ReadingRules) -> list[tuple[int, int]]:
    """Where denials reach: from the end of each to where it stops counting."""
    words = words_of(text)
    starts = [word.start for word in words]
    return [
        (match.end(), _reach(text, words, bisect_left(starts, match.end()), match.end(), rules))
        for match in rules.denial.finditer(text)
    ]


def _reach(text: str, words: list[Word], next_word: int, start: int, rules: ReadingRules) -> int:
    """Where a denial that ends at ``start`` stops counting; ``words[next_word]`` follows it."""
    within = words[next_word : next_word + rules.denial_reach]
    for word in within:
        if word.folded in rules.denial_stops or _ENDS.search(text, start, word.start):
            return word.start
    return within[-1].end if within else start
