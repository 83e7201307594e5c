"""How much of a sentence its source says, and how far the two speak of the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from loccit.verification.aligning import Alignment
from loccit.verification.grounds import GroundReading
from loccit.verification.tokens import Reading, Token
from loccit.vocabulary import Vocabulary

__all__ = ["COMMON", "NAMES", "Scope", "Shares", "mutual", "shares", "turned_alike", "weights_of"]

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
"""What is left of the weight of a name that tells sentences of a source, or of a text, no more
apart: all of them have it."""


class Shares(NamedTuple):
    """Shares of a sentence, from 0 to 1.

    ``covered`` is what the ground says of it, ``worded`` the same with its numbers left out,
    ``about`` what the ground speaks of: what stands in another's place is left out, names that are
    wider than the sentence's are taken in. ``own`` is what the one sentence of the ground says.
    """

    covered: float
    worded: float
    about: float
    own: float


def weights_of(reading: Reading, light: frozenset[str]) -> dict[str, float]:
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


def shares(
    claim: Reading,
    source: GroundReading,
    sentence: Reading,
    alignment: Alignment,
    scope: Scope,
    topic: int,
) -> Shares:
    """The shares of a claim whose first ``topic`` characters only say what it is about."""
    weights = {
        id(t): weight_of(t, scope.light) * (COMMON if t.start < topic else 1.0)
        for t in claim.tokens
    }
    total = sum(weights.values())
    if not total:
        return Shares(0.0, 0.0, 0.0, 0.0)
    said = _said_of_each(claim, source, sentence, scope)
    akin = {id(t) for t in claim.tokens if t.kind in NAMES and scope.is_akin(t.norm, source)}
    gains = {one: weights[one] * max(said[one], HALF if one in akin else 0.0) for one in said}
    figures = {id(t) for t in claim.tokens if t.measure}
    words = [one for one in said if one not in figures]
    exchanged = (id(one) for one, other in alignment.swapped if _is_rival(one, other))
    swapped = {one for one in exchanged if said[one] < ALIKE}
    spoken = [one for one in said if one not in swapped]
    return Shares(
        covered=sum(gains.values()) / total,
        worded=sum(gains[one] for one in words) / max(sum(weights[one] for one in words), LIGHT),
        about=sum(weights[one] * (1.0 if one in akin else said[one]) for one in spoken)
        / max(sum(weights[one] for one in spoken), LIGHT),
        own=sum(weights[id(t)] for t in claim.tokens if t.norm in sentence.norms) / total,
    )


def _said_of_each(
    claim: Reading, source: GroundReading, sentence: Reading, scope: Scope
) -> dict[int, float]:
    """How far the ground says each token of the claim."""
    both = claim.drugs & source.drugs
    return {
        id(t): 1.0 if scope.is_class_of(t.norm, both) else _said(t, source, sentence)
        for t in claim.tokens
    }


def mutual(claim: Reading, sentence: Reading, scope: Scope) -> float:
    """The share of a sentence of the source that the claim says."""
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
    if token.kind == "word" and token.norm in sentence.inner:
        return NEARBY
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
