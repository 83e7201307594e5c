"""What became of an article since it was first approved, for those who follow a feed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from loccit.review.folding import reviews_of
from loccit.review.rules import ReviewRules
from loccit.terms import Action, Decision, Duty, Happening, Ledger, Review, State

__all__ = ["happenings_of"]

ENDS = {State.WITHDRAWN: "withdrawn", State.SUPERSEDED: "superseded"}


def happenings_of(ledger: Ledger, rules: ReviewRules) -> Iterator[Happening]:
    """What happened, the first first, without titles.

    Nothing is told of an article that nobody approved yet, nor of the work on the next edition.
    """
    steps = pairwise((Review(), *reviews_of(ledger, rules)))
    for decision, (before, after) in zip(ledger.decisions, steps, strict=True):
        what = _what(decision, before, after)
        if what and after.edition:
            yield Happening(
                article=ledger.article,
                number=decision.number,
                what=what,
                at=decision.at,
                edition=after.edition,
                title="",
                why=decision.reason if decision.duty is Duty.PROGRAM else "",
            )


def _what(decision: Decision, before: Review, after: Review) -> str:
    if after.edition > before.edition:
        return "approved"
    if decision.action is Action.REOPEN:
        return "opened"
    return ENDS.get(after.state, "") if after.state is not before.state else ""
