"""Evidence that came since would now be chosen: it is offered, and a person decides."""

from datetime import UTC, date, datetime, timedelta

import pytest

from living_house import ADA, RUT
from loccit.editorial import Asked, Editorial
from loccit.engine import Engine
from loccit.filling import Loader
from loccit.living import PROGRAM, Living
from loccit.review import load_review_rules
from loccit.terms import LOCAL, Action, Audience, BaseError, Duty, Refused, SourceKind, State
from loccit.testing import InMemoryBase, InMemoryLedgers, small_document
from loccit.vocabulary import load_vocabulary

NEW = (
    "In adults the recommended starting dose of tizanidine is 2 mg at night, because of drowsiness."
)


def label(*blocks, **facts):
    told = {"subjects": ("tizanidine",), "title": "Tizanidine tablets"}
    return small_document(
        "tizanidine",
        *(
            blocks
            or (
                "The recommended starting dose of tizanidine in adults is 2 mg every 6 to 8 hours.",
                "The total daily dose of tizanidine should not exceed 36 mg.",
            )
        ),
        heading="2 Dosage and administration",
        **{**told, **facts},
    )


def protocol(*blocks, **facts):
    told = {
        "kind": SourceKind.PROTOCOL,
        "title": "House protocol on tizanidine",
        "jurisdiction": LOCAL,
        "effective_on": date(2026, 5, 1),
        "identifiers": {},
    }
    return small_document("house", *(blocks or (NEW,)), heading="Dosage", **{**told, **facts})


class Desk:
    """An article on the dose of tizanidine in review, over a base of one label."""

    def __init__(self):
        self.base, self.warned = InMemoryBase(), []
        self.vocabulary = load_vocabulary()
        self.put(label())
        self.engine = Engine(self.base, self.vocabulary)
        times = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(99))
        self.editorial = Editorial(
            InMemoryLedgers(), self.engine, load_review_rules(), now=lambda: next(times)
        )
        self.living = Living(self.editorial, self.engine, warn=self.warned.append)
        answer = self.engine.ask("What is the dose of tizanidine in adults?", keep=False)
        self.editorial.submit("a1", answer, ADA, Duty.AUTHOR)
        self.take(Action.BEGIN)

    def put(self, document):
        list(Loader(self.base, self.vocabulary).load([document]))
        self.base.settle()

    def take(self, action, person=RUT, duty=Duty.REVIEWER, **more):
        self.editorial.decide("a1", Asked(action=action, person=person, duty=duty, **more))

    def suggested(self, *args):
        return [each.offered for each in self.living.suggest(*args)]

    @property
    def review(self):
        return self.editorial.review("a1")


@pytest.fixture
def desk():
    return Desk()


def test_nothing_is_offered_while_the_base_is_as_it_was(desk):
    before = desk.editorial.ledger("a1")
    assert desk.suggested() == []
    assert desk.editorial.ledger("a1") == before


def test_a_source_that_would_now_lead_is_offered_with_its_place_and_why(desk):
    text = desk.editorial.text("a1")
    desk.put(protocol())
    (offer,) = desk.suggested()
    assert (offer.words, offer.beside) == (NEW, "s1")
    for told in (
        "from House protocol on tizanidine",
        "it would now stand in the bottom line",
        "before s1 (Tizanidine tablets)",
        "it is of 2026-05-01, newer than 2024-01-01",
        "it holds in this house",
    ):
        assert told in offer.why
    (waits,) = desk.review.suggestions
    assert (waits.passage, waits.words, waits.beside) == (offer.passage, NEW, "s1")
    assert desk.editorial.text("a1") == text
    assert desk.review.state is State.UNDER_REVIEW


def test_it_is_offered_once(desk):
    desk.put(protocol())
    assert len(desk.suggested()) == 1
    assert desk.suggested() == []


def test_the_same_words_of_two_sources_are_offered_once_and_stay(desk):
    desk.put(protocol())
    desk.put(protocol(id="ward@1", series="ward", title="Ward protocol on tizanidine"))
    assert len(desk.suggested()) == 1
    (waits,) = desk.review.suggestions
    assert desk.suggested() == []
    assert desk.review.suggestions == (waits,)


def test_an_approved_article_stays_approved_while_something_is_offered(desk):
    desk.take(Action.APPROVE)
    desk.put(protocol())
    assert len(desk.suggested()) == 1
    assert desk.review.state is State.APPROVED
    assert desk.review.approvals


def test_a_reviewer_takes_it_up_by_adding_the_passage(desk):
    desk.put(protocol())
    (offer,) = desk.suggested()
    desk.take(Action.ADD, passage=offer.passage[:8], reason="our own protocol")
    assert desk.review.suggestions == ()
    assert NEW in [each.text for each in desk.editorial.text("a1").statements()]
    assert desk.suggested() == []


def test_what_was_dismissed_does_not_come_back_in_any_edition(desk):
    desk.put(protocol())
    (offer,) = desk.suggested()
    desk.take(Action.DISMISS, passage=offer.passage[:8], reason="it is a draft")
    assert desk.review.suggestions == ()
    assert desk.suggested() == []
    desk.put(protocol(NEW, "It was printed again.", id="house@2", effective_on=date(2026, 5, 9)))
    assert NEW not in [each.words for each in desk.suggested()]


def test_what_was_struck_does_not_come_back(desk):
    first = desk.editorial.text("a1").bottom_line[0]
    desk.take(Action.STRIKE, target=first.id, reason="aside")
    desk.put(small_document("other", "Nothing of it.", identifiers={}))
    assert desk.suggested() == []


def test_what_an_edition_that_is_cited_says_too_was_passed_over_and_is_not_new(desk):
    desk.take(Action.STRIKE, target="s2", reason="aside")
    desk.put(label(id="tizanidine@2", effective_on=date(2026, 2, 1)))
    list(desk.living.refresh(date(2026, 1, 2)))
    assert desk.suggested() == []


def test_a_newer_edition_that_says_more_is_offered(desk):
    more = "In adults the recommended starting dose of tizanidine is 4 mg at bedtime."
    desk.put(label(more, id="tizanidine@2", effective_on=date(2026, 2, 1)))
    assert [each.words for each in desk.suggested()] == [more]


def test_what_would_no_longer_be_chosen_is_taken_back_and_may_come_again(desk):
    desk.put(protocol())
    desk.suggested()
    desk.base.remove("house@1")
    desk.put(small_document("other", "Nothing of it.", identifiers={}))
    assert desk.suggested() == []
    assert (desk.review.suggestions, desk.review.dismissed) == ((), frozenset())
    desk.put(protocol(id="house@2"))
    assert len(desk.suggested()) == 1


def test_nothing_is_composed_again_on_a_base_that_was_looked_at(desk, monkeypatch):
    desk.put(protocol())
    seen, since = desk.base.digest(), datetime(2026, 2, 1, tzinfo=UTC)
    monkeypatch.setattr(desk.engine, "answer", lambda _: pytest.fail("composed again"))
    assert desk.suggested(seen, since) == []


def test_one_that_came_into_review_since_is_looked_at(desk):
    desk.put(protocol())
    assert len(desk.suggested(desk.base.digest(), datetime(2025, 1, 1, tzinfo=UTC))) == 1


def test_an_article_that_ended_is_offered_nothing(desk):
    desk.take(Action.REJECT, RUT.__class__(id="bo", name="Bo", duties=frozenset({Duty.BOARD})), Duty.BOARD, reason="no")  # fmt: skip
    desk.put(protocol())
    assert desk.suggested() == []


def test_a_person_suggests_nothing_and_the_program_dismisses_nothing_that_does_not_wait(desk):
    for action, person, duty, rule in (
        (Action.SUGGEST, RUT, Duty.REVIEWER, "duty"),
        (Action.DISMISS, PROGRAM, Duty.PROGRAM, "unknown_suggestion"),
    ):
        with pytest.raises(Refused) as refused:
            desk.take(action, person, duty, passage="nothing", reason="x", words="x")
        assert refused.value.rule == rule


def test_who_decides_meanwhile_is_not_overwritten(desk, monkeypatch):
    """Between the reading of an article and the writing on it a person dismisses and strikes."""
    desk.put(protocol())
    plain = desk.engine.answer

    def answer(question):
        monkeypatch.setattr(desk.engine, "answer", plain)
        desk.take(Action.STRIKE, target="s2", reason="aside")
        return plain(question)

    monkeypatch.setattr(desk.engine, "answer", answer)
    assert desk.suggested() == []
    assert desk.review.suggestions == ()
    assert desk.warned == ["a1: somebody decided meanwhile; it is looked at the next time"]
    assert len(desk.suggested()) == 1


def test_an_article_that_cannot_be_read_is_told_and_the_others_are_looked_at(desk, monkeypatch):
    desk.put(protocol())
    texts = desk.editorial.text

    def text(name, number=0):
        if name == "a0":
            raise BaseError("a kept answer is damaged")
        return texts(name, number)

    asked = "What is the dose of tizanidine in adults?"
    answer = desk.engine.ask(asked, audience=Audience.STUDENT, keep=False)
    desk.editorial.submit("a0", answer, ADA, Duty.AUTHOR)
    desk.put(small_document("other", "Nothing of it.", identifiers={}))
    monkeypatch.setattr(desk.editorial, "text", text)
    assert [each.words for each in desk.suggested()] == [NEW]
    assert desk.warned == ["a0: a kept answer is damaged; it was passed over"]
