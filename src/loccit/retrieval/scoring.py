"""Relevance of a record to a question: a sum of named parts, each readable on its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeVar

from loccit.retrieval.bands import band_fit
from loccit.retrieval.matching import Matcher
from loccit.retrieval.places import load_place_weights, place_of
from loccit.terms import (
    LOCAL,
    ConceptKind,
    Description,
    DocumentCard,
    PassageKind,
    Question,
    Record,
    ScoredRecord,
    Shape,
    SourceKind,
    Standing,
)
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import folded_words

__all__ = ["Scorer", "asked_drugs", "load_weights", "with_part"]

DRUGS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
CONDITIONS = (ConceptKind.CONDITION, ConceptKind.FINDING)
YEARS = 15
FAR = 3
"""Steps up at which a wider condition says too little of the one asked about."""
NARROWER = 0.6
NEAR = 0.85
WITHIN = {
    "older_adult": "adult",
    "dialysis": "severe",
    "adolescent": "child",
    "infant": "child",
    "neonate": "child",
}
"""Values of a population that lie within another: what holds for adults is not foreign at 70.

A label's "pediatric patients" are all from birth to 17 years (21 CFR 201.57(c)(9)(iv)).
"""
TELLING = frozenset({"age", "hepatic", "renal", "pregnancy", "lactation"})
"""Axes by which labels set patients apart; being an adult sets no one apart."""
ADULT = frozenset({"adult"})
COMMON = 0.5
"""What it counts to share a population that sets few apart."""
MEMBER_FIT = 0.4
"""A label of one drug of the class asked about: it speaks for itself, not for the class."""
CLASS_FIT = 0.8
"""A class named in place of the drug itself."""


@cache
def load_weights() -> dict[str, float]:
    """The shipped weights by name."""
    text = (files("loccit.retrieval") / "weights.toml").read_text(encoding="utf-8")
    return {name: value for name, value in tomllib.loads(text).items() if name != "schema"}


class Scorer:
    """Scores records for one question; holds what does not change between records.

    ``records`` are those it is to tell apart: they show which words of the question are rare.
    """

    def __init__(
        self,
        question: Question,
        shape: Shape,
        vocabulary: Vocabulary,
        *,
        newest_year: int,
        near: tuple[Shape, ...] = (),
        records: Iterable[Record] = (),
    ) -> None:
        self._question, self._vocabulary = question, vocabulary
        self._matcher = Matcher(question, records)
        self._kind_fit = _blend([shape.kind_fit, *(each.kind_fit for each in near)])
        self._source_fit = _blend([shape.source_fit, *(each.source_fit for each in near)])
        self._newest = newest_year
        self._weights = load_weights()
        self._drugs = frozenset(asked_drugs(question, vocabulary))
        self._named_drugs = question.names(ConceptKind.DRUG)
        self._combinations = _combinations_of(self._drugs, vocabulary)
        self._subject_fit = 1.0 if self._named_drugs else MEMBER_FIT
        self._named = frozenset(question.names(*DRUGS))
        self._conditions = question.names(*CONDITIONS)
        self._procedures = frozenset(question.names(ConceptKind.PROCEDURE))
        self._kin = self._kindred()
        self._brands = frozenset(_brands_named(question))
        self._others = self._named | self._procedures
        self._names_of = {name: self._known_as(name) for name in self._others}
        self._assumed = _axes(question.assumed).keys()
        self._places: dict[str, float] = {}
        self._axes = {axis: _stated(each) for axis, each in _axes(question.population).items()}

    def score(self, record: Record, lexical: float, *, document: float = 0.0) -> ScoredRecord:
        """The record with its relevance.

        ``lexical`` is its BM25F score over the best one's, ``document`` the relevance of the best
        passage of its article where that counts for it too: as far as such articles answer such
        questions.
        """
        document *= self._source_fit.get(record.card.evidence_kind, 0.0)
        parts = {"lexical": lexical, "document": document, **dict(self._parts(record))}
        weights, covered = self._weights, parts.get("covered", 0.0)
        parts = {name: round(weights[name] * value, 4) for name, value in parts.items() if value}
        score = round(sum(parts.values()), 4)
        said = self._matcher.said(record)
        return ScoredRecord(
            record=record, score=score, parts=parts, covered=round(covered, 4), said=said
        )

    def _parts(self, record: Record) -> Iterator[tuple[str, float]]:
        says, card = record.description, record.card
        yield "kind", max((self._kind_fit.get(kind, 0.0) / (1 + 0.25 * rank)
                           for rank, kind in enumerate(says.kinds)), default=0.0)  # fmt: skip
        yield "asked", self._asked_fit(says)
        yield "source", self._source_fit.get(card.evidence_kind, 0.0)
        yield from self._subject_parts(says, card.evidence_kind)
        if self._brands:
            yield "brand", float(not self._brands.isdisjoint(folded_words(card.title)))
        yield "condition", self._condition_fit(says)
        yield "topic", self._topic_fit(says)
        yield from self._population_parts(says.population)
        yield from self._form_parts(record)
        yield from self._matcher.parts(record)
        yield "place", self._place_fit(place_of(record))
        yield "band", band_fit(self._question.patient, says.quantities)
        yield from self._place_of_use(card)
        if card.year:
            yield "newest", max(0.0, 1 - (self._newest - card.year) / YEARS)
        if card.standing in (Standing.DRAFT, Standing.EXPRESSION_OF_CONCERN):
            yield "draft", 1.0

    def _place_fit(self, place: str) -> float:
        """What a place counts, worked out once for all passages that stand in such."""
        if place not in self._places:
            self._places[place] = load_place_weights().of(place, self._question.likely)
        return self._places[place]

    def _place_of_use(self, card: DocumentCard) -> Iterator[tuple[str, float]]:
        """Whether the source holds in the own house, or where the asker wants it to."""
        if card.jurisdiction == LOCAL:
            yield "local", 1.0
        elif self._question.jurisdiction and card.jurisdiction == self._question.jurisdiction:
            yield "jurisdiction", 1.0

    def _asked_fit(self, says: Description) -> float:
        """Whether the passage states what the question asks for outright: first, or besides."""
        ranks = [rank for rank, kind in enumerate(says.kinds) if kind in self._question.asks]
        return 1 / (1 + ranks[0] / 2) if ranks else 0.0

    def _form_parts(self, record: Record) -> Iterator[tuple[str, float]]:
        """What the form of a passage says for or against quoting it."""
        for form in record.description.forms:
            yield form, 1.0
        if self._question.figures:
            yield "quantity", float(bool(record.description.quantities))
        else:
            yield "row", float(record.passage.kind is PassageKind.TABLE_ROW)

    def _subject_parts(self, says: Description, kind: SourceKind) -> Iterator[tuple[str, float]]:
        """Is the document about a drug asked about; does the passage name the others?"""
        about = self._drugs.intersection(says.subjects)
        if about:
            yield "subject", self._subject_fit * len(about) / len(says.subjects)
        elif kind is SourceKind.LABEL and self._named_drugs:
            yield "other_drug", float(self._combinations.isdisjoint(says.subjects))
        spoken = {*says.drugs, *says.procedures}
        if self._drugs and not about and (says.drugs or kind is SourceKind.LABEL):
            # What is said of another drug and the same test must never stand in for this drug.
            spoken = set(says.drugs)
        mention = self._mention_fit(about, spoken)
        yield "mention", mention
        if self._drugs and says.drugs and not mention and not self._drugs.intersection(says.drugs):
            yield "stranger", float(kind is not SourceKind.LABEL)

    def _mention_fit(self, about: frozenset[str], spoken: set[str]) -> float:
        """How well the passage names what is asked beside its own subject: by name, by class."""
        own = {name for drug in about for name in self._names_of.get(drug, ())}
        others = self._others - about - own
        if not others:
            return 0.0
        fits = [self._names_of[other].get(name, 0.0) for other in others for name in spoken]
        found = sum(sorted((fit for fit in fits if fit), reverse=True)[: 1 if about else 2])
        return min(1.0, found if about or len(others) == 1 else found / 2)

    def _topic_fit(self, says: Description) -> float:
        """The share of all names asked about that stand in the document's title."""
        asked = {*self._named, *self._conditions, *self._procedures}
        titled = asked.intersection((*says.subjects, *says.topics))
        return len(titled) / len(asked) if asked else 0.0

    def _condition_fit(self, says: Description) -> float:
        """1 for a condition asked about, less for each step to a wider or narrower one."""
        return max((self._kin.get(name, 0.0) for name in says.conditions), default=0.0)

    def _population_parts(self, population: tuple[str, ...]) -> Iterator[tuple[str, float]]:
        asked, stated = self._axes, _axes(population)
        shared = asked.keys() & stated.keys()
        met = [axis for axis in shared if _together(asked[axis], stated[axis])]
        if met:
            telling = any(axis in TELLING and asked[axis] != ADULT for axis in met)
            yield "population", 1.0 if telling else COMMON
        apart = {axis for axis in shared if _apart(asked[axis], stated[axis])}
        if apart - self._assumed:
            yield "mismatch", 1.0
        elif apart:
            yield "elsewhere", 1.0
        if stated.keys() - asked.keys() - {"setting", "sex"}:
            yield "unasked", 1.0

    def _known_as(self, name: str) -> dict[str, float]:
        """The names by which a label may speak of a drug: its own, or those of its classes.

        A label warns of "SSRIs", not of sertraline; the wider the class, the weaker the link.
        """
        fits = {name: 1.0}
        for group in self._vocabulary.classes.get(name, ()):
            for wider, steps in self._vocabulary.steps_up(group).items():
                fits[wider] = max(fits.get(wider, 0.0), CLASS_FIT / (1 + steps / 2))
        return fits

    def _kindred(self) -> dict[str, float]:
        """The conditions asked about, their wider names, and names one step narrower."""
        kin: dict[str, float] = {}
        for condition in self._conditions:
            for name, steps in self._vocabulary.steps_up(condition).items():
                kin[name] = max(kin.get(name, 0.0), 1 / (1 + steps / 2) if steps < FAR else 0.0)
        for name, wider in self._vocabulary.parents.items():
            if name not in kin and any(each in wider for each in self._conditions):
                kin[name] = NARROWER
        return {name: fit for name, fit in kin.items() if fit}


Word = TypeVar("Word", bound=str)


def _blend(fits: list[dict[Word, float]]) -> dict[Word, float]:
    """The best of several fits, each after the first counting ``NEAR`` times the one before."""
    blended: dict[Word, float] = {}
    for rank, fit in enumerate(fits):
        for name, value in fit.items():
            blended[name] = max(blended.get(name, 0.0), value * NEAR**rank)
    return blended


def _brands_named(question: Question) -> Iterator[str]:
    """Words of the brands that a question names: of names that are not the drug's own."""
    for concept in question.concepts:
        if concept.kind is ConceptKind.DRUG and concept.text.casefold() != concept.name:
            yield from (word for word in folded_words(concept.text) if word not in concept.name)


def _combinations_of(drugs: frozenset[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Fixed combinations that hold one of the drugs: their labels are no labels of another."""
    return frozenset(
        name
        for name in vocabulary.classes
        if " and " in name and not drugs.isdisjoint(re.split(r",? and |, ", name))
    )


def with_part(scored: ScoredRecord, name: str, value: float) -> ScoredRecord:
    """The record with one more part of its relevance."""
    part = round(load_weights()[name] * value, 4)
    parts = {**scored.parts, name: part}
    return replace(scored, parts=parts, score=round(scored.score + part, 4))


def asked_drugs(question: Question, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Drugs that the question is about: named ones, else those of a named class."""
    if named := question.names(ConceptKind.DRUG):
        return named
    classes = question.names(ConceptKind.DRUG_CLASS)
    return tuple(
        dict.fromkeys(drug for name in classes for drug in vocabulary.members.get(name, ()))
    )


@lru_cache(maxsize=4096)
def _axes(population: tuple[str, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in population:
        axis, _, value = group.partition(":")
        found.setdefault(axis, set()).add(value)
    return {axis: frozenset(values) for axis, values in found.items()}


def _stated(values: frozenset[str]) -> frozenset[str]:
    """The values as precisely as they were stated: "any" says nothing beside a degree."""
    return values - {"any"} or values


def _together(asked: frozenset[str], stated: frozenset[str]) -> bool:
    """Whether two sets of values of one axis meet; ``any`` meets every value."""
    return bool(asked & stated) or "any" in asked | stated


def _apart(asked: frozenset[str], stated: frozenset[str]) -> bool:
    """Whether two sets of values of one axis exclude each other; ``any`` excludes nothing."""
    wider = {WITHIN[value] for value in asked if value in WITHIN}
    return "any" not in asked | stated and not (asked | wider) & stated
