"""Fits the weights by which dangers are told, and says how well they do on voices left out.

Learns from ``danger_training.yaml``, ``danger_tuning.yaml``, the examples in the files on dangers,
the development half of ``danger.yaml``, and the ordinary questions of the other sets (development
halves, no emergencies); no held-out row is read. Ridge regression of each danger, and of any
danger, on the features of a question; solved exactly, so that the same vignettes give the same
file. Takes a few minutes; needs numpy.

    python bench/fit_dangers.py            write src/loccit/dangers/data/weights.tsv
    python bench/fit_dangers.py --check    fit without each voice in turn; say how it is read
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

from loccit.dangers import ANY, DangerWeights, load_dangers, load_raising
from loccit.questions import QuestionReader
from loccit.questions.dangers import DangerSigns, raised, signs_of
from loccit.questions.rules import load_reading_rules
from loccit.vocabulary import load_vocabulary

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src" / "loccit" / "dangers" / "data" / "weights.tsv"
HEAD = """\
# Weights of the features of a question for each danger, in hundredths, by the place of its column;
# written by bench/fit_dangers.py, not by hand. Owner: Loccit engineers. Licence: CC0-1.0.
# Source: fitted on bench/danger_training.yaml, bench/danger_tuning.yaml, the examples in the files
# on dangers, the development half of bench/danger.yaml and ordinary questions of other sets.
"""
EXAMPLES, DEV, TUNING, ORDINARY = "examples", "dev", "tuning", "ordinary"
SETS = (
    "questions.yaml",
    "kinds.yaml",
    "tuning.yaml",
    "further.yaml",
    "stopping.yaml",
    "reading.yaml",
)
"""Sets of ordinary questions; emergencies are left out by their kind, and where a rule holds."""
EMERGENCY = "emergency"
KNOWN = {TUNING: 0.6}
"""What a vignette counts for, where the rules were made on it: less than 1."""
SHRINK = 0.3
LEAST_SEEN = 2
LEAST_WEIGHT = {True: 0.08, False: 0.25}
"""Weights that tell less are left out of the file; for any danger, and for one."""


class Vignette(NamedTuple):
    """A question, what it states, and whose voice it is in."""

    voice: str
    danger: frozenset[str]
    signs: DangerSigns


class Fitted(NamedTuple):
    """Features, columns, and the weights between them."""

    features: Sequence[str]
    keys: Sequence[str]
    weights: np.ndarray

    def as_rows(self) -> Iterator[tuple[str, list[tuple[str, float]]]]:
        """What goes into the file."""
        for feature, row in zip(self.features, self.weights, strict=True):
            kept = [
                (key, round(float(weight), 2))
                for key, weight in zip(self.keys, row, strict=True)
                if abs(weight) >= LEAST_WEIGHT[key == ANY]
            ]
            if kept:
                yield feature, kept


def main() -> int:
    """Fit and write, or check by voices."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fit without each voice in turn")
    options = parser.parse_args()
    vignettes = list(_vignettes())
    if options.check:
        _check(vignettes)
        return 0
    WEIGHTS.write_text(_as_text(_fit(vignettes)), encoding="utf-8")
    return 0


def _vignettes() -> Iterator[Vignette]:
    read = _Signs()
    for row in _rows("danger_training.yaml"):
        yield Vignette(row["voice"], frozenset(row["danger"]), read(row["question"]))
    for row in _rows("danger_tuning.yaml"):
        yield Vignette(TUNING, frozenset(row["danger"]), read(row["question"]))
    for row in _rows("danger.yaml"):
        if row["split"] == "dev":
            yield Vignette(DEV, frozenset(row["danger"]), read(row["question"]))
    for danger in load_dangers().ordered:
        for text, raises in danger.examples:
            yield Vignette(EXAMPLES, frozenset([danger.key] if raises else []), read(text))

    for text in _ordinary():
        signs = read(text)
        if not signs.ruled:
            yield Vignette(ORDINARY, frozenset(), signs)


def _ordinary() -> Iterator[str]:
    training: Any = _rows("kinds_training.yaml")
    for kind, texts in training.items():
        if kind != EMERGENCY:
            yield from texts
    for name in SETS:
        for row in _rows(name):
            if row.get("kind") != EMERGENCY and row.get("split", "dev") == "dev":
                yield row["question"]


def _rows(name: str) -> Iterable[Mapping[str, Any]]:
    rows: Iterable[Mapping[str, Any]] = yaml.load(
        (HERE / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return rows


class _Signs:
    """Signs by the same steps as a question is read, with every word taken for known."""

    def __init__(self) -> None:
        self._vocabulary = load_vocabulary()
        self._reader = QuestionReader(self._vocabulary, is_known=lambda _: True)

    def __call__(self, text: str) -> DangerSigns:
        question = self._reader.read(text)
        found = self._vocabulary.lexicon.find(question.text)
        return signs_of(
            question.text,
            found,
            question.patient,
            load_dangers(),
            load_reading_rules(),
            kinds=self._kinds,
        )

    def _kinds(self, name: str) -> Iterator[str]:
        for each in (name, *self._vocabulary.classes.get(name, ())):
            yield from self._vocabulary.lineage(each)


class _Matrix:
    """Vignettes as numbers; ``alike`` holds how much each two have in common."""

    def __init__(self, vignettes: Sequence[Vignette]) -> None:
        seen = Counter(name for each in vignettes for name in each.signs.features)
        self.features = sorted(name for name, times in seen.items() if times >= LEAST_SEEN)
        self.keys = (*(danger.key for danger in load_dangers().ordered), ANY)
        place = {name: at for at, name in enumerate(self.features)}
        self.values = np.zeros((len(vignettes), len(place)), np.float32)
        for row, each in zip(self.values, vignettes, strict=True):
            for name, value in each.signs.features.items():
                if name in place:
                    row[place[name]] = value
        self.alike = (self.values @ self.values.T).astype(float)
        self.counts = np.array([KNOWN.get(each.voice, 1.0) for each in vignettes])
        self.stated = np.array([_stated(each, self.keys) for each in vignettes])

    def fit(self, rows: np.ndarray) -> Fitted:
        """The weights that these rows give."""
        among = self.alike[np.ix_(rows, rows)] + np.diag(SHRINK / self.counts[rows])
        shares = np.linalg.solve(among, self.stated[rows])
        return Fitted(self.features, self.keys, self.values[rows].T.astype(float) @ shares)


def _stated(vignette: Vignette, keys: Iterable[str]) -> list[float]:
    return [
        1.0 if key in vignette.danger or (key == ANY and vignette.danger) else -1.0 for key in keys
    ]


def _fit(vignettes: Sequence[Vignette]) -> Fitted:
    return _Matrix(vignettes).fit(np.arange(len(vignettes)))


def _as_text(fitted: Fitted) -> str:
    place = {key: at for at, key in enumerate(fitted.keys)}
    rows = (
        "\t".join((feature, *(f"{place[key]}:{round(100 * weight)}" for key, weight in kept)))
        for feature, kept in fitted.as_rows()
    )
    return "\n".join((HEAD + "\t".join(("feature", *fitted.keys)), *rows)) + "\n"


def _check(vignettes: Sequence[Vignette]) -> None:
    matrix = _Matrix(vignettes)
    voices = np.array([each.voice for each in vignettes])
    for voice in sorted(set(voices) - {EXAMPLES, TUNING}):
        fitted = matrix.fit(np.flatnonzero(voices != voice))
        weights = DangerWeights(rows={name: tuple(kept) for name, kept in fitted.as_rows()})
        print(f"{voice}: {_sums([v for v in vignettes if v.voice == voice], weights)}")


def _sums(vignettes: Iterable[Vignette], weights: DangerWeights) -> str:
    counts: Counter[str] = Counter()
    for each in vignettes:
        told = set(raised(each.signs, weights, load_raising()))
        counts["with"] += bool(each.danger)
        counts["own"] += bool(told & each.danger)
        counts["any"] += bool(told and each.danger)
        counts["false"] += bool(told and not each.danger)
        counts["without"] += not each.danger
    return (
        f"own message {counts['own'] / max(1, counts['with']):.1%}, any "
        f"{counts['any'] / max(1, counts['with']):.1%} of {counts['with']}; false alarms "
        f"{counts['false'] / max(1, counts['without']):.1%} of {counts['without']}"
    )


if __name__ == "__main__":
    sys.exit(main())
