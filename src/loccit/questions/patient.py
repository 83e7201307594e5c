"""Facts of the patient: read from the words of a question, or given as an option."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from loccit.questions.age_ranges import OLDEST, years_of
from loccit.questions.belonging import denied_at_once
from loccit.questions.identifiers import without_identifiers
from loccit.questions.labs import FoundValue, load_measure_rules, number_in, values_in
from loccit.questions.person import age_in, sex_in, subject_at, weight_in, with_digits
from loccit.questions.person_rules import PersonRules
from loccit.terms import Measured, PatientFacts, UsageError
from loccit.vocabulary import load_vocabulary

__all__ = ["patient_from_option", "patient_from_text", "population_of"]

CHILD_PUGH = {"A": "mild", "B": "moderate", "C": "severe"}
"""FDA guidance on hepatic impairment studies (2003) names the classes so."""
ADULT, OLDER, ADOLESCENT, CHILD, INFANT = 18, 65, 12, 2, 1 / 12
MONTHS, WEEKS, DAYS = 12, 52.18, 365.25
_FUNCTION = frozenset({"creatinine clearance", "eGFR"})
"""Values with a field of their own; they stand among the labs only as a bound or a range."""
TRIMESTERS = {"1": "first", "2": "second", "3": "third", "f": "first", "s": "second", "t": "third"}
PREGNANT = "pregnant"
SECOND_TRIMESTER, THIRD_TRIMESTER = 14, 28


def patient_from_text(
    text: str, denials: Sequence[tuple[int, int]], rules: PersonRules
) -> PatientFacts:
    """Facts that stand in the question. What is not stated, or denied, stays empty.

    Values are read first and then put out of sight, so that "101F" is no age and no sex.
    """
    values = values_in(text)
    plain = with_digits(_without(text, values), rules)
    stated = _Stated(_without_spans(text, denials), rules.patterns)
    lactation = stated("lactating") is not None and not _is_fed(plain, rules)
    measured = {each.measured.name: each.measured for each in values}
    partner = rules.patterns["partner"].search(text) is not None
    return PatientFacts(
        age=age_in(plain, rules, feeds=lactation),
        sex=sex_in(plain, rules),
        weight_kg=weight_in(plain, rules),
        creatinine_clearance=_number(measured.get("creatinine clearance")),
        egfr=_number(measured.get("eGFR")),
        hepatic=_hepatic(stated),
        renal=_renal(stated, measured, rules),
        pregnancy="" if partner else _pregnancy(stated),
        partner=PREGNANT if partner else "",
        lactation=lactation,
        labs=tuple(dict.fromkeys(each.measured for each in values if _is_told(each.measured))),
        stages=tuple(dict.fromkeys(m.group() for m in rules.patterns["stages"].finditer(text))),
    )


def _is_fed(text: str, rules: PersonRules) -> bool:
    """Whether the patient is the child who is fed."""
    fed = rules.patterns["fed"].search(text)
    return fed is not None and subject_at(text, rules) is not None


class _Stated:
    """Looks up a rule by its name in what is stated, and neither denied nor called normal."""

    def __init__(self, text: str, patterns: dict[str, re.Pattern[str]]) -> None:
        normal = [match.span() for match in patterns["normal"].finditer(text)]
        self._text, self._patterns = _without_spans(text, normal), patterns

    def __call__(self, name: str) -> re.Match[str] | None:
        found = self._patterns[name].finditer(self._text)
        return next((match for match in found if not self._is_denied(*match.span())), None)

    @property
    def is_wished_or_tested(self) -> bool:
        """Whether a pregnancy is only spoken of: wished for, feared or tested."""
        return self._patterns["not_stated"].search(self._text) is not None

    def _is_denied(self, start: int, end: int) -> bool:
        return denied_at_once(self._text, start, end, self._patterns)


def _without(text: str, values: Iterable[FoundValue]) -> str:
    return _without_spans(text, [(each.start, each.end) for each in values])


def _without_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these places blank, so that all others keep theirs."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _is_told(measured: Measured) -> bool:
    """Whether a value says more than the field of its own that it may have."""
    return measured.name not in _FUNCTION or _number(measured) is None or " " in measured.value


def _number(measured: Measured | None) -> float | None:
    return number_in(measured) if measured else None


def _hepatic(stated: _Stated) -> str:
    if match := stated("child_pugh"):
        return CHILD_PUGH[_group(match).upper()]
    if match := stated("hepatic_degree"):
        return _group(match).casefold()
    return "any" if stated("hepatic_any") else ""


def _group(match: re.Match[str]) -> str:
    """What stands in the group of the alternative that was found."""
    return str(next(filter(None, match.groups())))


def _renal(stated: _Stated, measured: dict[str, Measured], rules: PersonRules) -> str:
    if stated("dialysis"):
        return "dialysis"
    if match := stated("ckd_stage"):
        return rules.ckd_degrees[match[1] or match[2]]
    if match := stated("renal_degree"):
        return _group(match).casefold()
    known = stated("renal_any") or measured.keys() & _FUNCTION or _is_raised(measured)
    return "any" if known else ""


def _is_raised(measured: dict[str, Measured]) -> bool:
    """Whether a creatinine is above the reference limit, in the unit that it must be in."""
    limit = load_measure_rules().impaired
    number = _number(measured.get(limit["measure"]))
    if number is None:
        return False
    raised = limit["from"] <= number < limit["below"]
    return bool(raised or number >= limit["from_micromolar"])


def _pregnancy(stated: _Stated) -> str:
    if match := stated("trimester"):
        return f"{TRIMESTERS[match[1][0].casefold()]}_trimester"
    if match := stated("months"):
        return f"{_trimester(int(match[1]) * WEEKS / MONTHS)}_trimester"
    pregnant = stated("stated")
    if not pregnant or stated.is_wished_or_tested:
        return ""
    match = stated("weeks") or stated("weeks_apart")
    weeks = next((int(each) for each in match.groups() if each), None) if match else None
    return f"{_trimester(weeks)}_trimester" if weeks is not None else "any"


def _trimester(weeks: float) -> str:
    if weeks >= THIRD_TRIMESTER:
        return "third"
    return "second" if weeks >= SECOND_TRIMESTER else "first"


def population_of(patient: PatientFacts) -> tuple[str, ...]:
    """The ``axis:value`` groups that a patient belongs to."""
    groups = [f"age:{group}"] if (group := _age_group_of(patient)) else []
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


def _age_group_of(patient: PatientFacts) -> str:
    """The group of the patient's age; of a range where all of it lies in one."""
    if patient.age is not None:
        return _age_group(patient.age)
    years = years_of(patient.age_range)
    if years is None:
        return ""
    last = _age_group(years.most - 1 / DAYS if years.below else years.most)
    if years.below:
        return last
    first = _age_group(years.least)
    return first if first == last or years.most >= OLDEST else ""


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
    "bsa": ("body_surface", 4.0),
}
"""The field of each number, and what no person exceeds."""
_LISTS = {"drug": "drugs", "condition": "conditions", "allergy": "allergies"}
_WORDS = {
    "hepatic": ("mild", "moderate", "severe", "any"),
    "renal": ("mild", "moderate", "severe", "dialysis", "any"),
    "sex": ("female", "male"),
    "pregnancy": ("any", "first_trimester", "second_trimester", "third_trimester"),
    "lactation": ("yes", "no"),
    "smoking": ("current", "former", "never"),
    "alcohol": ("none", "former", "some", "daily", "heavy"),
}


def patient_from_option(option: str, known: PatientFacts) -> PatientFacts:
    """Facts given as ``age=71,hepatic=moderate,drug=sertraline``, added to what is known.

    ``drug``, ``condition`` and ``allergy`` may stand several times. Raises ``UsageError`` naming
    the part that cannot be read.
    """
    facts = known
    for part in filter(None, (part.strip() for part in option.split(","))):
        name, _, value = (piece.strip() for piece in part.partition("="))
        words = without_identifiers(value, load_vocabulary()).text
        facts = _with_fact(facts, name.casefold(), words.casefold())
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
