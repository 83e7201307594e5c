"""Waits after failures: none for slips, then longer and longer, then until a person opens."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from loccit.accounts.rules import FailureRules
from loccit.terms import Attempts

__all__ = ["Verdict", "after_failure", "verdict_on"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Whether a try counts now; if not, after how many ``seconds``, or ``closed`` until opened."""

    seconds: int = 0
    closed: bool = False

    @property
    def is_free(self) -> bool:
        """Whether a try counts now."""
        return not (self.seconds or self.closed)


def verdict_on(attempts: Attempts, now: datetime, rules: FailureRules) -> Verdict:
    """Whether the next try counts. A clock that was set back makes nobody wait longer."""
    if attempts.failures >= rules.most:
        return Verdict(closed=True)
    beyond = attempts.failures - rules.free
    if beyond < 0 or attempts.last is None:
        return Verdict()
    wait = min(rules.first_wait * 2 ** min(beyond, 30), rules.longest_wait)
    left = min(attempts.last + timedelta(seconds=wait) - now, timedelta(seconds=wait))
    return Verdict(seconds=max(0, math.ceil(left.total_seconds())))


def after_failure(attempts: Attempts, now: datetime) -> Attempts:
    """The failures after one more."""
    return Attempts(name=attempts.name, failures=attempts.failures + 1, last=now)
