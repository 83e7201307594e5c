"""Whether the sources on a drug bear out a claim that a question makes about it.

A claim that a drug is of a class is held against the classes that the vocabulary has of it. Any
other is borne out where one sentence of a source on the drug has all that it names: a drug and an
effect that stand pages apart are no claim of the source's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loccit.ports import EvidenceBase
from loccit.questions.telling import telling_words
from loccit.sentences import sentences
from loccit.terms import Concept, ConceptKind, Record, SearchRequest, SourceKind, StatementKind
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.equivalents import load_equivalents
from loccit.vocabulary.lexicon import folded_words
from loccit.vocabulary.ordinary import everyday_words
from loccit.vocabulary.stems import stems_of

__all__ = ["Borne", "has_class"]

LOOKED_AT = 60
NOTHING = re.compile(r"(?!)")
DRUGS = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)


def has_class(drug: str, named: list[Concept], vocabulary: Vocabulary) -> bool | None:
    """Whether a drug is of the class named; ``None`` where that cannot be told."""
    asked = {c.name for c in named if c.kind is ConceptKind.DRUG_CLASS}
    direct = vocabulary.classes.get(drug, ())
    known = {wider for each in direct for wider in vocabulary.lineage(each)}
    if not asked or not known:
        return None
    narrower = {each for name in known for each in vocabulary.lineage(name)}
    return bool(asked & (known | narrower))


class Borne:
    """Claims about one drug, held against the sentences of the sources on it."""

    def __init__(self, drug: str, base: EvidenceBase, vocabulary: Vocabulary) -> None:
        self._drug, self._base, self._vocabulary = drug, base, vocabulary
        classes = vocabulary.classes.get(drug, ())
        self._own = {drug, *(up for each in classes for up in vocabulary.lineage(each))}

    def is_known(self) -> bool:
        """Whether the base has a document on the drug."""
        request = SearchRequest(words=self._drug, drugs=(self._drug,), limit=1)
        return bool(self._base.search(request))

    def is_said(
        self,
        claim: str,
        *,
        kinds: tuple[StatementKind, ...] = (),
        unless: re.Pattern[str] = NOTHING,
    ) -> bool:
        """Whether a sentence, of one of ``kinds`` where given, names all that the claim names.

        A sentence with words of ``unless`` does not count.
        """
        asked = self._asked(claim)
        if not asked:
            return True
        words = " ".join((claim, *sorted({stem for group in asked for stem in group})))
        return any(
            all(not group.isdisjoint(stems) for group in asked)
            for record in self._records(words, kinds)
            for stems in self._sentences(record, unless)
        )

    def denies(self, other: str, words: re.Pattern[str]) -> str:
        """The sentence in which a source on the drug denies what is asked of another drug with it.

        Nothing where any sentence that names the other does not deny.
        """
        request = SearchRequest(
            words=other, drugs=(self._drug,), mentions=(other,), limit=LOOKED_AT
        )
        naming = [
            (text, found.record.card.title)
            for found in self._base.search(request)
            for text in _sentences(found.record.passage.text)
            if any(c.name == other for c in self._vocabulary.lexicon.find(text))
        ]
        if not naming or not all(words.search(text) for text, _ in naming):
            return ""
        text, title = min(naming, key=lambda each: (len(each[0]), each))
        return f"\u201c{text}\u201d ({title})"

    def _asked(self, claim: str) -> list[frozenset[str]]:
        """The stems by which each telling word of a claim may stand in a source."""
        own = {
            word
            for c in self._vocabulary.lexicon.find(claim)
            if c.name == self._drug
            for word in folded_words(f"{c.text} {c.name}")
        }
        same, plain = load_equivalents(), everyday_words()
        words = [w for w in folded_words(telling_words(claim)) if w not in own and w not in plain]
        return [same.get(stem, frozenset({stem})) for stem in stems_of(words)]

    def _records(self, words: str, kinds: tuple[StatementKind, ...]) -> Iterator[Record]:
        own = SearchRequest(words=words, drugs=(self._drug,), kinds=kinds, limit=LOOKED_AT)
        yield from (found.record for found in self._base.search(own))
        others = tuple(kind for kind in SourceKind if kind is not SourceKind.LABEL)
        beside = SearchRequest(
            words=words, mentions=(self._drug,), kinds=kinds, source_kinds=others, limit=LOOKED_AT
        )
        yield from (found.record for found in self._base.search(beside))

    def _sentences(self, record: Record, unless: re.Pattern[str]) -> Iterator[frozenset[str]]:
        """Stems of each sentence on the drug; one that names only other drugs is on these."""
        passage, is_own = record.passage, self._drug in record.description.subjects
        for text in _sentences(passage.text):
            named = {c.name for c in self._vocabulary.lexicon.find(text) if c.kind in DRUGS}
            if unless.search(text):
                continue
            if named & self._own or (is_own and not named):
                above = passage.locator.section[-1:]
                yield frozenset(stems_of(folded_words(" ".join((text, passage.context, *above)))))


def _sentences(text: str) -> Iterator[str]:
    yield from (text[start:end].strip() for start, end in sentences(text))
