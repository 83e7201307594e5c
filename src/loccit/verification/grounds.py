"""The words that a sentence is held against, read sentence by sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from loccit.sentences import sentences
from loccit.terms import DocumentCard, Locator
from loccit.verification.reading import Reader
from loccit.verification.tokens import Reading

__all__ = ["LONGEST", "Ground", "GroundReading", "is_verbatim", "plain", "read_ground"]

_SPACE = re.compile(r"\s+")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_QUOTE = re.compile("[\u2018\u2019\u02bc]")
_EDGE = " .,;:\"'()[]•*-"
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
