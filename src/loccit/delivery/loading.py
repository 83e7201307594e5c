"""Loading from the command line: progress, refusals, and what came of it."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import click

from loccit.delivery.progress import Progress, Refusals, clear_line
from loccit.terms import LoccitError
from loccit.wiring import load_paths, open_base, reindex

__all__ = ["add_paths", "reindex_base"]

TICK = 0.1
"""Seconds between two looks of the progress line; more often only costs time."""


def add_paths(paths: tuple[str, ...], base: Path | None, *, local: bool = False) -> int:
    """Load what is at ``paths``, as sources of the own house where ``local``.

    Prints each refusal and the sums; gives the number refused.

    Raises ``LoccitError`` when it is interrupted, saying how to go on.
    """
    try:
        counts, seconds = _load(paths, base, local=local)
    except KeyboardInterrupt:
        clear_line()
        raise LoccitError(
            "stopped; run the same command again, and it goes on where it stopped"
        ) from None
    clear_line()
    click.echo(
        f"added {counts['documents']} documents with {counts['passages']} passages "
        f"in {seconds:.1f} s; {counts['known']} known already; {counts['refused']} refused"
    )
    return counts["refused"]


def _load(paths: tuple[str, ...], base: Path | None, *, local: bool) -> tuple[Counter[str], float]:
    """The sums, and the seconds that it took."""
    opened = open_base(base)
    progress, refusals = Progress(), Refusals(opened.folder)
    counts: Counter[str] = Counter()
    try:
        found = load_paths(opened, [*map(Path, paths)], progress.meter, local=local)
        for each in found:
            if each.refused:
                counts["refused"] += 1
                refusals.add(each.refused)
            elif each.known:
                counts["known"] += 1
            else:
                counts["documents"] += 1
                counts["passages"] += each.passages
            progress.show(counts)
    finally:
        clear_line()
        refusals.finish()
    return counts, progress.seconds


def reindex_base(base: Path | None) -> str:
    """Describe all sources of the base anew; says how many."""
    opened = open_base(base)
    counts: Counter[str] = Counter()
    started = time.monotonic()
    for each in reindex(opened):
        counts["documents"] += 1
        counts["passages"] += each.passages
        _progress(counts, time.monotonic() - started)
    clear_line()
    return f"described {counts['documents']} sources anew"


def _progress(counts: Counter[str], seconds: float) -> None:
    if sys.stderr.isatty():
        read = counts["documents"] + counts["known"]
        rate = counts["passages"] / max(seconds, TICK)
        click.echo(
            f"\r{read} documents, {counts['passages']} passages, {rate:.0f} passages/s ",
            nl=False,
            err=True,
        )
