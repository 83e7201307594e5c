"""The rounds that a text went through: what it was when it was submitted, sent back, approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from loccit.review.folding import reviews_of
from loccit.review.rules import ReviewRules
from loccit.terms import Action, Ledger

__all__ = ["Round", "rounds_of"]

_NAMED = {
    Action.SUBMIT: "draft",
    Action.REQUEST_CHANGES: "requested",
    Action.RESUBMIT: "resubmitted",
    Action.REOPEN: "reopened",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """The text as one decision left it; ``what`` is a key, ``edition`` its number or nought."""

    decision: int
    what: str
    at: datetime
    who: str
    edition: int = 0


def rounds_of(ledger: Ledger, rules: ReviewRules) -> tuple[Round, ...]:
    """The draft, each round, each edition, and the text as it stands where that is a later one."""
    found: list[Round] = []
    editions = 0
    for decision, review in zip(ledger.decisions, reviews_of(ledger, rules), strict=True):
        approved = review.edition > editions
        editions = review.edition
        what = "edition" if approved else _NAMED.get(decision.action, "")
        if what or decision is ledger.decisions[-1]:
            found.append(
                Round(
                    decision=decision.number,
                    what=what or "now",
                    at=decision.at,
                    who=decision.who,
                    edition=editions if approved else 0,
                )
            )
    return tuple(found)
