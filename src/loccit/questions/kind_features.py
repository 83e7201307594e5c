"""What of a question's words and facts tells its kind, as named features.

Names of drugs and conditions stand for their sort, so that what is learnt from one drug holds for
all; conditions also count under their wider names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import sqrt

from loccit.terms import Concept, ConceptKind
from loccit.vocabulary.lexicon import words_of

__all__ = ["features"]

STEM = 5
"""Letters that stand for a longer word beside the word itself: dosing, doses, dosage."""
WIDER = (ConceptKind.CONDITION, ConceptKind.FINDING)


def features(
    text: str,
    concepts: Iterable[Concept],
    facts: Iterable[str],
    lineage: Callable[[str], Iterable[str]],
) -> dict[str, float]:
    """The features of a question with their values, of length 1 together.

    ``facts`` are words for what holds of the question; ``lineage`` gives a condition's wider names.
    """
    concepts = tuple(concepts)
    tokens = ["^", *_tokens(text, concepts), "$"]
    found = dict.fromkeys((*_words(text), *_sequences(tokens)), 1.0)
    for concept in concepts:
        if concept.kind in WIDER:
            found.update(dict.fromkeys((f"is:{name}" for name in lineage(concept.name)), 1.0))
    found.update(dict.fromkeys((f"fact:{fact}" for fact in facts), 1.0))
    length = sqrt(sum(value * value for value in found.values())) or 1.0
    return {name: value / length for name, value in found.items()}


def _words(text: str) -> Iterator[str]:
    for word in words_of(text):
        if word.folded[0].isalpha():
            yield word.folded
            if len(word.folded) > STEM:
                yield f"{word.folded[:STEM]}-"
    if "?" in text:
        yield "?"


def _tokens(text: str, concepts: tuple[Concept, ...]) -> Iterator[str]:
    """The words in order, names and numbers by their sort."""
    past = 0
    spans = sorted(concepts, key=lambda concept: concept.start)
    for word in words_of(text):
        within = next((c for c in spans if c.start <= word.start < c.end), None)
        if word.start < past:
            continue
        if within:
            past = within.end
            yield f"<{within.kind}>"
        else:
            yield "<number>" if word.folded[0].isdigit() else word.folded


def _sequences(tokens: list[str]) -> Iterator[str]:
    for pair in pairwise(tokens):
        yield " ".join(pair)
    for three in zip(tokens, tokens[1:], tokens[2:], strict=False):
        yield " ".join(three)
    yield from (token for token in tokens if token.startswith("<"))
