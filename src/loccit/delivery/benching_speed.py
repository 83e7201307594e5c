"""Measuring speed and size from the command line: bases of several sizes, the same questions."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from loccit.delivery.progress import Line
from loccit.delivery.speed_stages import STAGES
from loccit.terms import BaseError
from loccit.wiring import EmbeddedBase, default_folder, open_base
from loccit.wiring.enlarging import enlarge, made_in

__all__ = ["COLD", "as_data", "as_table", "load", "shipped_questions", "speed_figures"]

COLD = (sys.executable, "-c", "from loccit.delivery.cli import main; main()")
"""The command as a process of its own."""
COLD_RUNS = 5
HIGH = 0.95


def shipped_questions() -> tuple[str, ...]:
    """The questions that speed is measured with."""
    text = (files("loccit.delivery") / "speed_questions.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("# "))


def load() -> float:
    """Processes that wanted a core in the last minute, for each core; 0 where it is not told."""
    if not hasattr(os, "getloadavg"):
        return 0.0
    return os.getloadavg()[0] / (os.cpu_count() or 1)


def speed_figures(
    base: Path | None, sizes: Sequence[int], keep: Path | None = None
) -> list[dict[str, Any]]:
    """The figures of every size, smallest first. Bases that are made stay in ``keep``.

    Raises ``BaseError`` where ``base`` holds nothing.
    """
    source = open_base(base)
    if not source.coverage().passages:
        raise BaseError("the base holds no sources to measure with; add some first")
    place = keep or default_folder() / "bench"
    return [_figures(_made(source, place / f"speed-{size}", size)) for size in sorted(sizes)]


def _made(source: EmbeddedBase, folder: Path, size: int) -> Path:
    """The folder of a base of that size, which is made where it is not there."""
    line = Line()
    for count in enlarge(source, folder, size):
        line.show(f"{count:,} of {size:,} passages")
    line.clear()
    return folder


def _figures(folder: Path) -> dict[str, Any]:
    questions = shipped_questions()
    before = load()
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "loccit.delivery.speed_run", str(folder)],
        input=json.dumps(questions), capture_output=True, text=True, check=True,
    )  # fmt: skip
    run = json.loads(done.stdout)
    base = EmbeddedBase(folder)
    held, (made, seconds, processor) = base.coverage(), made_in(base)
    base.close()
    return {
        "passages": held.passages,
        "documents": held.documents,
        "questions": len(questions),
        "ask_ms": _spread(run["ask"]),
        "processor_ms": _spread(run["processor"]),
        "stages_ms": {stage: _spread(run["stages"][stage]) for stage in STAGES},
        "words_alone_ms": _spread(run["words"]),
        "first_ms": round(run["first"], 1),
        "cold_ms": _cold(folder, questions[0]),
        "peak_mb": run["peak_mb"],
        "bytes": _sizes(folder),
        "indexed_a_second": round(made / seconds),
        "indexed_a_processor_second": round(made / processor),
        "load_per_core": [round(before, 1), round(load(), 1)],
    }


def _spread(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * HIGH))]
    return {"p50": round(statistics.median(ordered), 1), "p95": round(high, 1)}


def _cold(folder: Path, question: str) -> float:
    """Median milliseconds from starting the command to its end, with the files in memory."""
    times = []
    for _ in range(COLD_RUNS):
        started = time.perf_counter()
        subprocess.run(  # noqa: S603 - this very program
            [*COLD, "ask", question, "--no-keep", "--base", str(folder)],
            capture_output=True, check=False,
        )  # fmt: skip
        times.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(times), 1)


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes of what a base keeps: texts and passages, search index, vectors, all of it."""
    parts = {"store": "base.sqlite*", "index": "index/**/*", "vectors": "vectors*/**/*"}
    sizes = {name: _bytes(folder, pattern) for name, pattern in parts.items()}
    return {**sizes, "all": _bytes(folder, "**/*")}


def _bytes(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())


def as_data(figures: list[dict[str, Any]]) -> str:
    """The figures as JSON."""
    return json.dumps({"sizes": figures}, indent=2)


def as_table(figures: list[dict[str, Any]]) -> str:
    """The figures as lines to read."""
    lines = [f"{'passages':>10}{'ask p50':>10}{'p95':>8}"
             + "".join(f"{stage:>12}" for stage in STAGES)
             + f"{'cold':>8}{'memory':>9}{'disk':>10}"]  # fmt: skip
    for each in figures:
        stages = "".join(f"{each['stages_ms'][stage]['p50']:>9} ms" for stage in STAGES)
        lines.append(
            f"{each['passages']:>10,}{each['ask_ms']['p50']:>7} ms{each['ask_ms']['p95']:>8}"
            f"{stages}{each['cold_ms']:>8.0f}{each['peak_mb']:>6} MB"
            f"{each['bytes']['all'] / 1e6:>7.0f} MB"
        )
    busy = max(max(each["load_per_core"]) for each in figures)
    if busy > 1:
        lines.append(f"The machine was busy (load {busy} for each core): times are too long.")
    return "\n".join(lines)
