"""How much the features of a question speak for each danger: a linear model, as data.

The weights are fitted by ``bench/fit_dangers.py``. They never write: they only decide which of the
fixed messages stand on top.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
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
    "parsed_weights",
]

ANY = "any"
"""The column that speaks for a danger at all."""
UNIT = 100
"""Weights are kept in hundredths."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AlikeWords:
    """The groups that a word belongs to, and what a number can mean."""

    groups: Mapping[str, tuple[str, ...]]
    ranges: Mapping[str, RangeRow]
    """By the name before the number."""
    amounts: Mapping[str, RangeRow]
    """By the word after the number; ``of40`` stands for weeks written with ``/40``."""
    decimals: Mapping[str, tuple[tuple[float, float], ...]]
    """What a number with a decimal point is taken for, and where it then lies."""
    ages: Mapping[str, float]
    """Years below which a stated age counts so; the first that fits."""


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
    amounts = {name: row for row in file.amount for name in row.names}
    return AlikeWords(
        groups=groups, ranges=ranges, amounts=amounts, decimals=file.decimals, ages=file.ages
    )


@cache
def load_raising() -> RaisingFile:
    """The shipped thresholds. Raises ``DataFileError`` when the file breaks its form."""
    return read_file(files("loccit.dangers") / "data" / "raising.toml", RaisingFile)


@cache
def load_danger_weights() -> DangerWeights:
    """The shipped weights. Raises ``DataFileError`` when the file breaks its form."""
    return parsed_weights((files("loccit.dangers") / "data" / "weights.tsv").read_text("utf-8"))


def parsed_weights(text: str) -> DangerWeights:
    """Weights as written by ``bench/fit_dangers.py``.

    Raises ``DataFileError`` for a head that names no columns, and for a row when it is asked for.
    """
    lines = [line for line in text.splitlines() if not line.startswith("# ")]
    head, *names = lines[0].split("\t") if lines else [""]
    if head != "feature" or ANY not in names:
        raise DataFileError("dangers/data/weights.tsv: the first line must name the columns")
    written = dict(line.partition("\t")[::2] for line in lines[1:])
    return DangerWeights(rows=_Written(written, {str(at): name for at, name in enumerate(names)}))


class _Written(Mapping[str, tuple[tuple[str, float], ...]]):
    """Rows as they stand in the file, read when they are asked for: a start needs few of them.

    What cannot be read raises ``DataFileError`` then.
    """

    def __init__(self, lines: Mapping[str, str], columns: Mapping[str, str]) -> None:
        self._lines = lines
        self._columns = columns

    def __getitem__(self, feature: str) -> tuple[tuple[str, float], ...]:
        written = self._lines[feature]
        try:
            return tuple(_entry(each, self._columns) for each in written.split("\t"))
        except ValueError as error:
            raise DataFileError(f"dangers/data/weights.tsv: {feature!r}: {error}") from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _entry(written: str, columns: Mapping[str, str]) -> tuple[str, float]:
    """``3:-41`` is -0.41 for the fourth column."""
    place, weight = written.split(":")
    if place not in columns:
        raise ValueError(f"there is no column {place!r}")
    return columns[place], int(weight) / UNIT
