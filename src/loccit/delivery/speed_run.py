"""Asks the questions of a speed run in a process of its own, so that its memory is its own.

``python -m loccit.delivery.speed_run FOLDER`` reads a list of questions as JSON from its standard
input and writes what each took, as JSON, to its standard output.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from loccit.delivery.collecting import collect_seldom
from loccit.delivery.speed_stages import STAGES, Stopwatch, WatchedEngine
from loccit.terms import SearchRequest
from loccit.wiring import open_collection, vocabulary_of

__all__ = ["asked"]

DEPTH = 100
"""Passages that a search by words alone is asked for."""


def asked(folder: Path, questions: Sequence[str]) -> dict[str, Any]:
    """Milliseconds of every question: all of it, each stage, the search by words alone.

    ``first`` is the first question of all, asked of an engine that was just made.
    """
    base = open_collection(folder)
    engine = WatchedEngine(base, vocabulary_of(base), Stopwatch())
    first = _one(engine, questions[0])
    collect_seldom()  # as `loccit serve` does
    rows = [_one(engine, each) for each in questions]
    words = [_timed(lambda q=each: base.search(SearchRequest(words=q, limit=DEPTH)))
             for each in questions]  # fmt: skip
    return {
        "ask": [row["ask"] for row in rows],
        "processor": [row["processor"] for row in rows],
        "stages": {stage: [row.get(stage, 0.0) for row in rows] for stage in STAGES},
        "first": first["ask"],
        "words": words,
        "peak_mb": _peak_mb(),
    }


def _one(engine: WatchedEngine, question: str) -> dict[str, float]:
    started, used = time.perf_counter(), time.process_time()
    engine.published(question)
    row = {stage: seconds * 1000 for stage, seconds in engine.watch.taken().items()}
    row["ask"] = (time.perf_counter() - started) * 1000
    row["processor"] = (time.process_time() - used) * 1000
    return row


def _timed(search: Any) -> float:
    started = time.perf_counter()
    search()
    return (time.perf_counter() - started) * 1000


def _peak_mb() -> int:
    """The most memory this process has held, where the system tells."""
    try:
        import resource
    except ImportError:  # Windows has no such module
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Serve one run."""
    print(json.dumps(asked(Path(sys.argv[1]), json.load(sys.stdin))))  # noqa: T201


if __name__ == "__main__":
    main()
