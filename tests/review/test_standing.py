"""Where a text stands, for its readers: an approval holds for one text and one set of sources."""

from dataclasses import replace

import pytest
from reviewing import ADA, BO, RULES, RUT, Desk, article

from loccit.review import (
    content_digest,
    duty_for,
    editions_of,
    evidence_digest,
    near_mark,
    reading_mark,
    review_of,
    reviews_of,
    rounds_of,
    standing_of,
)
from loccit.terms import Action, Audience, Concept, ConceptKind, Duty, Premise, State

PEOPLE = {each.id: each for each in (ADA, RUT, BO)}
OTHER = replace(article(), title="Another title")


@pytest.fixture
def desk():
    made = Desk()
    made.take(Action.SUBMIT, ADA)
    made.take(Action.BEGIN, RUT)
    return made


def stands(desk, text=None):
    return standing_of(text or article(), desk.ledger, PEOPLE, RULES)


def changed(desk, text=OTHER):
    """Somebody changes the text to another one."""
    digests = {"content": content_digest(text), "evidence": evidence_digest(text)}
    desk.take(Action.EDIT, RUT, Duty.REVIEWER, **digests)


def test_under_review_it_names_those_who_signed_so_far(desk):
    rules = replace(RULES, approvals_needed=2)
    desk.rules = rules
    desk.take(Action.APPROVE, BO, Duty.BOARD)
    found = standing_of(article(), desk.ledger, PEOPLE, rules)
    assert (found.state, found.edition) == (State.UNDER_REVIEW, 0)
    assert [each.name for each in found.signed] == ["Bo"]


def test_approved_it_names_who_when_and_until_when(desk):
    desk.take(Action.APPROVE, RUT)
    found = stands(desk)
    assert (found.state, found.edition, found.newest) == (State.APPROVED, 1, 1)
    signed = found.signed[0]
    assert (signed.name, signed.credentials, signed.interests) == ("Rut", "MD", "none")
    assert signed.at == found.published_at
    assert found.review_by.year == found.published_at.year + 1


def test_another_text_is_not_approved_with_it(desk):
    desk.take(Action.APPROVE, RUT)
    found = stands(desk, OTHER)
    assert (found.state, found.signed, found.is_other_text) == (State.SUBMITTED, (), True)


def test_other_evidence_is_not_approved_with_it(desk):
    desk.take(Action.APPROVE, RUT)
    text = article()
    first = text.bottom_line[0]
    cited = first.citations[0]
    moved = replace(cited, locator=replace(cited.locator, sha256="b" * 64))
    other = replace(text, bottom_line=(replace(first, citations=(moved,)),))
    assert content_digest(other) == content_digest(text)
    assert stands(desk, other).state is State.SUBMITTED


def test_an_edition_stays_signed_while_it_is_looked_at_again(desk):
    desk.take(Action.APPROVE, BO, Duty.BOARD)
    desk.take(Action.BEGIN, RUT)
    changed(desk)
    found = stands(desk)
    assert (found.state, found.edition) == (State.UNDER_REVIEW, 1)
    assert [each.name for each in found.signed] == ["Bo"]
    assert stands(desk, OTHER).edition == 0


def test_a_newer_edition_takes_the_place_of_the_older(desk):
    desk.take(Action.APPROVE, BO, Duty.BOARD)
    desk.take(Action.BEGIN, RUT)
    changed(desk)
    digests = {"content": content_digest(OTHER), "evidence": evidence_digest(OTHER)}
    desk.article = OTHER
    desk.take(Action.APPROVE, BO, Duty.BOARD, **digests)
    assert (stands(desk).state, stands(desk).edition) == (State.SUPERSEDED, 1)
    assert (stands(desk, OTHER).state, stands(desk, OTHER).edition) == (State.APPROVED, 2)
    assert [each.number for each in editions_of(desk.ledger, RULES)] == [1, 2]


@pytest.mark.parametrize(
    ("action", "state"),
    [(Action.WITHDRAW, State.WITHDRAWN), (Action.SUPERSEDE, State.SUPERSEDED)],
)
def test_what_ended_ended_for_every_text(desk, action, state):
    desk.take(Action.APPROVE, RUT)
    desk.take(action, BO, Duty.BOARD, target="other", reason="a better one")
    for text in (article(), OTHER):
        found = stands(desk, text)
        assert (found.state, found.reason) == (state, "a better one")
    assert stands(desk).edition == 1
    assert stands(desk).successor == ("other" if state is State.SUPERSEDED else "")


def test_somebody_who_is_gone_stays_named_by_id(desk):
    desk.take(Action.APPROVE, RUT)
    found = standing_of(article(), desk.ledger, {}, RULES)
    assert [each.name for each in found.signed] == ["rut"]


def test_each_step_of_the_fold_is_there(desk):
    steps = list(reviews_of(desk.ledger, RULES))
    assert [each.state for each in steps] == [State.SUBMITTED, State.UNDER_REVIEW]
    assert steps[-1] == review_of(desk.ledger, RULES)


def test_rounds_are_the_draft_each_return_each_edition_and_now(desk):
    desk.take(Action.REQUEST_CHANGES, RUT)
    desk.take(Action.RESUBMIT, ADA)
    desk.take(Action.APPROVE, RUT)
    desk.take(Action.COMMENT, ADA)
    found = [(each.decision, each.what) for each in rounds_of(desk.ledger, RULES)]
    assert found == [
        (1, "draft"),
        (3, "requested"),
        (4, "resubmitted"),
        (5, "edition"),
        (6, "now"),
    ]


def test_who_has_several_roles_acts_in_the_foremost_that_may():
    both = replace(BO, duties=frozenset({Duty.BOARD, Duty.REVIEWER, Duty.ADMIN}))
    assert duty_for(both, Action.APPROVE, RULES) is Duty.BOARD
    narrowed = replace(RULES, approving=frozenset({Duty.REVIEWER}))
    assert duty_for(both, Action.APPROVE, narrowed) is Duty.REVIEWER
    assert duty_for(ADA, Action.APPROVE, RULES) is None


# --- what a question reads as


def _question(**changes):
    drug = Concept(text="Baclofen", name="baclofen", kind=ConceptKind.DRUG, start=0, end=8)
    return replace(article().question, concepts=(drug,), **changes)


def test_words_do_not_count_and_facts_do():
    one = _question()
    assert reading_mark(one) == reading_mark(replace(one, text="baclofen: how much?"))
    for other in (
        replace(one, audience=Audience.PATIENT),
        replace(one, population=("age:older",)),
        replace(one, negated=("epilepsy",)),
        replace(one, concepts=()),
        replace(one, red_flags=("chest pain",)),
        replace(one, premises=(Premise(text="it cures", verdict="contradicted", why=""),)),
        replace(one, unknown=("examplitis",)),
        replace(one, also_asked=("And in children?",)),
        replace(one, jurisdiction="GB"),
        replace(one, patient=replace(one.patient, age=71)),
    ):
        assert reading_mark(other) != reading_mark(one)


def test_near_are_those_on_the_same_drugs_whatever_is_asked_of_them():
    one = _question()
    assert near_mark(one) == near_mark(replace(one, audience=Audience.PATIENT))
    assert near_mark(replace(one, concepts=())) == ""
    assert near_mark(one) != reading_mark(one)
