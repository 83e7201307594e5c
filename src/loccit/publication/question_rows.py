"""How a question was read, echoed to the asker row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from loccit.publication.facts import fact_of, group_of
from loccit.publication.following_rows import following_rows
from loccit.publication.page import Row
from loccit.publication.showing import visible
from loccit.publication.words import Words
from loccit.terms import Concept, PatientFacts, Premise, Question

__all__ = ["facts_in_short", "rows_of", "stated_facts"]

_CHECK = frozenset(
    {
        *("removed", "negated", "corrections", "premises", "also_asked"),
        *("carried", "changed", "dropped"),
    }
)


def rows_of(question: Question, words: Words) -> tuple[Row, ...]:
    """The rows that hold something, in a fixed order."""
    kind = f"{words.of('question_kind', question.kind)} {words.label('question')}"
    rows = {
        "removed": (", ".join(question.removed),) if question.removed else (),
        "kind": (kind,),
        "concepts": tuple(dict.fromkeys(_concept(c, words) for c in question.concepts)),
        "facts": tuple(_facts(question.patient, words)),
        "population": tuple(group_of(group) for group in question.population),
        "negated": question.negated,
        "corrections": tuple(
            f"“{wrong}” {words.label('read_as')} “{right}”" for wrong, right in question.corrections
        ),
        "premises": tuple(_premise(premise) for premise in question.premises),
        "also_asked": question.also_asked,
        **following_rows(question, words),
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


def facts_in_short(question: Question, words: Words) -> tuple[str, ...]:
    """What was read of the subject and of the patient, for one line above the answer."""
    patient = question.patient
    said = {*patient.drugs, *patient.conditions, *patient.allergies}
    named = dict.fromkeys(c.name for c in question.concepts if c.name not in said)
    told = (*named, *_facts(question.patient, words))
    return tuple(visible(each) for each in told if each)


def _concept(concept: Concept, words: Words) -> str:
    """The canonical name and its kind, and the asker's word where it was another."""
    kind = words.of("concept_kind", concept.kind)
    if concept.text.casefold() == concept.name.casefold():
        return f"{concept.name} ({kind})"
    return f"{concept.name} ({kind}; “{concept.text}”)"


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
        yield fact_of(name, value, words)
