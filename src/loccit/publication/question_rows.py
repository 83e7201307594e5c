"""How a question was read, echoed to the asker row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from loccit.publication.page import Row
from loccit.publication.showing import visible
from loccit.publication.words import Words
from loccit.terms import Concept, PatientFacts, Premise, Question

__all__ = ["rows_of", "stated_facts"]

MONTH = 1 / 12
DAYS_OF_YEAR = 365.25
_CHECK = frozenset({"removed", "negated", "corrections", "premises", "also_asked"})
YOUNG = 2.0
"""Years below which an age is said in months, as dosing tables do."""


def rows_of(question: Question, words: Words) -> tuple[Row, ...]:
    """The rows that hold something, in a fixed order."""
    kind = f"{words.of('question_kind', question.kind)} {words.label('question')}"
    rows = {
        "removed": (", ".join(question.removed),) if question.removed else (),
        "kind": (kind,),
        "concepts": tuple(dict.fromkeys(_concept(c, words) for c in question.concepts)),
        "facts": tuple(_facts(question.patient, words)),
        "population": tuple(_group(group) for group in question.population),
        "negated": question.negated,
        "corrections": tuple(
            f"“{wrong}” {words.label('read_as')} “{right}”" for wrong, right in question.corrections
        ),
        "premises": tuple(_premise(premise) for premise in question.premises),
        "also_asked": question.also_asked,
        "follows": (question.follows,) if question.follows else (),
    }
    return tuple(
        Row(
            label=words.label(name),
            values=tuple(visible(value) for value in values),
            check=name in _CHECK,
        )
        for name, values in rows.items()
        if values
    )


def _concept(concept: Concept, words: Words) -> str:
    """The canonical name and its kind, and the asker's word where it was another."""
    kind = words.of("concept_kind", concept.kind)
    if concept.text.casefold() == concept.name.casefold():
        return f"{concept.name} ({kind})"
    return f"{concept.name} ({kind}; “{concept.text}”)"


def _group(group: str) -> str:
    axis, _, value = group.partition(":")
    return f"{axis}: {value}".replace("_", " ") if value else group


def _premise(premise: Premise) -> str:
    said = f"“{premise.text}”: {premise.verdict}"
    return f"{said}. {premise.why}" if premise.why else said


def stated_facts(patient: PatientFacts) -> dict[str, Any]:
    """The facts that were given, by name; an age of 0 is one."""
    facts = {field.name: getattr(patient, field.name) for field in fields(patient)}
    unstated = (None, False)
    return {
        name: value
        for name, value in facts.items()
        if all(value is not each for each in unstated) and value not in ("", ())
    }


def _facts(patient: PatientFacts, words: Words) -> Iterator[str]:
    for name, value in stated_facts(patient).items():
        yield words.of("fact", name).replace("{}", _fact(name, value))


def _fact(name: str, value: float | str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, str):
        return value.replace("_", " ")
    return _age(value) if name == "age" else f"{value:g}"


def _age(years: float) -> str:
    """An age in the unit that it is spoken of: days, months or years."""
    if years >= YOUNG:
        return f"{years:g} years"
    if years >= MONTH:
        return f"{round(years / MONTH, 1):g} months"
    return f"{round(years * DAYS_OF_YEAR):g} days"
