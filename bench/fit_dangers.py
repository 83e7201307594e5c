"""Fits the weights by which dangers are told, and says how well they do on voices left out.

Learns from ``danger_training.yaml``, ``danger_training_voices.yaml``, ``danger_tuning.yaml``, the
examples in the files on dangers, the development half of ``danger.yaml``, and the ordinary
questions of the other sets (development halves, no emergencies); no held-out row is read. Ridge
regression on the features of a question, solved exactly, so that the same vignettes give the same
file: whether there is any danger, on all of them; which one it is, on those with a danger alone.
Takes a few minutes; needs numpy.

    python bench/fit_dangers.py            write src/loccit/dangers/data/weights.tsv
    python bench/fit_dangers.py --check    fit without each voice in turn; say how it is read
                                           (by all weights, also those too small for the file)
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
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
# Source: fitted on bench/danger_training.yaml, bench/danger_training_voices.yaml,
# bench/danger_tuning.yaml, the examples in the files on dangers, the development half of
# bench/danger.yaml and ordinary questions of other sets.
"""
LEARNT = ("danger_training.yaml", "danger_training_voices.yaml")
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
LEAST_SEEN = {True: 2, False: 3}
"""In so many vignettes a feature must stand to be weighed; for any danger, and for one."""
OFTEN = 150
"""Vignettes from which on what two have in common is counted for many features at once."""
PARTS = 6
"""Into so many parts the ordinary questions are put, each read by weights without it."""
LEAST_TOLD = {True: 0.38, False: 1.0}
"""Weights that tell less are left out of the file: weight by the root of how often it was seen."""


class Vignette(NamedTuple):
    """A question, what it states, and whose voice it is in."""

    voice: str
    danger: frozenset[str]
    signs: DangerSigns


class Fitted(NamedTuple):
    """Features, in how many vignettes each stands, columns, and the weights between them."""

    features: Sequence[str]
    seen: Sequence[int]
    keys: Sequence[str]
    weights: np.ndarray

    def as_rows(self, least: Mapping[bool, float]) -> Iterator[tuple[str, list[tuple[str, float]]]]:
        """The weights by feature, without those that tell less than ``least`` (any, or one)."""
        for feature, seen, row in zip(self.features, self.seen, self.weights, strict=True):
            kept = [
                (key, round(float(weight), 2))
                for key, weight in zip(self.keys, row, strict=True)
                if abs(weight) * sqrt(seen) >= least[key == ANY]
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
    WEIGHTS.write_text(_as_text([ridge.fit() for ridge in _ridges(vignettes)]), encoding="utf-8")
    return 0


def _vignettes() -> Iterator[Vignette]:
    read = _Signs()
    for name in LEARNT:
        for row in _rows(name):
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


class _Ridge:
    """Vignettes as numbers, and what they give for some columns of weights."""

    def __init__(self, vignettes: Sequence[Vignette], keys: Sequence[str], least_seen: int) -> None:
        seen = Counter(name for each in vignettes for name in each.signs.features)
        self.features = sorted(name for name, times in seen.items() if times >= least_seen)
        self.seen = [seen[name] for name in self.features]
        self.keys = keys
        self.vignettes = vignettes
        place = {name: at for at, name in enumerate(self.features)}
        known = [[name for name in each.signs.features if name in place] for each in vignettes]
        self._held = [np.array([place[name] for name in names], int) for names in known]
        self._values = np.array(
            [max(each.signs.features.values(), default=0) for each in vignettes]
        )
        counts = np.array([KNOWN.get(each.voice, 1.0) for each in vignettes])
        self._alike = self._in_common() * np.outer(self._values, self._values)
        self._alike += np.diag(SHRINK / counts)
        self._stated = np.array([_stated(each, keys) for each in vignettes])

    def _in_common(self) -> np.ndarray:
        """How many features each two vignettes share; rare ones are counted one by one."""
        rows = np.repeat(np.arange(len(self._held)), [len(held) for held in self._held])
        features = np.concatenate(self._held)
        order = np.argsort(features, kind="stable")
        starts = np.searchsorted(features[order], np.arange(1, len(self.features)))
        by_feature = np.split(rows[order], starts)
        often = [holders for holders in by_feature if len(holders) >= OFTEN]
        dense = np.zeros((len(self._held), len(often)), np.float32)
        for at, holders in enumerate(often):
            dense[holders, at] = 1
        shared = (dense @ dense.T).astype(float)
        for holders in by_feature:
            if len(holders) < OFTEN:
                shared[np.ix_(holders, holders)] += 1
        return shared

    def fit(self) -> Fitted:
        """The weights that all these vignettes give."""
        weights = np.zeros((len(self.features), len(self.keys)))
        shares = np.linalg.solve(self._alike, self._stated)
        for held, value, share in zip(self._held, self._values, shares, strict=True):
            weights[held] += value * share
        return Fitted(self.features, self.seen, self.keys, weights)

    def left_out(self, parts: Sequence[str]) -> np.ndarray:
        """Scores of each vignette by the weights that all give but those of its part.

        Leaving rows out changes a ridge in closed form: one inverse serves all parts.
        """
        inverse = np.linalg.inv(self._alike)
        shares = inverse @ self._stated
        scores = np.zeros_like(self._stated)
        for part in sorted(set(parts)):
            out = np.flatnonzero(np.array(parts) == part)
            own = inverse[np.ix_(out, out)]
            scores[out] = self._stated[out] - np.linalg.solve(own, shares[out])
        return scores


def _ridges(vignettes: Sequence[Vignette]) -> tuple[_Ridge, _Ridge]:
    """Whether there is any danger, by all of them; which one, by those that state one."""
    keys = [danger.key for danger in load_dangers().ordered]
    dangerous = [each for each in vignettes if each.danger]
    return _Ridge(vignettes, [ANY], LEAST_SEEN[True]), _Ridge(dangerous, keys, LEAST_SEEN[False])


def _stated(vignette: Vignette, keys: Iterable[str]) -> list[float]:
    return [
        1.0 if key in vignette.danger or (key == ANY and vignette.danger) else -1.0 for key in keys
    ]


def _as_text(fits: Iterable[Fitted]) -> str:
    keys = (*(danger.key for danger in load_dangers().ordered), ANY)
    place = {key: at for at, key in enumerate(keys)}
    rows: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for fitted in fits:
        for feature, kept in fitted.as_rows(LEAST_TOLD):
            rows[feature] += [(place[key], weight) for key, weight in kept]
    lines = (
        "\t".join((feature, *(f"{at}:{round(100 * weight)}" for at, weight in sorted(kept))))
        for feature, kept in sorted(rows.items())
    )
    return "\n".join((HEAD + "\t".join(("feature", *keys)), *lines)) + "\n"


def _check(vignettes: Sequence[Vignette]) -> None:
    read = list(zip(vignettes, _told_left_out(vignettes), strict=True))
    for voice in sorted({each.voice for each in vignettes} - {EXAMPLES, TUNING}):
        print(f"{voice}: {_sums(each for each in read if each[0].voice == voice)}")
    apart = {EXAMPLES, TUNING, DEV, ORDINARY}
    print(f"voices together: {_sums(each for each in read if each[0].voice not in apart)}")


def _told_left_out(vignettes: Sequence[Vignette]) -> Iterator[set[str]]:
    """What is raised for each by weights that its voice did not give."""
    anyone, which = _ridges(vignettes)
    all_told = iter(which.left_out([each.voice for each in which.vignettes]))
    rows = which.fit().as_rows({True: 0.0, False: 0.0})
    weights = DangerWeights(rows={feature: tuple(kept) for feature, kept in rows})
    for each, any_score in zip(vignettes, anyone.left_out(list(_parts(vignettes))), strict=True):
        row = zip(which.keys, map(float, next(all_told)), strict=True) if each.danger else ()
        scores = dict(row) or weights.scores(each.signs.features)
        yield set(raised(each.signs, {**scores, ANY: float(any_score[0])}, load_raising()))


def _parts(vignettes: Iterable[Vignette]) -> Iterator[str]:
    """What each is left out with: its voice, or one of several parts of the ordinary ones."""
    for at, each in enumerate(vignettes):
        yield f"{ORDINARY} {at % PARTS}" if each.voice == ORDINARY else each.voice


def _sums(read: Iterable[tuple[Vignette, set[str]]]) -> str:
    counts: Counter[str] = Counter()
    for each, told in read:
        counts["with"] += bool(each.danger)
        counts["own"] += bool(told & each.danger)
        counts["any"] += bool(told and each.danger)
        counts["messages"] += len(told) if each.danger else 0
        counts["false"] += bool(told and not each.danger)
        counts["without"] += not each.danger
    most, least = max(1, counts["with"]), max(1, counts["without"])
    return (
        f"own message {counts['own'] / most:.1%}, any {counts['any'] / most:.1%} of "
        f"{counts['with']}, {counts['messages'] / most:.2f} messages; false alarms "
        f"{counts['false'] / least:.1%} of {counts['without']}"
    )


if __name__ == "__main__":
    sys.exit(main())
