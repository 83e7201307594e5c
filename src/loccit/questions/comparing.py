"""A question beside the one before it, point by point."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.questions.follow_facts import stated
from loccit.terms import ConceptKind, Following, Point, Question, Value

__all__ = ["compared"]

_LISTED = {
    "drug": (ConceptKind.DRUG, ConceptKind.DRUG_CLASS),
    "condition": (ConceptKind.CONDITION, ConceptKind.FINDING),
    "procedure": (ConceptKind.PROCEDURE,),
}


def compared(before: Question, now: Question) -> Following:
    """What was carried over, changed, is new or was dropped; the words themselves do not count."""
    was, stands = _points(before), _points(now)
    carried: list[Point] = []
    changed: list[Point] = []
    new: list[Point] = []
    dropped: list[Point] = []
    for name in dict.fromkeys((*was, *stands)):
        old, value = was.get(name), stands.get(name)
        if isinstance(old or value, tuple):
            kept, gone, come = _split(old or (), value or ())
            carried += _listed(name, kept)
            if gone and come:
                changed.append(Point(name=name, value=come, before=gone))
            else:
                new += _listed(name, come)
                dropped += _listed(name, gone)
        elif value is None:
            dropped.append(Point(name=name, value=_value(old)))
        elif old is None:
            new.append(Point(name=name, value=value))
        elif old == value:
            carried.append(Point(name=name, value=value))
        else:
            changed.append(Point(name=name, value=value, before=old))
    return Following(
        carried=tuple(carried), changed=tuple(changed), new=tuple(new), dropped=tuple(dropped)
    )


def _points(question: Question) -> dict[str, Value]:
    """All that was read, by name."""
    named = {name: question.names(*kinds) for name, kinds in _LISTED.items()}
    groups = tuple(g for g in question.population if g.partition(":")[0] in {"age", "course"})
    listed = {**named, "population": groups if question.patient.age is None else ()}
    return {**{name: value for name, value in listed.items() if value}, **stated(question.patient)}


def _split(old: Value, value: Value) -> tuple[tuple[str, ...], ...]:
    """Names in both, only before, and only now."""
    was = old if isinstance(old, tuple) else ()
    stands = value if isinstance(value, tuple) else ()
    kept = tuple(name for name in stands if name in was)
    gone = tuple(name for name in was if name not in stands)
    return kept, gone, tuple(name for name in stands if name not in was)


def _listed(name: str, values: tuple[str, ...]) -> Iterator[Point]:
    if values:
        yield Point(name=name, value=values)


def _value(value: Value | None) -> Value:
    return "" if value is None else value
