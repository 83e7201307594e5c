"""Processes that die: at a random step of their work with a database, or at a random moment."""

from __future__ import annotations

import os
import select
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, NoReturn

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

__all__ = ["Broken", "Kills", "apart"]

MORE = 1.3
"""Kills come up to so much later than such work usually ends, so that its end is hit too."""
AT_STEP, AT_MOMENT = "killed at a step", "killed at a moment"


class Broken(AssertionError):  # noqa: N818 - the name says what is wrong
    """Something was lost, half written, or not what it folds to."""


@dataclass
class Kills:
    """What was done and found, and how long such work takes that nobody kills."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    steps: float = 0.0
    _ended: int = 0

    def took(self, seconds: float, steps: int) -> None:
        """Learn how long it is, on average, from one that came to its end."""
        self._ended += 1
        self.seconds += (seconds - self.seconds) / self._ended
        self.steps += (steps - self.steps) / self._ended

    @property
    def killed(self) -> int:
        """How many processes were killed before they came to their end."""
        return self.counts[AT_STEP] + self.counts[AT_MOMENT]


# --- a process that dies


def count_steps(last: int) -> Callable[[], int]:
    """Count the steps of this process with any database, and kill it at the ``last``, unless 0."""
    steps = 0

    def counted(*_told: object, **_named: object) -> None:
        nonlocal steps
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("begin", "before_cursor_execute", "after_cursor_execute", "rollback"):
        event.listen(Engine, name, counted)
    plain: Callable[[DefaultDialect, Any], None] = DefaultDialect.do_commit

    def committing(self: DefaultDialect, connection: Any) -> None:
        counted()
        plain(self, connection)
        counted()  # written, and nobody was told

    DefaultDialect.do_commit = committing  # type: ignore[method-assign]
    return lambda: steps


def apart(work: Callable[[int], None], chance: Random, kills: Kills) -> list[str]:
    """Do ``work`` in a process that is killed; what it wrote into the pipe, line by line.

    Half of the kills come at a step, half at a moment. The first is let live, to see how long it
    takes.
    """
    first, at_step = not kills.steps, chance.random() < 1 / 2
    step = chance.randint(1, max(1, int(kills.steps * MORE)))
    wait = chance.uniform(0, MORE) * kills.seconds
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.close(reading)
        _work(work, writing, step if at_step and not first else 0)
    os.close(writing)
    started = time.monotonic()
    lines = _heard(reading, process, None if at_step or first else wait)
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        kills.counts[AT_STEP if at_step else AT_MOMENT] += 1
        return lines
    if os.WEXITSTATUS(status) or not lines:
        raise Broken(f"the process failed by itself: {lines[-1:]}")
    kills.counts["ended before the kill"] += 1
    kills.took(time.monotonic() - started, int(lines.pop()))
    return lines


def _work(work: Callable[[int], None], writing: int, step: int) -> NoReturn:
    code = 1
    try:
        steps = count_steps(step)
        work(writing)
        os.write(writing, f"{steps()}\n".encode())
        code = 0
    except BaseException:  # noqa: BLE001 - a forked process must not go on in its parent's code
        os.write(writing, f"{traceback.format_exc()!r}\n".encode())
    os._exit(code)


def _heard(reading: int, process: int, wait: float | None) -> list[str]:
    """All that comes through the pipe until it ends; the kill is sent after ``wait`` seconds."""
    end = None if wait is None else time.monotonic() + wait
    heard = b""
    while True:
        left = None if end is None else max(0.0, end - time.monotonic())
        ready, _, _ = select.select([reading], [], [], left)
        if not ready:
            os.kill(process, signal.SIGKILL)
            end = None
            continue
        part = os.read(reading, 1 << 16)
        if not part:
            break
        heard += part
    os.close(reading)
    whole = heard[: heard.rfind(b"\n") + 1]
    return whole.decode().splitlines()
