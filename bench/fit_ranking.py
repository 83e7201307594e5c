"""Fits the weights by which passages are ranked, and says how well they do.

Learns from the development half of ``questions.yaml``, ``tuning.yaml`` and ``further.yaml`` over
the real sources; no held-out question is read for it. For each value that a question expects, a
passage of an expected document that holds it should stand above the others: a softmax over all
passages gathered, by Adam from the weights of ``ranking_start.toml``: a penalty holds each near it,
and none changes its sign. Kinds of questions are read by weights that never saw the question, as
they will be read in use. Needs the base that ``answers.py`` builds, and numpy.

    python bench/fit_ranking.py            write weights.toml and place_weights.tsv
    python bench/fit_ranking.py --check    fit on four fifths, five times; rank the rest
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

from expected import PathNames, holds, in_section, is_expected
from fit_kinds import FOLDS, ORDER, likelihoods_unseen
from loccit.composition import load_shapes
from loccit.engine import USED, Engine
from loccit.questions import QuestionReader
from loccit.retrieval import Gatherer
from loccit.retrieval.places import place_of
from loccit.retrieval.scoring import load_weights
from loccit.terms import PassageKind, Question, Record, ScoredRecord, SearchRequest
from loccit.vocabulary import load_vocabulary
from loccit.wiring import make_engine, open_base

HERE = Path(__file__).parent
ROOM = HERE.parent / "src" / "loccit" / "retrieval"
SETS = ("questions.yaml", "tuning.yaml", "further.yaml")
HEAD = """\
# Weights of the places of a source for each kind of question; written by bench/fit_ranking.py.
# Owner: Loccit engineers. Licence: CC0-1.0.
# Source: fitted on the development half of bench/questions.yaml, bench/tuning.yaml and
# bench/further.yaml.
"""
STEPS, STEP, NEAR = 150, 0.06, 0.003
"""Steps of the fit, their length, and the pull back to the weights it began with."""
SCALE = 4.0
"""What a score is multiplied by before the softmax: at 4, a lead of 0.25 is e-fold."""
APART = ("place", "meaning")
"""Parts that are not fitted here: the weights of places make up the one, vectors the other."""
ASIDE = 0.5
"""What a passage counts that has the value outside an expected section."""
LEAST = 0.01
"""No weight is nearer to nothing, so that the part it weighs can be read from a score."""
SHOWN = 15
"""Passages at the top of an answer, by which the fit is judged."""
Array = Any


class Case(NamedTuple):
    """The passages gathered for a question: their parts, their places, the values they hold."""

    name: str
    parts: Array
    places: Array
    kinds: Array
    held: Array
    placed: Array


class Fit(NamedTuple):
    """Weights of parts, and of places for any kind and each kind of question."""

    parts: Array
    places: Array


def main() -> int:
    """Fit and write, or check by folds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shared = HERE.parent.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=shared, help="folder of the real sources")
    parser.add_argument("--base", type=Path, default=HERE.parent / ".bench", help="evidence base")
    parser.add_argument("--check", action="store_true", help="fit on four fifths, rank the rest")
    options = parser.parse_args()
    names = [name for name in load_weights() if name not in APART]
    places: dict[str, int] = {}
    cases = list(_cases(make_engine(open_base(options.base)), PathNames(options.data), places))
    if options.check:
        _check(cases, names, len(places))
        return 0
    fitted = _fit(cases, names, len(places))
    _write_weights(names, fitted.parts)
    _write_places(list(places), fitted.places)
    return 0


# --- what is learnt from


def _cases(engine: Engine, names: PathNames, places: dict[str, int]) -> Iterator[Case]:
    gatherer = Gatherer(load_vocabulary())
    shapes = load_shapes()
    unseen = likelihoods_unseen()
    reader = QuestionReader(load_vocabulary(), is_known=lambda word: _is_used(engine, word))
    for expected in _questions():
        likely = unseen[expected["question"]]
        question = reader.read(expected["question"])
        question = replace(question, kind=next(iter(likely)), also=tuple(likely)[1:], likely=likely)
        near = tuple(shapes[kind] for kind in question.also)
        evidence = gatherer.gather(question, shapes[question.kind], engine.base, near=near)
        yield _case(engine, expected, question, evidence.records, names, places)


def _is_used(engine: Engine, word: str) -> bool:
    return len(engine.base.search(SearchRequest(words=word, limit=USED))) == USED


def _questions() -> Iterator[dict[str, Any]]:
    for name in SETS:
        for question in yaml.safe_load((HERE / name).read_text(encoding="utf-8")):
            if question.get("split", "dev") == "dev":
                yield question


def _case(
    engine: Engine,
    expected: dict[str, Any],
    question: Question,
    scored: tuple[ScoredRecord, ...],
    names: PathNames,
    places: dict[str, int],
) -> Case:
    weights = load_weights()
    order = [name for name in weights if name not in APART]
    records = [each.record for each in scored]
    right = [is_expected(record.card, expected["documents"], names) for record in records]
    return Case(
        name=expected["id"],
        parts=np.array([[s.parts.get(n, 0.0) / weights[n] for n in order] for s in scored]),
        places=np.array([places.setdefault(place_of(record), len(places)) for record in records]),
        kinds=np.array([1.0, *(question.likely.get(kind, 0.0) for kind in ORDER)]),
        held=np.array(
            [
                [yes and holds(_shown(record), [value]) for value in expected["values"]]
                for yes, record in zip(right, records, strict=True)
            ],
            dtype=float,
        ),
        placed=np.array(
            [
                yes
                and in_section(engine.base, record, record.passage.locator, expected["sections"])
                for yes, record in zip(right, records, strict=True)
            ],
            dtype=float,
        ),
    )


def _shown(record: Record) -> str:
    passage = record.passage
    lead = passage.context if passage.kind is PassageKind.TABLE_ROW else ""
    return f"{lead} {passage.text}"


# --- the fit


def _fit(cases: Iterable[Case], names: list[str], places: int) -> Fit:
    """The weights, on the scale of those that are shipped."""
    start = np.array([_start()[name] for name in names]) * SCALE
    least = np.where(start > 0, LEAST * SCALE, -np.inf)
    most = np.where(start > 0, np.inf, -LEAST * SCALE)
    fitted = [start.copy(), np.zeros((places, len(ORDER) + 1))]
    begun = [start, np.zeros_like(fitted[1])]
    targets = [(case, target) for case in cases if (target := _target(case)).shape[1]]
    mean = [np.zeros_like(each) for each in fitted]
    square = [np.zeros_like(each) for each in fitted]
    for step in range(1, STEPS + 1):
        for place, error in enumerate(_slopes(targets, fitted)):
            slope = error + NEAR * (fitted[place] - begun[place])
            mean[place] = 0.9 * mean[place] + 0.1 * slope
            square[place] = 0.99 * square[place] + 0.01 * slope**2
            steep = np.sqrt(square[place] / (1 - 0.99**step)) + 1e-8
            fitted[place] = fitted[place] - STEP * mean[place] / (1 - 0.9**step) / steep
        fitted[0] = np.clip(fitted[0], least, most)
    return Fit(fitted[0] / SCALE, fitted[1] / SCALE)


def _start() -> dict[str, Any]:
    return tomllib.loads((HERE / "ranking_start.toml").read_text(encoding="utf-8"))


def _target(case: Case) -> Array:
    """What each passage counts for each value that any of them holds."""
    found = case.held * (ASIDE + (1 - ASIDE) * case.placed)[:, None]
    return found[:, found.any(axis=0)] if found.size else found.reshape(0, 0)


def _slopes(targets: list[tuple[Case, Array]], fitted: list[Array]) -> list[Array]:
    slopes = [np.zeros_like(each) for each in fitted]
    for case, target in targets:
        likely = np.exp((found := _scores(case, fitted)) - found.max())
        wanted = likely[:, None] * target
        error = likely / likely.sum() - (wanted / wanted.sum(axis=0)).mean(axis=1)
        slopes[0] += case.parts.T @ error
        slopes[1] += np.outer(np.bincount(case.places, error, len(fitted[1])), case.kinds)
    return [slope / len(targets) for slope in slopes]


def _scores(case: Case, fitted: Iterable[Array]) -> Array:
    parts, places = fitted
    return case.parts @ parts + (places @ case.kinds)[case.places]


# --- what came of it


def _check(cases: list[Case], names: list[str], places: int) -> None:
    before = Fit(np.array([_start()[name] for name in names]), np.zeros((places, len(ORDER) + 1)))
    found = {"at the start": [_is_shown(case, before) for case in cases], "fitted": []}
    for fold in range(FOLDS):
        rest = [case for case in cases if _fold(case.name) != fold]
        fitted = _fit(rest, names, places)
        found["fitted"] += [_is_shown(c, fitted) for c in cases if _fold(c.name) == fold]
    for name, shown in found.items():
        print(f"{name}: all values among the first {SHOWN} for {sum(shown)} of {len(shown)}")


def _fold(name: str) -> int:
    return zlib.crc32(name.encode()) % FOLDS


def _is_shown(case: Case, fitted: Fit) -> bool:
    """Whether all values, and an expected section, stand among the first passages."""
    if not case.held.size:
        return False
    top = np.argsort(-_scores(case, fitted), kind="stable")[:SHOWN]
    whole = (case.held[top].max(axis=0) > 0).all()
    return bool(whole and (case.placed[top] * case.held[top].max(axis=1)).any())


def _write_weights(names: list[str], weights: Array) -> None:
    """The weights in place of those in the file; its words stay."""
    path = ROOM / "weights.toml"
    text = path.read_text(encoding="utf-8")
    for name, weight in zip(names, weights, strict=True):
        text = re.sub(rf"(?m)^{name} = \S+", f"{name} = {weight:.2f}", text)
    tomllib.loads(text)
    path.write_text(text, encoding="utf-8")


def _write_places(places: list[str], weights: Array) -> None:
    header = "\t".join(("place", "any", *ORDER))
    rows = sorted(
        "\t".join((name, *(f"{weight + 0.0:.2f}" for weight in row)))
        for name, row in zip(places, weights, strict=True)
    )
    text = "\n".join((HEAD + header, *rows)) + "\n"
    (ROOM / "place_weights.tsv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
