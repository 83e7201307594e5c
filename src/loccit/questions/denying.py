"""What a follow-up says is no longer so, or never was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loccit.questions.follow_rules import FollowRules
from loccit.terms import Question

__all__ = ["Denial", "denial_in"]

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NUMBERS = ("age", "weight_kg", "creatinine_clearance", "egfr")
_WORDS = ("hepatic", "renal", "pregnancy", "lactation")
_LISTS = ("drugs", "conditions", "allergies")


@dataclass(frozen=True, kw_only=True, slots=True)
class Denial:
    """``names`` and ``facts`` (fields of the patient) that are gone, and the words that remain."""

    rest: str
    names: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()


def denial_in(
    text: str, before: Question, rules: FollowRules, read: Callable[[str], Question]
) -> Denial:
    """What the words deny of the question before; anything else that they deny is left to them."""
    names: set[str] = set()
    facts: set[str] = set()
    rest, past = "", 0
    for start, end, segment in _segments(text, rules):
        found, fields = _held(segment, before, rules, read)
        if start < past or not (found or fields):
            continue
        names |= found
        facts |= fields
        rest, past = rest + text[past:start], end
    rest = (rest + text[past:]).strip(" ,")
    return Denial(rest=rest, names=frozenset(names), facts=frozenset(facts))


def _segments(text: str, rules: FollowRules) -> Iterator[tuple[int, int, str]]:
    """Where each denial stands, and the few words that it denies."""
    for match in rules.phrases["denied"].finditer(text):
        after = match.end()
        pronouns = (pattern.match(text[after:]) for pattern in rules.pronouns.values())
        if pronoun := next(filter(None, pronouns), None):
            yield match.start(), after + pronoun.end(), pronoun[0]
            continue
        words = re.match(rf"(?:\S+\s*){{0,{rules.denied_words}}}", text[after:])
        end = rules.phrases["denied_ends"].search(text, after)
        reach = after + (words.end() if words else 0)
        last = min(reach, end.start()) if end else reach
        yield match.start(), last, text[after:last]


def _held(
    segment: str, before: Question, rules: FollowRules, read: Callable[[str], Question]
) -> tuple[set[str], set[str]]:
    """What of a denied segment the question before held: names, and fields of the patient."""
    if not segment.strip():
        return set(), set()
    said, patient = read(segment), before.patient
    held = {c.name for c in before.concepts}.union(*(getattr(patient, name) for name in _LISTS))
    names = {concept.name for concept in said.concepts} & held
    facts = {f for f in _WORDS if getattr(said.patient, f) and getattr(patient, f)}
    facts |= {f for f in _NUMBERS if _is_among(getattr(patient, f), segment)}
    said_sex = rules.pronouns.get(patient.sex)
    facts |= {"sex"} if said_sex and said_sex.match(segment) else set()
    return names, facts


def _is_among(number: float | None, segment: str) -> bool:
    return number is not None and any(float(n) == number for n in _NUMBER.findall(segment))
