"""The learnt part of telling kinds apart: a linear model, loaded from its data file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from loccit.terms import DataFileError, QuestionKind

__all__ = ["KindWeights", "load_kind_weights"]


@dataclass(frozen=True, kw_only=True, slots=True)
class KindWeights:
    """For each feature its weight for each of ``kinds``; fitted by ``bench/fit_kinds.py``."""

    kinds: tuple[QuestionKind, ...]
    rows: Mapping[str, tuple[float, ...]]

    def likelihoods(self, features: Mapping[str, float]) -> dict[QuestionKind, float]:
        """How likely each kind is, together 1; features that were never seen say nothing."""
        sums = [0.0] * len(self.kinds)
        for name in sorted(features):
            for place, weight in enumerate(self.rows.get(name, ())):
                sums[place] += weight * features[name]
        top = max(sums)
        raised = [exp(each - top) for each in sums]
        total = sum(raised)
        return {kind: each / total for kind, each in zip(self.kinds, raised, strict=True)}


@cache
def load_kind_weights() -> KindWeights:
    """The shipped weights. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.questions") / "kind_weights.tsv").read_text(encoding="utf-8")
    header, *lines = (line.split("\t") for line in text.splitlines() if not line.startswith("# "))
    try:
        kinds = tuple(QuestionKind(name) for name in header[1:])
        rows = {name: tuple(map(float, weights)) for name, *weights in lines}
    except ValueError as error:
        raise DataFileError(f"questions/kind_weights.tsv: {error}") from error
    if uneven := [name for name, weights in rows.items() if len(weights) != len(kinds)]:
        raise DataFileError(f"questions/kind_weights.tsv: {uneven[0]!r} has too few weights")
    return KindWeights(kinds=kinds, rows=rows)
