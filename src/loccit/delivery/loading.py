"""Loading from the command line: progress, refusals, and what came of it."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from loccit.delivery.progress import Progress, Refusals, clear_line
from loccit.filling import Loaded
from loccit.ports import EvidenceBase
from loccit.terms import LoccitError, Unfetched, UsageError
from loccit.wiring import connector_asked, load_paths, open_base, reindex

__all__ = ["add_sources", "list_offers", "reindex_base"]

TICK = 0.1
"""Seconds between two looks of the progress line; more often only costs time."""


def add_sources(named: tuple[str, ...], base: Path | None, *, local: bool, sure: bool) -> int:
    """Load what is named: paths, and what connectors are asked for. Gives the number refused.

    What is ``local`` holds in the own house; ``sure`` loads without asking the user.

    Prints each refusal and the sums. Raises ``LoccitError`` when it is interrupted, saying how to
    go on.
    """
    try:
        counts, seconds = _load(named, base, local=local, sure=sure)
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


def list_offers(named: tuple[str, ...], base: Path | None) -> int:
    """Show what connectors would load. Gives how many of ``named`` offered nothing.

    Raises ``UsageError`` for a path: what it holds is there to be seen.
    """
    from loccit.delivery.fetching import show_offers

    refused = 0
    asked = [(each, connector_asked(each)) for each in named]
    if path := next((each for each, found in asked if found is None), ""):
        raise UsageError(f"--list is for connectors, as dailymed:NAME; {path} is a path")
    for _, found in asked:
        try:
            show_offers(base, *(found or ("", "")))
        except Unfetched as error:
            refused += 1
            click.echo(f"refused: {error}", err=True)
    return refused


def _load(
    named: tuple[str, ...], base: Path | None, *, local: bool, sure: bool
) -> tuple[Counter[str], float]:
    """The sums, and the seconds that it took."""
    opened = open_base(base)
    progress, refusals = Progress(), Refusals(opened.folder)
    counts: Counter[str] = Counter()
    try:
        for each in _loaded(opened, named, base, progress, local=local, sure=sure):
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


def _loaded(
    opened: EvidenceBase,
    named: tuple[str, ...],
    base: Path | None,
    progress: Progress,
    *,
    local: bool,
    sure: bool,
) -> Iterator[Loaded]:
    """Everything that is named, in order; paths that follow each other are loaded together."""
    # All are looked at before the first is loaded: a slip in the last one costs nothing then.
    read = [(connector_asked(each), each) for each in named]
    for asked, group in groupby(read, key=lambda each: each[0]):
        if asked is None:
            paths = [Path(path) for _, path in group]
            yield from load_paths(opened, paths, progress.meter, local=local)
            continue
        from loccit.delivery.fetching import fetched

        yield from fetched(opened, base, *asked, local=local, sure=sure)


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
