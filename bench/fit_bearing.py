"""Fits the weights by which the engine doubts that what was found bears on a question.

Learns from the development halves of ``stopping.yaml`` and ``questions.yaml``, from
``tuning.yaml``, ``further.yaml`` and the ``dev`` part of ``stopping_tuning.yaml``, over the real
sources; questions that a rule stops are left out, since rules come first. A logistic regression by
Newton's steps with a penalty, so that the same questions over the same base give the same file.

    python bench/fit_bearing.py           write src/loccit/retrieval/bearing_weights.toml
    python bench/fit_bearing.py --check   fit on four fifths, five times; show the rest
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from math import exp
from pathlib import Path
from typing import NamedTuple

import yaml

from loccit.retrieval.bearing import Bearing
from loccit.terms import Abstention
from loccit.vocabulary import load_vocabulary
from loccit.wiring import make_engine, open_base
from undoubted import ask_and_see

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src" / "loccit" / "retrieval" / "bearing_weights.toml"
SETS = ("stopping.yaml", "questions.yaml", "tuning.yaml", "further.yaml", "stopping_tuning.yaml")
HEAD = """\
# Weights of what tells that nothing found answers; written by bench/fit_bearing.py, not by hand.
# Owner: Loccit engineers. Licence: CC0-1.0. Source: fitted on the development questions of bench/.
schema = "loccit/bearing-weights/1"

[weights]
"""
PENALTY, STEPS, FOLDS = 1.0, 30, 5
LEAST_WEIGHT = 0.05
SHARES = (0.01, 0.02, 0.03, 0.04, 0.05, 0.08)


class Example(NamedTuple):
    """A question as features, and whether the sources answer it."""

    source: str
    features: dict[str, float]
    answerable: bool
    stopped: bool
    """By a rule."""


def main() -> int:
    """Fit and write, or check by folds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", type=Path, default=HERE.parent / ".bench", help="evidence base")
    parser.add_argument("--check", action="store_true", help="fit on four fifths, read the rest")
    options = parser.parse_args()
    examples = list(_examples(options.base))
    if options.check:
        _check(examples)
        return 0
    weights = fit([each for each in examples if not each.stopped])
    rows = (f'"{name}" = {value:.2f}' for name, value in sorted(weights.items()))
    WEIGHTS.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return 0


def _examples(base: Path) -> Iterator[Example]:
    """Every development question as the engine sees it; what it doubts is not asked here."""
    engine, vocabulary = make_engine(open_base(base)), load_vocabulary()
    for name in SETS:
        for item in yaml.safe_load((HERE / name).read_text(encoding="utf-8")):
            if item.get("split", "dev") != "dev":
                continue
            seen = ask_and_see(engine, item["question"])
            evidence = seen.evidence
            bearing = Bearing(evidence.question, evidence.records, vocabulary, engine.base)
            yield Example(
                source=name,
                features=bearing.features(),
                answerable=item.get("answerable", True),
                stopped=isinstance(seen.by_rules, Abstention),
            )


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Penalised logistic regression: the log-odds that the sources do not answer."""
    names = sorted({name for each in examples for name in each.features})
    place = {name: number for number, name in enumerate(names)}
    rows = [[(place[n], v) for n, v in each.features.items()] for each in examples]
    wanted = [float(not each.answerable) for each in examples]
    weights = [0.0] * len(names)
    for _ in range(STEPS):
        slope = [PENALTY * w for w in weights]
        curve = [[PENALTY * (i == j) for j in range(len(names))] for i in range(len(names))]
        for row, want in zip(rows, wanted, strict=True):
            likely = 1 / (1 + exp(-sum(weights[n] * v for n, v in row)))
            for n, v in row:
                slope[n] += (likely - want) * v
                for m, u in row:
                    curve[n][m] += likely * (1 - likely) * v * u
        step = _solved(curve, slope)
        weights = [w - s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return {n: w for n, w in zip(names, weights, strict=True) if abs(w) >= LEAST_WEIGHT}


def _solved(curve: list[list[float]], slope: list[float]) -> list[float]:
    """The solution of a system of equations whose matrix is positive, by elimination."""
    rows = [[*row, value] for row, value in zip(curve, slope, strict=True)]
    size = len(rows)
    for n in range(size):
        for m in range(n + 1, size):
            share = rows[m][n] / rows[n][n]
            if share:
                rows[m] = [a - share * b for a, b in zip(rows[m], rows[n], strict=True)]
    found = [0.0] * size
    for n in reversed(range(size)):
        known = sum(rows[n][m] * found[m] for m in range(n + 1, size))
        found[n] = (rows[n][size] - known) / rows[n][n]
    return found


def _check(examples: list[Example]) -> None:
    """The share stopped, rules included, where the weights never saw the question."""
    doubts = [0.0] * len(examples)
    for fold in range(FOLDS):
        rest = [e for n, e in enumerate(examples) if n % FOLDS != fold and not e.stopped]
        weights = fit(rest)
        for n in range(fold, len(examples), FOLDS):
            doubts[n] = sum(weights.get(k, 0.0) * v for k, v in examples[n].features.items())
    likely = [
        1.0 if e.stopped else 1 / (1 + exp(-d)) for e, d in zip(examples, doubts, strict=True)
    ]
    for share in SHARES:
        free = sorted(
            p for p, e in zip(likely, examples, strict=True) if e.answerable and not e.stopped
        )
        limit = free[-int(share * len(free)) - 1]
        print(f"doubt above {limit:.2f}")
        for name in SETS:
            for answerable in (True, False):
                these = [
                    p > limit
                    for p, e in zip(likely, examples, strict=True)
                    if e.source == name and e.answerable is answerable
                ]
                if these:
                    what = "refused" if answerable else "stopped"
                    print(f"  {name} {what} {sum(these) / len(these):.1%} of {len(these)}")


if __name__ == "__main__":
    sys.exit(main())
