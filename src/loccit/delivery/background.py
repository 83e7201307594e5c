"""Watches the sources while the pages are served: every few hours, in a process of its own.

A process of its own can neither take the server down nor slow what answers, and gives its memory
back. Which of several servers watches is settled by the log of watches, where each also reads when
the last one was.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from loccit.terms import LoccitError, Watch

__all__ = ["Background", "command_of"]

FIRST = 60.0
"""Seconds after the start at which it is first looked whether a watch is due."""
AGAIN = 600.0
"""Seconds between two looks."""


class Log(Protocol):
    """What the background needs of the log of watches."""

    def last(self) -> Watch | None:
        """How the last watch went."""
        ...

    def write(self, watch: Watch) -> None:
        """Write down one that could not write for itself."""
        ...


def command_of(folder: Path, *, fetch: bool) -> list[str]:
    """The command that watches the base in ``folder``, behind all other work."""
    asked = ["--fetch"] if fetch else []
    return [sys.executable, "-m", "loccit", "watch", "--polite", "--base", str(folder), *asked]


class Background:
    """Runs ``command`` when the last watch is ``hours`` ago. ``warn`` is told what fails."""

    def __init__(
        self, log: Log, command: list[str], *, hours: int, warn: Callable[[str], None]
    ) -> None:
        self._log, self._command, self._warn = log, command, warn
        self._every = timedelta(hours=hours)
        self._ended = threading.Event()
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin; does nothing more than wait at first."""
        threading.Thread(target=self._loop, daemon=True).start()

    def stop(self) -> None:
        """End, with what is running: whatever it has not finished is done the next time."""
        self._ended.set()
        if running := self._running:
            running.terminate()

    def _loop(self) -> None:
        wait = FIRST
        while not self._ended.wait(wait):
            self.look()
            wait = AGAIN

    def look(self) -> None:
        """Watch if it is time. Never raises: what went wrong is told and written down."""
        try:
            last = self._log.last()
            if last is None or datetime.now(UTC) - last.ended_at >= self._every:
                self._watch(last)
        except (LoccitError, OSError) as error:
            self._warn(f"the sources could not be watched: {error}")

    def _watch(self, before: Watch | None) -> None:
        began = datetime.now(UTC)
        # What it prints are words of articles: they are in the ledger, and belong in no log.
        quiet = subprocess.DEVNULL
        with subprocess.Popen(  # noqa: S603 - our own command on a folder of the user's
            self._command, stdin=quiet, stdout=quiet, stderr=quiet
        ) as running:
            self._running = running
            if self._ended.is_set():
                running.terminate()
            code = running.wait()
        self._running = None
        last = self._log.last()
        if code and last == before and not self._ended.is_set():
            last = Watch(
                began_at=began,
                ended_at=datetime.now(UTC),
                failure=f"the process that watches ended with code {code}",
            )
            self._log.write(last)
        if last and last != before and last.failure:
            self._warn(f"the sources could not be watched: {last.failure}")
