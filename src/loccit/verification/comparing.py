"""A sentence beside the words it is held against: what the checks look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from loccit.verification.aligning import Alignment, align
from loccit.verification.grounds import Ground, GroundReading, read_ground
from loccit.verification.reading import Reader
from loccit.verification.tokens import Reading
from loccit.verification.weighing import COMMON, Scope, mutual, shares, weights_of
from loccit.vocabulary import Vocabulary

__all__ = ["Comparison", "candidates"]

NEARLY = 0.7
"""A sentence that says this share of what the best one says may carry the claim as well."""
MOST_SENTENCES = 3


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
    worded: float
    """The share of the claim, its numbers apart, that the ground covers."""
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
    claim: str, ground: Ground, reader: Reader, vocabulary: Vocabulary, topic: int = 0
) -> list[Comparison]:
    """``claim`` beside the sentences of ``ground`` that say most of it, the best first.

    One, or several that say nearly as much. Its first ``topic`` characters only say what it is
    about, and count as little as what all sentences of a source name.
    """
    reading, source = reader.read(claim), read_ground(ground, reader)
    best = _best(reading, source, reader.rules.light)[:MOST_SENTENCES]
    cases = [_beside(reading, source, sentence, reader, vocabulary, topic) for sentence in best]
    return sorted(cases, key=lambda case: -(case.own + case.mutual))


def _beside(
    claim: Reading,
    source: GroundReading,
    sentence: Reading,
    reader: Reader,
    vocabulary: Vocabulary,
    topic: int,
) -> Comparison:
    alignment = align(claim.tokens, sentence.tokens)
    scope = Scope(reader.rules.light, vocabulary)
    found = shares(claim, source, sentence, alignment, scope, topic)
    return Comparison(
        claim=claim,
        ground=source,
        sentence=sentence,
        alignment=alignment,
        about=found.about,
        covered=found.covered,
        worded=found.worded,
        own=found.own,
        mutual=mutual(claim, sentence, scope),
        vocabulary=vocabulary,
        reader=reader,
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
        for norm, weight in weights_of(claim, light).items()
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
