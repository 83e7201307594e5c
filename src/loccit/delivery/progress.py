"""What is seen while sources are loaded: a line that moves, refusals, and their report."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TextIO

import click

from loccit.terms import SourceError
from loccit.wiring import make_meter

__all__ = ["Line", "Progress", "Refusals", "clear_line"]

TICK = 0.1
"""Seconds between two looks of the line; more often only costs time."""
BAR = 24
"""Characters of the bar."""
SURE_SECONDS = 2.0
"""Before that no estimate is given."""
SHOWN = 20
"""Refusals told line by line; what comes after is in the report."""
REPORT = "refused.tsv"


class Progress:
    """A line on a terminal: how far, how many, how fast, how long yet. Elsewhere nothing."""

    def __init__(self) -> None:
        self.meter = make_meter()
        self._started = self._last = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._started

    def show(self, counts: Counter[str]) -> None:
        """Draw the line anew, where it is time to."""
        now = time.monotonic()
        if now - self._last < TICK or not sys.stderr.isatty():
            return
        self._last = now
        line = progress_line(counts, now - self._started, self.meter.share)
        click.echo(f"\r\x1b[2K{line}", nl=False, err=True)


def progress_line(counts: Counter[str], seconds: float, share: float) -> str:
    """The line: a bar, the share of the bytes, documents, passages, their rates, an estimate."""
    read = counts["documents"] + counts["known"] + counts["refused"]
    full = int(BAR * share)
    parts = (
        f"[{'#' * full}{'.' * (BAR - full)}] {share:4.0%}",
        f"{read:,} records ({read / max(seconds, TICK):,.0f}/s)",
        f"{counts['passages']:,} passages",
        _left(seconds, share),
    )
    return "  ".join(filter(None, parts))


def _left(seconds: float, share: float) -> str:
    if seconds < SURE_SECONDS or not 0 < share < 1:
        return ""
    left = seconds * (1 - share) / share
    return f"about {left / 60:.0f} min left" if left > 90 else f"about {left:.0f} s left"  # noqa: PLR2004


class Refusals:
    """Tells the first refusals, counts all by their cause, and writes each to a report."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / REPORT
        self._file: TextIO | None = None
        self._causes: Counter[str] = Counter()

    @property
    def count(self) -> int:
        """All of them."""
        return self._causes.total()

    def add(self, error: SourceError) -> None:
        """One more."""
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8", errors="replace")
            self._file.write("source\tplace\tkind\tcause\tcure\n")
        kind = type(error).__name__
        cells = (error.where, error.place, kind, error.cause, error.cure)
        self._file.write("\t".join(" ".join(cell.split()) for cell in cells) + "\n")
        self._causes[error.cause] += 1
        if self.count <= SHOWN:
            clear_line()
            click.echo(f"refused: {error}", err=True)

    def finish(self) -> None:
        """Say what was not told line by line, and where it all stands."""
        if self._file is None:
            self.path.unlink(missing_ok=True)
            return
        self._file.close()
        if self.count > SHOWN:
            click.echo(f"refused: {self.count:,} in all, of which", err=True)
            for cause, count in self._causes.most_common():
                click.echo(f"  {count:,} {cause}", err=True)
        click.echo(f"what was refused stands in {self.path}", err=True)


def clear_line() -> None:
    """Take the line away."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)


class Line:
    """A line on the terminal that takes the place of the one before; nothing elsewhere."""

    def __init__(self) -> None:
        self._shown = 0.0

    def show(self, words: str) -> None:
        """Show these words, unless others were shown a moment ago."""
        if sys.stderr.isatty() and time.monotonic() - self._shown >= TICK:
            self._shown = time.monotonic()
            click.echo(f"\r\x1b[2K{words}", nl=False, err=True)

    def clear(self) -> None:
        """Leave nothing on the line."""
        if sys.stderr.isatty():
            click.echo("\r\x1b[2K", nl=False, err=True)
