"""A test for every rule that refuses, and the way from submitted to approved."""

from dataclasses import fields, replace
from datetime import date

import pytest
from reviewing import ADA, BO, MAX, PROGRAM, RULES, RUT, Desk, article, decision, person

from loccit.review import (
    Refusal,
    content_digest,
    decide,
    evidence_digest,
    load_review_rules,
    review_of,
    revised,
)
from loccit.terms import Action, Decision, Duty, Ledger, State, Verdict


def _under_review(**changes):
    desk = Desk(replace(RULES, **changes))
    desk.take(Action.SUBMIT, ADA)
    desk.take(Action.BEGIN, RUT)
    return desk


def _state(desk):
    return review_of(desk.ledger, desk.rules)


def _rule(taken):
    assert isinstance(taken, Refusal)
    assert taken.message
    assert "{" not in taken.message
    return taken.rule


def test_an_article_is_submitted_reviewed_and_approved():
    desk = _under_review()
    taken = desk.take(Action.APPROVE, RUT)
    review = _state(desk)
    assert (review.state, review.edition) == (State.APPROVED, 1)
    assert [each.who for each in review.approvals] == ["rut"]
    assert review.published_at == taken.at
    assert review.review_by == date(2027, 3, 31)


def test_as_many_people_as_a_setting_asks_must_approve():
    desk = _under_review(approvals_needed=2)
    desk.take(Action.APPROVE, RUT)
    assert _state(desk).state is State.UNDER_REVIEW
    assert _rule(desk.take(Action.APPROVE, RUT)) == "twice"
    desk.take(Action.APPROVE, BO, Duty.BOARD)
    assert _state(desk).state is State.APPROVED


def test_who_may_approve_is_a_setting():
    desk = _under_review(approving=frozenset({Duty.BOARD}))
    assert _rule(desk.take(Action.APPROVE, RUT)) == "duty"
    assert isinstance(desk.take(Action.APPROVE, BO, Duty.BOARD), Decision)


@pytest.mark.parametrize("who", [ADA, MAX, PROGRAM])
def test_nobody_approves_without_the_role_the_program_least_of_all(who):
    assert _rule(_under_review().take(Action.APPROVE, who)) == "duty"


def test_nobody_acts_in_a_role_or_a_name_that_is_not_theirs():
    desk = _under_review()
    assert _rule(desk.take(Action.APPROVE, ADA, Duty.BOARD)) == "not_theirs"
    asked = decision(Action.APPROVE, RUT)
    assert _rule(decide(asked, BO, desk.article, desk.ledger, desk.rules)) == "not_theirs"


def test_nobody_approves_what_they_submitted():
    desk = Desk()
    desk.take(Action.SUBMIT, RUT)
    desk.take(Action.BEGIN, RUT)
    assert _rule(desk.take(Action.APPROVE, RUT)) == "own_article"
    assert isinstance(desk.take(Action.APPROVE, BO, Duty.REVIEWER), Decision)


def test_nobody_approves_what_they_changed():
    desk = _under_review()
    after = revised(desk.article, struck=["s3"])
    desk.take(Action.STRIKE, RUT, target="s3", content=content_digest(after))
    desk.article = after
    now = {"content": content_digest(after), "evidence": "e"}
    assert _rule(desk.take(Action.APPROVE, RUT, **now)) == "stale_evidence"
    now["evidence"] = evidence_digest(after)
    assert _rule(desk.take(Action.APPROVE, RUT, **now)) == "own_article"
    assert isinstance(desk.take(Action.APPROVE, BO, Duty.BOARD, **now), Decision)


def test_a_deployment_may_let_people_approve_their_own():
    desk = Desk(replace(RULES, own_article=True))
    desk.take(Action.SUBMIT, RUT)
    desk.take(Action.BEGIN, RUT)
    assert isinstance(desk.take(Action.APPROVE, RUT), Decision)


def test_an_approval_is_bound_to_the_exact_text_and_evidence():
    desk = _under_review()
    assert _rule(desk.take(Action.APPROVE, RUT, content="other")) == "stale_text"
    assert _rule(desk.take(Action.APPROVE, RUT, evidence="other")) == "stale_evidence"


def test_another_text_drops_the_approvals_of_the_one_before():
    desk = _under_review(approvals_needed=2)
    desk.take(Action.APPROVE, RUT)
    after = revised(desk.article, struck=["s3"])
    desk.take(Action.STRIKE, BO, Duty.BOARD, target="s3", content=content_digest(after))
    assert _state(desk).approvals == ()


@pytest.mark.parametrize("lacks", ["credentials", "interests"])
def test_an_approval_needs_credentials_and_a_declaration(lacks):
    bare = person("Rut", Duty.REVIEWER, **{lacks: " "})
    assert _rule(_under_review().take(Action.APPROVE, bare)) == "undeclared"
    undated = person("Rut", Duty.REVIEWER, declared_on=None)
    assert _rule(_under_review().take(Action.APPROVE, undated)) == "undeclared"


@pytest.mark.parametrize("verdict", [Verdict.CONTRADICTED, Verdict.NOT_FOUND])
def test_what_its_source_does_not_carry_is_not_approved(verdict):
    desk = _under_review()
    faulty = replace(desk.article.bottom_line[0], verdict=verdict)
    desk.article = replace(desk.article, bottom_line=(faulty,))
    now = {"content": content_digest(desk.article)}
    now["evidence"] = evidence_digest(desk.article)
    assert _rule(desk.take(Action.APPROVE, RUT, **now)) == "unsupported"


def test_what_changed_in_its_source_is_looked_at_before_it_is_approved_again():
    desk = _under_review()
    desk.take(Action.APPROVE, RUT)
    desk.take(Action.REOPEN, PROGRAM, target="s1 s2")
    assert (_state(desk).state, _state(desk).open) == (State.UNDER_REVIEW, {"s1", "s2"})
    assert _rule(desk.take(Action.APPROVE, RUT)) == "open"
    desk.take(Action.ACCEPT, RUT, target="s1")
    desk.take(Action.ACCEPT, RUT, target="s2")
    assert isinstance(desk.take(Action.APPROVE, RUT), Decision)
    assert _state(desk).edition == 2


@pytest.mark.parametrize(
    "action", [Action.REQUEST_CHANGES, Action.REJECT, Action.WITHDRAW, Action.EDIT, Action.STRIKE]
)
def test_what_others_must_follow_needs_a_reason(action):
    desk = _under_review()
    assert _rule(desk.take(action, BO, Duty.BOARD, reason=" ")) == "reason"


@pytest.mark.parametrize("action", [Action.COMMENT, Action.EDIT])
def test_words_are_asked_for(action):
    assert _rule(_under_review().take(action, BO, Duty.BOARD, words="")) == "words"


@pytest.mark.parametrize("action", [Action.ACCEPT, Action.EDIT, Action.STRIKE])
def test_a_statement_that_is_not_there_is_told(action):
    taken = _under_review().take(action, BO, Duty.BOARD, target="s99")
    assert _rule(taken) == "unknown_statement"
    assert "s99" in taken.message


@pytest.mark.parametrize(
    ("action", "who", "duty"),
    [
        (Action.APPROVE, RUT, Duty.REVIEWER),
        (Action.BEGIN, RUT, Duty.REVIEWER),
        (Action.REQUEST_CHANGES, RUT, Duty.REVIEWER),
        (Action.WITHDRAW, MAX, Duty.ADMIN),
    ],
)
def test_a_step_out_of_order_is_refused(action, who, duty):
    assert _rule(Desk().take(action, who, duty)) == "state"


@pytest.mark.parametrize("end", [Action.REJECT, Action.WITHDRAW, Action.SUPERSEDE])
def test_an_end_is_an_end(end):
    desk = _under_review()
    assert isinstance(desk.take(end, BO, Duty.BOARD), Decision)
    for action in (Action.BEGIN, Action.APPROVE, Action.COMMENT, Action.SUBMIT):
        assert isinstance(desk.take(action, BO, Duty.BOARD), Refusal)


def test_changes_are_requested_made_and_handed_in_again():
    desk = _under_review()
    desk.take(Action.REQUEST_CHANGES, RUT)
    assert _state(desk).state is State.CHANGES_REQUESTED
    desk.take(Action.RESUBMIT, ADA)
    assert _state(desk).state is State.UNDER_REVIEW


def test_a_review_is_assigned_with_a_day():
    desk = _under_review()
    desk.take(Action.ASSIGN, MAX, target="rut", due=date(2026, 4, 10))
    assert (_state(desk).assigned, _state(desk).due) == ("rut", date(2026, 4, 10))


def test_words_that_only_moved_keep_their_approval():
    desk = _under_review()
    desk.take(Action.APPROVE, RUT)
    desk.take(Action.REANCHOR, PROGRAM, evidence="f" * 64)
    review = _state(desk)
    assert (review.state, review.evidence) == (State.APPROVED, "f" * 64)
    assert review.approvals


def test_every_refusal_has_its_words_and_every_action_its_step():
    rules = load_review_rules()
    assert set(rules.steps) == set(Action)
    assert State.APPROVED not in {step.to for step in rules.steps.values()}


def test_a_refusal_leaves_the_ledger_as_it_was():
    ledger = Ledger(article="art")
    taken = decide(decision(Action.APPROVE, RUT), RUT, article(), ledger, RULES)
    assert isinstance(taken, Refusal)
    assert ledger == Ledger(article="art")


# --- suggestions


SEALED_BEFORE = "0a3e9bdf607af765bf169760483e0613e5a539797b745d3955249f24782a53cd"
"""The seal that the same line got before suggestions were known."""
FIELDS_BEFORE = {
    *("number", "article", "action", "who", "duty", "at", "content", "evidence", "reason"),
    *("target", "words", "passage", "due", "previous", "seal"),
}
SUGGESTED = {"passage": "p9", "words": "Pain eases sooner.", "target": "s1"}


def _suggested(**changes):
    desk = _under_review()
    taken = desk.take(Action.SUGGEST, PROGRAM, **{**SUGGESTED, **changes})
    assert isinstance(taken, Decision)
    return desk


@pytest.mark.parametrize("who", [ADA, RUT, BO, MAX])
def test_only_the_program_suggests(who):
    assert _rule(_under_review().take(Action.SUGGEST, who, **SUGGESTED)) == "duty"


@pytest.mark.parametrize("lacks", ["words", "reason"])
def test_a_suggestion_says_what_and_why(lacks):
    taken = _under_review().take(Action.SUGGEST, PROGRAM, **{**SUGGESTED, lacks: " "})
    assert _rule(taken) == lacks


def test_a_suggestion_waits_and_changes_nothing_else():
    desk = _under_review(approvals_needed=2)
    desk.take(Action.APPROVE, RUT)
    before = _state(desk)
    assert isinstance(desk.take(Action.SUGGEST, PROGRAM, **SUGGESTED), Decision)
    after = _state(desk)
    (waits,) = after.suggestions
    assert (waits.passage, waits.words, waits.beside) == ("p9", "Pain eases sooner.", "s1")
    assert replace(after, suggestions=(), remarks=before.remarks) == before


@pytest.mark.parametrize(
    "changes", [{}, {"passage": "p8", "words": "Pain eases\n in a week."}], ids=["waits", "said"]
)
def test_what_waits_or_is_said_already_is_not_suggested(changes):
    desk = _suggested()
    assert _rule(desk.take(Action.SUGGEST, PROGRAM, **{**SUGGESTED, **changes})) == "offered"


def test_the_same_words_of_another_edition_take_the_place_of_the_older():
    desk = _suggested()
    desk.take(Action.SUGGEST, PROGRAM, **{**SUGGESTED, "passage": "p10"})
    assert [each.passage for each in _state(desk).suggestions] == ["p10"]


def test_what_a_person_dismissed_is_suggested_no_more():
    desk = _suggested()
    assert isinstance(desk.take(Action.DISMISS, RUT, passage="p9"), Decision)
    assert (_state(desk).suggestions, _state(desk).dismissed) == ((), {"Pain eases sooner."})
    again = {**SUGGESTED, "passage": "p10", "words": "Pain  eases sooner."}
    assert _rule(desk.take(Action.SUGGEST, PROGRAM, **again)) == "offered"


def test_what_the_program_takes_back_may_come_again():
    desk = _suggested()
    assert isinstance(desk.take(Action.DISMISS, PROGRAM, passage="p9"), Decision)
    assert isinstance(desk.take(Action.SUGGEST, PROGRAM, **SUGGESTED), Decision)


def test_what_is_added_waits_no_longer():
    desk = _suggested()
    desk.take(Action.ADD, RUT, passage="p9", content="other")
    assert _state(desk).suggestions == ()


def test_a_dismissal_needs_a_reason_a_role_and_something_that_waits():
    desk = _suggested()
    assert _rule(desk.take(Action.DISMISS, RUT, passage="p9", reason="")) == "reason"
    assert _rule(desk.take(Action.DISMISS, ADA, passage="p9")) == "duty"
    assert _rule(desk.take(Action.DISMISS, RUT, passage="p1")) == "unknown_suggestion"
    assert _rule(desk.take(Action.DISMISS, RUT, passage="")) == "unknown_suggestion"


@pytest.mark.parametrize("action", [Action.SUGGEST, Action.DISMISS])
def test_nothing_is_suggested_or_dismissed_of_what_ended(action):
    desk = _suggested()
    desk.take(Action.REJECT, BO, Duty.BOARD)
    who = PROGRAM if action is Action.SUGGEST else RUT
    assert _rule(desk.take(action, who, **{**SUGGESTED, "passage": "p9"})) == "state"


def test_what_was_told_of_a_statement_is_kept_and_older_ledgers_have_none():
    desk = _under_review()
    desk.take(Action.REOPEN, PROGRAM, target="s1=mark:1/x s2")
    assert _state(desk).open == {"s1", "s2"}
    assert _state(desk).told == {("s1", "mark:1/x")}
    desk.take(Action.ACCEPT, RUT, target="s1")
    assert (_state(desk).open, _state(desk).told) == ({"s2"}, {("s1", "mark:1/x")})


def test_a_line_sealed_before_suggestions_were_known_holds_still():
    """The form of a line is what it was, so that old ledgers stay whole."""
    desk = Desk()
    desk.take(Action.SUBMIT, ADA)
    assert desk.ledger.decisions[0].seal == SEALED_BEFORE
    assert {each.name for each in fields(Decision)} == FIELDS_BEFORE
