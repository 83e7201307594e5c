"""Finds words that stand in an edition as they stood, though its passages are cut otherwise.

A sentence that comes in before them, or goes, shifts where a passage begins. The words still stand
when they are found whole, under the same headings, beginning and ending where sentences do, and
under the same lead-in. A row of a table stands only as a row: its neighbours are other rows. A
heading that only counts otherwise, since another came in before it, is the same heading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from loccit.quantities import measures
from loccit.sentences import sentences
from loccit.terms import QUOTE_CONTEXT, Locator, Passage, PassageKind, SourceDocument

__all__ = ["StandingWords", "headings", "spaced"]

_TOKEN = re.compile(r"\S+")
_STOPPED = re.compile(r"[\s\])]\.\s+\Z")
"""A stop that stands apart, as labels print it behind a reference: ``(6.1) ] . The use``."""
NEAR = 16
"""Characters before a sentence in which its forerunner's stop is looked for."""
_NEXT = re.compile(r"\s+(?:[A-Z\u2022*]|\([\s\d.,]+\))")
"""What follows a sentence that has its stop: another, or no more than a reference."""
_NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)*)\.?\s")
_COUNTED = re.compile(r"(?P<parent>\d+(?:\.\d+)*)\.\d+\.?\s+(?=\S)")


def spaced(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


def headings(path: tuple[str, ...]) -> tuple[str, ...]:
    """Headings as they are compared: without the numbers that only count them under their parent.

    A number that counts nothing stays: it may be a dose or an age.

    >>> headings(("5 WARNINGS", "5.4 CNS Toxicity", "2 Years and Older"))
    ('5 warnings', 'cns toxicity', '2 years and older')
    """
    above = ("", *path)
    pairs = zip(above, path, strict=False)
    return tuple(spaced(_uncounted(each, under)).casefold() for under, each in pairs)


def _uncounted(heading: str, under: str) -> str:
    """A heading such as 5.4 under one such as 5, without its number."""
    counted, parent = _COUNTED.match(heading), _NUMBER.match(under)
    is_amount = any(each.dimension and each.start == 0 for each in measures(heading))
    if counted and parent and counted["parent"] == parent["number"] and not is_amount:
        return heading[counted.end() :]
    return heading


class _Stretch(NamedTuple):
    """A section's words parted by single blanks, and where each begins there and in the text."""

    words: str
    begins: list[int]
    places: list[tuple[int, int]]


class StandingWords:
    """The words of one edition."""

    def __init__(self, document: SourceDocument, passages: Iterable[Passage]) -> None:
        self._document = document
        self._passages = sorted(passages, key=lambda each: each.locator.start)
        self._starts = [each.locator.start for each in self._passages]
        self._stretches = cache(self._stretches_of)

    def found(self, quote: str, section: tuple[str, ...], under: str) -> Passage | None:
        """The words of ``quote`` where they stand whole under ``section`` and ``under``."""
        for start, end in self._places(spaced(quote), section):
            held = self._passages[self._at(start) : self._at(end - 1) + 1]
            bounded = held and self._begins(held[0], start) and self._ends(held[-1], end)
            if bounded and _stands_alike(held, quote, under):
                return replace(
                    held[0], text=self._document.text[start:end], locator=self._place(start, end)
                )
        return None

    def _begins(self, passage: Passage, start: int) -> bool:
        """Whether a sentence begins there: half of one says something else than the whole."""
        begins = {passage.locator.start + first for first, _ in sentences(passage.text)}
        return (
            start in begins
            or _STOPPED.search(self._document.text, max(0, start - NEAR), start) is not None
        )

    def _ends(self, passage: Passage, end: int) -> bool:
        """Whether a sentence ends there."""
        text = self._document.text
        ends = {passage.locator.start + last for _, last in sentences(passage.text)}
        return end in ends or (text[end - 1] in ".!?" and _NEXT.match(text, end) is not None)

    def _at(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)

    def _place(self, start: int, end: int) -> Locator:
        text, within = self._document.text, self._passages[self._at(start)].locator
        return replace(
            within,
            start=start,
            end=end,
            prefix=text[max(0, start - QUOTE_CONTEXT) : start],
            suffix=text[end : end + QUOTE_CONTEXT],
        )

    def _places(self, words: str, section: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Where whole words stand, one after the other, in sections of this path."""
        for stretch in self._stretches(section) if words else ():
            at = stretch.words.find(f" {words} ")
            while at >= 0:
                first = bisect_right(stretch.begins, at + 1) - 1
                last = bisect_right(stretch.begins, at + len(words)) - 1
                yield stretch.places[first][0], stretch.places[last][1]
                at = stretch.words.find(f" {words} ", at + 1)

    def _stretches_of(self, section: tuple[str, ...]) -> tuple[_Stretch, ...]:
        wanted = headings(section)
        named = (each for each in self._document.sections if headings(each.path) == wanted)
        return tuple(_stretch(self._document.text, each.start, each.end) for each in named)


def _stretch(text: str, start: int, end: int) -> _Stretch:
    places = [match.span() for match in _TOKEN.finditer(text, start, end)]
    begins, at = [], 1
    for first, last in places:
        begins.append(at)
        at += last - first + 1
    words = "".join(f" {text[first:last]}" for first, last in places)
    return _Stretch(f"{words} ", begins, places)


def _stands_alike(held: list[Passage], quote: str, under: str) -> bool:
    """Whether nothing that they stand under is other than it was, or is part of the words."""
    wanted, words = spaced(under), spaced(quote)
    return all(
        each.kind is not PassageKind.TABLE_ROW
        and (spaced(each.context) == wanted or (not wanted and spaced(each.context) in words))
        for each in held
    )
