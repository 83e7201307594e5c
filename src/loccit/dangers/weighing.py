"""How much the features of a question speak for each danger: a linear model, as data.

The weights are fitted by ``bench/fit_dangers.py``. They never write: they only decide which of the
fixed messages stand on top.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loccit.dangers.forms import RaisingFile, RangeRow, WordsFile
from loccit.dangers.loading import read_file
from loccit.terms import DataFileError

__all__ = [
    "ANY",
    "AlikeWords",
    "DangerWeights",
    "load_alike_words",
    "load_danger_weights",
    "load_raising",
]

ANY = "any"
"""The column that speaks for a danger at all."""
UNIT = 100
"""Weights are kept in hundredths."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AlikeWords:
    """The groups that a word belongs to, and the usual range of what has a name."""

    groups: Mapping[str, tuple[str, ...]]
    ranges: Mapping[str, RangeRow]


@dataclass(frozen=True, kw_only=True, slots=True)
class DangerWeights:
    """For each feature its weight for the dangers that it tells something of."""

    rows: Mapping[str, tuple[tuple[str, float], ...]]

    def scores(self, features: Mapping[str, float]) -> dict[str, float]:
        """By danger, and ``ANY``: about 1 where it is present, about -1 where not."""
        found: dict[str, float] = defaultdict(float)
        for feature in sorted(features):
            value = features[feature]
            for key, weight in self.rows.get(feature, ()):
                found[key] += weight * value
        return found


@cache
def load_alike_words() -> AlikeWords:
    """The shipped words. Raises ``DataFileError`` when the file breaks its form."""
    file = read_file(files("loccit.dangers") / "data" / "words_alike.toml", WordsFile)
    groups: dict[str, tuple[str, ...]] = {}
    for group, words in file.groups.items():
        for word in words.split():
            groups[word] = (*groups.get(word, ()), group)
    ranges = {name: row for row in file.range for name in row.names}
    return AlikeWords(groups=groups, ranges=ranges)


@cache
def load_raising() -> RaisingFile:
    """The shipped thresholds. Raises ``DataFileError`` when the file breaks its form."""
    return read_file(files("loccit.dangers") / "data" / "raising.toml", RaisingFile)


@cache
def load_danger_weights() -> DangerWeights:
    """The shipped weights. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.dangers") / "data" / "weights.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("# ")]
    try:
        (head, *names), *rows = lines
        if head != "feature" or ANY not in names:
            raise ValueError("the first line names the columns")
        read = {row[0]: tuple(_entry(each, names) for each in row[1:]) for row in rows}
    except (ValueError, IndexError) as error:
        raise DataFileError(f"dangers/data/weights.tsv: {error}") from error
    return DangerWeights(rows=read)


def _entry(written: str, names: list[str]) -> tuple[str, float]:
    """``3:-41`` is -0.41 for the fourth name."""
    place, weight = written.split(":")
    return names[int(place)], int(weight) / UNIT
