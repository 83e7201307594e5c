"""Reads a sentence into what can be compared: numbers, names, marks and words, in order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from loccit.quantities import Measure, measures
from loccit.terms import ConceptKind
from loccit.verification.ages import ages
from loccit.verification.rules import Mark, Qualifier, Rules, stem
from loccit.verification.tokens import Piece, Reading, in_context
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import words_with_places
from loccit.vocabulary.phrases import PhraseTable

__all__ = ["Reader"]

_KINDS = {
    ConceptKind.DRUG: "drug",
    ConceptKind.DRUG_CLASS: "drug",
    ConceptKind.PROCEDURE: "procedure",
}
_COMBINED = re.compile(r",? and |, ")
"""A fixed combination is compared by its drugs: their order is no matter."""
NOT = "¬"
"""All denials are one word in comparison."""
REMEMBERED = 4096
"""Texts whose reading is kept: sources recur."""


class Reader:
    """Reads texts with one vocabulary; remembers the last ones."""

    def __init__(self, vocabulary: Vocabulary, rules: Rules) -> None:
        self._vocabulary, self.rules = vocabulary, rules
        self._qualifiers = _all_qualifiers(vocabulary, rules)
        self._meaning = lru_cache(maxsize=65536)(rules.meaning)
        self.read = lru_cache(maxsize=REMEMBERED)(self._read)

    def _read(self, text: str) -> Reading:
        words = _Words(text)
        pieces = sorted(self._pieces(words))
        return Reading(
            text=text,
            tokens=tuple(in_context(text, pieces, self.rules.clause_ends)),
            qualifiers=tuple(self._placed(words)),
            inner=frozenset(map(self._meaning, words.named)),
        )

    def _pieces(self, words: _Words) -> Iterator[Piece]:
        for measure in measures(words.text):
            words.take(measure.start, measure.end)
            yield _number(measure)
        yield from self._joined(words)
        yield from self._spoken(words)
        yield from self._names(words)
        yield from self._short_forms(words)
        yield from self._marks(words)
        silent, meaning = self.rules.silent, self._meaning
        for word, start, end, gone in zip(
            words.folded, words.starts, words.ends, words.taken, strict=True
        ):
            if not gone and word not in silent:
                yield Piece(start, end, "word", meaning(word))

    def _joined(self, words: _Words) -> Iterator[Piece]:
        """*non-opioid* is one word, as *nonopioid* is."""
        for at, word in enumerate(words.folded[:-1]):
            if word != "non" or words.taken[at + 1]:
                continue
            after = words.folded[at + 1]
            if not self.rules.marks.get([word, stem(after)]):  # *non-inferior* has its own
                start, end = words.claim(at, at + 1)
                yield Piece(start, end, "word", self._meaning(f"non{after}"))

    def _spoken(self, words: _Words) -> Iterator[Piece]:
        """Phrases that are one word in other words: *without symptoms* is asymptomatic."""
        for first, last, norm in self.rules.spoken.scan(words.free()):
            start, end = words.claim(first, last)
            yield Piece(start, end, "word", norm)

    def _names(self, words: _Words) -> Iterator[Piece]:
        for first, last, entry in self._vocabulary.lexicon.scan(words.free()):
            start, end = words.claim(first, last)
            kind = _KINDS.get(entry.kind, "concept")
            if kind == "concept" and last > first:
                words.named.update(words.folded[first : last + 1])
            names = _COMBINED.split(entry.name) if kind == "drug" else (entry.name,)
            ends = (first, last) if last > first else (first,)
            marks = self._inner_marks(*(words.folded[at] for at in ends))
            for name in names:
                yield Piece(start, end, kind, name, marks)

    def _inner_marks(self, *words: str) -> tuple[Mark, ...]:
        """What a name's words do to its meaning: *elevated* bilirubin, *hypo*kalemia."""
        marked = [(self.rules.marks.get([stem(word)]), word) for word in words]
        return tuple(mark for each, word in marked if each for mark in each.of(word))

    def _short_forms(self, words: _Words) -> Iterator[Piece]:
        """Abbreviations, by their commonest meaning: MI, LFTs."""
        known = self._vocabulary.abbreviations
        for at, (start, end) in enumerate(zip(words.starts, words.ends, strict=True)):
            written = words.text[start:end]
            if words.taken[at] or not written[:2].isupper():
                continue
            short = known.get(written) or known.get(written.removesuffix("s"))
            entry = short and self._vocabulary.lexicon.get(short.meanings[0])
            if entry:
                words.claim(at, at)
                yield Piece(start, end, _KINDS.get(entry.kind, "concept"), entry.name)

    def _marks(self, words: _Words) -> Iterator[Piece]:
        for first, last, marked in self.rules.marks.scan([stem(w) for w in words.free()]):
            forms = words.folded[first : last + 1]
            found = marked.of(" ".join(forms))
            if not found:
                continue
            start, end = words.claim(first, last)
            denies = any(mark.kind == "negation" for mark in found)
            norm = NOT if denies else " ".join(map(self._meaning, forms))
            yield Piece(start, end, "mark", norm, found)

    def _placed(self, words: _Words) -> Iterator[tuple[Qualifier, int, int]]:
        """Qualifiers with their places, and those inside them: *chronic* kidney disease."""
        yield from ages(words.text)
        for first, last, found in self._qualifiers.scan(words.folded):
            for qualifier in found:
                yield qualifier, words.starts[first], words.ends[last]
            for at in range(first, last + 1 if last > first else first):
                for qualifier in self._qualifiers.get([words.folded[at]]) or ():
                    yield qualifier, words.starts[at], words.ends[at]


class _Words:
    """The words of a text, and which of them have been read."""

    __slots__ = ("ends", "folded", "named", "starts", "taken", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded, self.starts, self.ends = words_with_places(text)
        self.taken = bytearray(len(self.folded))
        self.named: set[str] = set()

    def free(self) -> list[str]:
        """The words that are still unread; nothing in the place of the others."""
        if not any(self.taken):
            return self.folded
        return ["" if gone else word for word, gone in zip(self.folded, self.taken, strict=True)]

    def take(self, start: int, end: int) -> None:
        """Mark the words of a stretch of the text as read."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        self.taken[first:last] = b"\1" * (last - first)

    def claim(self, first: int, last: int) -> tuple[int, int]:
        """Mark words by their number as read; gives their place in the text."""
        self.taken[first : last + 1] = b"\1" * (last + 1 - first)
        return self.starts[first], self.ends[last]


def _all_qualifiers(vocabulary: Vocabulary, rules: Rules) -> PhraseTable[tuple[Qualifier, ...]]:
    """The populations of the vocabulary and the qualifiers of the rules, in one table."""
    table = PhraseTable[tuple[Qualifier, ...]]()
    for phrase in list(vocabulary.populations.keys()):
        entry = vocabulary.populations.get(phrase)
        if entry:
            axis, _, value = entry.name.partition(":")
            table.add(phrase.split(" "), (Qualifier(axis, value),))
    for words, qualifier in rules.qualifiers:
        table.add(words, (*(table.get(words) or ()), qualifier))
    return table


def _number(measure: Measure) -> Piece:
    unit = measure.dimension if measure.high else measure.unit  # 0 weeks is no 0 days
    norm = f"{measure.low:.6g}:{measure.high:.6g}:{unit}"
    return Piece(measure.start, measure.end, "number", norm, (), measure)
