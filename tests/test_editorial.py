"""The review of a real article, from its submission to an approved edition and a changed source."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loccit.editorial import Asked, Editorial
from loccit.review import changes, load_review_rules
from loccit.terms import (
    Action,
    Duty,
    NoSuchArticle,
    NotInBase,
    Overtaken,
    Person,
    Refused,
    State,
    Verdict,
)
from loccit.testing import InMemoryLedgers

MORNING = datetime(2026, 5, 1, 9, tzinfo=UTC)


def _person(name, *duties):
    return Person(
        id=name,
        name=name.title(),
        duties=frozenset(duties),
        credentials="PharmD",
        interests="none",
        declared_on=date(2026, 1, 1),
    )


ADA, RUT, BO = (
    _person("ada", Duty.AUTHOR),
    _person("rut", Duty.REVIEWER),
    _person("bo", Duty.BOARD),
)


def _asked(action, person=RUT, **more):
    return Asked(action=action, person=person, duty=min(person.duties), **more)


@pytest.fixture
def editorial(starter_engine, seed_article):
    hours = iter(range(1000))
    made = Editorial(
        InMemoryLedgers(),
        starter_engine,
        load_review_rules(),
        now=lambda: MORNING + timedelta(hours=next(hours)),
    )
    made.submit("a1", seed_article, ADA, Duty.AUTHOR)
    made.decide("a1", _asked(Action.BEGIN))
    return made


def test_an_article_becomes_an_edition_that_names_who_and_when(editorial, seed_article):
    editorial.decide("a1", _asked(Action.APPROVE))
    review = editorial.review("a1")
    assert (review.state, review.edition) == (State.APPROVED, 1)
    text, edition = editorial.edition("a1")
    assert text == seed_article
    assert [each.who for each in edition.approvals] == ["rut"]
    assert edition.at == review.published_at
    assert [name for name, _ in editorial.queue()] == ["a1"]


def test_there_is_no_edition_before_an_approval(editorial):
    with pytest.raises(NoSuchArticle):
        editorial.edition("a1")
    with pytest.raises(NoSuchArticle):
        editorial.decide("other", _asked(Action.COMMENT, words="x"))


def test_an_edit_is_held_against_its_source_like_any_sentence(editorial):
    said = editorial.text("a1").bottom_line[0]
    shorter = said.text.removesuffix(".")
    editorial.decide("a1", _asked(Action.EDIT, target=said.id, words=shorter, reason="shorter"))
    edited = editorial.text("a1").bottom_line[0]
    assert (edited.text, edited.verdict) == (shorter, Verdict.SUPPORTED)
    assert [each.statement for each in changes(editorial.text("a1", 1), editorial.text("a1"))] == [
        said.id
    ]


@pytest.mark.parametrize(
    "hidden",
    ["\u200b", "\u202e", "\n\n", "\U000e0039\U000e0030", "\u0336"],
    ids=["no width", "backwards", "lines", "tags", "struck"],
)
def test_what_is_hidden_or_disguised_in_an_edit_does_not_come_into_the_text(editorial, hidden):
    said = editorial.text("a1").bottom_line[0]
    words = said.text.replace("o", "\u043e", 1) + hidden
    editorial.decide("a1", _asked(Action.EDIT, target=said.id, words=words, reason="x"))
    assert editorial.text("a1").bottom_line[0].text == said.text
    assert editorial.ledger("a1").decisions[-1].words == said.text


def test_an_edit_that_its_source_does_not_carry_is_refused(editorial):
    said = editorial.text("a1").bottom_line[0]
    with pytest.raises(Refused) as refused:
        editorial.decide(
            "a1",
            _asked(
                Action.EDIT,
                target=said.id,
                words="Ketamine 900 mg cures nearly everybody within an hour.",
                reason="bolder",
            ),
        )
    assert refused.value.rule == "unsupported"
    assert editorial.text("a1").bottom_line[0] == said


def test_a_struck_sentence_takes_its_source_with_it(editorial):
    text = editorial.text("a1")
    single = next(
        each
        for each in text.statements()
        if sum(
            each.citations[0].reference == c.reference
            for other in text.statements()
            for c in other.citations
        )
        == 1
    )
    editorial.decide("a1", _asked(Action.STRIKE, target=single.id, reason="not asked"))
    after = editorial.text("a1")
    assert single.id not in {each.id for each in after.statements()}
    assert len(after.references) == len(text.references) - 1
    assert [each.number for each in after.references] == [*range(1, len(text.references))]


def test_a_statement_is_added_from_a_passage_with_its_source(editorial, starter_engine):
    found = starter_engine.ask("ibuprofen dose for back pain").bottom_line[0].citations[0]
    editorial.decide("a1", _asked(Action.ADD, passage=found.passage, reason="it is missing"))
    added = editorial.text("a1").sections[-1].statements[-1]
    assert added.text == found.quote
    cards = {each.number: each.card for each in editorial.text("a1").references}
    assert cards[added.citations[0].reference].id == found.locator.document
    with pytest.raises(NotInBase):
        editorial.decide("a1", _asked(Action.ADD, passage="nothing", reason="x"))


def test_who_decides_on_what_they_did_not_read_is_told(editorial):
    seen = editorial.ledger("a1").head
    editorial.decide("a1", _asked(Action.COMMENT, words="what of children?", seen=seen))
    with pytest.raises(Overtaken):
        editorial.decide("a1", _asked(Action.APPROVE, BO, seen=seen))
    assert editorial.review("a1").state is State.UNDER_REVIEW


def test_an_older_edition_stays_readable(editorial):
    editorial.decide("a1", _asked(Action.APPROVE, BO))
    editorial.decide("a1", _asked(Action.BEGIN))
    said = editorial.text("a1").sections[-1].statements[-1]
    editorial.decide("a1", _asked(Action.STRIKE, target=said.id, reason="old"))
    editorial.decide("a1", _asked(Action.APPROVE, BO))
    assert editorial.review("a1").edition == 2
    assert editorial.edition("a1", 1)[0] != editorial.edition("a1", 2)[0]
    assert editorial.edition("a1")[0] == editorial.text("a1")


def test_an_audit_finds_a_text_that_is_not_what_was_decided_on(editorial):
    assert [broken for _, broken in editorial.audit()] == [None]
    decision, text = editorial._ledgers._lines["a1"][1]
    other = text.with_statements(lambda statements: statements[:1])
    editorial._ledgers._lines["a1"][1] = (decision, other)
    assert [broken for _, broken in editorial.audit()] == [decision]


def test_a_struck_addition_never_gives_its_name_away(editorial, starter_engine):
    found = starter_engine.ask("ibuprofen dose for back pain").bottom_line[0].citations[0]
    names = []
    for _ in range(2):
        editorial.decide("a1", _asked(Action.ADD, passage=found.passage, reason="missing"))
        names.append(editorial.text("a1").sections[-1].statements[-1].id)
        editorial.decide("a1", _asked(Action.STRIKE, target=names[-1], reason="aside"))
    assert names[0] != names[1]


def test_a_question_that_reads_the_same_leads_to_the_article_in_review(editorial, seed_article):
    with pytest.raises(Refused, match="a1") as refused:
        editorial.submit("a2", seed_article, ADA, Duty.AUTHOR)
    assert refused.value.rule == "same_question"
    editorial.decide("a1", _asked(Action.REJECT, BO, reason="another is better"))
    editorial.submit("a2", seed_article, ADA, Duty.AUTHOR)
    assert editorial.review("a2").state is State.SUBMITTED


def test_articles_on_the_same_drug_and_condition_are_near(editorial, starter_engine):
    for name, asked in (
        ("b1", "naproxen dose for back pain"),
        ("b2", "naproxen side effects in back pain"),
        ("b3", "max dose of tizanidine"),
    ):
        editorial.submit(name, starter_engine.ask(asked), ADA, Duty.AUTHOR)
    assert editorial.near(editorial.text("b1").question) == ["b2"]
    assert editorial.near(editorial.text("b3").question) == []


def test_an_audit_points_at_a_text_that_cannot_be_read(editorial, monkeypatch):
    lost, plain = editorial.ledger("a1").decisions[1], editorial._ledgers.text

    def text(article, number=0):
        if number == lost.number:
            raise NoSuchArticle("gone")
        return plain(article, number)

    monkeypatch.setattr(editorial._ledgers, "text", text)
    assert [broken for _, broken in editorial.audit()] == [lost]
