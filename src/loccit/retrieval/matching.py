"""How the words of passages meet the words of a question.

A word tells the more, the fewer of the passages found have it: inside one drug's label its name
tells nothing, and "withhold" tells much.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from typing import NamedTuple

from loccit.terms import (
    ConceptKind,
    DataFileError,
    DocumentId,
    PassageId,
    Quantity,
    Question,
    Record,
)
from loccit.vocabulary.equivalents import load_equivalents
from loccit.vocabulary.lexicon import folded_words
from loccit.vocabulary.stems import stems_of

__all__ = ["Matcher", "telling_words"]

BEST_OF = 3
"""Passages of a sub-section by which it is told how well it answers."""
Place = tuple[DocumentId, tuple[str, ...]]
Words = tuple[frozenset[str], frozenset[str]]


class _Met(NamedTuple):
    """What one passage has of the question."""

    covered: float
    clause: float
    said: frozenset[str]


class Matcher:
    """Measures passages against one question; ``records`` are those it is to tell apart."""

    def __init__(self, question: Question, records: Iterable[Record]) -> None:
        names = _names_of_drugs(question)
        self._asked = _meanings(stems_of(_telling(question.terms, names)))
        clause = frozenset(stems_of(_telling(question.clause, names)))
        self._dimensions = tuple(each for each in _load() if each.words.search(question.text))
        worded = {each.passage.id: (each, _words_of(each)) for each in records}
        spoken = (some for _, words in worded.values() for some in words)
        hits = self._hits(frozenset[str]().union(*spoken))
        known = frozenset(hits)
        found = {n: (each, _told(hits, known, words)) for n, (each, words) in worded.items()}
        self._weights = self._rarity([stems for _, stems in found.values()])
        self._all = sum(self._weights.values()) or 1.0
        self._pointed = {stem: w for stem, w in self._weights.items() if stem in clause}
        self._most_pointed = sum(self._pointed.values()) or 1.0
        self._met: dict[PassageId, _Met] = {
            name: self._measure(stems) for name, (_, stems) in found.items()
        }
        self._company = self._companies(record for record, _ in found.values())

    def parts(self, record: Record) -> Iterator[tuple[str, float]]:
        """The named shares, 0 to 1, in which a record meets the question."""
        met = self._of(record)
        yield "covered", met.covered
        yield "clause", met.clause
        yield "company", self._company.get(_place(record), met.covered)
        yield "dimension", self._dimension(record.description.quantities)

    def said(self, record: Record) -> frozenset[str]:
        """The question's telling stems that a record has."""
        return self._of(record).said

    def _of(self, record: Record) -> _Met:
        return self._met.get(record.passage.id) or self._measure(self._read(record))

    def _read(self, record: Record) -> frozenset[str]:
        """The question's stems that stand in a passage or above it.

        A word that means the same counts for the one asked.
        """
        own, above = _words_of(record)
        hits = self._hits(own | above)
        return _told(hits, frozenset(hits), (own, above))

    def _hits(self, words: frozenset[str]) -> dict[str, frozenset[str]]:
        """Those of the words that stand for some of the question's stems, and for which.

        Passages share most of their words: the words of all are stemmed once. A stem begins with
        the letter that its word begins with.
        """
        letters = {stem[:1] for stem in self._asked}
        each_once = [word for word in words if word[0] in letters]
        stems = zip(each_once, stems_of(each_once), strict=True)
        return {word: self._asked[stem] for word, stem in stems if stem in self._asked}

    def _rarity(self, found: list[frozenset[str]]) -> dict[str, float]:
        """What each word of the question tells; one that no passage has tells nothing."""
        seen = Counter(stem for stems in found for stem in sorted(stems))
        return {
            stem: max(0.0, log((len(found) + 1) / (count + 0.5))) for stem, count in seen.items()
        }

    def _measure(self, stems: frozenset[str]) -> _Met:
        return _Met(
            covered=sum(self._weights.get(stem, 0.0) for stem in sorted(stems)) / self._all,
            clause=sum(self._pointed.get(stem, 0.0) for stem in sorted(stems)) / self._most_pointed,
            said=stems,
        )

    def _companies(self, records: Iterable[Record]) -> dict[Place, float]:
        """How well each sub-section answers: by the best of its passages."""
        shares: dict[Place, list[float]] = {}
        for record in records:
            shares.setdefault(_place(record), []).append(self._met[record.passage.id].covered)
        return {
            place: sum(sorted(found, reverse=True)[:BEST_OF]) / BEST_OF
            for place, found in shares.items()
        }

    def _dimension(self, quantities: tuple[Quantity, ...]) -> float:
        """The share of the dimensions asked for of which the passage has a quantity."""
        if not self._dimensions or not quantities:
            return 0.0
        met = (
            any(dimension.units.search(quantity.unit) for quantity in quantities)
            for dimension in self._dimensions
        )
        return sum(met) / len(self._dimensions)


class _Dimension(NamedTuple):
    """Words that ask for a dimension, and the units in which it is given."""

    words: re.Pattern[str]
    units: re.Pattern[str]


@cache
def _load() -> tuple[_Dimension, ...]:
    """The shipped dimensions. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.retrieval") / "dimensions.toml").read_text(encoding="utf-8")
    try:
        return tuple(
            _Dimension(re.compile(row["words"], re.IGNORECASE), re.compile(row["units"]))
            for row in tomllib.loads(text)["dimensions"]
        )
    except (KeyError, re.error) as error:
        raise DataFileError(f"retrieval/dimensions.toml: {error}") from error


def telling_words(question: Question) -> dict[str, str]:
    """The words by which passages on a question's drugs can be told apart, each with its stem."""
    words = _telling(question.terms, _names_of_drugs(question))
    return dict(zip(words, stems_of(words), strict=True))


def _words_of(record: Record) -> Words:
    """The words of a passage and of what it is told with, and those of the headings above it."""
    passage = record.passage
    own = frozenset(folded_words(f"{passage.text} {passage.context}"))
    return own, _above(passage.locator.section)


@lru_cache(maxsize=8192)
def _above(section: tuple[str, ...]) -> frozenset[str]:
    return frozenset(folded_words(" ".join(section)))


def _told(
    hits: Mapping[str, frozenset[str]], known: frozenset[str], words: Words
) -> frozenset[str]:
    """The question's stems that some of the words stand for; ``known`` are the words of hits."""
    return frozenset[str]().union(*[hits[word] for some in words for word in some & known])


def _names_of_drugs(question: Question) -> frozenset[str]:
    """Words of the drugs' own names: inside a label these tell nothing."""
    drugs = (each for each in question.concepts if each.kind is ConceptKind.DRUG)
    return frozenset(word for each in drugs for word in folded_words(f"{each.text} {each.name}"))


def _meanings(asked: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each stem that a source may use the stems of the question that it stands for."""
    meant: dict[str, set[str]] = {}
    for stem in asked:
        for same in load_equivalents().get(stem, frozenset({stem})):
            meant.setdefault(same, set()).add(stem)
    return {stem: frozenset(found) for stem, found in meant.items()}


def _telling(words: str, names: frozenset[str]) -> list[str]:
    return [word for word in folded_words(words) if word not in names]


def _place(record: Record) -> Place:
    return record.card.id, record.passage.locator.section
