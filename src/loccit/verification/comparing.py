"""A sentence beside the words it is held against: what the checks look at."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from loccit.sentences import sentences
from loccit.terms import DocumentCard, Locator
from loccit.verification.aligning import Alignment, align
from loccit.verification.reading import Reader, Reading, Token
from loccit.vocabulary import Vocabulary

__all__ = ["Comparison", "Ground", "GroundReading", "candidates", "plain", "read_ground"]

_SPACE = re.compile(r"\s+")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_QUOTE = re.compile("[\u2018\u2019\u02bc]")
_EDGE = " .,;:\"'()[]•*-"
WEIGHTS = {
    "number": 2.0, "drug": 2.5, "procedure": 2.0, "concept": 2.0, "word": 1.0, "mark": 0.7,
}  # fmt: skip
"""How much a token counts for what a sentence is about: names and figures more than words."""
COMMON = 0.3
"""What is left of the weight of a name that more than one sentence of the source has."""
NEARLY = 0.7
"""A sentence that says this share of what the best one says may carry the claim as well."""
MOST_SENTENCES = 3


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
    plain: str
    edges: tuple[frozenset[int], frozenset[int]]
    """Where sentences begin and end in ``plain``."""
    context: Reading

    @cached_property
    def norms(self) -> frozenset[str]:
        """What the words and their headings name."""
        return frozenset(t.norm for r in (self.whole, self.context) for t in r.tokens)

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
    verbatim: bool
    vocabulary: Vocabulary
    reader: Reader


def candidates(
    claim: str, ground: Ground, reader: Reader, vocabulary: Vocabulary
) -> list[Comparison]:
    """``claim`` beside the sentences of ``ground`` that say most of it, the best first.

    One, or several that say nearly as much; a copy of whole sentences has one.
    """
    reading, source = reader.read(claim), read_ground(ground, reader)
    verbatim = is_verbatim(claim, source)
    return [
        _beside(reading, source, sentence, verbatim=verbatim, reader=reader, vocabulary=vocabulary)
        for sentence in _best(reading, source)[: 1 if verbatim else MOST_SENTENCES]
    ]


def _beside(  # noqa: PLR0913 - each names a field
    claim: Reading, source: GroundReading, sentence: Reading, *, verbatim: bool,
    reader: Reader, vocabulary: Vocabulary,
) -> Comparison:  # fmt: skip
    alignment = align(claim.tokens, sentence.tokens)
    covered, about = _shares(claim, source, alignment)
    return Comparison(
        claim=claim,
        ground=source,
        sentence=sentence,
        alignment=alignment,
        about=about,
        covered=covered,
        verbatim=verbatim,
        vocabulary=vocabulary,
        reader=reader,
    )


def read_ground(ground: Ground, reader: Reader) -> GroundReading:
    """The ground as read; the same words are read once."""
    spans, plain_text, edges = _cut(ground.text)
    whole = reader.read(ground.text)
    return GroundReading(
        ground=ground,
        whole=whole,
        sentences=tuple(whole.part(*span) for span in spans),
        spans=spans,
        plain=plain_text,
        edges=edges,
        context=reader.read(ground.context),
    )


@lru_cache(maxsize=2048)
def _cut(
    text: str,
) -> tuple[tuple[tuple[int, int], ...], str, tuple[frozenset[int], frozenset[int]]]:
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


def is_verbatim(claim: str, source: GroundReading) -> bool:
    """Whether the claim is one or more whole sentences of the source.

    A piece of a sentence is none: it may have lost a "not".
    """
    wanted, (begins, ends) = _cut(claim)[1], source.edges
    at = source.plain.find(wanted) if wanted else -1
    while at >= 0:
        if at in begins and at + len(wanted) in ends:
            return True
        at = source.plain.find(wanted, at + 1)
    return False


def _best(claim: Reading, source: GroundReading) -> list[Reading]:
    """The sentences of the source that say most of the claim, the first of equals first.

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
        for norm, weight in _weights(claim).items()
    }
    scores = [sum(w for norm, w in wanted.items() if norm in norms) for norms in held]
    order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))
    least = scores[order[0]] * NEARLY
    return [source.sentences[at] for at in order if scores[at] >= least]


def _told(sentence: Reading) -> set[str]:
    return set(_weights(sentence))


def _weights(reading: Reading) -> dict[str, float]:
    """What a reading names, with its weight; a number also names its dimension."""
    weights = {token.norm: WEIGHTS[token.kind] for token in reading.tokens}
    for token in reading.tokens:
        if token.measure and token.measure.dimension:
            weights.setdefault(token.measure.dimension, WEIGHTS["word"])
    return weights


def _shares(
    claim: Reading, source: GroundReading, alignment: Alignment
) -> tuple[float, float]:
    """The shares of the claim that the ground covers, with and without what is swapped."""
    total = sum(WEIGHTS[token.kind] for token in claim.tokens)
    if not total:
        return 0.0, 0.0
    known = source.norms | source.drugs
    found = sum(WEIGHTS[token.kind] for token in claim.tokens if token.norm in known)
    swapped = sum(
        WEIGHTS[one.kind]
        for one, other in alignment.swapped
        if one.kind == other.kind and one.kind != "word" and one.norm not in known
    )
    return found / total, found / max(total - swapped, WEIGHTS["mark"])

