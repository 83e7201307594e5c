"""From a passage to its description."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.index.quantities import quantities
from loccit.index.rules import KindRules, load_kind_rules
from loccit.terms import (
    Annotation,
    Concept,
    ConceptKind,
    Description,
    Passage,
    PassageKind,
    SourceDocument,
    SourceKind,
    StatementKind,
)
from loccit.vocabulary import Vocabulary

__all__ = ["Describer"]

MOST_KINDS = 5


class Describer:
    """Describes the passages of documents; holds what does not change between passages."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._rules: KindRules = load_kind_rules()
        self._heading_kinds: dict[tuple[str, tuple[str, ...]], tuple[StatementKind, ...]] = {}

    def subjects(self, document: SourceDocument) -> tuple[str, ...]:
        """Canonical drugs that a label (or a summary of one) is about; nothing for others."""
        kind = document.summarises.kind if document.summarises else document.kind
        if kind is not SourceKind.LABEL:
            return ()
        if document.annotations:
            return self._annotated_subject(document)
        named = " ; ".join(document.subjects) or document.title
        found = [c.name for c in self._find(named) if c.kind is ConceptKind.DRUG]
        return tuple(dict.fromkeys(found)) or tuple(name.casefold() for name in document.subjects)

    def _annotated_subject(self, document: SourceDocument) -> tuple[str, ...]:
        """The drug named first in most of a pack file's statements."""
        firsts = [note.drugs[0] for note in document.annotations if note.drugs]
        return (max(firsts, key=firsts.count),) if firsts else ()

    def describe(
        self, document: SourceDocument, passage: Passage, subjects: tuple[str, ...]
    ) -> Description:
        """What ``passage`` of ``document`` speaks of; ``subjects`` as given by ``subjects()``."""
        found = self._find(passage.text)
        beside = self._find(" ; ".join((*passage.locator.section[-2:], passage.context)))
        note = passage.annotation
        return Description(
            kinds=(note.kind,) if note else self._kinds(document, passage),
            drugs=_names(note.drugs if note else (), found, ConceptKind.DRUG, ConceptKind.DRUG_CLASS),
            conditions=_names(
                note.conditions if note else (),
                found + beside,
                ConceptKind.CONDITION,
                ConceptKind.FINDING,
            ),
            procedures=_names(
                note.interventions if note else (), found + beside, ConceptKind.PROCEDURE
            ),
            population=self._population(passage, note),
            quantities=quantities(passage.text),
            subjects=subjects,
        )

    def _find(self, text: str) -> list[Concept]:
        return self._vocabulary.lexicon.find(text)

    def _population(self, passage: Passage, note: Annotation | None) -> tuple[str, ...]:
        if note:
            return note.population
        text = " ; ".join((passage.text, passage.heading, passage.context))
        return tuple(dict.fromkeys(c.name for c in self._vocabulary.populations.find(text)))

    def _kinds(self, document: SourceDocument, passage: Passage) -> tuple[StatementKind, ...]:
        first: list[StatementKind] = []
        if passage.kind is PassageKind.BOXED_WARNING:
            first.append(StatementKind.BOXED_WARNING)
        base = self._section_kinds(passage.code, passage.locator.section)
        strong, weak = [], []
        source = document.summarises.kind if document.summarises else document.kind
        for cue in self._rules.cues:
            if (not cue.sources or source in cue.sources) and cue.pattern.search(passage.text):
                (strong if cue.first else weak).append(cue.kind)
        kinds = dict.fromkeys((*first, *strong, *base, *weak))
        return tuple(kinds)[:MOST_KINDS] or (StatementKind.OTHER,)

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


def _names(
    noted: tuple[str, ...], found: list[Concept], *kinds: ConceptKind
) -> tuple[str, ...]:
    """Names a person noted first, then those found in the words."""
    return tuple(dict.fromkeys((*noted, *(c.name for c in found if c.kind in kinds))))
