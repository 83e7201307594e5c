"""Fits what the words of a question count beside its meaning, on samples of the three collections.

The samples are small enough to be embedded in some minutes: every sixth subject of MedQuAD, 250
questions of BioASQ with their snippets and a twelfth of the others, half the label questions with
their passages and a fifth of the others. Even queries are fitted on, odd ones are reported. Needs
the embedding model and the sets that ``retrieval.py`` makes.

    python bench/fit_fusion.py [--data DIR] [--sets DIR] [--keep DIR] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from loccit.measuring import Query, ndcg, read_documents, read_queries, recall
from loccit.questions import telling_words
from loccit.retrieval.fusing import Fusion, fused, load_fusion, words_count
from loccit.retrieval.searching import expanded
from loccit.vocabulary import load_vocabulary
from loccit.wiring import load_documents, open_collection, open_vectors
from measured_on import machine
from retrieval import _by_meaning, _by_words

HERE = Path(__file__).parent
BIOASQ = "retrieval/bioasq_2019_2021"
ASKED = 250
APART = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
AGREED = (0.7, 0.8, 0.9, 0.93, 0.95, 1.0, 1.25, 1.5, 1000.0)
"""Up to where words count the same for every question."""
FIXED = (0.1, 0.2, 0.3, 0.4)
Ranking = Mapping[str, float]


class Asked(NamedTuple):
    """A query and what each search ranks for it."""

    query: Query
    plain: Ranking
    words: Ranking
    meaning: Ranking


def main() -> int:
    """Fit, and print the figures of the fit, of its parts and of fixed weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shared, bench = HERE.parent.parent / "shared" / "data", HERE.parent / ".bench" / "retrieval"
    parser.add_argument("--data", type=Path, default=shared, help="folder of the real sources")
    parser.add_argument("--sets", type=Path, default=bench / "sets", help="sets of retrieval.py")
    parser.add_argument("--keep", type=Path, default=bench / "samples", help="where samples stay")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    options = parser.parse_args()
    asked = dict(_searched(options.data / BIOASQ, options.sets, options.keep))
    fitted = _fit({name: each[::2] for name, each in asked.items()})
    report = _report(asked, fitted)
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


# --- the samples


def _searched(bioasq: Path, sets: Path, keep: Path) -> Iterator[tuple[str, list[Asked]]]:
    medquad = [row for row in _rows(sets / "medquad") if _one_in(6, row["title"])]
    here = {row["_id"] for row in medquad}
    consumer = [q for q in read_queries(sets / "medquad") if set(q.relevant) <= here]
    biomedical = [q for n, q in enumerate(read_queries(bioasq)) if n % 3 == 0][:ASKED]
    label = [q for n, q in enumerate(read_queries(sets / "labels")) if n % 4 in (0, 1)]
    snippets, passages = _around(bioasq, biomedical, 12), _around(sets / "labels", label, 5)
    for search, queries in (
        (_open(keep, "both", [*medquad, *snippets]), {"medquad": consumer, "bioasq": biomedical}),
        (_open(keep, "labels", passages), {"labels": label}),
    ):
        for name, some in queries.items():
            yield name, [search(query) for query in some]


def _rows(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "corpus.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def _one_in(share: int, name: str) -> bool:
    return zlib.crc32(name.encode()) % share == 0


def _around(folder: Path, queries: Sequence[Query], share: int) -> list[dict[str, Any]]:
    """What is relevant to the queries, and a share of the others."""
    relevant = {name for query in queries for name in query.relevant}
    rows = _rows(folder)
    return [row for row in rows if row["_id"] in relevant or _one_in(share, row["_id"])]


def _open(keep: Path, name: str, rows: list[dict[str, Any]]) -> Callable[[Query], Asked]:
    corpus = keep / name / "corpus.jsonl"
    corpus.parent.mkdir(parents=True, exist_ok=True)
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    base = open_collection(keep / "bases" / name)
    for _ in load_documents(base, (each.as_source(each.id) for each in read_documents(corpus))):
        pass
    vectors, vocabulary = open_vectors(base), load_vocabulary()
    for told in vectors.update():
        print(f"\r{told.done:,} of {told.of:,} passages", end="", file=sys.stderr)
    plain = _by_words(base, telling_words)
    words = _by_words(base, lambda text: expanded(telling_words(text), vocabulary))
    meaning = _by_meaning(base, vectors)
    return lambda query: Asked(query, *(each(query.text) for each in (plain, words, meaning)))


# --- the fit


def _fit(asked: Mapping[str, Sequence[Asked]]) -> Fusion:
    """The weights by which the mean of the collections is best; the first of equals."""
    tried = [replace(load_fusion(), apart=a, agreed=g) for a, g in product(APART, AGREED)]
    return max(tried, key=lambda fusion: statistics.fmean(_means(asked, _hybrid(fusion))))


def _means(asked: Mapping[str, Sequence[Asked]], system: Callable[[Asked], Ranking]) -> list[float]:
    return [_figures(each, system)["ndcg"] for each in asked.values()]


def _hybrid(fusion: Fusion) -> Callable[[Asked], Ranking]:
    def ranked(asked: Asked) -> Ranking:
        words, meaning = asked.words, asked.meaning
        return fused(words, meaning, words_count(words, meaning, fusion))

    return ranked


def _fixed(weight: float) -> Callable[[Asked], Ranking]:
    return lambda asked: fused(asked.words, asked.meaning, weight)


def _figures(asked: Sequence[Asked], system: Callable[[Asked], Ranking]) -> dict[str, float]:
    ranked = [(list(system(each)), each.query.relevant) for each in asked]
    return {
        "queries": len(ranked),
        "ndcg": round(statistics.fmean(ndcg(found, right, 10) for found, right in ranked), 4),
        "recall": round(statistics.fmean(recall(found, right, 100) for found, right in ranked), 4),
    }


def _report(asked: Mapping[str, Sequence[Asked]], fitted: Fusion) -> dict[str, Any]:
    systems: dict[str, Callable[[Asked], Ranking]] = {
        "BM25F (bm25)": lambda each: each.plain,
        "BM25F, names added": lambda each: each.words,
        "MiniLM (dense)": lambda each: each.meaning,
        **{f"one weight, {weight}": _fixed(weight) for weight in FIXED},
        "as far as they agree (hybrid)": _hybrid(load_fusion()),
        "as fitted now": _hybrid(fitted),
    }
    return {
        "machine": machine(),
        "fitted": {"apart": fitted.apart, "agreed": fitted.agreed},
        "sets": {
            name: {
                system: {
                    "tuned on": _figures(each[::2], ranked),
                    "reported": _figures(each[1::2], ranked),
                    "all": _figures(each, ranked),
                }
                for system, ranked in systems.items()
            }
            for name, each in asked.items()
        },
    }


if __name__ == "__main__":
    sys.exit(main())
