"""Who the question is about: age, weight and sex of the patient, not of others in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from loccit.questions.person_rules import PersonRules, Scaled

__all__ = ["age_in", "sex_in", "subject_at", "weight_in", "with_digits"]

OLDEST = 125.0
BREASTFED = 3.0
"""Years up to which an age beside breastfeeding is that of the child who is fed."""
SPELT = 18
"""Years from which on a number in words alone, as in "at sixty-two", is taken for an age."""
LOOK_BACK = 40
"""Characters before a number that tell what it is."""


class _Age(NamedTuple):
    years: float
    start: int


def with_digits(text: str, rules: PersonRules) -> str:
    """The text with "seventy-four year" and "at sixty-two" in digits: one pattern reads both."""
    words = "|".join(rules.number_words)
    number = re.compile(
        r"(?P<led>\b(?:aged?|at|is|am|i'm|turn(?:ed|s)|turning)\s+)?"
        r"(?P<who>\b(?:she|he|kid|child|boy|girl|son|daughter|baby)(?:['\u2019]s| is)\s+)?"
        rf"\b(?P<first>{words})(?:[-\s](?P<second>{words}))?\b"
        r"(?P<unit>(?=[-\s](?:year|month|week|day)))?(?P<end>(?=\s*(?:[,.;?!)]|$|and\b|with\b)))?",
        re.IGNORECASE,
    )

    def digits(match: re.Match[str]) -> str:
        named = (match["first"], match["second"])
        number = sum(rules.number_words[part.casefold()] for part in named if part)
        ends = match["end"] is not None
        led = (match["led"] is not None and number >= SPELT) or match["who"] is not None
        before = (match["led"] or "") + (match["who"] or "")
        return f"{before}{number}" if match["unit"] is not None or (led and ends) else match[0]

    return number.sub(digits, text)


def age_in(text: str, rules: PersonRules, *, feeds: bool = False) -> float | None:
    """The patient's age in years: the first after the relative asked about, or the first of all.

    ``feeds`` tells that the patient breastfeeds, so that a baby's age is not the patient's.
    """
    ages = sorted(_ages(text, rules), key=lambda age: age.start)
    if feeds:
        ages = [age for age in ages if age.years >= BREASTFED]
    subject = _subject(text, rules)
    after = [age for age in ages if subject and age.start >= subject.start]
    chosen = next(iter(after or ages), None)
    return round(chosen.years, 3) if chosen else None


def _ages(text: str, rules: PersonRules) -> Iterator[_Age]:
    for each in rules.ages:
        for match in each.pattern.finditer(text):
            years = float(match[1]) / each.scale
            part = text[match.start(1) - 1 : match.start(1)] in (".", "/")
            if years <= OLDEST and not part and _is_age(text, match, each, rules):
                yield _Age(years, match.start(1))


def _is_age(text: str, match: re.Match[str], each: Scaled, rules: PersonRules) -> bool:
    before = text[max(0, match.start(1) - LOOK_BACK) : match.start(1)]
    if rules.other_time.search(before):
        return False
    if not each.bare:
        return True
    after = text[match.end() : match.end() + LOOK_BACK]
    return not rules.not_after_age.search(before) and not rules.not_before_age.search(after)


def weight_in(text: str, rules: PersonRules) -> float | None:
    """The patient's weight in kilograms; what was lost or gained is none."""
    for each in rules.weights:
        for match in each.pattern.finditer(text):
            before = text[max(0, match.start() - LOOK_BACK) : match.start()]
            if not rules.not_after_weight.search(before):
                kilograms = float(match[1]) * each.scale
                return kilograms if each.scale == 1 else round(kilograms, 1)
    return None


class _Subject(NamedTuple):
    sex: str
    start: int


def subject_at(text: str, rules: PersonRules) -> int | None:
    """Where the relative stands whom the question is about; nowhere where it is the asker."""
    subject = _subject(text, rules)
    return subject.start if subject else None


def _subject(text: str, rules: PersonRules) -> _Subject | None:
    """The relative whom the question is about; nobody where the asker speaks of themself first."""
    first_person = rules.patterns["first_person"].search(text)
    found = []
    for name in ("female_relatives", "male_relatives", "other_relatives"):
        sex, pattern = rules.sex_words[name]
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 2 * LOOK_BACK) : match.start()]
            after = text[match.end() : match.end() + LOOK_BACK]
            if _is_asked_about(before, after, rules):
                found.append(_Subject(sex, match.start()))
    nearest = min(found, key=lambda each: each.start, default=None)
    asks = first_person and rules.patterns["asks_self"].search(text)
    if nearest and first_person and (asks or first_person.start() < nearest.start):
        return None
    return nearest


def _is_asked_about(before: str, after: str, rules: PersonRules) -> bool:
    """Whether the words around a relative say that the question is about them."""
    words = rules.patterns
    told = words["whose_relative"].search(before) and words["relative_told"].match(after)
    asked = words["for_relative"].search(before) and words["clause_end"].match(after)
    return bool(told or asked)


def sex_in(text: str, rules: PersonRules) -> str:
    """``female``, ``male`` or nothing; the patient's own words before those on others."""
    letter = rules.patterns["letters"].search(text)
    if letter:
        return "female" if letter["letter"].casefold() == "f" else "male"
    subject = _subject(text, rules)
    if subject:
        return subject.sex or _first(text, rules, "female_pronouns", "male_pronouns")
    stated = _first(text, rules, "female", "male")
    if stated or rules.patterns["first_person"].search(text):
        return stated
    return _first(text, rules, "female_pronouns", "male_pronouns")


def _first(text: str, rules: PersonRules, *lists: str) -> str:
    """The sex of that list whose word stands first."""
    found = []
    for name in lists:
        sex, pattern = rules.sex_words[name]
        match = pattern.search(text)
        if match:
            found.append((match.start(), sex))
    return min(found)[1] if found else ""
