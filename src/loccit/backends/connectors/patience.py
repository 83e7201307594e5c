"""When the next request may go out: the pace that a host allows, and pauses after a failure."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from loccit.backends.connectors.rules import Limits

__all__ = ["Pace", "pause_after", "retry_after"]


class Pace:
    """The clock of the requests: keeps a time between two to one host, also across runs.

    The time of the last request to each host is that of a file in ``folder``, so that a loop of
    commands keeps the pace as one command does.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._folder, self._clock = folder, clock
        self.pause, self.chance = sleep, chance
        self._last: dict[str, float] = {}

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.fromtimestamp(self._clock(), UTC)

    def wait(self, host: str, seconds: float) -> None:
        """Wait until ``seconds`` have passed since the last request to ``host``; note this one."""
        last = self._last.get(host, self._noted(host))
        left = last + seconds - self._clock()
        if left > 0:
            self.pause(min(left, seconds))  # a clock that was set back costs no more
        self._last[host] = self._clock()
        self._note(host)

    def _noted(self, host: str) -> float:
        try:
            return float(self._file(host).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return float("-inf")

    def _note(self, host: str) -> None:
        with suppress(OSError):  # then the pace holds in this run alone
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file(host).write_text(repr(self._last[host]), encoding="ascii")

    def _file(self, host: str) -> Path:
        return self._folder / f"{host}.pace"


def pause_after(
    tried: int, limits: Limits, *, asked: float | None, chance: Callable[[], float]
) -> float:
    """Seconds to pause after that many failed tries; what the server asked for is the least.

    Doubled each time, half of it random, so that many clients do not come back at once.
    """
    grown = limits.first_pause_seconds * 2.0 ** (tried - 1)
    own = min(grown * (0.5 + chance() / 2), limits.longest_pause_seconds)
    return max(own, asked or 0.0)


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds that a ``Retry-After`` header asks for (RFC 9110 §10.2.3), if it says so.

    >>> retry_after("120", datetime.now(UTC))
    120.0
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    until = until.replace(tzinfo=until.tzinfo or UTC)
    return max((until - now).total_seconds(), 0.0)
