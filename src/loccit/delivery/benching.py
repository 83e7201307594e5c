"""Measuring from the command line: a claim set is read, judged row by row, and summed."""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from loccit.measuring import ClaimRow, Confusion, Label, label_of, read_rows
from loccit.terms import NothingToRead, SourceError, Unreadable
from loccit.wiring import Judge, make_judge

__all__ = ["ClaimSums", "as_data", "as_table", "claim_sums"]

TICK = 0.1
"""Seconds between two looks of the progress line."""
DIGITS = 4


@dataclass(slots=True)
class ClaimSums:
    """What came of a claim set: all rows, the rows of each kind, and how many were refused."""

    total: Confusion = field(default_factory=Confusion)
    kinds: defaultdict[str, Confusion] = field(default_factory=lambda: defaultdict(Confusion))
    refused: int = 0

    def add(self, row: ClaimRow, answer: Label) -> None:
        """Count the answer to a row."""
        self.total.add(row.label, answer)
        if row.kind:
            self.kinds[row.kind].add(row.label, answer)

    def fault(self, claims: Path) -> SourceError | None:
        """Why the sums are not those of a whole set, if they are not."""
        rows = self.total.n + self.refused
        if not rows:
            return NothingToRead("holds no rows", where=str(claims), cure="give a claim set")
        if self.refused:
            cause = f"{self.refused} of {rows} rows could not be read"
            return Unreadable(cause, where=str(claims), cure="mend them, or leave them out")
        return None


def claim_sums(claims: Path) -> ClaimSums:
    """Judge every row of the file; each refusal is told in a line. Holds one row at a time."""
    sums, judge = ClaimSums(), make_judge()
    started = last = time.monotonic()
    with claims.open("rb") as stream:
        for row in read_rows(stream, str(claims)):
            _count(row, sums, judge)
            if time.monotonic() - last > TICK:
                last = time.monotonic()
                _progress(sums, last - started)
    _clear_line()
    return sums


def _count(row: ClaimRow | SourceError, sums: ClaimSums, judge: Judge) -> None:
    if isinstance(row, SourceError):
        sums.refused += 1
        _clear_line()
        click.echo(f"refused: {row}", err=True)
    else:
        sums.add(row, label_of(judge(row)))


def as_data(sums: ClaimSums) -> str:
    """The sums as JSON, in the shape of the command contract."""
    total = sums.total
    data: dict[str, Any] = {
        "n": total.n,
        "macro_f1": round(total.macro_f1, DIGITS),
        "labels": {
            str(label): {
                "precision": round(total.precision(label), DIGITS),
                "recall": round(total.recall(label), DIGITS),
            }
            for label in _present(total)
        },
        "kinds": {
            kind: {"n": held.n, "correct": held.correct}
            for kind, held in sorted(sums.kinds.items())
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_table(sums: ClaimSums) -> str:
    """The sums as lines to read."""
    return "\n".join(_lines(sums))


def _lines(sums: ClaimSums) -> Iterator[str]:
    total = sums.total
    yield f"{total.n:,} claims; macro-F1 {total.macro_f1:.3f} over the labels present"
    yield ""
    yield f"{'label':<12}{'claims':>8}{'precision':>11}{'recall':>9}{'F1':>8}"
    for label in _present(total):
        shares = (
            f"{total.precision(label):>11.3f}{total.recall(label):>9.3f}{total.f1(label):>8.3f}"
        )
        yield f"{label:<12}{total.of(label):>8,}{shares}"
    if sums.kinds:
        wide = max(12, *(len(kind) + 2 for kind in sums.kinds))
        yield ""
        yield f"{'kind':<{wide}}{'claims':>8}{'correct':>10}{'share':>8}"
        for kind, held in sorted(sums.kinds.items()):
            share = held.correct / held.n
            yield f"{kind:<{wide}}{held.n:>8,}{held.correct:>10,}{share:>8.1%}"


def _present(total: Confusion) -> list[Label]:
    return [label for label in Label if label in total.labels]


def _progress(sums: ClaimSums, seconds: float) -> None:
    if sys.stderr.isatty():
        rows = sums.total.n + sums.refused
        rate = rows / max(seconds, TICK)
        click.echo(f"\r{rows:,} rows, {rate:,.0f} rows/s ", nl=False, err=True)


def _clear_line() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)
