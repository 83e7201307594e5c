"""How long it takes to hold a claim against a passage, beside one pass of a small transformer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from loccit.measuring import ClaimRow
from loccit.ports import Embedder
from loccit.wiring import make_judge

__all__ = ["Unread", "seconds_each"]

Run = Callable[[Sequence[ClaimRow]], None]
PAIRS = 400
"""Pairs of a set that are timed."""
CHUNK = 50
"""Pairs between two looks at the clock: few enough that what was read of them is remembered."""


class Unread:
    """Rows whose claim and evidence nothing in this process has read before."""

    def __init__(self) -> None:
        self._read: set[str] = set()

    def of(self, rows: Iterable[ClaimRow]) -> Iterator[ClaimRow]:
        """Those of the rows that share no text with one given out before."""
        for row in rows:
            if row.claim not in self._read and row.evidence not in self._read:
                self._read.update((row.claim, row.evidence))
                yield row


def seconds_each(
    rows: Iterable[ClaimRow], unread: Unread, embedders: dict[str, Embedder]
) -> dict[str, Any]:
    """Seconds of one core that a pair takes: first read, read before, and by each embedder.

    The first chunk is for getting under way and is not counted. A cross-encoder reads claim and
    evidence joined, so an embedder of its size is given them joined; its window cuts long ones.
    """
    fresh = list(islice(unread.of(rows), PAIRS + CHUNK))
    judge = make_judge()

    def judged(chunk: Sequence[ClaimRow]) -> None:
        for row in chunk:
            judge(row)

    timed: dict[str, Run] = {"cold": judged, "warm": judged}
    timed |= {form: _passes_of(embedder) for form, embedder in embedders.items()}
    seconds = dict.fromkeys(timed, 0.0)
    for start in range(0, len(fresh), CHUNK):
        for name, run in timed.items():
            taken = _seconds(run, fresh[start : start + CHUNK])
            seconds[name] += taken if start else 0.0
    pairs = max(len(fresh) - CHUNK, 0)
    return {"pairs": pairs, **{name: taken / max(pairs, 1) for name, taken in seconds.items()}}


def _passes_of(embedder: Embedder) -> Run:
    def passes(chunk: Sequence[ClaimRow]) -> None:
        embedder.embed([f"{row.claim}\n{row.evidence}" for row in chunk])

    return passes


def _seconds(run: Run, chunk: Sequence[ClaimRow]) -> float:
    started = time.process_time()
    run(chunk)
    return time.process_time() - started
