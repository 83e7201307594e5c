"""How long a session holds."""

from __future__ import annotations

from datetime import datetime

from loccit.accounts.rules import SessionRules
from loccit.terms import Account, Person, Session

__all__ = ["holds", "is_to_be_noted"]


def holds(
    session: Session, person: Person, account: Account, now: datetime, rules: SessionRules
) -> bool:
    """Whether a session still stands for its person.

    Not past its life or idle life; not for an account that is locked; not where roles or password
    are others than when it began. One from the future is of a clock that was wrong: it ends.
    """
    began = session.began_at
    return (
        began <= session.seen_at
        and began <= now < began + rules.life
        and now < session.seen_at + rules.idle
        and not account.locked
        and session.duties == person.duties
        and (account.changed_at is None or began >= account.changed_at)
    )


def is_to_be_noted(session: Session, now: datetime, rules: SessionRules) -> bool:
    """Whether the last use that is written down is so old that this one must be."""
    return now >= session.seen_at + rules.noted
