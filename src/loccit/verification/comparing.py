"""A sentence beside the words it is held against: what the checks look at."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from loccit.sentences import sentences
from loccit.terms import DocumentCard, Locator
from loccit.verification.aligning import Alignment, align
from loccit.verification.reading import Reader
from loccit.verification.tokens import Reading, Token
from loccit.vocabulary import Vocabulary

__all__ = [
    "LONGEST",
    "Comparison",
    "Ground",
    "GroundReading",
    "candidates",
    "is_verbatim",
    "plain",
    "turned_alike",
]

_SPACE = re.compile(r"\s+")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_QUOTE = re.compile("[\u2018\u2019\u02bc]")
_EDGE = " .,;:\"'()[]•*-"
WEIGHTS = {"number": 2.0, "drug": 2.5, "procedure": 2.0, "concept": 2.0, "word": 1.0}
MARKS = {"relation": 0.7, "direction": 1.0, "advice": 0.5, "superlative": 0.5}
"""How much a token counts for what a sentence is about: names and figures more than words. What
only shades the meaning (may, often, not) counts nothing here; the checks look at it."""
NAMES = ("drug", "concept", "procedure")
HALF = 0.5
"""What a name counts where only a wider or a narrower one is said."""
ALIKE = 0.7
"""What a turning word counts where another turns the sentence alike."""
NEARBY, ABOVE = 0.7, 0.3
"""What a word counts that is said elsewhere in the passage, or only in a heading or title."""
LIGHT = 0.4
"""What a word counts that stands in any medical text."""
ASIDE = 0.3
"""What is left of the weight of words in brackets."""
COMMON = 0.3
"""What is left of the weight of a name that more than one sentence of the source has."""
NEARLY = 0.7
"""A sentence that says this share of what the best one says may carry the claim as well."""
MOST_SENTENCES = 3
LONGEST = 300
"""Tokens of a sentence. To lay longer ones beside each other takes the square of their length."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Words that a sentence may stand on, and what must be known to read them.

    ``context`` is what the words stand under (headings, a table's header), ``subjects`` the drugs
    that their document is about.
    """

    text: str
    context: str = ""
    subjects: tuple[str, ...] = ()
    card: DocumentCard | None = None
    locator: Locator | None = None


@dataclass(frozen=True)
class GroundReading:
    """A ground as read, sentence by sentence."""

    ground: Ground
    whole: Reading
    sentences: tuple[Reading, ...]
    spans: tuple[tuple[int, int], ...]
    context: Reading

    @cached_property
    def norms(self) -> frozenset[str]:
        """What the words and their headings name."""
        return self.whole.norms | self.context.norms

    @cached_property
    def drugs(self) -> frozenset[str]:
        """Drugs that the words or their document speak of."""
        return self.whole.drugs | self.context.drugs | frozenset(self.ground.subjects)


@dataclass(frozen=True)
class Comparison:
    """A sentence and its ground, laid side by side.

    ``sentence`` is the part of the ground that says most of it; ``about`` is the share of what the
    sentence speaks of, its faults set aside, that the ground speaks of too.
    """

    claim: Reading
    ground: GroundReading
    sentence: Reading
    alignment: Alignment
    about: float
    covered: float
    own: float
    """The share of the claim that the sentence alone covers."""
    mutual: float
    """The share of the sentence that the claim covers."""
    vocabulary: Vocabulary
    reader: Reader

    def vocabulary_has_wider(self, name: str) -> bool:
        """Whether the ground names something wider than ``name``, or a class that it belongs to."""
        return Scope(self.reader.rules.light, self.vocabulary).has_wider(name, self.ground)


def candidates(
    claim: str, ground: Ground, reader: Reader, vocabulary: Vocabulary
) -> list[Comparison]:
    """``claim`` beside the sentences of ``ground`` that say most of it, the best first.

    One, or several that say nearly as much.
    """
    reading, source = reader.read(claim), read_ground(ground, reader)
    best = _best(reading, source, reader.rules.light)[:MOST_SENTENCES]
    cases = [_beside(reading, source, sentence, reader, vocabulary) for sentence in best]
    return sorted(cases, key=lambda case: -(case.own + case.mutual))


def _beside(
    claim: Reading,
    source: GroundReading,
    sentence: Reading,
    reader: Reader,
    vocabulary: Vocabulary,
) -> Comparison:
    alignment = align(claim.tokens, sentence.tokens)
    scope = Scope(reader.rules.light, vocabulary)
    covered, about, own = _shares(claim, source, sentence, alignment, scope)
    return Comparison(
        claim=claim,
        ground=source,
        sentence=sentence,
        alignment=alignment,
        about=about,
        covered=covered,
        own=own,
        mutual=_mutual(claim, sentence, scope),
        vocabulary=vocabulary,
        reader=reader,
    )


def read_ground(ground: Ground, reader: Reader) -> GroundReading:
    """The ground as read; the same words are read once."""
    whole = reader.read(ground.text)
    spans = tuple(each for span in _cut(ground.text)[0] for each in _stretches(whole, *span))
    return GroundReading(
        ground=ground,
        whole=whole,
        sentences=tuple(whole.part(*span) for span in spans),
        spans=spans,
        context=reader.read(ground.context),
    )


def _stretches(whole: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence of the source; one that is longer than any sentence, piece by piece."""
    tokens = whole.part(start, end).tokens if end - start > LONGEST else ()
    for token in tokens[LONGEST::LONGEST]:
        yield start, token.start
        start = token.start
    yield start, end


@lru_cache(maxsize=2048)
def _cut(
    text: str,
) -> tuple[tuple[tuple[int, int], ...], str, tuple[frozenset[int], frozenset[int]]]:
    """Places of the sentences; all of them in plain letters; where each begins and ends there."""
    spans = tuple(
        (start + offset, start + end)
        for start, block in _blocks(text)
        for offset, end in sentences(block)
    )
    parts = [part for part in (plain(text[start:end]) for start, end in spans) if part]
    begins, ends, at = [], [], 0
    for part in parts:
        begins.append(at)
        ends.append(at + len(part))
        at += len(part) + 1
    return spans, " ".join(parts), (frozenset(begins), frozenset(ends))


def _blocks(text: str) -> Iterable[tuple[int, str]]:
    """Lines of a text: a list item ends where its line does."""
    return ((match.start(), match.group()) for match in re.finditer(r"[^\n]+", text))


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A text as it is compared letter by letter: one space, one dash, one quote, no edges."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _SPACE.sub(" ", _QUOTE.sub("'", _DASH.sub("-", folded))).strip(_EDGE)


def is_verbatim(claim: str, source: str) -> bool:
    """Whether the claim is one or more whole sentences of the source.

    A piece of a sentence is none: it may have lost a "not".
    """
    wanted, (_, words, (begins, ends)) = _cut(claim)[1], _cut(source)
    return bool(wanted) and any(
        at + len(wanted) in ends and words.startswith(wanted, at) for at in begins
    )


def _best(claim: Reading, source: GroundReading, light: frozenset[str]) -> list[Reading]:
    """The sentences of the source that say most of the claim, the shortest of equals first.

    What every sentence of the source names tells them apart no more than its subject does; a number
    counts in part where another of its dimension stands.
    """
    if len(source.sentences) <= 1:
        return list(source.sentences) or [source.whole]
    held = [_told(sentence) for sentence in source.sentences]
    counts = Counter(norm for norms in held for norm in norms)
    common = {norm for norm, count in counts.items() if count > 1} | set(source.ground.subjects)
    wanted = {
        norm: weight * (COMMON if norm in common else 1.0)
        for norm, weight in _weights(claim, light).items()
    }
    scores = [sum(w for norm, w in wanted.items() if norm in norms) for norms in held]
    sizes = [len(sentence.tokens) for sentence in source.sentences]
    order = sorted(range(len(scores)), key=lambda at: (-scores[at], sizes[at], at))
    least = scores[order[0]] * NEARLY
    return [source.sentences[at] for at in order if scores[at] >= least]


def _told(sentence: Reading) -> set[str]:
    """What a sentence names; a number also names its dimension."""
    dimensions = {t.measure.dimension for t in sentence.tokens if t.measure}
    return {token.norm for token in sentence.tokens} | dimensions - {""}


def _weights(reading: Reading, light: frozenset[str]) -> dict[str, float]:
    """What a reading names, with its weight."""
    weights = {token.norm: weight_of(token, light) for token in reading.tokens}
    for token in reading.tokens:
        if token.measure and token.measure.dimension:
            weights.setdefault(token.measure.dimension, WEIGHTS["word"])
    return weights


def weight_of(token: Token, light: frozenset[str]) -> float:
    """How much the token counts for what its sentence is about."""
    if token.kind == "mark":
        weight = max((MARKS.get(mark.kind, 0.0) for mark in token.marks), default=0.0)
    else:
        weight = LIGHT if token.norm in light else WEIGHTS[token.kind]
    return weight * ASIDE if token.aside else weight


def _shares(
    claim: Reading, source: GroundReading, sentence: Reading, alignment: Alignment, scope: Scope
) -> tuple[float, float, float]:
    """The shares of the claim that the ground covers, that it speaks of, and that the sentence has.

    What it covers is said there. What it speaks of leaves out what stands in another's place, and
    takes in names that are wider than the claim's.
    """
    weights = {id(t): weight_of(t, scope.light) for t in claim.tokens}
    total = sum(weights.values())
    if not total:
        return 0.0, 0.0, 0.0
    both = claim.drugs & source.drugs
    said = {
        id(t): 1.0 if scope.is_class_of(t.norm, both) else _said(t, source, sentence)
        for t in claim.tokens
    }
    swapped = {id(one) for one, other in alignment.swapped if _is_rival(one, other)}
    swapped = {one for one in swapped if said[one] < 1}
    akin = {id(t) for t in claim.tokens if t.kind in NAMES and scope.is_akin(t.norm, source)}
    covered = sum(
        weights[one] * (max(share, HALF) if one in akin else share) for one, share in said.items()
    )
    spoken = sum(
        weights[one] * (1.0 if one in akin else share)
        for one, share in said.items()
        if one not in swapped
    )
    rest = total - sum(weights[one] for one in swapped)
    told = sentence.norms
    own = sum(weights[id(t)] for t in claim.tokens if t.norm in told)
    return covered / total, spoken / max(rest, LIGHT), own / total


def _mutual(claim: Reading, sentence: Reading, scope: Scope) -> float:
    weights = [(t.norm, weight_of(t, scope.light)) for t in sentence.tokens]
    total = sum(weight for _, weight in weights)
    return sum(weight for norm, weight in weights if norm in claim.norms) / max(total, LIGHT)


def _is_rival(one: Token, other: Token) -> bool:
    """Whether a token stands in the place of another of its sort."""
    return one.kind == other.kind and one.kind != "word"


def _said(token: Token, source: GroundReading, sentence: Reading) -> float:
    """How far the ground says it: in the sentence at hand, near it, or only above it.

    A mark is said where another one turns the sentence alike.
    """
    if token.norm in sentence.norms:
        return 1.0
    if turned_alike(token, sentence):
        return ALIKE
    named = token.kind in NAMES or token.kind == "number"
    if token.norm in source.whole.norms:
        return 1.0 if named else NEARBY
    if token.norm in source.norms or token.norm in source.drugs:
        return 1.0 if named else ABOVE
    return 0.0


def turned_alike(token: Token, sentence: Reading) -> bool:
    """Whether a mark of the sentence turns it as the token does: same family, same sign."""
    return any(
        other.kind == mark.kind
        and other.family == mark.family
        and other.sign * (-1 if twin.denied else 1) == mark.sign * (-1 if token.denied else 1)
        for mark in token.marks
        if mark.kind in MARKS
        for twin in sentence.marked
        for other in twin.marks
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """What weighing needs to know beside the words: light words, and wider names."""

    light: frozenset[str]
    vocabulary: Vocabulary

    def is_class_of(self, name: str, drugs: frozenset[str]) -> bool:
        """Whether ``name`` is a class of one of ``drugs``: "NSAIDs (naproxen)" means naproxen."""
        return bool(drugs) and not drugs.isdisjoint(self.vocabulary.members.get(name, ()))

    def is_akin(self, name: str, source: GroundReading) -> bool:
        """Whether the ground names something wider or narrower than ``name``."""
        narrower = any(name in self.vocabulary.lineage(each) for each in source.whole.names)
        return narrower or self.has_wider(name, source)

    def has_wider(self, name: str, source: GroundReading) -> bool:
        """Whether the ground names something wider than ``name``, or a class that it belongs to."""
        names = (name, *self.vocabulary.classes.get(name, ()))
        wider = {each for n in names for each in self.vocabulary.lineage(n)}
        return not wider.isdisjoint(source.norms | source.drugs)
