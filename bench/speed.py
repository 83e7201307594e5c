"""Measures speed and size on bases of several sizes, beside peers on the same passages.

``python bench/speed.py [--base DIR] [--passages N ...] [--keep DIR] [--json FILE] [--plot FILE]``:
what ``loccit bench speed`` measures, and in the same run, for each size, the 100 best passages for
the same questions by Tantivy alone, by ``bm25s``, and of vectors by our scan and by numpy over all
of them. ``bm25s`` is no part of this project: without it its row is absent. The vectors are drawn
at random around as many centres as there are documents, since time does not depend on what they
say: all of them are compared.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from loccit.backends import vector_scan
from loccit.backends.tantivy_index import TantivyIndex
from loccit.backends.vector_files import KEY, Mapped, quantised, signs_of
from loccit.delivery.benching_speed import as_table, shipped_questions, speed_figures
from loccit.terms import SearchRequest
from loccit.vocabulary.lexicon import folded_words
from loccit.wiring import open_collection
from measured_on import machine
from plotting import of_sizes

HERE = Path(__file__).parent
SIZES = (10_000, 200_000, 2_000_000)
DEPTH = 100
DIMENSIONS = 384
NUMPY_MOST = 400_000
"""Vectors of four bytes a number that fit beside everything else; more are compared in turns."""
Times = dict[str, float]


def main() -> None:
    options = _options()
    sizes = tuple(options.passages or SIZES)
    figures = speed_figures(options.base, sizes, options.keep)
    for size, row in zip(sorted(sizes), figures, strict=True):
        row["peers"] = peers(options.keep / f"speed-{size}", shipped_questions())
    print(as_table(figures))
    report = {"machine": machine(), "sizes": figures}
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    if options.plot:
        options.plot.write_text(of_sizes(report), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", type=Path, default=HERE.parent / ".bench")
    parser.add_argument("--passages", type=int, nargs="*")
    parser.add_argument("--keep", type=Path, default=HERE.parent / ".bench-speed")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    return parser.parse_args()


def peers(folder: Path, questions: Sequence[str]) -> dict[str, dict[str, Times]]:
    """Milliseconds of each way to find the best hundred, and of the processor."""
    with closing(open_collection(folder)) as base:
        rows = base.searched_rows()
        found = {"tantivy": _timed(_tantivy(folder), questions)}
        if search := _bm25s(base, rows):
            found["bm25s"] = _timed(search, questions)
    mapped, floats = _vectors(len(rows))
    asked = np.random.default_rng(1).standard_normal((len(questions), DIMENSIONS), np.float32)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    found["vectors"] = _timed(lambda q: vector_scan.nearest(mapped, q, DEPTH), list(asked))
    found["numpy"] = _timed(lambda q: _numpy(floats, len(rows), q), list(asked[:20]))
    return found


def _timed(search: Callable[[Any], Any], asked: Sequence[Any]) -> dict[str, Times]:
    search(asked[0])
    wall, used = [], []
    for each in asked:
        started, before = time.perf_counter(), time.process_time()
        search(each)
        wall.append((time.perf_counter() - started) * 1000)
        used.append((time.process_time() - before) * 1000)
    return {"ms": _spread(wall), "processor_ms": _spread(used)}


def _spread(values: list[float]) -> Times:
    ordered = sorted(values)
    high = ordered[int(len(ordered) * 0.95)]
    return {"p50": round(statistics.median(ordered), 2), "p95": round(high, 2)}


def _tantivy(folder: Path) -> Callable[[str], Any]:
    index = TantivyIndex(folder / "index")
    return lambda question: index.search(SearchRequest(words=question, limit=DEPTH))


def _bm25s(base: Any, rows: list[int]) -> Callable[[str], Any] | None:
    """bm25s over the words of the same passages, as its documentation has it; numpy alone."""
    try:
        import bm25s  # noqa: PLC0415 - may be absent
    except ImportError:
        return None
    ids: dict[str, int] = {}
    tokens = [
        [ids.setdefault(word, len(ids)) for word in folded_words(text)]
        for text in _texts(base, rows)
    ]
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenization.Tokenized(ids=tokens, vocab=ids), show_progress=False)
    del tokens

    def search(question: str) -> Any:
        known = [[word for word in folded_words(question) if word in ids]]
        return retriever.retrieve(known, k=DEPTH, show_progress=False)

    return search


def _texts(base: Any, rows: list[int]) -> Iterator[str]:
    for start in range(0, len(rows), 1000):
        some = rows[start : start + 1000]
        records = base.records(some)
        yield from (records[row].passage.text for row in some)


def _vectors(count: int) -> tuple[Mapped, np.ndarray]:
    """So many vectors in our form, and the first of them as numbers of four bytes."""
    drawn = np.random.default_rng(0)
    centres = drawn.standard_normal((max(1, count // 100), DIMENSIONS), np.float32)
    rows = np.empty((count, DIMENSIONS), np.int8)
    signs, keys = [], np.zeros(count, KEY)
    keys["row"] = np.arange(count)
    floats = np.empty((min(count, NUMPY_MOST), DIMENSIONS), np.float32)
    for start in range(0, count, 20_000):
        near = centres[np.arange(start, min(start + 20_000, count)) // 100 % len(centres)]
        some = near + drawn.standard_normal(near.shape, np.float32)
        some /= np.linalg.norm(some, axis=1, keepdims=True)
        part, scale = quantised(some)
        rows[start : start + len(part)] = part
        signs.append(signs_of(part))
        keys["scale"][start : start + len(part)] = scale
        room = len(floats) - start
        if room > 0:
            floats[start : start + len(some)] = some[:room]
    return Mapped(keys, rows, np.concatenate(signs)), floats


def _numpy(floats: np.ndarray, count: int, question: np.ndarray) -> Any:
    """The best hundred by comparing with every vector, in turns over those that fit."""
    found = [floats[: count - start] @ question for start in range(0, count, len(floats))]
    every = np.concatenate(found)
    best = np.argpartition(-every, DEPTH)[:DEPTH]
    return best[np.argsort(-every[best])]


if __name__ == "__main__":
    main()
