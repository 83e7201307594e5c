"""What counts as a disagreement: the same act, in the same people, advised and advised against."""

from __future__ import annotations

import pytest

from loccit.composition.conflicts import ConflictFinder
from loccit.terms import ScoredRecord, SourceKind, StatementKind
from loccit.testing import InMemoryBase, described, small_document
from loccit.vocabulary import load_vocabulary

FINDER = ConflictFinder(load_vocabulary())
FOR, AGAINST = StatementKind.RECOMMENDATION_FOR, StatementKind.RECOMMENDATION_AGAINST


def record(name: str, text: str, kind: StatementKind, *drugs: str, population=()) -> ScoredRecord:
    document = small_document(name, text, kind=SourceKind.GUIDELINE)
    told = described(
        document,
        kinds=(kind,),
        drugs=drugs,
        population=population,
        conditions=("low back pain",),
    )
    base = InMemoryBase()
    base.add(told)
    base.settle()
    return ScoredRecord(
        record=base.passage(told.passages[0][0].id), score=1.0, parts={"condition": 1.0}
    )


def points(*records: ScoredRecord) -> list[str]:
    return [conflict.point for conflict in FINDER.find(records)]


AGAINST_OPIOIDS = record("against", "Do not offer opioids for low back pain.", AGAINST, "opioid")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Consider an opioid for low back pain.", True),
        ("Before and during opioid therapy, offer naloxone.", False),
        ("Heat works at least as well as opioids.", False),
        ("Offer exercise rather than an opioid.", False),
        ("Offer nondrug care such as heat, and consider opioids.", True),
    ],
)
def test_two_sides_speak_of_the_same_act(text, found):
    advised = record("for", text, FOR, "opioid")
    assert (points(advised, AGAINST_OPIOIDS) == ["opioid"]) is found


def test_a_companion_is_not_what_is_advised():
    weak = record(
        "weak",
        "Consider a weak opioid, with or without acetaminophen (paracetamol).",
        FOR,
        "opioid",
        "acetaminophen",
    )
    alone = record("alone", "Do not offer acetaminophen alone.", AGAINST, "acetaminophen")
    assert points(weak, alone) == []


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (("course:acute",), ("course:acute",), True),
        (("course:acute",), (), True),
        (("course:acute",), ("course:chronic",), False),
        (("age:child",), ("age:older_adult",), False),
    ],
)
def test_two_sides_speak_of_the_same_people(one, other, found):
    advised = record("for", "Consider an opioid.", FOR, "opioid", population=one)
    refused = record("no", "Do not offer opioids.", AGAINST, "opioid", population=other)
    assert (points(advised, refused) == ["opioid"]) is found
    assert points(advised, advised) == []
