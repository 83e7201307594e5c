"""Measures when comparing signs first pays, and what it misses.

Over the vectors of a base: of the 100 nearest to each question of ``questions.yaml``, the share
that is found when signs come first; and the processor time of both ways, also over the same vectors
several times over, since time does not depend on what they say.

    python bench/vector_scan.py --base DIR
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

from loccit.backends import vector_scan
from loccit.backends.embedded_vectors import folder_of
from loccit.backends.vector_files import Mapped, VectorFiles
from loccit.index import FORM
from loccit.wiring import open_embedder

HERE = Path(__file__).parent
WANTED, TRIES = 100, 7
SIZES = (50_000, 100_000, 225_000, 1_000_000)


def main() -> int:
    """Print the share found and the times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", type=Path, required=True, help="a base with vectors")
    base = parser.parse_args().base
    embedder = open_embedder()
    name = f"{embedder.name}/{FORM}"
    files = VectorFiles(folder_of(base, name), embedder=name, dimensions=embedder.dimensions)
    mapped = files.mapped()
    asked = yaml.safe_load((HERE / "questions.yaml").read_text(encoding="utf-8"))
    questions = list(embedder.embed_questions([each["question"] for each in asked]))
    shares = [_share(mapped, question) for question in questions]
    print(f"{len(mapped):,} vectors, {len(shares)} questions: of the {WANTED} nearest")
    print(f"{statistics.fmean(shares):.4f} are found by signs, {min(shares):.2f} at worst")
    for many in _enlarged(mapped):
        every, signs = (_cost(many, questions, start) for start in (len(many) + 1, 0))
        print(f"{len(many):,} vectors: all {every:.1f} ms, signs first {signs:.1f} ms")
    return 0


def _share(mapped: Mapped, question: np.ndarray) -> float:
    exact = _nearest(mapped, question, len(mapped) + 1)
    return len(exact & _nearest(mapped, question, 0)) / len(exact)


def _nearest(mapped: Mapped, question: np.ndarray, signs_from: int) -> set[int]:
    vector_scan.SIGNS_FROM = signs_from
    return set(vector_scan.nearest(mapped, question, WANTED)[0].tolist())


def _enlarged(mapped: Mapped) -> Iterator[Mapped]:
    for size in SIZES:
        places = np.arange(size) % len(mapped)
        yield Mapped(mapped.keys[places], mapped.rows[places], mapped.signs[places])


def _cost(mapped: Mapped, questions: list[np.ndarray], signs_from: int) -> float:
    """Median processor time of a question, in milliseconds."""
    times = []
    for question in questions[:TRIES]:
        started = time.process_time()
        _nearest(mapped, question, signs_from)
        times.append((time.process_time() - started) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
