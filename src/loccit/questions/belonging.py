"""What of a question belongs to the patient, and what it denies."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from loccit.questions.person_rules import PersonRules
from loccit.questions.rules import ReadingRules
from loccit.terms import Concept, ConceptKind
from loccit.vocabulary.lexicon import Word, words_of

__all__ = ["denials", "denied", "denied_at_once", "is_within", "led_by", "nobody", "of_a_drug"]

LONGEST_LINK = 80
"""Characters between a leading word, or a listed name, and the next."""
COURSE = "course:"
"""How the vocabulary begins the name of a course: acute, subacute or chronic."""
_ENDS = re.compile(r"[.?;]")
_AMOUNT = re.compile(
    r"\b\d+(?:[./]\d+)*\s?(?:mgs?|mcgs?|g|mls?|units?|iu|%)?\b\.?|\b(?:half|one|two)(?: an?)?\b"
    r"|\b(?:(?:once|twice|three times)(?: an?)?(?: daily| day| week)?|daily|bid|tid|qid|qhs|weekly"
    r"|nightly|at (?:night|bedtime)|in the morning|every (?:day|night|morning|\d+ hours)|prn|hcl"
    r"|tablets?|tabs?|pills?|injections?|shots?|cream|inhaler|patch|syrup|drops)\b"
    r"|\bfor [\w' ]{2,30}(?=\s+and\s)",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s*(?:,|/|&|\+|,?\s*\b(?:and|plus|or|as well as|along with)\b"
    r"(?: (?:now|also|my|a|an|the|some))?)\s*",
    re.IGNORECASE,
)


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
        if one_word or (listed is not None and _is_listed(listed, led[-1])):
            led.append(concept)
    return tuple(led)


def _is_listed(between: str, before: Concept) -> bool:
    """Whether a name goes on a list; or says which of a class: "the blood thinner eliquis"."""
    which = before.kind is ConceptKind.DRUG_CLASS and not between.strip()
    return which or _AND.fullmatch(between) is not None


def _between(text: str, start: int, concept: Concept) -> str | None:
    """What leads from ``start`` to a concept, without amounts; nothing where that is far."""
    if concept.start - start > LONGEST_LINK:
        return None
    return _AMOUNT.sub("", text[start : concept.start])


def denied(
    text: str, concepts: Iterable[Concept], rules: ReadingRules, person: PersonRules
) -> tuple[Concept, ...]:
    """Conditions and findings that a denial reaches, from before or right after them."""
    ranges = denials(text, rules)
    kinds = (ConceptKind.CONDITION, ConceptKind.FINDING, ConceptKind.POPULATION)
    return tuple(
        concept
        for concept in concepts
        if (concept.kind in kinds or concept.name in rules.also_denied)
        and (
            is_within(concept, ranges)
            or denied_at_once(text, concept.start, concept.end, person.patterns)
        )
    )


def of_a_drug(text: str, groups: Iterable[Concept], concepts: Iterable[Concept]) -> list[Concept]:
    """Courses that are those of a drug taken: "chronic steroids" makes no pain chronic."""
    kinds = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
    starts = [concept.start for concept in concepts if concept.kind in kinds]
    return [
        group
        for group in groups
        if group.name.startswith(COURSE)
        and any(group.end < at and not text[group.end : at].strip() for at in starts)
    ]


def nobody(text: str, groups: Iterable[Concept], person: PersonRules) -> list[Concept]:
    """Groups that are nobody in the question: "as a child", "Child B"."""
    spans = [match.span() for match in person.patterns["nobody"].finditer(text)]
    return [group for group in groups if is_within(group, spans)]


def denials(text: str, rules: ReadingRules) -> tuple[tuple[int, int], ...]:
    """The reach of each denial (after NegEx, Chapman 2001): where it begins to count and ends."""
    words = words_of(text)
    starts = [word.start for word in words]
    return tuple(
        (match.end(), _reach(text, words, bisect_left(starts, match.end()), match.end(), rules))
        for match in rules.denial.finditer(text)
    )


def is_within(concept: Concept, ranges: Iterable[tuple[int, int]]) -> bool:
    """Whether a concept begins in one of these places."""
    return any(start <= concept.start < end for start, end in ranges)


def denied_at_once(text: str, start: int, end: int, patterns: dict[str, re.Pattern[str]]) -> bool:
    """Denied by the word right before ("not pregnant") or right after it ("ruled out")."""
    before, after = text[max(0, start - LONGEST_LINK) : start], text[end : end + LONGEST_LINK]
    found = patterns["denied_next"].search(before) or patterns["denied_after"].search(after)
    return found is not None


def _reach(text: str, words: list[Word], next_word: int, start: int, rules: ReadingRules) -> int:
    """Where a denial that ends at ``start`` stops counting; ``words[next_word]`` follows it."""
    within = words[next_word : next_word + rules.denial_reach]
    for word in within:
        if word.folded in rules.denial_stops or _ENDS.search(text, start, word.start):
            return word.start
    return within[-1].end if within else start
