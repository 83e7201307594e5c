"""Facts of the patient: read from the words of a question, or given as an option."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from loccit.questions.rules import ReadingRules
from loccit.terms import PatientFacts, UsageError

__all__ = ["patient_from_option", "patient_from_text", "population_of"]

POUND = 0.45359237
"""Kilograms in an avoirdupois pound (exact, by definition of 1959)."""
CHILD_PUGH = {"A": "mild", "B": "moderate", "C": "severe"}
"""FDA guidance on hepatic impairment studies (2003) names the classes so."""
ADULT, OLDER, ADOLESCENT, CHILD, INFANT = 18, 65, 12, 2, 1 / 12
MONTHS, WEEKS, DAYS = 12, 52.18, 365.25
TRIMESTERS = {"1": "first", "2": "second", "3": "third", "f": "first", "s": "second", "t": "third"}
SECOND_TRIMESTER, THIRD_TRIMESTER = 14, 28


def patient_from_text(text: str, rules: ReadingRules) -> PatientFacts:
    """Facts that stand in the question. What is not stated stays empty."""
    found = {name: pattern.search(text) for name, pattern in rules.patterns.items()}
    return PatientFacts(
        age=_age(found),
        sex="female" if found["female"] else "male" if found["male"] else "",
        weight_kg=_weight(found),
        creatinine_clearance=_number(found["creatinine_clearance"]),
        egfr=_number(found["egfr"]),
        hepatic=_hepatic(found),
        renal=_renal(found),
        pregnancy=_pregnancy(found),
        lactation=found["lactating"] is not None,
    )


def _number(match: re.Match[str] | None) -> float | None:
    return float(match[1]) if match else None


def _age(found: dict[str, re.Match[str] | None]) -> float | None:
    """Age in years; the finest unit that is stated wins ("3 month old" over "1 year")."""
    scales = (("age_days", DAYS), ("age_weeks", WEEKS), ("age_months", MONTHS), ("age_years", 1.0))
    for name, scale in (*scales, ("aged", 1.0)):
        if match := found[name]:
            return round(float(match[1]) / scale, 3)
    return None


def _weight(found: dict[str, re.Match[str] | None]) -> float | None:
    if match := found["weight_kg"]:
        return float(match[1])
    return round(float(match[1]) * POUND, 1) if (match := found["weight_lb"]) else None


def _hepatic(found: dict[str, re.Match[str] | None]) -> str:
    if match := found["child_pugh"]:
        return CHILD_PUGH[match[1].upper()]
    if match := found["hepatic_degree"]:
        return match[1].casefold()
    return "any" if found["hepatic_any"] else ""


def _renal(found: dict[str, re.Match[str] | None]) -> str:
    if found["dialysis"]:
        return "dialysis"
    if match := found["renal_degree"]:
        return match[1].casefold()
    stated = ("renal_any", "creatinine_clearance", "egfr")
    return "any" if any(found[name] for name in stated) else ""


def _pregnancy(found: dict[str, re.Match[str] | None]) -> str:
    if match := found["trimester"]:
        return f"{TRIMESTERS[match[1][0].casefold()]}_trimester"
    if match := found["weeks_pregnant"]:
        weeks = int(match[1])
        name = "third" if weeks >= THIRD_TRIMESTER else "second"
        return f"{name if weeks >= SECOND_TRIMESTER else 'first'}_trimester"
    return "any" if found["pregnant"] else ""


def population_of(patient: PatientFacts) -> tuple[str, ...]:
    """The ``axis:value`` groups that a patient belongs to."""
    groups = [f"age:{_age_group(patient.age)}"] if patient.age is not None else []
    if patient.pregnancy:
        groups += dict.fromkeys(["pregnancy:any", f"pregnancy:{patient.pregnancy}"])
    if patient.lactation:
        groups.append("lactation:any")
    measured = patient.creatinine_clearance is not None or patient.egfr is not None
    renal = patient.renal or ("any" if measured else "")
    for axis, value in (("hepatic", patient.hepatic), ("renal", renal)):
        if value:
            groups += dict.fromkeys([f"{axis}:{value}", f"{axis}:any"])
    if patient.sex:
        groups.append(f"sex:{patient.sex}")
    return tuple(groups)


def _age_group(age: float) -> str:
    """FDA's age groups (21 CFR 201.57(c)(9)(iv) for children, (v) for 65 and over)."""
    if age >= ADULT:
        return "older_adult" if age >= OLDER else "adult"
    if age >= ADOLESCENT:
        return "adolescent"
    return "child" if age >= CHILD else "infant" if age >= INFANT else "neonate"


_NUMBERS = {
    "age": ("age", 130.0),
    "weight": ("weight_kg", 700.0),
    "crcl": ("creatinine_clearance", 400.0),
    "egfr": ("egfr", 400.0),
}
"""The field of each number, and what no person exceeds."""
_LISTS = {"drug": "drugs", "condition": "conditions", "allergy": "allergies"}
_WORDS = {
    "hepatic": ("mild", "moderate", "severe", "any"),
    "renal": ("mild", "moderate", "severe", "dialysis", "any"),
    "sex": ("female", "male"),
    "pregnancy": ("any", "first_trimester", "second_trimester", "third_trimester"),
    "lactation": ("yes", "no"),
}


def patient_from_option(option: str, known: PatientFacts) -> PatientFacts:
    """Facts given as ``age=71,hepatic=moderate,drug=sertraline``, added to what is known.

    ``drug``, ``condition`` and ``allergy`` may stand several times. Raises ``UsageError`` naming
    the part that cannot be read.
    """
    facts = known
    for part in filter(None, (part.strip() for part in option.split(","))):
        name, _, value = (piece.strip().casefold() for piece in part.partition("="))
        facts = _with_fact(facts, name, value)
    return facts


def _with_fact(facts: PatientFacts, name: str, value: str) -> PatientFacts:
    fact: Any
    if name in _NUMBERS:
        field, most = _NUMBERS[name]
        fact = _number_up_to(most, name, value)
    elif name in _WORDS:
        field, fact = name, _one_of(_WORDS[name], name, value)
        fact = fact == "yes" if name == "lactation" else fact
    elif name in _LISTS and value:
        field = _LISTS[name]
        fact = (*getattr(facts, field), value)
    else:
        known = ", ".join((*_NUMBERS, *_WORDS, *_LISTS))
        raise UsageError(f"--patient: {name!r} is not a fact that is read; known are {known}")
    return replace(facts, **{field: fact})


def _number_up_to(most: float, name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise UsageError(f"--patient {name}: a number is needed") from None
    if not 0 <= number <= most:
        raise UsageError(f"--patient {name}: a number from 0 to {most:.0f} is needed")
    return number


def _one_of(words: tuple[str, ...], name: str, value: str) -> str:
    if value not in words:
        raise UsageError(f"--patient {name}: one of {', '.join(words)} is needed")
    return value
