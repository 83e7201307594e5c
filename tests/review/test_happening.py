"""What became of an approved article, for a feed: nothing of one that nobody approved."""

from hypothesis import given, settings
from hypothesis import strategies as st
from reviewing import ADA, BO, MAX, PROGRAM, RULES, RUT, Desk

from loccit.review import happenings_of
from loccit.terms import Action, Duty


def _told(desk):
    return [(each.what, each.edition) for each in happenings_of(desk.ledger, RULES)]


def _approved():
    desk = Desk()
    for action, who in ((Action.SUBMIT, ADA), (Action.BEGIN, RUT), (Action.APPROVE, RUT)):
        desk.take(action, who)
    return desk


def test_an_approval_is_told_with_its_edition_and_its_decision():
    (told,) = happenings_of(_approved().ledger, RULES)
    assert (told.what, told.edition, told.number, told.why) == ("approved", 1, 3, "")
    assert (told.article, told.at) == ("art", _approved().ledger.decisions[2].at)


def test_what_the_program_opened_is_told_with_what_it_found():
    desk = _approved()
    desk.take(Action.REOPEN, PROGRAM, target="s1=x", reason="a source changed")
    desk.take(Action.REOPEN, BO, Duty.BOARD, reason="words of a person")
    told = list(happenings_of(desk.ledger, RULES))
    assert [(each.what, each.why) for each in told[1:]] == [
        ("opened", "a source changed"),
        ("opened", ""),
    ]


def test_it_is_told_until_its_end():
    desk = _approved()
    desk.take(Action.BEGIN, RUT)
    desk.take(Action.COMMENT, RUT)
    desk.take(Action.APPROVE, BO, Duty.BOARD)
    desk.take(Action.WITHDRAW, MAX)
    desk.take(Action.SUPERSEDE, MAX)
    assert _told(desk) == [("approved", 1), ("approved", 2), ("withdrawn", 2), ("superseded", 2)]


def test_nothing_is_told_of_what_nobody_approved():
    desk = Desk()
    desk.take(Action.SUBMIT, ADA)
    desk.take(Action.REOPEN, PROGRAM, target="s1=x")
    desk.take(Action.WITHDRAW, MAX)
    assert _told(desk) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(list(Action)), st.sampled_from([ADA, RUT, BO, MAX, PROGRAM])),
        max_size=20,
    )
)
def test_the_first_that_is_told_is_an_approval_and_editions_only_grow(steps):
    desk = Desk()
    for action, who in steps:
        desk.take(action, who)
    told = _told(desk)
    assert [what for what, _ in told[:1]] in ([], ["approved"])
    assert [edition for _, edition in told] == sorted(edition for _, edition in told)
