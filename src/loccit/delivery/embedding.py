"""Embedding the base's passages from the command line: progress, rate, what is left."""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import click

from loccit.terms import Embedded, LoccitError
from loccit.wiring import open_base, open_vectors

__all__ = ["embed_base", "progress_line"]

TICK = 0.5
"""Seconds between two looks of the progress line on a terminal."""
REPORT = 60.0
"""Seconds between two lines where the output is kept in a file."""
POLITE = 10
"""How far it steps back behind other work of this machine (``nice``)."""


def embed_base(base: Path | None, threads: int) -> str:
    """Embed what has no vector yet; says what was done.

    Raises ``ModelError`` where there is no model, and ``LoccitError`` when it is interrupted; that
    says how to go on.
    """
    vectors = open_vectors(open_base(base), threads=threads)
    if hasattr(os, "nice"):  # not on every system
        os.nice(POLITE)
    started = told = time.monotonic()
    last = Embedded(done=0, of=0, made=0)
    try:
        for last in vectors.update():
            now = time.monotonic()
            if now - told > (TICK if sys.stderr.isatty() else REPORT):
                told = now
                _show(progress_line(last, now - started))
    except KeyboardInterrupt:
        _show("")
        raise LoccitError(
            f"stopped after {last.done:,} of {last.of:,} passages; run the same command again, "
            "and it goes on where it stopped"
        ) from None
    _show("")
    seconds = time.monotonic() - started
    shared = f", {last.done - last.made:,} share another's" if last.done > last.made else ""
    return f"embedded {last.done:,} passages in {seconds:.0f} s{shared}; none is left"


def progress_line(embedded: Embedded, seconds: float) -> str:
    """How far it is, how fast, and about how long it will take."""
    rate = embedded.done / max(seconds, TICK)
    left = timedelta(seconds=round((embedded.of - embedded.done) / max(rate, 0.01)))
    share = embedded.done / embedded.of
    return (
        f"{embedded.done:,} of {embedded.of:,} passages ({share:.0%}), "
        f"{rate:,.0f} passages/s, about {left} left"
    )


def _show(line: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[2K{line}", nl=False, err=True)
    elif line:
        click.echo(line, err=True)
