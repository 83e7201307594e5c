"""A source changes under an approved article: what stands is anchored, what does not opens it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from living_house import DOSE, RUT, WARNING, House
from loccit.editorial import Asked
from loccit.review import Fate
from loccit.terms import Action, Duty, Standing, State


@pytest.fixture
def house():
    return House()


def test_nothing_happens_while_nothing_changed(house):
    before = house.editorial.ledger("a1")
    assert house.refresh() == []
    assert house.editorial.ledger("a1") == before


def test_words_that_stand_are_anchored_in_the_new_edition_and_stay_approved(house):
    house.newer("Something new comes first.", DOSE, WARNING)
    assert house.refresh() == []
    assert house.review.state is State.APPROVED
    text = house.editorial.text("a1")
    assert [each.card.id for each in text.references] == ["examplamine@2"]
    document = house.base.document("examplamine@2")
    for each in text.statements():
        assert each.citations[0].locator.resolve(document) == each.text
        assert each.citations[0].reference == 1
    assert house.refresh() == []


def test_words_that_changed_open_the_article_with_both_wordings(house):
    house.newer(DOSE.replace("5 mg", "2.5 mg"), WARNING)
    (opened,) = house.refresh()
    (found,) = opened.found
    assert (found.statement, found.fate) == ("s1", Fate.CHANGED)
    assert (found.before, found.after) == (DOSE, DOSE.replace("5 mg", "2.5 mg"))
    assert (house.review.state, house.review.open) == (State.UNDER_REVIEW, {"s1"})
    told = house.review.remarks[-1].words
    assert DOSE in told
    assert "2.5 mg" in told
    cited = {
        each.id: each.citations[0].locator.document
        for each in house.editorial.text("a1").statements()
    }
    assert cited == {"s1": "examplamine@1", "s2": "examplamine@2"}


def test_it_is_told_once_and_again_only_when_more_changes(house):
    house.newer(DOSE.replace("5 mg", "2.5 mg"), WARNING)
    assert len(house.refresh()) == 1
    assert house.refresh() == []
    house.newer("Store it dry.", id="examplamine@3", version="3", effective_on=date(2026, 5, 20))
    (again,) = house.refresh()
    assert [(each.statement, each.fate) for each in again.found] == [("s2", Fate.GONE)]


def test_a_person_settles_it_and_approves_again(house):
    house.newer(DOSE.replace("5 mg", "2.5 mg"), WARNING)
    house.refresh()
    house.take(Action.ACCEPT, target="s1")
    house.take(Action.APPROVE)
    assert (house.review.state, house.review.edition) == (State.APPROVED, 2)


@pytest.mark.parametrize("standing", [Standing.WITHDRAWN, Standing.RETRACTED])
def test_a_source_that_fell_opens_all_that_stands_on_it(house, standing):
    house.newer(DOSE, WARNING, standing=standing)
    (opened,) = house.refresh()
    assert {each.statement for each in opened.found} == {"s1", "s2"}


def test_a_source_that_was_removed_opens_all_that_stood_on_it(house):
    house.base.remove("examplamine@1")
    (opened,) = house.refresh()
    assert {each.fate for each in opened.found} == {Fate.GONE}


def test_a_review_that_is_due_opens_the_article(house):
    due = house.review.review_by
    assert house.refresh(due - timedelta(days=1)) == []
    (opened,) = house.refresh(due)
    assert "due" in opened.reason
    assert house.review.state is State.UNDER_REVIEW


def test_an_article_that_ended_is_left_alone(house):
    board = replace(RUT, id="bo", duties=frozenset({Duty.BOARD}))
    asked = Asked(action=Action.WITHDRAW, person=board, duty=Duty.BOARD, reason="wrong")
    house.editorial.decide("a1", asked)
    house.newer("Nothing of it.")
    assert house.refresh() == []
