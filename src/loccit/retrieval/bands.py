"""Whether a passage's bands hold the values that a patient has.

A label gives doses for bands ("CrCl 30 to 50 mL/min"); the sentence that answers is the one whose
band holds the stated value.
"""

from __future__ import annotations

from collections.abc import Iterator

from loccit.terms import PatientFacts, Quantity

__all__ = ["band_fit"]

HOLDS, ELSEWHERE = 1.0, -0.6
"""A band that holds the value; bands of the same kind, none of which does."""


def band_fit(patient: PatientFacts, quantities: tuple[Quantity, ...]) -> float:
    """How the bands of a passage meet the patient's values; 0 where there are none to compare."""
    verdicts = [
        [_holds(quantity, value) for quantity in quantities if _is_band(quantity, unit)]
        for unit, value in _values(patient)
    ]
    compared = [verdict for verdict in verdicts if verdict]
    if not compared:
        return 0.0
    return HOLDS if all(any(verdict) for verdict in compared) else ELSEWHERE


def _values(patient: PatientFacts) -> Iterator[tuple[str, float]]:
    """The patient's values, by the unit in which bands state them."""
    stated = (
        ("mL/min", patient.creatinine_clearance),
        ("mL/min/1.73 m2", patient.egfr),
        ("kg", patient.weight_kg),
    )
    return ((unit, value) for unit, value in stated if value is not None)


def _is_band(quantity: Quantity, unit: str) -> bool:
    """A range or a bound, not a single value.

    A clearance in mL/min and a filtration rate in mL/min/1.73 m² are two measures: a value of one
    is not held against a band of the other.
    """
    bounds = quantity.comparator != "=" or quantity.low < quantity.high
    return quantity.unit == unit and bounds


def _holds(quantity: Quantity, value: float) -> bool:
    match quantity.comparator:
        case "<":
            return value < quantity.high
        case "<=":
            return value <= quantity.high
        case ">":
            return value > quantity.low
        case ">=":
            return value >= quantity.low
        case _:
            return quantity.low <= value <= quantity.high
