"""Facts of the patient after a follow-up: those before it, with what its words change."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from loccit.questions.denying import Denial
from loccit.questions.follow_rules import FollowRules
from loccit.questions.patient import DAYS, MONTHS, WEEKS, population_of
from loccit.questions.person import BREASTFED
from loccit.terms import ConceptKind, Measured, PatientFacts, Question

__all__ = ["is_other_person", "merged_facts", "merged_population", "stated"]

_SCALES = {"months": MONTHS, "weeks": WEEKS, "days": DAYS}
_NUMBERS = ("age", "weight_kg", "creatinine_clearance", "egfr")
LOOSE = frozenset({"bare", "it"})
"""Ways to state a number that do not tell what it counts."""
OLDEST = 120
SECOND_TRIMESTER, THIRD_TRIMESTER = 14, 28
UNKNOWN_DEGREE = "any"
YOUNG = frozenset({"age:neonate", "age:infant", "age:child"})
ADULTS = frozenset({"age:adult", "age:older_adult"})


def is_other_person(before: Question, text: str, rules: FollowRules) -> bool:
    """Whether the words turn to somebody else than the patient before.

    The child of a mother who is pregnant or breastfeeding is spoken of for her sake.
    """
    patient = before.patient
    mother = patient.pregnancy or patient.lactation
    if rules.says("same_person", text) or (mother and rules.says("own_child", text)):
        return False
    return rules.says("other_person", text)


def stated(patient: PatientFacts) -> dict[str, Any]:
    """The facts that hold something, by field; an age of 0 is one."""
    held = {field.name: getattr(patient, field.name) for field in fields(patient)}
    nothing = (None, False)
    return {
        name: value
        for name, value in held.items()
        if all(value is not each for each in nothing) and value not in ("", ())
    }


def merged_facts(
    before: Question, said: Question, denial: Denial, rules: FollowRules
) -> PatientFacts:
    """What holds of the patient now."""
    other = is_other_person(before, said.text, rules)
    held = PatientFacts() if other else _without(before.patient, denial)
    known = PatientFacts() if other else before.patient
    new = _sex_of_relative(said, rules) if other else said.patient
    young = not YOUNG.isdisjoint(before.population)
    new = _with_age(new, known, denial, rules, young=young and not other)
    new = _with_pregnancy(new, known, denial.rest, rules)
    new = _with_duration(new, before, denial.rest, rules)
    new = _without_mother(new, known, young=young and not other)
    merged = _joined(held, new, rules)
    if known.smoking and not new.smoking and rules.left_off["smoking"].search(said.text):
        merged = replace(merged, smoking="former")
    if rules.pregnancy["ended"].search(said.text):
        merged = replace(merged, pregnancy="")
    return merged if new.age is not None else _in_stated_group(merged, said)


def _without(patient: PatientFacts, denial: Denial) -> PatientFacts:
    """The facts less those that are denied."""
    empty = PatientFacts()
    gone: dict[str, Any] = {name: getattr(empty, name) for name in denial.facts}
    lists: dict[str, Any] = {
        name: tuple(each for each in getattr(patient, name) if each not in denial.names)
        for name in ("drugs", "conditions", "allergies", "history", "past_drugs")
    }
    return replace(patient, **gone, **lists)


# --- what the words add because something was said before


def _sex_of_relative(said: Question, rules: FollowRules) -> PatientFacts:
    """The facts with the sex of the relative: "her son" is male, whatever the pronoun says."""
    match = rules.phrases["other_person"].search(said.text)
    words = re.findall(r"[a-z]+", match[0].casefold()) if match else []
    sexes = [rules.relatives[word] for word in words if word in rules.relatives]
    return replace(said.patient, sex=sexes[0]) if sexes else said.patient


def _with_age(
    new: PatientFacts, known: PatientFacts, denial: Denial, rules: FollowRules, *, young: bool
) -> PatientFacts:
    """Ages that only a follow-up states so shortly; a number put right goes where it was wrong.

    ``young`` tells that a child was spoken of, so that "18 months" is an age.
    """
    text = denial.rest
    if new.age is not None:
        return new
    for name, pattern in rules.age_units.items():
        match = pattern.search(text)
        if match and (name in _SCALES or young):
            scale = _SCALES[name.partition("_")[0]]
            return replace(new, age=round(float(match[1]) / scale, 3))
    wrong = _put_right(known, denial)
    for name, pattern in rules.ages.items():
        loose = name in LOOSE
        wanted = wrong if loose else "age"
        sure = not loose or _is_known(known, wanted) or (young and wanted == "age")
        if (match := pattern.search(text)) and sure:
            number = float(match[1])
            if getattr(new, wanted) is None and (wanted != "age" or number <= OLDEST):
                fact: dict[str, Any] = {wanted: number}
                return replace(new, **fact)
    return new


def _put_right(known: PatientFacts, denial: Denial) -> str:
    """The number that a bare one stands for: that denied, the age, or the only one stated."""
    stated_ones = [name for name in _NUMBERS if _is_known(known, name)]
    denied = next((name for name in _NUMBERS if name in denial.facts), "")
    alone = stated_ones[0] if len(stated_ones) == 1 else "age"
    return denied or ("age" if "age" in stated_ones else alone)


def _is_known(patient: PatientFacts, name: str) -> bool:
    """Whether a number of this name was stated."""
    return getattr(patient, name) is not None


def _with_pregnancy(
    new: PatientFacts, known: PatientFacts, text: str, rules: FollowRules
) -> PatientFacts:
    """How far a pregnancy is that is spoken of, or was before."""
    spoken_of = known.pregnancy or new.pregnancy
    if not spoken_of or new.pregnancy not in ("", UNKNOWN_DEGREE) or new.lactation:
        return new
    if match := rules.pregnancy["ordinal"].search(text):
        return replace(new, pregnancy=f"{match[1].casefold()}_trimester")
    if match := rules.pregnancy["weeks"].search(text):
        weeks = int(match[1])
        late = "third" if weeks >= THIRD_TRIMESTER else "second"
        return replace(new, pregnancy=f"{late if weeks >= SECOND_TRIMESTER else 'first'}_trimester")
    return new


def _with_duration(
    new: PatientFacts, before: Question, text: str, rules: FollowRules
) -> PatientFacts:
    """How long it has lasted, where a bare time can say nothing else."""
    known, match = before.patient, rules.lasting["bare"].search(text)
    of_complaint = known.duration or not before.names(ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
    if not match or not of_complaint or known.pregnancy or new.age is not None or new.pregnancy:
        return new
    return replace(new, duration=match["time"].casefold())


def _without_mother(new: PatientFacts, known: PatientFacts, *, young: bool) -> PatientFacts:
    """The facts less those of the mother who feeds the infant asked about, or of her infant."""
    if known.lactation and new.age is not None and new.age < BREASTFED:
        return replace(new, age=None)
    infant = known.age is not None and known.age < BREASTFED
    if new.lactation and (infant or (young and known.age is None)):
        return replace(new, lactation=False, sex="")
    return new


# --- joining


def _joined(held: PatientFacts, new: PatientFacts, rules: FollowRules) -> PatientFacts:
    """The new values, and the held ones that none of them takes the place of."""
    says, holds = stated(new), stated(held)
    said = {
        name: value
        for name, value in says.items()
        if not (value == UNKNOWN_DEGREE and name in holds)
    }
    gone = {
        other
        for name, value in said.items()
        if holds.get(name) != value
        for other in rules.replaces.get(name, ())
    }
    # "CrCl 20" reads as renal impairment of unknown degree: the old degree goes with the old value.
    for name in gone & {"renal"}:
        said |= {name: says[name]} if name in says else {}
    empty = PatientFacts()
    kept: dict[str, Any] = {name: getattr(empty, name) for name in gone - set(said)}
    joined: dict[str, Any] = {
        name: _listed(holds.get(name, ()), value) if isinstance(value, tuple) else value
        for name, value in said.items()
    }
    return replace(held, **kept, **joined)


def _listed(held: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    """Both lists; a value measured anew stands for the one before it."""
    anew = {each.name for each in new if isinstance(each, Measured)}
    stay = [e for e in held if not (isinstance(e, Measured) and e.name in anew)]
    return (*stay, *(each for each in new if each not in stay))


def _in_stated_group(patient: PatientFacts, said: Question) -> PatientFacts:
    """Without an age outside the group that the words now speak of: "and in a child?"."""
    groups = {group for group in said.population if group.startswith("age:")}
    mother = patient.pregnancy or patient.lactation
    if mother:  # the child spoken of is hers
        groups -= YOUNG
    if patient.age is None or not groups:
        return patient
    own = {group for group in population_of(patient) if group.startswith("age:")}
    fits = groups & own or ("age:adult" in groups and own <= ADULTS)
    return patient if fits else replace(patient, age=None, weight_kg=said.patient.weight_kg)


def merged_population(
    before: Question, said: Question, patient: PatientFacts, *, other: bool
) -> tuple[str, ...]:
    """Groups that hold now: a group newly said stands for its axis; facts of the patient too."""
    own = population_of(patient)
    gone = {*population_of(before.patient), *before.assumed}
    new = [
        group
        for group in said.population
        if group not in population_of(said.patient) and group not in said.assumed
    ]
    axes = {_axis(group) for group in (*new, *own)}
    held = [] if other else [g for g in before.population if g not in gone and _axis(g) not in axes]
    return tuple(dict.fromkeys((*held, *new, *own)))


def _axis(group: str) -> str:
    return group.partition(":")[0]
