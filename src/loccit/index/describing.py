"""From a passage to its description."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from loccit.index.rules import KindRules, load_form_cues, load_kind_rules
from loccit.quantities import quantities
from loccit.terms import (
    ConceptKind,
    Description,
    Form,
    Passage,
    PassageKind,
    Quantity,
    SourceDocument,
    SourceKind,
    StatementKind,
)
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.finding import PatternTable
from loccit.vocabulary.lexicon import Entry, folded_words

__all__ = ["Describer"]

MOST_KINDS = 5
KEPT = 4096
"""Titles and places whose meaning stays at hand: those of one document come again and again."""
LONGEST_KEPT = 2000
"""Characters of a text whose reading stays at hand; nearly all passages are shorter."""
DRUGS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
CONDITIONS = (ConceptKind.CONDITION, ConceptKind.FINDING)


class _Named(NamedTuple):
    """What words name, each once, in order."""

    drugs: tuple[str, ...]
    conditions: tuple[str, ...]
    procedures: tuple[str, ...]
    population: tuple[str, ...]


class _Said(NamedTuple):
    """What a text says by itself, wherever it stands; ``shown``: numbers of the cues it meets."""

    named: _Named
    quantities: tuple[Quantity, ...]
    shown: frozenset[int]


class Describer:
    """Describes the passages of documents; holds what does not change between passages."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._rules: KindRules = load_kind_rules()
        self._form_cues = load_form_cues()
        cues = [cue.pattern.pattern for cue in self._rules.cues]
        forms = [cue.words.pattern if cue.words else "" for cue in self._form_cues]
        self._first = len(cues)
        self._patterns = PatternTable(cues + forms)

    def subjects(self, document: SourceDocument) -> tuple[str, ...]:
        """Canonical drugs that a document is about: a label's own, those in another's title."""
        if _kind_of(document) is not SourceKind.LABEL:
            return _names(self._titled(document.title), ConceptKind.DRUG)
        if document.annotations:
            return _first_named(document)
        found = self._titled(" ; ".join(document.subjects) or document.title)
        own = tuple(name.casefold() for name in document.subjects)
        return _names(found, ConceptKind.DRUG) or own

    @lru_cache(maxsize=KEPT)  # noqa: B019 - one describer lives as long as its process loads
    def _titled(self, title: str) -> tuple[Entry, ...]:
        return tuple(self._vocabulary.lexicon.entries(folded_words(title)))

    @lru_cache(maxsize=KEPT)  # noqa: B019
    def _topics(self, title: str) -> tuple[str, ...]:
        return _names(self._titled(title), *CONDITIONS, ConceptKind.PROCEDURE)

    def describe(
        self, document: SourceDocument, passage: Passage, subjects: tuple[str, ...]
    ) -> Description:
        """What ``passage`` of ``document`` speaks of; ``subjects`` as given by ``subjects()``."""
        text, note = passage.text, passage.annotation
        named, numbers, shown = (self._kept if len(text) <= LONGEST_KEPT else self._said)(text)
        near = self._beside(passage.locator.section[-2:], passage.context)
        return Description(
            kinds=(note.kind,) if note else self._kinds(document, passage, shown),
            drugs=_joined(note.drugs if note else (), named.drugs),
            conditions=_joined(note.conditions if note else (), named.conditions, near.conditions),
            procedures=_joined(
                note.interventions if note else (), named.procedures, near.procedures
            ),
            population=note.population if note else _joined(named.population, near.population),
            quantities=numbers,
            subjects=subjects,
            forms=() if note else self._forms(document, passage, shown),
            topics=self._topics(document.title),
        )

    @lru_cache(maxsize=KEPT)  # noqa: B019
    def _kept(self, text: str) -> _Said:
        """What a text says; most passages of a label stand in its other editions word for word."""
        return self._said(text)

    def _said(self, text: str) -> _Said:
        words = folded_words(text)
        shown = frozenset(self._patterns.found(text, words))
        return _Said(self._named(words), quantities(text, words), shown)

    def _named(self, words: list[str]) -> _Named:
        found = self._vocabulary.lexicon.entries(words)
        groups = self._vocabulary.populations.entries(words)
        return _Named(
            drugs=_names(found, *DRUGS),
            conditions=_names(found, *CONDITIONS),
            procedures=_names(found, ConceptKind.PROCEDURE),
            population=_names(groups, ConceptKind.POPULATION),
        )

    @lru_cache(maxsize=KEPT)  # noqa: B019
    def _beside(self, headings: tuple[str, ...], context: str) -> _Named:
        """What the headings and the context of a passage name, and for whom they are."""
        return self._named(folded_words(" ; ".join((*headings, context))))

    def _kinds(
        self, document: SourceDocument, passage: Passage, shown: AbstractSet[int]
    ) -> tuple[StatementKind, ...]:
        first: list[StatementKind] = []
        if passage.kind is PassageKind.BOXED_WARNING:
            first.append(StatementKind.BOXED_WARNING)
        base = self._section_kinds(passage.code, passage.locator.section)
        strong: list[StatementKind] = []
        weak: list[StatementKind] = []
        source = _kind_of(document)
        for cue in (self._rules.cues[number] for number in sorted(shown) if number < self._first):
            if not cue.sources or source in cue.sources:
                (strong if cue.first else weak).append(cue.kind)
        kinds = tuple(dict.fromkeys((*first, *strong, *base, *weak)))
        if source is SourceKind.LABEL:
            kinds = self._within_bounds(kinds, passage)
        return kinds[:MOST_KINDS] or (StatementKind.OTHER,)

    def _within_bounds(
        self, kinds: tuple[StatementKind, ...], passage: Passage
    ) -> tuple[StatementKind, ...]:
        """Those of the kinds that the section of a label may state, its own first."""
        allowed = self._bound(passage.code, passage.locator.section)
        if not allowed:
            return kinds
        return tuple(dict.fromkeys((allowed[0], *(kind for kind in kinds if kind in allowed))))

    @lru_cache(maxsize=KEPT)  # noqa: B019
    def _bound(self, code: str, path: tuple[str, ...]) -> tuple[StatementKind, ...]:
        """The kinds to which a label's section is bound, if to any."""
        return next((b.kinds for b in self._rules.bounds if b.holds(code, path)), ())

    @lru_cache(maxsize=KEPT)  # noqa: B019
    def _section_kinds(self, code: str, path: tuple[str, ...]) -> tuple[StatementKind, ...]:
        return tuple(dict.fromkeys(self._derive_kinds(code, path)))

    def _derive_kinds(self, code: str, path: tuple[str, ...]) -> Iterator[StatementKind]:
        """Kinds by the innermost telling heading, then by the section's code."""
        by_code = self._rules.codes.get(code, ())
        for heading in reversed(path):
            for pattern, kinds in self._rules.headings:
                if pattern.search(heading):
                    yield from kinds
                    yield from by_code
                    return
        yield from by_code

    def _forms(
        self, document: SourceDocument, passage: Passage, shown: AbstractSet[int]
    ) -> tuple[Form, ...]:
        """The forms that a passage shows, by its words or by where it stands, in order of cues."""
        is_label = _kind_of(document) is SourceKind.LABEL
        path = passage.locator.section
        placed = self._placed(document.parser, passage.code, path[:1], path[-2:])
        worded = {number - self._first for number in shown if number >= self._first}
        return tuple(
            self._form_cues[number].form
            for number in sorted(placed | worded)
            if not (is_label and self._form_cues[number].articles)
        )

    @lru_cache(maxsize=KEPT)  # noqa: B019
    def _placed(
        self, parser: str, code: str, top: tuple[str, ...], near: tuple[str, ...]
    ) -> frozenset[int]:
        """Cues of form that a place in a source meets: its code, its reader, its headings."""
        return frozenset(
            number
            for number, cue in enumerate(self._form_cues)
            if (cue.code and cue.code == code)
            or (cue.parser and parser.startswith(cue.parser))
            or (cue.place and any(cue.place.search(heading) for heading in near))
            or (cue.top and top and cue.top.search(top[0]))
        )


def _kind_of(document: SourceDocument) -> SourceKind:
    """The kind that tells how to read a document: a summary's is that of its original."""
    return document.summarises.kind if document.summarises else document.kind


def _first_named(document: SourceDocument) -> tuple[str, ...]:
    """The drug named first in most statements of a label's summary."""
    firsts = [note.drugs[0] for note in document.annotations if note.drugs]
    return (max(firsts, key=firsts.count),) if firsts else ()


def _names(found: Sequence[Entry], *kinds: ConceptKind) -> tuple[str, ...]:
    """Names of these kinds, each once, in order."""
    return tuple(dict.fromkeys(each.name for each in found if each.kind in kinds)) if found else ()


def _joined(*parts: tuple[str, ...]) -> tuple[str, ...]:
    """All of the parts, one after the other, each name once."""
    return tuple(dict.fromkeys(chain(*parts))) if any(parts) else ()
