"""What a follow-up is about: drugs, conditions and procedures kept, added or exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from loccit.questions.follow_rules import FollowRules
from loccit.questions.labs import load_measure_rules
from loccit.terms import Concept, ConceptKind, Question, QuestionKind
from loccit.vocabulary import Vocabulary

__all__ = [
    "CONDITIONS",
    "DRUGS",
    "Subject",
    "as_read",
    "merged_subject",
    "names_measured",
    "no_longer_taken",
]

DRUGS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
CONDITIONS = (ConceptKind.CONDITION, ConceptKind.FINDING)
PAST = (*CONDITIONS, ConceptKind.PROCEDURE)
MEASURED = frozenset({"creatinine clearance", "estimated glomerular filtration rate"})
"""Named with their values, which are facts of the patient."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What the question is about now, and how it came to be.

    ``of_patient`` are conditions that the words say the patient has, ``past`` those they say the
    patient had; ``told`` names what became of the subject: ``first_drug``, ``added_drug``,
    ``exchanged_drug``, ``added_condition``, ``exchanged_condition``.
    """

    concepts: tuple[Concept, ...]
    of_patient: tuple[str, ...]
    past: tuple[str, ...]
    told: frozenset[str]


def as_read(question: Question) -> str:
    """The words with their misspellings put right: what the places of concepts count in."""
    text = question.text
    for wrong, right in question.corrections:
        text = re.sub(rf"\b{re.escape(wrong)}\b", right, text)
    return text


def merged_subject(
    before: Question,
    said: Question,
    gone: frozenset[str],
    rules: FollowRules,
    vocabulary: Vocabulary,
) -> Subject:
    """The subject before, with what the words change; ``gone`` is what they deny."""
    text = as_read(said)
    allergies = {*before.patient.allergies, *said.patient.allergies}
    held = [c for c in before.concepts if c.name not in gone | allergies]
    measured = {*allergies, *gone, *names_measured(said, rules)}
    left = set(said.patient.past_drugs) - set(said.patient.drugs)
    new = [c for c in said.concepts if c.name not in measured | left]
    out = gone & set(before.names(*DRUGS))
    drugs, became = _drugs(before, said, _of(held, DRUGS), _of(new, DRUGS), rules, vocabulary)
    if out and _of(new, DRUGS):  # "A, not B": what is denied is what the new one comes for
        drugs, became = [*_of(new, DRUGS), *_of(held, DRUGS)], "exchanged_drug"
    had = rules.phrases["had"]
    organ = bool(said.patient.hepatic or said.patient.renal)
    conditions, added, of_patient = _conditions(
        text, held, _own(held, new, rules), rules, vocabulary, organ=organ
    )
    procedures = _procedures(held, new, adds=rules.says("adds", text))
    rest = [c for c in (*held, *new) if c.kind is ConceptKind.POPULATION]
    told = {became} if became else set()
    if _is_exchanged(held, conditions):
        told.add("exchanged_condition")
    return Subject(
        concepts=_once((*drugs, *conditions, *procedures, *rest), new),
        of_patient=of_patient,
        past=tuple(c.name for c in new if c.kind in PAST and had.search(text[: c.start])),
        told=frozenset(told | ({"added_condition"} if added else set())),
    )


def names_measured(said: Question, rules: FollowRules) -> frozenset[str]:
    """Drugs that are spoken of as what is measured in blood: "potassium 5.6"."""
    text = as_read(said)
    before, after = rules.phrases["measured_before"], rules.phrases["measured_after"]
    levels = load_measure_rules().names
    return frozenset(
        c.name
        for c in said.concepts
        if c.kind in DRUGS
        and (c.text.casefold() in levels or c.name in levels)
        and (before.search(text[: c.start]) or after.match(text[c.end :]))
    )


def no_longer_taken(
    before: Question, said: Question, rules: FollowRules, vocabulary: Vocabulary
) -> frozenset[str]:
    """A drug of the patient in whose place another is taken: "what if he were on A instead"."""
    new = [c for c in said.concepts if c.kind in DRUGS]
    fresh = [c for c in new if c.name not in before.names(*DRUGS)]
    taken = [c for c in new if c.name in said.patient.drugs]
    held = [c for c in before.concepts if c.name in before.patient.drugs]
    if taken and held and rules.says("instead", said.text):
        return frozenset(_akin(held, taken, rules, vocabulary)[:1])
    asked = [c for c in _of(before.concepts, DRUGS) if c not in held]
    imagined = rules.says("were_on", said.text)
    if fresh and held and (imagined or (not asked and rules.says("would_do", said.text))):
        last = [held[-1].name] if imagined or len(held) == 1 else []
        return frozenset((_akin(held, fresh, rules, vocabulary) or last)[:1])
    return frozenset()


def _of(concepts: Iterable[Concept], kinds: tuple[ConceptKind, ...]) -> list[Concept]:
    return [concept for concept in concepts if concept.kind in kinds]


def _own(held: list[Concept], new: list[Concept], rules: FollowRules) -> list[Concept]:
    """Conditions newly said; "signs of toxicity" of the drug asked about names none."""
    about_drug = bool(_of(held, DRUGS))
    return [c for c in _of(new, CONDITIONS) if not (about_drug and c.name in rules.of_drug)]


def _once(concepts: tuple[Concept, ...], said: list[Concept]) -> tuple[Concept, ...]:
    """One concept a name; where the new words say it, with its place there."""
    places = {concept.name: concept for concept in said}
    names = dict.fromkeys(concept.name for concept in concepts)
    held = {concept.name: concept for concept in concepts}
    return tuple(places.get(name, held[name]) for name in names)


# --- drugs


def _drugs(
    before: Question,
    said: Question,
    held: list[Concept],
    new: list[Concept],
    rules: FollowRules,
    vocabulary: Vocabulary,
) -> tuple[list[Concept], str]:
    """The drugs now, and what became of them."""
    names = {concept.name for concept in held}
    fresh = [concept for concept in new if concept.name not in names]
    asked = [c for c in held if c.name not in before.patient.drugs]
    paired = len(asked) > 1 and before.kind is QuestionKind.INTERACTION
    if not new:
        narrowed = paired and rules.says("of_one", said.text)
        chosen = [c for c in held if c is asked[0] or c not in asked] if narrowed else held
        return _chosen(chosen, said.text, rules), ""
    if not fresh:
        again = {concept.name for concept in new}
        if again <= set(before.patient.drugs) and rules.says("tells", as_read(said)):
            return held, ""
        taken = [c for c in held if c.name in before.patient.drugs or c.name in again]
        return (held if _adds(said, new, rules) else taken), ""
    adds = _adds(said, fresh, rules)
    if len(fresh) < len(new) and not adds and not rules.says("swaps", said.text):
        return [*new, *(c for c in held if c.name in before.patient.drugs)], "added_drug"
    akin = set(_akin(asked, fresh, rules, vocabulary)[:1])
    if paired and _is_with(said, fresh, rules):
        return _in_place(held, fresh, akin or {asked[-1].name}), "exchanged_drug"
    if not asked or adds:
        lasting = [c for c in held if c.name not in rules.beside]
        return [*lasting, *fresh], "added_drug" if held else "" if adds else "first_drug"
    partner = paired and rules.says("one_more", said.text) and asked[-1].name not in rules.beside
    instead_of = asked[-1] if partner else asked[0]
    out = _swapped(said, held, rules) or akin or {instead_of.name}
    return _in_place(held, fresh, out), "exchanged_drug"


def _in_place(held: list[Concept], fresh: list[Concept], out: set[str]) -> list[Concept]:
    """The new where the first that goes stood, so that what is asked about first stays first."""
    at = next((place for place, c in enumerate(held) if c.name in out), 0)
    before = [c for c in held[:at] if c.name not in out]
    return [*before, *fresh, *(c for c in held[at:] if c.name not in out)]


def _chosen(held: list[Concept], text: str, rules: FollowRules) -> list[Concept]:
    """All of them, or the one of several that "the latter" or "the former" means."""
    if len(held) > 1 and rules.says("latter", text):
        return held[-1:]
    if len(held) > 1 and rules.says("former", text):
        return held[:1]
    return held


def _adds(said: Question, drugs: list[Concept], rules: FollowRules) -> bool:
    """Whether drugs come beside those before, and not in their place."""
    text = as_read(said)
    led = rules.phrases["adds_before"]
    return (
        any(concept.name in rules.beside or concept.name in said.patient.drugs for concept in drugs)
        or rules.says("adds", text)
        or any(led.search(text[: concept.start]) for concept in drugs)
    )


def _is_with(said: Question, drugs: list[Concept], rules: FollowRules) -> bool:
    """Whether a drug is named as what another is taken with, and not as a further one."""
    text, led = as_read(said), rules.phrases["with_another"]
    return not rules.says("adds", text) and any(led.search(text[: c.start]) for c in drugs)


def _swapped(said: Question, held: list[Concept], rules: FollowRules) -> set[str]:
    """The drug that goes where the words exchange one for another by name."""
    match = rules.phrases["swaps"].search(as_read(said))
    if not match:
        return set()
    first, last = match.span("old")
    named = {c.name for c in said.concepts if first <= c.start < last}
    return named & {concept.name for concept in held}


def _akin(
    held: list[Concept], fresh: list[Concept], rules: FollowRules, vocabulary: Vocabulary
) -> list[str]:
    """Those of the drugs before that are of a class with one of the new."""
    classes = {n for concept in fresh for n in _classes(concept.name, rules, vocabulary)}
    return [c.name for c in held if not classes.isdisjoint(_classes(c.name, rules, vocabulary))]


def _classes(name: str, rules: FollowRules, vocabulary: Vocabulary) -> set[str]:
    """The name, its classes that tell what it is used for, and their wider ones."""
    classes = vocabulary.classes.get(name, ())
    classes = tuple(each for each in classes if not rules.says("loose_classes", each))
    return {wider for each in (name, *classes) for wider in vocabulary.lineage(each)}


# --- conditions and procedures


def _conditions(
    text: str,
    concepts: list[Concept],
    new: list[Concept],
    rules: FollowRules,
    vocabulary: Vocabulary,
    *,
    organ: bool,
) -> tuple[list[Concept], bool, tuple[str, ...]]:
    """Conditions now, whether one came beside the subject, and those the patient is said to have.

    ``organ`` tells that the words state the function of an organ: that is a fact of its own.
    """
    held = _of(concepts, CONDITIONS)
    about_drug = bool(_of(concepts, DRUGS))
    fresh = [c for c in new if c.name not in {concept.name for concept in held}]
    of_patient: list[str] = []
    added = False
    for concept in fresh:
        lead = text[: concept.start]
        akin = {c.name for c in held if _is_akin(c.name, concept.name, vocabulary)}
        if akin:
            held = [c for c in held if c.name not in akin]
        elif rules.phrases["used_for"].search(lead):
            held = []
        elif rules.phrases["had"].search(lead) or organ:
            added = True
        elif rules.phrases["has"].search(lead):
            of_patient.append(concept.name)
            added = True
        elif about_drug or rules.says("compares", text):
            added = True
        else:
            held = []
    return [*held, *fresh], added, tuple(of_patient)


def _is_exchanged(held: list[Concept], now: list[Concept]) -> bool:
    """Whether a condition before is gone and another has come."""
    was, stands = {c.name for c in _of(held, CONDITIONS)}, {c.name for c in now}
    return bool(was - stands) and bool(stands - was)


def _is_akin(one: str, other: str, vocabulary: Vocabulary) -> bool:
    """Whether one condition is a narrower name of the other."""
    return one in vocabulary.lineage(other) or other in vocabulary.lineage(one)


def _procedures(held: list[Concept], new: list[Concept], *, adds: bool) -> list[Concept]:
    """Procedures now: where one was the subject, another takes its place."""
    kept = [c for c in held if c.kind is ConceptKind.PROCEDURE and c.name not in MEASURED]
    fresh = [c for c in new if c.kind is ConceptKind.PROCEDURE]
    about_drug = bool(_of(held, DRUGS))
    comes = bool(fresh) or bool(_of(new, DRUGS))
    return [*([] if comes and not about_drug and not adds else kept), *fresh]
