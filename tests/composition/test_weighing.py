"""Which side ranks first where sources disagree, and what the bottom line may not leave out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loccit.composition.selecting import Pick
from loccit.composition.weighing import BARRED, BOTH, OPEN, order_of, sides_of, with_both_sides
from loccit.terms import LOCAL, Conflict, ScoredRecord, StatementKind
from loccit.testing import InMemoryBase, described, small_document


def record(name: str, jurisdiction: str = "US", year: int = 2020) -> ScoredRecord:
    document = small_document(name, f"{name} says so.", jurisdiction=jurisdiction, year=year)
    told = described(
        replace(document, effective_on=None), kinds=(StatementKind.RECOMMENDATION_FOR,)
    )
    base = InMemoryBase()
    base.add(told)
    base.settle()
    return ScoredRecord(record=base.passage(told.passages[0][0].id), score=1.0)


def pick(each: ScoredRecord) -> Pick:
    return Pick(chosen=each, words=frozenset())


def bottom(picked: list[ScoredRecord], conflict: Conflict, asked: str = "") -> list[str]:
    lines = with_both_sides([pick(each) for each in picked], [conflict], asked, pick)
    return [line.chosen.record.card.series for line in lines]


YES, NO = record("yes"), record("no", year=2023)
HOUSE, GB = record("house", LOCAL), record("gb", "GB", 2010)
PLAIN = Conflict(point="x", by="direction", one=(YES,), other=(NO,))


def test_nothing_is_picked_silently():
    assert bottom([YES], PLAIN) == ["yes", "no"]
    assert bottom([NO], PLAIN) == ["no", "yes"]
    assert bottom([GB], PLAIN) == ["gb"]
    assert bottom([YES, NO], PLAIN) == ["yes", "no"]


def test_the_side_that_ranks_first_comes_first():
    by_place = Conflict(point="x", by="direction", one=(YES,), other=(GB,))
    assert bottom([YES], by_place, "GB") == ["gb", "yes"]
    assert bottom([GB], by_place, "GB") == ["gb"]
    assert bottom([YES], by_place) == ["yes", "gb"]


@pytest.mark.parametrize(
    ("one", "other", "asked", "order", "first"),
    [
        (YES, HOUSE, "", LOCAL, "house"),
        (GB, HOUSE, "GB", LOCAL, "house"),
        (YES, GB, "GB", "GB", "gb"),
        (YES, GB, "", OPEN, "yes"),
        (YES, NO, "", OPEN, "no"),
        (GB, record("gb2", "GB"), "GB", OPEN, "gb2"),
    ],
)
def test_local_before_asked_before_newer(one, other, asked, order, first):
    conflict = Conflict(point="x", by="direction", one=(one,), other=(other,))
    assert order_of(conflict, asked, []) == order
    assert sides_of(conflict, asked)[0].record.card.series == first


def test_both_sides_in_the_bottom_line_are_told():
    assert order_of(PLAIN, "", [pick(YES), pick(NO)]) == BOTH
    assert order_of(PLAIN, "", [pick(YES)]) == BARRED
    assert with_both_sides([pick(YES)], [PLAIN], "", lambda _: None)[0].chosen is YES
