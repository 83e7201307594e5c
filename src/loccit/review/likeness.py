"""Which questions read the same, so that one article answers them all, and which are near."""

from __future__ import annotations

from loccit.terms import ConceptKind, Question

__all__ = ["are_near", "reads_as"]

Reading = tuple[object, ...]


def reads_as(question: Question) -> Reading:
    """What two questions must share to have one article: kind, names, whom it is about, and facts.

    Words do not count, nor their order: "dose of baclofen" reads as "baclofen: how much?".
    """
    return (
        question.kind,
        frozenset((each.kind, each.name) for each in question.concepts),
        frozenset(question.population),
        frozenset(question.negated),
        repr(question.patient),
        question.audience,
    )


def are_near(one: Question, other: Question) -> bool:
    """Whether a reader of one wants to know of the other: the same drugs and conditions."""
    return one.text != other.text and bool(_about(one)) and _about(one) == _about(other)


def _about(question: Question) -> frozenset[str]:
    kinds = (ConceptKind.DRUG, ConceptKind.CONDITION)
    return frozenset(each.name for each in question.concepts if each.kind in kinds)
