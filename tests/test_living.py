"""A source changes under an approved article: what stands is anchored, what does not opens it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from loccit.composition import renumbered
from loccit.editorial import Asked, Editorial
from loccit.engine import Engine
from loccit.filling import Loader
from loccit.living import Living
from loccit.review import Fate, load_review_rules
from loccit.terms import (
    Action,
    Article,
    Audience,
    Duty,
    Person,
    Question,
    QuestionKind,
    Standing,
    State,
)
from loccit.testing import InMemoryBase, InMemoryLedgers, small_document
from loccit.vocabulary import load_vocabulary

DOSE = "The dose of examplamine is 5 mg once a day."
WARNING = "Stop examplamine when the skin turns green."
TODAY = date(2026, 6, 1)
RUT = Person(
    id="rut",
    name="Rut",
    duties=frozenset({Duty.REVIEWER}),
    credentials="MD",
    interests="none",
    declared_on=TODAY,
)
ADA = Person(id="ada", name="Ada", duties=frozenset({Duty.AUTHOR}))


class House:
    """An approved article of two statements over one label, and its review."""

    def __init__(self):
        self.base = InMemoryBase()
        self.put(small_document("examplamine", DOSE, WARNING))
        self.engine = Engine(self.base, load_vocabulary())
        times = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(99))
        self.editorial = Editorial(
            InMemoryLedgers(), self.engine, load_review_rules(), now=lambda: next(times)
        )
        self.living = Living(self.editorial, self.engine)
        self.editorial.submit("a1", self._article(), ADA, Duty.AUTHOR)
        self.take(Action.BEGIN)
        self.take(Action.APPROVE)

    def put(self, document):
        assert all(
            not each.refused for each in Loader(self.base, load_vocabulary()).load([document])
        )
        self.base.settle()

    def _article(self):
        (card,) = self.base.cards()
        said = [
            self.engine.quoted(passage.id, f"s{number}")
            for number, passage in enumerate(self.engine.passages(card.id), 1)
        ]
        bare = Article(
            id="a1",
            question=Question(text="How much examplamine?", kind=QuestionKind.DOSING),
            title="How much examplamine?",
            audience=Audience.CLINICIAN,
            bottom_line=tuple(statement for statement, _ in said),
            sections=(),
            references=(),
        )
        return renumbered(bare, [record.card for _, record in said])

    def take(self, action, **more):
        self.editorial.decide("a1", Asked(action=action, person=RUT, duty=Duty.REVIEWER, **more))

    def newer(self, *blocks, **facts):
        """A newer edition of the label with these passages."""
        edition = {"id": "examplamine@2", "effective_on": date(2026, 5, 1), "version": "2"}
        self.put(small_document("examplamine", *blocks, **{**edition, **facts}))

    def refresh(self, today=TODAY):
        return list(self.living.refresh(today))

    @property
    def review(self):
        return self.editorial.review("a1")


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
