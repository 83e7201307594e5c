"""The chain shows any change; the state is a fold, and the same ledger gives the same state."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reviewing import ADA, BO, MAX, PROGRAM, RULES, RUT, Desk

from loccit.review import broken_link, review_of
from loccit.terms import Action, Decision, Duty, Ledger, State

PEOPLE = (ADA, RUT, BO, MAX, PROGRAM)
PASSAGES = ("", "p1", "p2")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(list(Action)),
        st.sampled_from(PEOPLE),
        st.sampled_from(list(Duty)),
        st.sampled_from(PASSAGES),
    ),
    max_size=25,
)
SUGGESTING = st.lists(
    st.tuples(
        st.sampled_from(
            [Action.SUGGEST, Action.SUGGEST, Action.DISMISS, Action.ADD, Action.REOPEN]
        ),
        st.sampled_from([RUT, PROGRAM]),
        st.sampled_from(PASSAGES),
        st.sampled_from(["one", "one ", "two"]),
    ),
    max_size=25,
)


def _history(steps):
    desk = Desk()
    for action, who, duty, passage in steps:
        desk.take(action, who, duty, passage=passage, words=f"words of {passage}")
    return desk


@pytest.fixture(scope="module")
def ledger():
    desk = Desk()
    desk.take(Action.SUBMIT, ADA)
    desk.take(Action.BEGIN, RUT)
    desk.take(Action.COMMENT, RUT, words="what of children?")
    desk.take(Action.APPROVE, RUT)
    return desk.ledger


def test_a_ledger_as_written_has_no_broken_link(ledger):
    assert broken_link(ledger) is None
    assert [each.number for each in ledger.decisions] == [1, 2, 3, 4]


@pytest.mark.parametrize("field", [f.name for f in fields(Decision)])
def test_the_first_line_that_was_changed_is_pointed_at(ledger, field):
    lines = list(ledger.decisions)
    value = getattr(lines[1], field)
    other = value + 1 if isinstance(value, int) else "other"
    if field in ("at", "due"):
        other = replace(lines[1]).at.replace(year=2020)
    lines[1] = replace(lines[1], **{field: other})
    assert broken_link(replace(ledger, decisions=tuple(lines))) == lines[1]


def test_a_line_left_out_put_in_or_moved_is_pointed_at(ledger):
    one, two, three, four = ledger.decisions
    for lines, wrong in (
        ((one, three, four), three),
        ((two, three, four), two),
        ((one, two, two, three, four), two),
        ((one, three, two, four), three),
    ):
        assert broken_link(Ledger(article="art", decisions=lines)) == wrong


def test_the_lines_of_another_article_are_no_part_of_it(ledger):
    assert broken_link(replace(ledger, article="another")) == ledger.decisions[0]


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_any_history_is_a_whole_chain_and_folds_alike_twice(steps):
    desk = _history(steps)
    assert broken_link(desk.ledger) is None
    assert review_of(desk.ledger, RULES) == review_of(desk.ledger, RULES)


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_no_history_approves_without_a_person_who_may(steps):
    desk = _history(steps)
    for count in range(len(desk.ledger.decisions) + 1):
        part = replace(desk.ledger, decisions=desk.ledger.decisions[:count])
        review = review_of(part, RULES)
        if review.state is State.APPROVED:
            signed = {each.who for each in review.approvals}
            assert signed
            assert signed <= {"rut", "bo"}
            assert not signed & {review.submitted_by, *review.changed_by}


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_editions_only_grow(steps):
    desk = _history(steps)
    counts = [
        review_of(replace(desk.ledger, decisions=desk.ledger.decisions[:n]), RULES).edition
        for n in range(len(desk.ledger.decisions) + 1)
    ]
    assert counts == sorted(counts)


@settings(max_examples=80, deadline=None)
@given(SUGGESTING)
def test_what_waits_was_suggested_and_nobody_has_decided_on_it_since(steps):
    """Held against a second reading of the ledger, from its end."""
    desk = Desk()
    desk.take(Action.SUBMIT, ADA)
    desk.take(Action.BEGIN, RUT)
    for action, who, passage, words in steps:
        desk.take(action, who, passage=passage, words=words)
    review, lines = review_of(desk.ledger, RULES), list(desk.ledger.decisions)
    waiting = []
    for number, line in enumerate(lines):
        if line.action is not Action.SUGGEST:
            continue
        settled = any(
            later.action in (Action.ADD, Action.DISMISS) and later.passage == line.passage
            for later in lines[number + 1 :]
        )
        replaced = any(
            later.action is Action.SUGGEST and later.words.split() == line.words.split()
            for later in lines[number + 1 :]
        )
        if not (settled or replaced):
            waiting.append(line.passage)
    assert [each.passage for each in review.suggestions] == waiting
    people = [e for e in lines if e.action is Action.DISMISS and e.who != PROGRAM.id]
    assert len(review.dismissed) <= len(people)
    assert not review.dismissed & {" ".join(each.words.split()) for each in review.suggestions}
