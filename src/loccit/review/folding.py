"""The state of an article as a fold over its ledger: each decision makes of one review the next."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import accumulate

from loccit.review.rules import ReviewRules
from loccit.review.standing_words import spaced
from loccit.terms import (
    Action,
    Approval,
    Decision,
    Duty,
    Ledger,
    Proposal,
    Remark,
    Review,
    State,
)

__all__ = ["review_of", "reviews_of"]

ON_ITS_TARGET = frozenset({Action.EDIT, Action.STRIKE})
"""Changes of the very statement that is their target, which settle it."""


def review_of(ledger: Ledger, rules: ReviewRules) -> Review:
    """Where the article of this ledger stands; the same ledger and rules give the same review."""
    *_, last = (Review(), *reviews_of(ledger, rules))
    return last


def reviews_of(ledger: Ledger, rules: ReviewRules) -> Iterator[Review]:
    """Where the article stood after each decision of its ledger, the first first."""
    folded = accumulate(
        ledger.decisions, lambda review, each: _after(review, each, rules), initial=Review()
    )
    next(folded)
    return folded


def _after(review: Review, decision: Decision, rules: ReviewRules) -> Review:
    """The review after one more decision."""
    step = rules.steps[decision.action]
    if step.changes_text:
        review = _with_other_text(review, decision)
    if decision.words or decision.reason:
        review = replace(review, remarks=(*review.remarks, _remark(decision)))
    own = _OWN.get(decision.action)
    if own:
        review = own(review, decision)
    if step.to:
        review = _moved(review, decision, step.to)
    return _approved(review, decision, rules)


def _moved(review: Review, decision: Decision, to: State) -> Review:
    """In another state; what was approved of the state before no longer counts."""
    return replace(
        review,
        state=to,
        since=decision.at,
        reason=decision.reason,
        approvals=(),
        content=decision.content,
        evidence=decision.evidence,
    )


def _with_other_text(review: Review, decision: Decision) -> Review:
    """With other words: nobody has approved those yet, and who changed them wrote with.

    Re-anchoring changes where unchanged words stand, so that approvals of the words stay. A
    statement that is added settles no other, whatever its line names.
    """
    if decision.action is Action.REANCHOR:
        return replace(review, evidence=decision.evidence)
    touched = {decision.target} if decision.action in ON_ITS_TARGET else frozenset[str]()
    return replace(
        review,
        content=decision.content,
        evidence=decision.evidence,
        approvals=(),
        accepted=review.accepted - touched,
        open=review.open - touched,
        changed_by=review.changed_by | {decision.who},
    )


def _submitted(review: Review, decision: Decision) -> Review:
    return replace(review, submitted_by=decision.who)


def _assigned(review: Review, decision: Decision) -> Review:
    return replace(review, assigned=decision.target, due=decision.due)


def _accepted(review: Review, decision: Decision) -> Review:
    return replace(
        review,
        accepted=review.accepted | {decision.target},
        open=review.open - {decision.target},
    )


def _reopened(review: Review, decision: Decision) -> Review:
    parted = [each.partition("=") for each in decision.target.split()]
    named = frozenset(statement for statement, _, _ in parted)
    marks = frozenset((statement, mark) for statement, _, mark in parted if mark)
    return replace(
        review,
        open=review.open | named,
        accepted=review.accepted - named,
        told=review.told | marks,
    )


def _suggested(review: Review, decision: Decision) -> Review:
    """One more that waits; the same words from another edition take the place of the older."""
    made = Proposal(
        passage=decision.passage,
        words=decision.words,
        beside=decision.target,
        why=decision.reason,
        at=decision.at,
    )
    others = (each for each in review.suggestions if spaced(each.words) != spaced(made.words))
    return replace(review, suggestions=(*others, made))


def _dismissed(review: Review, decision: Decision) -> Review:
    """One less that waits. What the program itself takes back may come again."""
    gone = {spaced(e.words) for e in review.suggestions if e.passage == decision.passage}
    by_a_person = decision.duty is not Duty.PROGRAM
    return replace(
        _without(review, decision.passage),
        dismissed=review.dismissed | gone if by_a_person else review.dismissed,
    )


def _added(review: Review, decision: Decision) -> Review:
    """What was suggested and is in the text now waits no longer."""
    return _without(review, decision.passage)


def _without(review: Review, passage: str) -> Review:
    left = tuple(each for each in review.suggestions if each.passage != passage)
    return replace(review, suggestions=left)


def _signed(review: Review, decision: Decision) -> Review:
    approval = Approval(who=decision.who, duty=decision.duty, at=decision.at)
    return replace(review, approvals=(*review.approvals, approval))


_OWN: dict[Action, Callable[[Review, Decision], Review]] = {
    Action.SUBMIT: _submitted,
    Action.ASSIGN: _assigned,
    Action.ACCEPT: _accepted,
    Action.REOPEN: _reopened,
    Action.APPROVE: _signed,
    Action.ADD: _added,
    Action.SUGGEST: _suggested,
    Action.DISMISS: _dismissed,
}


def _approved(review: Review, decision: Decision, rules: ReviewRules) -> Review:
    """Approved in full, as an edition, once enough people have signed."""
    people = {each.who for each in review.approvals}
    if decision.action is not Action.APPROVE or len(people) < rules.approvals_needed:
        return review
    return replace(
        review,
        state=State.APPROVED,
        since=decision.at,
        reason=decision.reason,
        edition=review.edition + 1,
        published_at=decision.at,
        review_by=_months_after(decision.at.date(), rules.review_after_months),
    )


def _remark(decision: Decision) -> Remark:
    return Remark(
        action=decision.action,
        target=decision.target,
        who=decision.who,
        at=decision.at,
        words=decision.words,
        reason=decision.reason,
    )


def _months_after(day: date, months: int) -> date:
    """The same day some months on, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
