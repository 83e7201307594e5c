"""Reads a sentence into what can be compared: numbers, names, marks and words, in order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from loccit.quantities import Measure, measures
from loccit.terms import ConceptKind
from loccit.verification.rules import Mark, Qualifier, Rules, stem
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import Word, words_of

__all__ = ["Reader", "Reading", "Token"]

_KINDS = {
    ConceptKind.DRUG: "drug",
    ConceptKind.DRUG_CLASS: "drug",
    ConceptKind.PROCEDURE: "procedure",
}
_RESULTS = ("difference", "significance")
_ASIDE = re.compile(r"\([^()]{0,200}\)")
_COMBINED = re.compile(r",? and |, ")
"""A fixed combination is compared by its drugs: their order is no matter."""
NOT = "¬"
"""All denials are one word in comparison."""
REACH_OF_ADVICE = 2
REACH = 6
"""How many telling words a denial reaches (after NegEx, whose window is six)."""


class Token(NamedTuple):
    """One unit of meaning at ``start:end`` of its text.

    ``kind`` is ``number``, ``drug``, ``procedure``, ``concept``, ``mark`` or ``word``; equal
    ``norm`` means the same. ``denied`` tells whether a denial reaches it, ``clause`` in which
    clause it stands, ``aside`` whether it stands in brackets.
    """

    kind: str
    norm: str
    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    measure: Measure | None = None
    denied: bool = False
    clause: int = 0
    aside: bool = False

    def mark(self, kind: str) -> Mark | None:
        """Its mark of this kind, if it has one."""
        return next((mark for mark in self.marks if mark.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read. ``qualifiers`` say for whom and when, with their places."""

    text: str
    tokens: tuple[Token, ...]
    qualifiers: tuple[tuple[Qualifier, int, int], ...]

    @property
    def drugs(self) -> frozenset[str]:
        """Canonical names of the drugs and classes named."""
        return frozenset(token.norm for token in self.tokens if token.kind == "drug")

    def axis(self, name: str) -> frozenset[str]:
        """Values stated on an axis of qualifiers."""
        return frozenset(q.value for q, _, _ in self.qualifiers if q.axis == name)

    def part(self, start: int, end: int) -> Reading:
        """What of it stands within ``start:end``; places stay those of the whole text."""
        starts = [token.start for token in self.tokens]
        tokens = self.tokens[bisect_left(starts, start) : bisect_left(starts, end)]
        inside = tuple(each for each in self.qualifiers if start <= each[1] < end)
        return Reading(self.text, tokens, inside)


class Reader:
    """Reads texts with one vocabulary; remembers the last ones, since sources recur."""

    def __init__(self, vocabulary: Vocabulary, rules: Rules) -> None:
        self._vocabulary, self.rules = vocabulary, rules
        self.read = lru_cache(maxsize=2048)(self._read)

    def _read(self, text: str) -> Reading:
        words = words_of(text)
        folded = [word.folded.removesuffix("'s") for word in words]
        tokens = sorted(self._tokens(text, words, folded), key=lambda token: token.start)
        return Reading(
            text=text,
            tokens=tuple(_with_denials(text, tokens, self.rules.clause_ends)),
            qualifiers=tuple(self._qualifiers(words, folded)),
        )

    def _tokens(self, text: str, words: list[Word], folded: list[str]) -> Iterator[Token]:
        taken = bytearray(len(words))
        starts = [word.start for word in words]
        for measure in measures(text):
            first = bisect_left(starts, measure.start)
            last = bisect_left(starts, measure.end)
            taken[first:last] = b"\1" * (last - first)
            yield _number(measure)
        yield from self._names(words, folded, taken)
        yield from self._short_forms(text, words, taken)
        yield from self._marks(words, folded, taken)
        for at, word in enumerate(words):
            if not taken[at] and word.folded not in self.rules.silent:
                norm = self.rules.meaning(word.folded)
                yield Token("word", norm, word.start, word.end)

    def _short_forms(self, text: str, words: list[Word], taken: bytearray) -> Iterator[Token]:
        """Abbreviations, by their commonest meaning: MI, LFTs."""
        known = self._vocabulary.abbreviations
        for at, word in enumerate(words):
            written = text[word.start : word.end]
            if taken[at] or not written[:2].isupper():
                continue
            short = known.get(written) or known.get(written.removesuffix("s"))
            entry = short and self._vocabulary.lexicon.get(short.meanings[0])
            if entry:
                taken[at] = 1
                yield Token(_KINDS.get(entry.kind, "concept"), entry.name, word.start, word.end)

    def _names(self, words: list[Word], folded: list[str], taken: bytearray) -> Iterator[Token]:
        free = ["" if gone else word for word, gone in zip(folded, taken, strict=True)]
        for first, last, entry in self._vocabulary.lexicon.scan(free):
            taken[first : last + 1] = b"\1" * (last + 1 - first)
            kind = _KINDS.get(entry.kind, "concept")
            names = _COMBINED.split(entry.name) if kind == "drug" else (entry.name,)
            marks = self._inner_marks(folded[first], folded[last]) if last > first else ()
            for name in names:
                yield Token(kind, name, words[first].start, words[last].end, marks)

    def _inner_marks(self, *ends: str) -> tuple[Mark, ...]:
        """What the first and the last word of a name do to its meaning: *elevated* bilirubin."""
        marked = [(self.rules.marks.get([stem(word)]), word) for word in ends]
        return tuple(mark for each, word in marked if each for mark in each.of(word))

    def _marks(self, words: list[Word], folded: list[str], taken: bytearray) -> Iterator[Token]:
        stems = [stem(word) for word in folded]
        for first, last, marked in self.rules.marks.scan(stems):
            found = marked.of(" ".join(folded[first : last + 1]))
            if not found or any(taken[first : last + 1]):
                continue
            taken[first : last + 1] = b"\1" * (last + 1 - first)
            norm = " ".join(self.rules.meaning(word) for word in folded[first : last + 1])
            if any(mark.kind == "negation" for mark in found):
                norm = NOT
            yield Token("mark", norm, words[first].start, words[last].end, found)

    def _qualifiers(
        self, words: list[Word], folded: list[str]
    ) -> Iterator[tuple[Qualifier, int, int]]:
        populations = self._vocabulary.populations
        for first, last, entry in populations.scan(folded):
            yield _qualifier(entry.name), words[first].start, words[last].end
            for at in range(first, last + 1 if last > first else first):
                inner = populations.get(folded[at])  # "chronic" in "chronic kidney disease"
                if inner:
                    yield _qualifier(inner.name), words[at].start, words[at].end
        for first, last, qualifier in self.rules.qualifiers.scan(folded):
            yield qualifier, words[first].start, words[last].end


def _qualifier(name: str) -> Qualifier:
    axis, _, value = name.partition(":")
    return Qualifier(axis, value)


def _number(measure: Measure) -> Token:
    unit = measure.dimension if measure.high else measure.unit  # 0 weeks is no 0 days
    norm = f"{measure.low:.6g}:{measure.high:.6g}:{unit}"
    return Token("number", norm, measure.start, measure.end, measure=measure)


def _with_denials(text: str, tokens: list[Token], ends: re.Pattern[str]) -> Iterator[Token]:
    """The tokens with their clause, and with what denials reach.

    A denial reaches the words after it in its clause, all advice among them ("not recommended for
    use"), and the first direction; "no significant difference" denies both. What advises against
    something ("avoid using") denies the advice that follows.
    """
    breaks = [match.start() + 1 for match in ends.finditer(text)]
    asides = [(match.start(), match.end()) for match in _ASIDE.finditer(text)]
    denial = _Denial()
    for token in tokens:
        clause = bisect_left(breaks, token.start + 1)
        aside = any(start <= token.start < end for start, end in asides)
        yield token._replace(clause=clause, denied=denial.meets(token, clause), aside=aside)


class _Denial:
    """Walks along the tokens of a text and knows what the last denial still reaches."""

    def __init__(self) -> None:
        self._clause, self._left, self._turned, self._against = -1, 0, False, 0

    def meets(self, token: Token, clause: int) -> bool:
        """Whether the next token is denied."""
        if clause != self._clause:
            self._clause, self._left, self._against = clause, 0, 0
        if token.mark("negation"):
            self._left, self._turned = REACH, False
            return False
        advice, turns = token.mark("advice"), _turns(token)
        denied = self._left > 0 and not (turns and self._turned)
        if advice and self._against > 0 and self._left <= 0:
            denied = advice.sign > 0
        self._turned = self._turned or (denied and (turns or advice is not None))
        self._left -= 1
        self._against = REACH_OF_ADVICE if advice and advice.sign < 0 else self._against - 1
        return denied


def _turns(token: Token) -> bool:
    """Whether it is a direction that a denial reaches alone."""
    mark = token.mark("direction")
    return mark is not None and mark.family not in _RESULTS
