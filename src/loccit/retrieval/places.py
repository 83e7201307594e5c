"""Where in its source a passage stands, and how much such places answer a kind of question."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from loccit.terms import DataFileError, QuestionKind, Record, SourceKind

__all__ = ["PlaceWeights", "load_place_weights", "place_of"]

ELSEWHERE = "elsewhere"
HIGHLIGHTS = "highlights"
"""The digest at the head of a label: what is below it stands for the section of that name."""
_NUMBER = re.compile(r"^[\d.\s]+")
Patterns = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Places:
    """Names of places and the words of headings by which they are known; see ``places.toml``."""

    inner: Patterns
    outer: Patterns
    article: Patterns


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceWeights:
    """For each place, how much it answers each kind of question and questions of any kind.

    Fitted by ``bench/fit_ranking.py``.
    """

    kinds: tuple[QuestionKind, ...]
    rows: Mapping[str, tuple[float, ...]]
    """The weight for any kind first, then those for each of ``kinds``."""

    def of(self, place: str, likely: Mapping[QuestionKind, float]) -> float:
        """What the place counts for a question that is of these kinds with these likelihoods."""
        any_kind, *weights = self.rows.get(place, (0.0,))
        named = zip(self.kinds, weights, strict=False)
        return any_kind + sum(weight * likely.get(kind, 0.0) for kind, weight in named)


def place_of(record: Record) -> str:
    """The place of a record: a section of a label, a part of an article."""
    label = record.card.evidence_kind is SourceKind.LABEL
    return _place(record.passage.locator.section, label=label)


@lru_cache(maxsize=65536)
def _place(path: tuple[str, ...], *, label: bool) -> str:
    places = _load_places()
    if not label:
        return f"article:{_first(places.article, ' / '.join(path))}"
    headings = [_NUMBER.sub("", heading) for heading in path]
    if headings and headings[0].casefold() == HIGHLIGHTS:
        headings = headings[1:]
    for heading in reversed(headings[1:]):
        if (found := _first(places.inner, heading)) != ELSEWHERE:
            return found
    return _first(places.outer, headings[0]) if headings else ELSEWHERE


def _first(patterns: Patterns, heading: str) -> str:
    return next((name for name, pattern in patterns if pattern.search(heading)), ELSEWHERE)


@cache
def _load_places() -> _Places:
    """The shipped places. Raises ``DataFileError`` when the file breaks its form."""
    rows = tomllib.loads((files("loccit.retrieval") / "places.toml").read_text(encoding="utf-8"))
    try:
        return _Places(**{group: _patterns(rows[group]) for group in _Places.__slots__})
    except (KeyError, AttributeError, re.error) as error:
        raise DataFileError(f"retrieval/places.toml: {error}") from error


def _patterns(rows: Mapping[str, str]) -> Patterns:
    return tuple((name, re.compile(words, re.IGNORECASE)) for name, words in rows.items())


@cache
def load_place_weights() -> PlaceWeights:
    """The shipped weights. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.retrieval") / "place_weights.tsv").read_text(encoding="utf-8")
    header, *lines = (line.split("\t") for line in text.splitlines() if not line.startswith("# "))
    try:
        kinds = tuple(QuestionKind(name) for name in header[2:])
        rows = {name: tuple(map(float, weights)) for name, *weights in lines}
    except ValueError as error:
        raise DataFileError(f"retrieval/place_weights.tsv: {error}") from error
    if uneven := [name for name, weights in rows.items() if len(weights) != len(kinds) + 1]:
        raise DataFileError(f"retrieval/place_weights.tsv: {uneven[0]!r} has too few weights")
    return PlaceWeights(kinds=kinds, rows=rows)
