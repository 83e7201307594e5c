"""Sign-ins at an institution that have begun here: each ends once, in the browser it began in."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from loccit.admission import digest_of
from loccit.terms import Journey

__all__ = ["LIFE", "Begun", "Journeys"]

LIFE = 600
"""Seconds until a sign-in must have come back."""
MOST = 1_000
"""Journeys that are remembered; those begun first are forgotten first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A journey, and where on this site it is to end."""

    journey: Journey
    to: str
    until: float


class Journeys:
    """Those of one process, by the digest of a secret that only the browser has."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._lock = now, threading.Lock()
        self._begun: OrderedDict[str, Begun] = OrderedDict()

    def begin(self, journey: Journey, to: str) -> str:
        """Remember it; the secret for the browser."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._begun[digest_of(secret)] = Begun(journey=journey, to=to, until=self._now() + LIFE)
            while len(self._begun) > MOST:
                self._begun.popitem(last=False)
        return secret

    def end(self, secret: str) -> Begun | None:
        """The journey of this browser, which is forgotten then; nothing where it took too long."""
        with self._lock:
            found = self._begun.pop(digest_of(secret), None)
        return found if found and self._now() < found.until else None
