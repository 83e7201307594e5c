"""Which conditions and drugs are the patient's, which are past, and which are a relative's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from loccit.questions.belonging import led_by
from loccit.questions.person import subject_at
from loccit.questions.person_rules import PersonRules
from loccit.terms import Concept, ConceptKind, PatientFacts

__all__ = ["Owned", "of_relatives", "owned"]

AFTER = 60
"""Characters after a name that may tell that it is past."""
DRUGS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
AILMENTS = (ConceptKind.CONDITION, ConceptKind.FINDING)
RELATIVES = ("female_relatives", "male_relatives", "other_relatives")
_WHOSE = re.compile(r"\w+['\u2019]s\s+")


class Owned(NamedTuple):
    """Canonical names, once each, in order of their first mention."""

    drugs: tuple[str, ...]
    past_drugs: tuple[str, ...]
    allergies: tuple[str, ...]
    conditions: tuple[str, ...]
    history: tuple[str, ...]
    family: tuple[str, ...]


def owned(
    text: str,
    concepts: Sequence[Concept],
    denials: Sequence[tuple[int, int]],
    rules: PersonRules,
) -> Owned:
    """What the words give to the patient. ``concepts`` are those that are not denied."""
    patterns = rules.patterns
    drugs = [c for c in concepts if c.kind in DRUGS]
    allergies = _allergies(text, concepts, denials, rules)
    rest = [c for c in drugs if c.start not in {a.start for a in allergies}]
    past = {
        *_spoken_of_last(text, rest, rules),
        *led_by(text, rest, patterns["stopped"]),
        *_followed(text, rest, "stopped_after", rules),
    }
    on_board = _followed(text, rest, "taken_after", rules)
    taken = [c for c in (*led_by(text, rest, patterns["taking"]), *on_board) if c not in past]
    ailments = [c for c in concepts if c.kind in AILMENTS]
    family = _of_family(text, ailments, rules)
    own = [c for c in ailments if c not in family]
    history = _past(text, own, rules)
    persons = (c for c in own if _is_person(text, c, rules))
    led = (*led_by(text, own, patterns["having"]), *persons)
    having = [c for c in led if c not in history]
    current = _names(taken)
    return Owned(
        drugs=current,
        past_drugs=tuple(name for name in _names(past) if name not in current),
        allergies=_names(allergies),
        conditions=_names(having),
        history=_names(history),
        family=_names(family),
    )


def of_relatives(concepts: Iterable[Concept], facts: PatientFacts) -> list[tuple[int, int]]:
    """Where conditions stand that only relatives have: they make no state of the patient."""
    names = set(facts.family).difference(facts.conditions, facts.history)
    return [(c.start, c.end) for c in concepts if c.name in names]


def _names(concepts: Iterable[Concept]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.name for c in sorted(concepts, key=lambda c: c.start)))


def _spoken_of_last(text: str, drugs: Sequence[Concept], rules: PersonRules) -> Iterator[Concept]:
    """The drug named last before "stopped it"."""
    for match in rules.patterns["stopped_it"].finditer(text):
        before = [c for c in drugs if c.end <= match.start()]
        yield from before[-1:]


def _is_person(text: str, concept: Concept, rules: PersonRules) -> bool:
    """Whether a condition's name stands for one who has it: "safe for a type 1 diabetic"."""
    last = text[concept.start : concept.end].split()[-1:]
    named = last and rules.patterns["person_names"].search(last[0])
    after = text[concept.end : concept.end + AFTER]
    return bool(named and rules.patterns["after_person_name"].search(after))


def _followed(
    text: str, concepts: Iterable[Concept], rule: str, rules: PersonRules
) -> tuple[Concept, ...]:
    """The concepts right after which the words of a rule stand."""
    pattern = rules.patterns[rule]
    return tuple(c for c in concepts if pattern.search(text[c.end : c.end + AFTER]))


def _past(text: str, ailments: list[Concept], rules: PersonRules) -> tuple[Concept, ...]:
    """Conditions that are said to be past; one that was only diagnosed then is still there."""
    led = led_by(text, ailments, rules.patterns["past"])
    dated = (
        c
        for c in _followed(text, ailments, "past_after", rules)
        if not rules.patterns["still"].search(text[: c.start][-AFTER:])
    )
    return tuple({*led, *dated})


def _of_family(text: str, ailments: list[Concept], rules: PersonRules) -> tuple[Concept, ...]:
    """Conditions of relatives; the relative whom the question is about is the patient."""
    subject = subject_at(text, rules)
    if subject is None:
        return led_by(text, ailments, rules.patterns["family"])
    spans = [match.span() for match in rules.patterns["family"].finditer(text)]
    about = next((end for start, end in spans if start <= subject < end), None)
    if about and _is_owner(text[subject:about], rules):
        about = None
    if about is None:
        return led_by(text, ailments, rules.patterns["family"])
    others = text[:about].replace(text[subject:about], " " * (about - subject)) + text[about:]
    return led_by(others, ailments, rules.patterns["family"])


def _is_owner(words: str, rules: PersonRules) -> bool:
    """Whether a relative is named only to say whose: "patient's mother" is not the patient."""
    whose = _WHOSE.match(words)
    if not whose:
        return False
    relatives = (rules.sex_words[name][1] for name in RELATIVES)
    return any(pattern.search(words, whose.end()) for pattern in relatives)


def _allergies(
    text: str,
    concepts: Sequence[Concept],
    denials: Sequence[tuple[int, int]],
    rules: PersonRules,
) -> list[Concept]:
    """Drugs, classes and other things that the patient is said not to bear."""
    things = [c for c in concepts if c.kind in DRUGS]
    places = {place for c in things for place in range(c.start, c.end)}
    things += [each for each in _other_things(text, rules) if each.start not in places]
    things.sort(key=lambda c: c.start)
    unknown = [m.span() for m in rules.patterns["not_allergic"].finditer(text)]
    led = led_by(text, things, rules.patterns["allergic"])
    found = {*led, *_followed(text, things, "allergic_after", rules)}
    barred = [*denials, *unknown]
    return [c for c in found if not any(start <= c.start < end for start, end in barred)]


def _other_things(text: str, rules: PersonRules) -> Iterator[Concept]:
    """Latex, eggs and the like, which the vocabulary of drugs does not hold."""
    for match in rules.allergens.finditer(text):
        word, (start, end) = match.group().casefold(), match.span()
        name = rules.allergen_names.get(word, word)
        yield Concept(text=match.group(), name=name, kind=ConceptKind.FINDING, start=start, end=end)
