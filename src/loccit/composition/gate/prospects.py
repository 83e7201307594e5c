"""Which records can speak of a stated fact at all, by what the index knows of them."""

from __future__ import annotations

from collections.abc import Callable

from loccit.composition.gate.facts import Stated
from loccit.terms import Axis, Description, Record, StatementKind

__all__ = ["may_speak"]

AGES = frozenset({"year", "month", "week", "day"})
ORGANS = {Axis.RENAL: "kidney disease", Axis.HEPATIC: "liver disease"}


def may_speak(record: Record, stated: Stated, own: frozenset[str]) -> bool:
    """Whether its names, groups and quantities leave it possible; most records are told at once."""
    return _LOOKS[stated.fact.axis](record.description, stated, own)


def _names_drug(says: Description, stated: Stated, _: frozenset[str]) -> bool:
    return not stated.names.isdisjoint(says.drugs)


def _names_allergen(says: Description, stated: Stated, own: frozenset[str]) -> bool:
    bars = says.kinds[0] in (StatementKind.CONTRAINDICATION, StatementKind.BOXED_WARNING)
    return bars or (stated.fact.value in own) or _names_drug(says, stated, own)


def _names_ailment(says: Description, stated: Stated, _: frozenset[str]) -> bool:
    return not stated.names.isdisjoint((*says.conditions, *says.procedures))


def _tells_age(says: Description, _: Stated, __: frozenset[str]) -> bool:
    return _has_axis(says, "age:") or any(q.unit in AGES for q in says.quantities)


def _tells_organ(says: Description, stated: Stated, _: frozenset[str]) -> bool:
    axis = stated.fact.axis
    measured = axis is Axis.RENAL and any(q.unit.startswith("mL/min") for q in says.quantities)
    ailing = any(ORGANS[axis].partition(" ")[0] in name for name in says.conditions)
    return measured or _has_axis(says, f"{axis}:") or ailing


def _tells_state(says: Description, stated: Stated, _: frozenset[str]) -> bool:
    return _has_axis(says, f"{stated.fact.axis}:")


def _tells_weight(says: Description, _: Stated, __: frozenset[str]) -> bool:
    return any(q.unit == "kg" for q in says.quantities)


def _has_axis(says: Description, axis: str) -> bool:
    return any(group.startswith(axis) for group in says.population)


_LOOKS: dict[Axis, Callable[[Description, Stated, frozenset[str]], bool]] = {
    Axis.DRUG: _names_drug,
    Axis.ALLERGY: _names_allergen,
    Axis.CONDITION: _names_ailment,
    Axis.HISTORY: _names_ailment,
    Axis.AGE: _tells_age,
    Axis.RENAL: _tells_organ,
    Axis.HEPATIC: _tells_organ,
    Axis.PREGNANCY: _tells_state,
    Axis.LACTATION: _tells_state,
    Axis.WEIGHT: _tells_weight,
}
