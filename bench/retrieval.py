"""Measures the search on three collections, part by part.

Even queries are those that fusion was fitted on, odd ones are reported. Needs the embedding model;
``bm25s``, where installed, is run as a peer would.

    python bench/retrieval.py [--data DIR] [--base DIR] [--keep DIR] [--only NAME] [--most N]
        [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from loccit.backends.embedded_vectors import EmbeddedVectors
from loccit.backends.tantivy_index import FIELD_BOOSTS
from loccit.backends.vector_scan import nearest
from loccit.measuring import Query, ndcg, read_documents, read_queries, recall
from loccit.questions import telling_words
from loccit.retrieval import Searcher
from loccit.retrieval.fusing import fused, load_fusion, words_count
from loccit.retrieval.searching import expanded
from loccit.terms import ModelError, SearchRequest, SourceDocument
from loccit.vocabulary import load_vocabulary
from loccit.wiring import EmbeddedBase, load_documents, open_base, open_collection, open_vectors
from measured_on import machine
from retrieval_sets import Collection, make_sets

HERE = Path(__file__).parent
DEPTH = load_fusion().depth
FIELDS = load_fusion().fields
PLAIN = (("text", 1.0), ("title", 1.0))
PLAINLY, BM25F = "BM25 over title and text", "BM25F (bm25)"
ASKS = "BM25F as an answer weighs its fields"
EXPANDED = "BM25F, names of the vocabulary added"
WEIGHTS = (0.2, 0.3, 0.4, 0.5)
FIXED = 0.3
"""What the words counted before it was told for each question."""
RRF = 60
"""The constant of reciprocal-rank fusion, as its authors and most engines have it."""
Ranking = Mapping[str, float]
Search = Callable[[str], Ranking]


class Figures(NamedTuple):
    """Mean nDCG@10 and recall@100 over some queries."""

    ndcg: float
    recall: float


def main() -> int:
    """Measure each collection and print its table."""
    options = _options()
    if not options.data.is_dir():
        print(f"no sources at {options.data}; name their folder with --data")
        return 0
    sets = make_sets(open_base(options.base), options.data, options.keep / "sets")
    report: dict[str, Any] = {"machine": machine(), "sets": {}}
    for each in sets:
        if options.only in ("", each.name):
            report["sets"][each.name] = _measured(each, options.keep, options.most)
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
    parser.add_argument("--most", type=int, default=1000, help="queries of each half at most")
    parser.add_argument("--only", default="", help="one collection by its name")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    return parser.parse_args()


def _measured(collection: Collection, keep: Path, most: int) -> dict[str, Any]:
    base = open_collection(keep / "bases" / collection.name)
    for _ in load_documents(base, documents_of(collection)):
        pass
    queries = read_queries(collection.folder)
    print(f"{collection.name}: {base.coverage().documents:,} documents, {len(queries):,} queries")
    vectors = _embedded(base)
    halves = {"tuned on": _spread(queries[::2], most), "reported": _spread(queries[1::2], most)}
    systems: dict[str, dict[str, Figures]] = {}
    for name, search in _systems(base, vectors, collection).items():
        systems[name] = {half: measure(search, some) for half, some in halves.items()}
        shown = (f"{each.ndcg:.3f} / {each.recall:.3f}" for each in systems[name].values())
        print(f"| {name} | {' | '.join(shown)} |", flush=True)
    return {
        "documents": base.coverage().documents,
        "passages": base.coverage().passages,
        "queries": {half: len(some) for half, some in halves.items()},
        "systems": {n: {h: f._asdict() for h, f in found.items()} for n, found in systems.items()},
    }


def _spread(queries: Sequence[Query], most: int) -> list[Query]:
    """At most so many of them, from beginning to end."""
    step = -(-len(queries) // most)
    return list(queries[::step])


def documents_of(collection: Collection) -> Iterator[SourceDocument]:
    """Documents of a collection and its distractors, as ``loccit bench retrieval`` loads them."""
    for each in read_documents(collection.folder / "corpus.jsonl"):
        yield each.as_source(each.id)
    for path in collection.distractors:
        for each in read_documents(path):
            yield each.as_source(f"{path.name}:{each.id}")


def _embedded(base: EmbeddedBase) -> EmbeddedVectors | None:
    try:
        vectors = open_vectors(base)
    except ModelError as error:
        print(f"by words alone: {error}")
        return None
    for told in vectors.update():
        print(f"\r{told.done:,} of {told.of:,} passages", end="", file=sys.stderr)
    return vectors


def measure(search: Search, queries: Sequence[Query]) -> Figures:
    """The means of a search over these queries."""
    ranked = [(list(search(query.text)), query.relevant) for query in queries]
    return Figures(
        round(statistics.fmean(ndcg(found, relevant, 10) for found, relevant in ranked), 4),
        round(statistics.fmean(recall(found, relevant, 100) for found, relevant in ranked), 4),
    )


# --- what is compared


def _systems(
    base: EmbeddedBase, vectors: EmbeddedVectors | None, collection: Collection
) -> dict[str, Search]:
    vocabulary = load_vocabulary()
    words = {
        PLAINLY: _by_words(base, telling_words, PLAIN),
        ASKS: _by_words(base, telling_words, tuple(FIELD_BOOSTS.items())),
        "BM25F, all words": _by_words(base, str),
        BM25F: _by_words(base, telling_words),
        EXPANDED: _by_words(base, lambda text: expanded(telling_words(text), vocabulary)),
    }
    peer = _bm25s(collection)
    named = words if peer is None else {"bm25s": peer, **words}
    if vectors is None:
        return named
    dense = _by_meaning(base, vectors)
    rrf = _rrf(peer or words[PLAINLY], dense)
    shipped = Searcher(base, vocabulary, vectors, telling=telling_words)
    return (
        named
        | {"MiniLM (dense)": dense, "reciprocal ranks of bm25s and MiniLM": rrf}
        | _fusions(words, dense)
        | {"the first of these read token by token (hybrid)": _by_reading(shipped)}
    )


def _fusions(words: Mapping[str, Search], dense: Search) -> dict[str, Search]:
    """Weighted sums, the one that ships among them."""
    found: dict[str, Search] = {
        f"sum of BM25 and MiniLM, {FIXED}": _sum(words[PLAINLY], dense, FIXED),
        f"sum of BM25F and MiniLM, {FIXED}": _sum(words[BM25F], dense, FIXED),
        "BM25F with names and MiniLM, as far as they agree (fused)": _agreeing(
            words[EXPANDED], dense
        ),
    }
    for other in WEIGHTS:
        found[f"the same at one weight, {other}"] = _sum(words[EXPANDED], dense, other)
    return found


def _by_words(
    base: EmbeddedBase,
    chosen: Callable[[str], str],
    fields: tuple[tuple[str, float], ...] = FIELDS,
) -> Search:
    """By the base's own index; passages are not read back, only told by their source."""
    index, sources = base._index, _sources(base)  # noqa: SLF001

    @cache
    def search(text: str) -> Ranking:
        request = SearchRequest(words=chosen(text), limit=DEPTH, fields=fields)
        return _best_of((sources[hit.row], hit.score) for hit in index.search(request))

    return search


def _by_meaning(base: EmbeddedBase, vectors: EmbeddedVectors) -> Search:
    mapped, sources = vectors.files.mapped(), _sources(base)

    @cache
    def search(text: str) -> Ranking:
        question = vectors.embedder.embed_questions([text])[0]
        positions, scores = nearest(mapped, question, DEPTH)
        rows = mapped.keys["row"][positions].tolist()
        return _best_of(
            (sources[row], score) for row, score in zip(rows, scores.tolist(), strict=True)
        )

    return search


def _by_reading(shipped: Searcher) -> Search:
    return lambda text: {str(name): score for name, score in shipped.by_reading(text).items()}


def _sources(base: EmbeddedBase) -> Mapping[int, str]:
    query = "SELECT row, documents.id FROM passages JOIN documents ON document = number"
    return dict(base._store._db.rows(query))  # noqa: SLF001


def _best_of(found: Iterable[tuple[str, float]]) -> Ranking:
    ranking: dict[str, float] = {}
    for source, score in found:
        ranking.setdefault(source, score)
    return ranking


def _sum(words: Search, dense: Search, weight: float) -> Search:
    return lambda text: fused(words(text), dense(text), weight)


def _agreeing(words: Search, dense: Search) -> Search:
    """As it ships: what the words count is told for each question."""

    def search(text: str) -> Ranking:
        by_words, by_meaning = words(text), dense(text)
        return fused(by_words, by_meaning, words_count(by_words, by_meaning, load_fusion()))

    return search


def _rrf(*searches: Search) -> Search:
    def search(text: str) -> Ranking:
        scores: defaultdict[str, float] = defaultdict(float)
        for each in searches:
            for place, name in enumerate(each(text), 1):
                scores[name] += 1 / (RRF + place)
        return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))

    return search


def _bm25s(collection: Collection) -> Search | None:
    """The peer over whole documents, stemmed and without stop words, as its manual shows."""
    if find_spec("bm25s") is None:
        return None
    bm25s, stemmers = import_module("bm25s"), import_module("Stemmer")
    stemmer = stemmers.Stemmer("english")
    documents = list(documents_of(collection))
    texts = [". ".join(filter(None, (each.title, each.text))) for each in documents]
    index = bm25s.BM25()
    index.index(
        bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False),
        show_progress=False,
    )

    @cache
    def search(text: str) -> Ranking:
        asked = bm25s.tokenize([text], stopwords="en", stemmer=stemmer, show_progress=False)
        found, scores = index.retrieve(asked, k=min(DEPTH, len(texts)), show_progress=False)
        return {
            documents[number].id: float(score)
            for number, score in zip(found[0], scores[0], strict=True)
        }

    return search


if __name__ == "__main__":
    sys.exit(main())
