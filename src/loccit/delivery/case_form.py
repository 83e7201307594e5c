"""The facts of a case as a form's fields, and from a form or JSON to the ``--patient`` option."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from loccit.publication.site import FactField
from loccit.questions import jurisdiction_from, patient_from_option, without_identifiers
from loccit.terms import PatientFacts, UsageError
from loccit.vocabulary import load_vocabulary
from loccit.wiring import default_jurisdiction

__all__ = [
    "FIELDS",
    "cleared",
    "cleared_facts",
    "facts_as_fields",
    "given_by",
    "option_of",
    "option_of_json",
    "where",
]

_DEGREES = (
    ("mild", "mild"),
    ("moderate", "moderate"),
    ("severe", "severe"),
    ("any", "degree unknown"),
)
_RENAL = (*_DEGREES[:3], ("dialysis", "dialysis"), _DEGREES[3])
_PREGNANCY = (
    ("any", "pregnant"),
    ("first_trimester", "first trimester"),
    ("second_trimester", "second trimester"),
    ("third_trimester", "third trimester"),
)
_SMOKING = (("current", "current"), ("former", "former"), ("never", "never"))
_ALCOHOL = tuple((each, each) for each in ("none", "former", "some", "daily", "heavy"))

FIELDS = (
    FactField(name="age", label="Age, years", numeric=True),
    FactField(name="sex", label="Sex", options=(("female", "female"), ("male", "male"))),
    FactField(name="weight", label="Weight, kg", numeric=True),
    FactField(name="crcl", label="Creatinine clearance, mL/min", numeric=True),
    FactField(name="egfr", label="eGFR, mL/min", numeric=True),
    FactField(name="renal", label="Renal impairment", options=_RENAL),
    FactField(name="hepatic", label="Hepatic impairment", options=_DEGREES),
    FactField(name="pregnancy", label="Pregnancy", options=_PREGNANCY),
    FactField(name="lactation", label="Breastfeeding", options=(("yes", "yes"),)),
    FactField(name="bsa", label="Body surface, m²", numeric=True),
    FactField(name="smoking", label="Smoking", options=_SMOKING),
    FactField(name="alcohol", label="Alcohol", options=_ALCOHOL),
    FactField(name="drug", label="Drugs taken"),
    FactField(name="condition", label="Other conditions"),
    FactField(name="allergy", label="Allergies"),
)
_ATTRIBUTES = {
    "age": "age",
    "sex": "sex",
    "weight": "weight_kg",
    "crcl": "creatinine_clearance",
    "egfr": "egfr",
    "renal": "renal",
    "hepatic": "hepatic",
    "pregnancy": "pregnancy",
    "lactation": "lactation",
    "bsa": "body_surface",
    "smoking": "smoking",
    "alcohol": "alcohol",
    "drug": "drugs",
    "condition": "conditions",
    "allergy": "allergies",
}
"""Of ``PatientFacts``, by the field that gives it."""
_NAMES = frozenset(field.name for field in FIELDS)
_SEVERAL = frozenset({"drug", "condition", "allergy"})


def cleared(text: str) -> str:
    """What was filled in, without identifiers: so that no page shows them again."""
    return without_identifiers(text, load_vocabulary()).text


def cleared_facts(facts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The fields of the case, those of words without identifiers."""
    return tuple((name, cleared(value) if name in _SEVERAL else value) for name, value in facts)


def facts_as_fields(facts: PatientFacts) -> tuple[tuple[str, str], ...]:
    """The fields of the form that give these facts; what has no field is left to the words."""
    named = ((name, getattr(facts, attribute)) for name, attribute in _ATTRIBUTES.items())
    return tuple((name, text) for name, value in named if (text := _as_filled_in(value)))


def _as_filled_in(value: object) -> str:
    """A fact as one would type it; nothing for one that is not stated."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:g}"
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def where(said: str) -> str:
    """Where sources hold that rank first: as said, or as this machine is set.

    Raises ``UsageError`` for what names no country.
    """
    return jurisdiction_from(said or default_jurisdiction())


def given_by(option: str) -> Callable[[PatientFacts], PatientFacts]:
    """Adds the facts of an option to those read from the question.

    What it adds raises ``UsageError`` in the words of a form: there is no command line to mend.
    """

    def given(facts: PatientFacts) -> PatientFacts:
        try:
            return patient_from_option(option, facts)
        except UsageError as error:
            named = str(error).replace("--patient ", "patient.").replace("--patient", "patient")
            raise UsageError(named) from None

    return given


def option_of(facts: Iterable[tuple[str, str]]) -> str:
    """``age=71,drug=sertraline`` from what stands in the fields; lists are split at commas."""
    parts = []
    for name, value in facts:
        split = value.split(",") if name in _SEVERAL else [value.replace(",", ".")]
        parts += [f"{name}={one.strip()}" for one in split if one.strip()]
    return ",".join(parts)


def option_of_json(facts: str | Mapping[str, object]) -> str:
    """The option from a request's ``patient``: the option itself, or an object of its facts.

    Raises ``UsageError`` naming a fact that is not known or of no readable form.
    """
    if isinstance(facts, str):
        return facts
    for name in facts:
        if name not in _NAMES:
            raise UsageError(f"patient: {name!r} is not one of {', '.join(sorted(_NAMES))}")
    return option_of((name, _written(name, value)) for name, value in facts.items())


def _written(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) and name == "lactation":
        return "yes" if value else "no"
    if isinstance(value, list) and name in _SEVERAL and all(isinstance(v, str) for v in value):
        return ",".join(value)
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    raise UsageError(f"patient.{name}: a number, a word or, for drugs, a list of words is needed")
