"""Measuring the search from the command line: a collection is loaded, searched and summed."""

from __future__ import annotations

import hashlib
import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from loccit.delivery.embedding import progress_line
from loccit.delivery.progress import Line
from loccit.measuring import Query, ndcg, read_documents, read_queries, recall
from loccit.ports import Vectors
from loccit.terms import DocumentId, ModelError, SourceDocument
from loccit.wiring import (
    EmbeddedBase,
    default_folder,
    load_documents,
    make_searcher,
    open_collection,
    open_vectors,
)

__all__ = ["SearchFigures", "as_data", "as_table", "search_figures"]

TICK = 0.1
DIGITS = 4
NDCG_DEPTH, RECALL_DEPTH = 10, 100


@dataclass(slots=True)
class SearchFigures:
    """What came of a collection: its size, and the figures of each system that could run."""

    dataset: str
    documents: int
    queries: int
    systems: dict[str, dict[str, float]] = field(default_factory=dict)


def search_figures(dataset: Path, distractors: Sequence[Path], keep: Path | None) -> SearchFigures:
    """Load the collection, embed it where there is a model, and search it with every query.

    What was loaded and embedded stays in ``keep``, or in the folder ``bench`` of the user's data,
    for the next run over the same files.
    """
    queries = read_queries(dataset)
    files = [dataset / "corpus.jsonl", *distractors]
    line = Line()
    base = open_collection((keep or default_folder() / "bench") / _digest(files))
    for number, _ in enumerate(load_documents(base, _documents(files)), 1):
        line.show(f"{number:,} documents")
    searcher = make_searcher(base, _embedded(base, line))
    figures = SearchFigures(str(dataset), base.coverage().documents, len(queries))
    for name, search in searcher.systems().items():
        figures.systems[name] = _measure(name, queries, search, line)
    line.clear()
    return figures


def _documents(files: Sequence[Path]) -> Iterator[SourceDocument]:
    """All documents; a distractor never takes the place of a document of the collection."""
    first, *others = files
    for each in read_documents(first):
        yield each.as_source(each.id)
    for path in others:
        for each in read_documents(path):
            yield each.as_source(f"{path.name}:{each.id}")


def _embedded(base: EmbeddedBase, line: Line) -> Vectors | None:
    """The vectors of all that was loaded; none where there is no model, which is told."""
    started = time.monotonic()
    try:
        vectors = open_vectors(base)
    except ModelError as error:
        line.clear()
        click.echo(f"without dense and hybrid search: {error}", err=True)
        return None
    for told in vectors.update():
        line.show(progress_line(told, time.monotonic() - started))
    return vectors


def _measure(
    name: str,
    queries: Sequence[Query],
    search: Callable[[str], Mapping[DocumentId, float]],
    line: Line,
) -> dict[str, float]:
    gains, found, times = [], [], []
    for number, query in enumerate(queries, 1):
        started = time.perf_counter()
        ranked = list(search(query.text))
        times.append(time.perf_counter() - started)
        gains.append(ndcg(ranked, query.relevant, NDCG_DEPTH))
        found.append(recall(ranked, query.relevant, RECALL_DEPTH))
        line.show(f"{name}: {number:,} of {len(queries):,} queries")
    return {
        f"ndcg@{NDCG_DEPTH}": round(statistics.fmean(gains), DIGITS),
        f"recall@{RECALL_DEPTH}": round(statistics.fmean(found), DIGITS),
        "median_ms": round(statistics.median(times) * 1000, 1),
    }


def as_data(figures: SearchFigures) -> str:
    """The figures as JSON, in the shape of the command contract."""
    data: dict[str, Any] = {
        "dataset": figures.dataset,
        "documents": figures.documents,
        "queries": figures.queries,
        "systems": figures.systems,
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_table(figures: SearchFigures) -> str:
    """The figures as lines to read."""
    lines = [f"{figures.queries:,} queries over {figures.documents:,} documents", ""]
    names = [f"ndcg@{NDCG_DEPTH}", f"recall@{RECALL_DEPTH}", "median_ms"]
    lines.append(f"{'system':<10}" + "".join(f"{name:>12}" for name in names))
    for system, found in figures.systems.items():
        lines.append(f"{system:<10}" + "".join(f"{found[name]:>12}" for name in names))
    return "\n".join(lines)


def _digest(files: Sequence[Path]) -> str:
    summed = hashlib.sha256()
    for path in files:
        summed.update(path.name.encode() + b"\0")
        if path.is_file():
            with path.open("rb") as stream:
                summed.update(hashlib.file_digest(stream, "sha256").digest())
    return summed.hexdigest()[:16]
