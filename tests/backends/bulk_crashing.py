"""A load that ends itself: ``python bulk_crashing.py FOLDER FILES SIGNAL STEP COUNT``.

Runs ``loccit add`` with small pieces and two processes; when the named method is called for the
COUNTth time, before or after the call, the process sends itself the signal.
"""

from __future__ import annotations

import os
import signal
import sys

from loccit.backends import bulk_loading, embedded
from loccit.backends.embedded import EmbeddedBase
from loccit.backends.reading_processes import ReadingProcesses
from loccit.backends.sqlite_store import SqliteStore
from loccit.backends.tantivy_index import TantivyIndex
from loccit.delivery.cli import main as loccit
from loccit.sources import pieces

PARTS = {
    "base": EmbeddedBase,
    "store": SqliteStore,
    "index": TantivyIndex,
    "processes": ReadingProcesses,
}


def small() -> None:
    """Little to read is much: pieces of some ten citations, a commit for each few."""
    pieces.PIECE_BYTES, pieces.READ = 6000, 2000
    bulk_loading.FEW_BYTES = 5000
    embedded.BATCH = 60


def die_at(step: str, count: int, number: int) -> None:
    side, part, name = step.split(":")
    owner = PARTS[part]
    original = getattr(owner, name)
    calls = 0

    def dying(self, *values, **named):
        nonlocal calls
        calls += 1
        if side == "before" and calls == count:
            os.kill(os.getpid(), number)
        result = original(self, *values, **named)
        if side == "after" and calls == count:
            os.kill(os.getpid(), number)
        return result

    setattr(owner, name, dying)


def run(folder: str, files: str, number: str, step: str, count: str) -> None:
    small()
    os.sched_getaffinity = lambda _: {0, 1}  # two cores, whatever the machine has
    if step:
        die_at(step, int(count), signal.Signals[number])
    sys.argv = ["loccit", "add", *files.split("|"), "--base", folder]
    loccit()


if __name__ == "__main__":
    run(*sys.argv[1:])
