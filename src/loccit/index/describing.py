"""From a passage to its description."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from loccit.index.rules import KindRules, load_form_cues, load_kind_rules
from loccit.quantities import quantities
from loccit.terms import (
    ConceptKind,
    Description,
    Form,
    Passage,
    PassageKind,
    SourceDocument,
    SourceKind,
    StatementKind,
)
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import Entry, folded_words

__all__ = ["Describer"]

MOST_KINDS = 5
DRUGS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
CONDITIONS = (ConceptKind.CONDITION, ConceptKind.FINDING)


class Describer:
    """Describes the passages of documents; holds what does not change between passages."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._rules: KindRules = load_kind_rules()
        self._heading_kinds: dict[tuple[str, tuple[str, ...]], tuple[StatementKind, ...]] = {}

    def subjects(self, document: SourceDocument) -> tuple[str, ...]:
        """Canonical drugs that a document is about: a label's own, those in another's title."""
        if _kind_of(document) is not SourceKind.LABEL:
            return _names((), self._titled(document.title), ConceptKind.DRUG)
        if document.annotations:
            return _first_named(document)
        found = self._titled(" ; ".join(document.subjects) or document.title)
        own = tuple(name.casefold() for name in document.subjects)
        return _names((), found, ConceptKind.DRUG) or own

    @lru_cache(maxsize=4096)  # noqa: B019 - one describer lives as long as its process loads
    def _titled(self, title: str) -> tuple[Entry, ...]:
        return tuple(self._vocabulary.lexicon.entries(folded_words(title)))

    def describe(
        self, document: SourceDocument, passage: Passage, subjects: tuple[str, ...]
    ) -> Description:
        """What ``passage`` of ``document`` speaks of; ``subjects`` as given by ``subjects()``."""
        words = folded_words(passage.text)
        found = tuple(self._vocabulary.lexicon.entries(words))
        beside, near = self._beside(passage.locator.section[-2:], passage.context)
        note = passage.annotation
        return Description(
            kinds=(note.kind,) if note else self._kinds(document, passage),
            drugs=_names(note.drugs if note else (), found, *DRUGS),
            conditions=_names(note.conditions if note else (), found + beside, *CONDITIONS),
            procedures=_names(
                note.interventions if note else (), found + beside, ConceptKind.PROCEDURE
            ),
            population=note.population if note else self._population(words, near),
            quantities=quantities(passage.text),
            subjects=subjects,
            forms=() if note else _forms(document, passage, _kind_of(document)),
            topics=_names((), self._titled(document.title), *CONDITIONS, ConceptKind.PROCEDURE),
        )

    @lru_cache(maxsize=4096)  # noqa: B019 - one describer lives as long as its process loads
    def _beside(
        self, headings: tuple[str, ...], context: str
    ) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """What the headings and the context of a passage name, and for whom they are."""
        words = folded_words(" ; ".join((*headings, context)))
        groups = self._vocabulary.populations.entries(words)
        return tuple(self._vocabulary.lexicon.entries(words)), tuple(e.name for e in groups)

    def _population(self, words: list[str], near: tuple[str, ...]) -> tuple[str, ...]:
        own = (entry.name for entry in self._vocabulary.populations.entries(words))
        return tuple(dict.fromkeys((*own, *near)))

    def _kinds(self, document: SourceDocument, passage: Passage) -> tuple[StatementKind, ...]:
        first: list[StatementKind] = []
        if passage.kind is PassageKind.BOXED_WARNING:
            first.append(StatementKind.BOXED_WARNING)
        base = self._section_kinds(passage.code, passage.locator.section)
        strong: list[StatementKind] = []
        weak: list[StatementKind] = []
        source = _kind_of(document)
        for cue in self._rules.cues:
            if (not cue.sources or source in cue.sources) and cue.pattern.search(passage.text):
                (strong if cue.first else weak).append(cue.kind)
        kinds = tuple(dict.fromkeys((*first, *strong, *base, *weak)))
        if source is SourceKind.LABEL:
            kinds = self._within_bounds(kinds, passage)
        return kinds[:MOST_KINDS] or (StatementKind.OTHER,)

    def _within_bounds(
        self, kinds: tuple[StatementKind, ...], passage: Passage
    ) -> tuple[StatementKind, ...]:
        """Those of the kinds that the section of a label may state, its own first."""
        for bound in self._rules.bounds:
            if bound.holds(passage.code, passage.locator.section):
                allowed = (kind for kind in kinds if kind in bound.kinds)
                return tuple(dict.fromkeys((bound.kinds[0], *allowed)))
        return kinds

    def _section_kinds(self, code: str, path: tuple[str, ...]) -> tuple[StatementKind, ...]:
        key = (code, path)
        if key not in self._heading_kinds:
            self._heading_kinds[key] = tuple(dict.fromkeys(self._derive_kinds(code, path)))
        return self._heading_kinds[key]

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


def _forms(document: SourceDocument, passage: Passage, source: SourceKind) -> tuple[Form, ...]:
    """The forms that a passage shows, by its words, its headings, its code or its reader."""
    path = passage.locator.section
    return tuple(
        cue.form
        for cue in load_form_cues()
        if not (cue.articles and source is SourceKind.LABEL)
        and (
            (cue.code and cue.code == passage.code)
            or (cue.parser and document.parser.startswith(cue.parser))
            or (cue.words and cue.words.search(passage.text))
            or (cue.place and any(cue.place.search(heading) for heading in path[-2:]))
            or (cue.top and path and cue.top.search(path[0]))
        )
    )


def _kind_of(document: SourceDocument) -> SourceKind:
    """The kind that tells how to read a document: a summary's is that of its original."""
    return document.summarises.kind if document.summarises else document.kind


def _first_named(document: SourceDocument) -> tuple[str, ...]:
    """The drug named first in most statements of a label's summary."""
    firsts = [note.drugs[0] for note in document.annotations if note.drugs]
    return (max(firsts, key=firsts.count),) if firsts else ()


def _names(
    noted: tuple[str, ...], found: tuple[Entry, ...], *kinds: ConceptKind
) -> tuple[str, ...]:
    """Names a person noted first, then those found in the words."""
    return tuple(dict.fromkeys((*noted, *(each.name for each in found if each.kind in kinds))))
