"""Fits how a search by words and one by meaning are made one, on the collections' even queries.

Takes the collections that ``retrieval.py`` made, with their vectors; run it first. Two numbers tell
what the words count for each question; they are fitted on all even queries. Two more tell how many
sources at the top are read token by token and what that counts; they are fitted on some of these,
since each reading takes a while. Odd queries are not looked at.

    python bench/fit_fusion.py [--data DIR] [--base DIR] [--keep DIR] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product
from pathlib import Path
from typing import Any, NamedTuple

from loccit.measuring import Query, ndcg, read_queries
from loccit.questions import telling_words
from loccit.retrieval.fusing import Fusion, fused, load_fusion, reread, words_count
from loccit.retrieval.searching import Searcher, expanded
from loccit.vocabulary import load_vocabulary
from loccit.wiring import open_base, open_collection, open_vectors
from measured_on import machine
from retrieval import _by_meaning, _by_words, _spread
from retrieval_sets import make_sets

HERE = Path(__file__).parent
APART = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
AGREED = (0.8, 0.93, 1.0, 1.25, 1.5, 2.0, 3.0, 1000.0)
"""The last: words count the same for every question."""
READ = (8, 12, 16, 24, 32)
CLOSENESS = (0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 2.0)
NEAR = 0.002
"""What a shorter wait may cost: each source that is read takes some ten milliseconds."""
SOME = 100
"""Even queries of each collection whose first sources are read."""
Ranking = Mapping[str, float]


class Asked(NamedTuple):
    """A query, and what each search ranks for it."""

    query: Query
    words: Ranking
    meaning: Ranking


class Read(NamedTuple):
    """A query, what both searches rank together, and how close the first of these come."""

    query: Query
    ranking: Ranking
    close: Ranking


def main() -> int:
    """Fit, and print what each of the weights tried gives."""
    options = _options()
    sets = make_sets(open_base(options.base), options.data, options.keep / "sets")
    folders = {each.name: options.keep / "bases" / each.name for each in sets}
    queries = {each.name: read_queries(each.folder)[::2] for each in sets}
    asked = {name: _asked(folders[name], queries[name]) for name in folders}
    report = {"machine": machine(), "fusion": _fused_best(asked)}
    read = {name: _read(folders[name], _spread(queries[name], SOME)) for name in folders}
    report["reading"] = _read_best(read)
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shared, bench = HERE.parent.parent / "shared" / "data", HERE.parent / ".bench"
    parser.add_argument("--data", type=Path, default=shared, help="folder of the real sources")
    parser.add_argument("--base", type=Path, default=bench, help="evidence base")
    parser.add_argument(
        "--keep", type=Path, default=bench / "retrieval", help="where sets and vectors stay"
    )
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    return parser.parse_args()


def _asked(folder: Path, queries: Sequence[Query]) -> list[Asked]:
    base, vocabulary = open_collection(folder), load_vocabulary()
    words = _by_words(base, lambda text: expanded(telling_words(text), vocabulary))
    meaning = _by_meaning(base, open_vectors(base))
    return [Asked(each, words(each.text), meaning(each.text)) for each in queries]


def _read(folder: Path, queries: Sequence[Query]) -> list[Read]:
    base = open_collection(folder)
    searcher = Searcher(base, load_vocabulary(), open_vectors(base), telling=telling_words)
    return [Read(each, *searcher.read(each.text, max(READ))) for each in queries]  # type: ignore[arg-type]


def _fused_best(asked: Mapping[str, Sequence[Asked]]) -> dict[str, Any]:
    """The two numbers by which the mean of the collections is best; the first of equals."""
    tried = [
        (fusion, {name: _ndcg_of(each, fusion) for name, each in asked.items()})
        for fusion in (
            replace(load_fusion(), apart=apart, agreed=agreed)
            for apart, agreed in product(APART, AGREED)
        )
    ]
    best, _ = max(tried, key=lambda each: statistics.fmean(each[1].values()))
    rows = [{"apart": fusion.apart, "agreed": fusion.agreed, **told} for fusion, told in tried]
    return {"fitted": {"apart": best.apart, "agreed": best.agreed}, "tried": rows}


def _ndcg_of(asked: Sequence[Asked], fusion: Fusion) -> float:
    return _mean(
        (each.query, fused(each.words, each.meaning, words_count(each.words, each.meaning, fusion)))
        for each in asked
    )


def _read_best(read: Mapping[str, Sequence[Read]]) -> dict[str, Any]:
    """How many to read and what it counts: the fewest within ``NEAR`` of the best mean."""
    tried = [
        (count, counts, {name: _ndcg_read(each, count, counts) for name, each in read.items()})
        for count, counts in ((0, 0.0), *product(READ, CLOSENESS))
    ]
    means = [statistics.fmean(told.values()) for _, _, told in tried]
    good = [each for each, mean in zip(tried, means, strict=True) if mean >= max(means) - NEAR]
    fewest = [each for each in good if each[0] == good[0][0]]
    count, counts, _ = max(fewest, key=lambda each: statistics.fmean(each[2].values()))
    rows = [{"reread": many, "closeness": weight, **told} for many, weight, told in tried]
    return {"fitted": {"reread": count, "closeness": counts}, "tried": rows}


def _ndcg_read(read: Sequence[Read], count: int, counts: float) -> float:
    def ranked(each: Read) -> Ranking:
        first = [name for name in islice(each.ranking, count) if name in each.close]
        return reread(each.ranking, {name: each.close[name] for name in first}, counts)

    return _mean((each.query, ranked(each)) for each in read)


def _mean(found: Iterable[tuple[Query, Ranking]]) -> float:
    return round(statistics.fmean(ndcg(list(r), q.relevant, 10) for q, r in found), 4)


if __name__ == "__main__":
    sys.exit(main())
