"""Scores answers to the questions of ``questions.yaml`` over the real sources.

For each question: is an expected document cited in the bottom line or the first section, is it
cited at an expected section, and do the words cited there hold every expected value? Details are
printed for the development half only; the held-out half is reported in sums.

    python bench/answers.py [--data DIR] [--base DIR] [--details] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from expected import PathNames, holds, in_section, is_expected
from loccit.engine import Engine
from loccit.terms import Abstention, Article, Citation, Statement
from loccit.wiring import load_paths, make_engine, open_base
from measured_on import machine

HERE = Path(__file__).parent
SOURCES = (
    "labels/openfda_labels_latest.jsonl.gz",
    "labels/spl",
    "guidelines",
    "literature",
    "trials.tar.xz",
)


class Score(NamedTuple):
    """What was found for one question."""

    kind: bool
    milliseconds: float
    answered: bool = False
    document: bool = False
    section: bool = False
    values: bool = False

    @property
    def passed(self) -> bool:
        """Everything expected is there."""
        return self.document and self.section and self.values


def main() -> int:
    """Score both halves and print a table."""
    options = _options()
    base = open_base(options.base)
    if base.coverage().by_kind.get("label", 0) == 0:
        _load(base, options.data)
    engine = make_engine(base)
    questions = yaml.safe_load(options.questions.read_text(encoding="utf-8"))
    names = PathNames(options.data)
    scores = {q["id"]: _score(engine, q, names) for q in questions}
    if options.details:
        _print_details(questions, scores)
    report = _report(questions, scores, base.coverage())
    print(json.dumps(report, indent=1))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shared = HERE.parent.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=shared, help="folder of the real sources")
    parser.add_argument("--base", type=Path, default=HERE.parent / ".bench", help="evidence base")
    parser.add_argument(
        "--questions", type=Path, default=HERE / "questions.yaml", help="file of questions"
    )
    parser.add_argument("--details", action="store_true", help="print what dev questions missed")
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    return parser.parse_args()


def _load(base: Any, data: Path) -> None:
    if not data.is_dir():
        sys.exit(f"no sources at {data}; name their folder with --data")
    started = time.perf_counter()
    loaded = refused = passages = 0
    for each in load_paths(base, [data / source for source in SOURCES]):
        loaded += bool(each.passages)
        passages += each.passages
        refused += each.refused is not None
    seconds = time.perf_counter() - started
    print(f"loaded {loaded} documents, {passages} passages in {seconds:.0f} s; refused {refused}")


def _score(engine: Engine, expected: dict[str, Any], names: PathNames) -> Score:
    started = time.perf_counter()
    answer = engine.ask(expected["question"])
    milliseconds = (time.perf_counter() - started) * 1000
    return score_of(engine, answer, expected, names, milliseconds=milliseconds)


def score_of(
    engine: Engine,
    answer: Article | Abstention,
    expected: dict[str, Any],
    names: PathNames,
    *,
    milliseconds: float = 0.0,
) -> Score:
    """What of the expected stands in an answer."""
    kind = str(answer.question.kind) == expected["kind"]
    if not isinstance(answer, Article):
        return Score(kind, milliseconds)
    cards = {reference.number: reference.card for reference in answer.references}
    cited = [
        (statement, citation, cards[citation.reference])
        for statement in _top(answer)
        for citation in statement.citations
    ]
    right = [each for each in cited if is_expected(each[2], expected["documents"], names)]
    placed = [each for each in right if _in_section(engine, each[1], expected["sections"])]
    words = " ".join(f"{s.lead} {s.text}" for s, _, _ in right)
    return Score(
        kind=kind,
        milliseconds=milliseconds,
        answered=True,
        document=bool(right),
        section=bool(placed),
        values=holds(words, expected["values"]),
    )


def _in_section(engine: Engine, citation: Citation, sections: list[str]) -> bool:
    record = engine.base.passage(citation.passage)
    return in_section(engine.base, record, citation.locator, sections)


def _top(article: Article) -> Iterator[Statement]:
    """The bottom line and the first section."""
    yield from article.bottom_line
    for section in article.sections[:1]:
        yield from section.statements


def _print_details(questions: list[dict[str, Any]], scores: dict[str, Score]) -> None:
    for question in questions:
        score = scores[question["id"]]
        if question.get("split", "dev") != "dev" or score.passed:
            continue
        missed = [
            name
            for name in ("answered", "document", "section", "values")
            if not getattr(score, name)
        ]
        what = f"{question['id']} {question['kind']}: missed {', '.join(missed)}"
        print(f"{what}: {question['question']}")


def _report(
    questions: list[dict[str, Any]], scores: dict[str, Score], coverage: Any
) -> dict[str, Any]:
    times = sorted(score.milliseconds for score in scores.values())
    return {
        "documents": coverage.documents,
        "passages": coverage.passages,
        "machine": machine(),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
        "halves": {
            split: _sums([scores[q["id"]] for q in questions if q.get("split", "dev") == split])
            for split in sorted({q.get("split", "dev") for q in questions})
        },
        "dev_by_kind": _by_kind(questions, scores),
    }


def _sums(scores: list[Score]) -> dict[str, float]:
    count = len(scores)
    names = ("passed", "document", "section", "values", "answered", "kind")
    shares = {name: round(sum(getattr(s, name) for s in scores) / count, 3) for name in names}
    return {"questions": count, **shares}


def _by_kind(questions: list[dict[str, Any]], scores: dict[str, Score]) -> dict[str, str]:
    kinds: dict[str, list[bool]] = defaultdict(list)
    for question in questions:
        if question.get("split", "dev") == "dev":
            kinds[question["kind"]].append(scores[question["id"]].passed)
    return {kind: f"{sum(passed)}/{len(passed)}" for kind, passed in sorted(kinds.items())}


if __name__ == "__main__":
    sys.exit(main())
