"""An update of vectors that kills itself: ``python embedding_killed.py FOLDER STEP``."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing
from pathlib import Path

from loccit.backends import vector_files
from loccit.backends.embedded import EmbeddedBase
from loccit.backends.embedded_vectors import EmbeddedVectors
from loccit.testing import described, small_document
from loccit.testing.embedding import HashedWords

WORKS = 110
STEPS = ("before rows", "before signs", "before keys", "after keys")
"""Where in the second batch it dies: before or after a part of it is on the disk."""


def prepare(folder: Path) -> int:
    """A base without vectors; how many passages it holds."""
    with closing(EmbeddedBase(folder)) as base:
        for number in range(WORKS):
            base.add(described(small_document(f"drug {number}")))
        base.settle()
    return 2 * WORKS


def main(folder: str, step: str) -> None:
    side, part = step.split()
    calls = 0
    synced = os.fsync

    def dying(file: int) -> None:
        nonlocal calls
        synced_part = Path(f"/proc/self/fd/{file}").readlink().suffix.lstrip(".")
        calls += synced_part == part
        die = calls == 2 and synced_part == part
        if die and side == "before":
            os.ftruncate(file, os.fstat(file).st_size - 7)  # what was not yet on the disk
            os.kill(os.getpid(), signal.SIGKILL)
        synced(file)
        if die:
            os.kill(os.getpid(), signal.SIGKILL)

    vector_files.os.fsync = dying
    base = EmbeddedBase(Path(folder))
    list(EmbeddedVectors(base, HashedWords()).update())


if __name__ == "__main__":
    main(*sys.argv[1:])
