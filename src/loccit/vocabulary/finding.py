"""Finds whether a text holds one of many patterns, trying only those that its words allow.

A pattern is taken apart at its alternatives. Each of them can match only where certain letters
stand together inside a word; which alternatives a word allows is remembered, so that most texts
need to be searched by few patterns. What is found is what the patterns find, no more and no less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from re import _constants, _parser  # type: ignore[attr-defined]  # what `re` itself parses with
from typing import Any, NamedTuple

__all__ = ["PatternTable", "Spotter", "lowered_in_place"]

MOST_WORDS = 200_000
"""Words remembered at most; a text of made-up words must not fill memory."""
ODD = ("\u0131", "\u0130")
"""Letters that match an *i* when case is ignored and do not become one when it is folded."""
UNLOWERED = (*ODD, "\u017f")
"""These and the long *s*: they match a plain letter when case is ignored, and are none in small."""
_RUN = re.compile(r"[a-z0-9]+")
_SPREADING = re.compile(r"(\\b)?\(\?:")

SHORTEST_LEAD = 2
"""One letter stands in too many places to look at each."""
ASCII = 128
BOUNDARY = (_constants.AT, _constants.AT_BOUNDARY)
REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
NO_LETTER = ("", "'")


class Need(NamedTuple):
    """Letters that stand together in a word: anywhere, where the word begins, or as the whole."""

    run: str
    begins: bool
    whole: bool

    def is_met(self, word: str, place: int) -> bool:
        """Whether a word, or what an apostrophe parts of it, has them at ``place``."""
        end = place + len(self.run)
        return (
            word.startswith(self.run, place)
            and (not self.begins or word[place - 1 : place] in NO_LETTER)
            and (not self.whole or word[end : end + 1] in NO_LETTER)
        )


Item = tuple[Any, Any]
"""An operation of a parsed pattern and what it applies to."""
Needs = frozenset[Need]
NONE: Needs = frozenset()


@dataclass(frozen=True, kw_only=True)  # no slots: it keeps what it compiled
class _Alternative:
    """One alternative of the pattern ``of`` (its number in the table)."""

    of: int
    text: str

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Compiled when first wanted."""
        return re.compile(self.text, re.IGNORECASE)

    @cached_property
    def lead(self) -> str:
        """Letters and spaces in small letters that every match begins with, if they tell much."""
        lead = _lead(_parser.parse(self.text, re.IGNORECASE))
        return lead if len(lead) >= SHORTEST_LEAD else ""

    def is_in(self, text: str, lowered: str) -> bool:
        """Whether ``text`` holds it; ``lowered`` is the same in small letters, or nothing."""
        if self.text.startswith("^"):
            return bool(self.compiled.match(text))
        if not (lowered and self.lead):
            return bool(self.compiled.search(text))
        place = lowered.find(self.lead)
        while place >= 0:
            if self.compiled.match(text, place):
                return True
            place = lowered.find(self.lead, place + 1)
        return False


class PatternTable:
    """Patterns by number; ``found`` tells which of them a text holds. Case is ignored.

    An empty pattern stands for none, and is never found.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._alternatives = tuple(
            _Alternative(of=number, text=text)
            for number, pattern in enumerate(patterns)
            for text in (_spread(pattern) if pattern else ())
        )
        self._size = len(self._alternatives)
        self._always = 0
        self._starts: dict[str, list[tuple[Need, int]]] = {}
        for number, each in enumerate(self._alternatives):
            for place, needs in enumerate(_two_needs(each.text)):
                bit = 1 << (number + place * self._size)
                self._always |= 0 if needs else bit
                for need in needs:
                    self._starts.setdefault(need.run[:2], []).append((need, bit))
        self._allowed: dict[str, int] = {}

    def found(self, text: str, words: Sequence[str]) -> set[int]:
        """Numbers of the patterns that ``text`` holds; ``words`` as ``folded_words`` gives them."""
        try:  # words that are all known are gone through without a step of Python
            bits = reduce(or_, map(self._allowed.__getitem__, words), self._always)
        except KeyError:
            bits = reduce(or_, map(self._allowed_by, words), self._always)
        bits &= bits >> self._size
        if not text.isascii() and any(letter in text for letter in ODD):
            bits = (1 << self._size) - 1
        found: set[int] = set()
        lowered = text.lower() if text.isascii() else ""  # in wide text the search is faster
        while bits:
            lowest = bits & -bits
            bits ^= lowest
            each = self._alternatives[lowest.bit_length() - 1]
            if each.of not in found and each.is_in(text, lowered):
                found.add(each.of)
        return found

    def _allowed_by(self, word: str) -> int:
        """The needs that a word meets: the first of each alternative, then the second of each."""
        known = self._allowed.get(word)
        if known is not None:
            return known
        bits, starts = 0, self._starts
        for place, letter in enumerate(word):
            for need, bit in (
                *starts.get(letter, ()),
                *starts.get(word[place : place + 2], ()),
            ):
                if need.is_met(word, place):
                    bits |= bit
        if len(self._allowed) >= MOST_WORDS:
            self._allowed.clear()
        self._allowed[word] = bits
        return bits


class Spotter:
    """Tells whether a text holds one pattern of many alternatives. Case is ignored."""

    def __init__(self, pattern: str) -> None:
        self._whole = re.compile(pattern, re.IGNORECASE)
        spread = tuple(_Alternative(of=0, text=text) for text in _spread(pattern))
        self._alternatives = spread if all(each.lead for each in spread) else ()

    def is_in(self, text: str) -> bool:
        """Whether the pattern is found in ``text``."""
        lowered = lowered_in_place(text) if self._alternatives else ""
        if not lowered:
            return self._whole.search(text) is not None
        return any(each.is_in(text, lowered) for each in self._alternatives)


def lowered_in_place(text: str) -> str:
    """The text in small letters, place by place; nothing where a letter would go astray."""
    if not text.isascii() and any(letter in text for letter in UNLOWERED):
        return ""
    return text.lower()


def _spread(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, of a group that it begins with too."""
    for part in _split(pattern):
        opened = _SPREADING.match(part)
        end = _closing(part, opened.end()) if opened else 0
        rest = part[end + 1 :]
        if not opened or rest[:1] in ("?", "*", "+", "{"):
            yield part
            continue
        for inner in _split(part[opened.end() : end]):
            yield f"{opened[1] or ''}(?:{inner}){rest}"


def _split(pattern: str) -> list[str]:
    """A pattern at its outermost bars."""
    parts, start = [], 0
    for place, depth in _outside_classes(pattern):
        if pattern[place] == "|" and depth == 0:
            parts.append(pattern[start:place])
            start = place + 1
    return [*parts, pattern[start:]]


def _closing(pattern: str, start: int) -> int:
    """Where the group whose content begins at ``start`` is closed."""
    return start + next(place for place, depth in _outside_classes(pattern[start:]) if depth < 0)


def _outside_classes(pattern: str) -> Iterator[tuple[int, int]]:
    """Each character that is not escaped and in no class, and how many groups are open there."""
    depth, place, inside = 0, 0, False
    while place < len(pattern):
        letter = pattern[place]
        if letter == "\\":
            place += 1
        elif inside:
            inside = letter != "]"
        elif letter == "[":
            inside = True
            place += pattern[place + 1 : place + 2] == "^"
            place += pattern[place + 1 : place + 2] == "]"
        else:
            depth += (letter == "(") - (letter == ")")
            yield place, depth
        place += 1


def _two_needs(pattern: str) -> tuple[Needs, Needs]:
    """The two most telling of the sets of which every match needs a member; empty: none known."""
    found = sorted(_sets(_parser.parse(pattern, re.IGNORECASE)), key=_telling, reverse=True)
    first, second = (*found, NONE, NONE)[:2]
    return first, second


def _telling(needs: Needs) -> tuple[int, int]:
    return min(len(need.run) + 2 * need.whole for need in needs), -len(needs)


def _lead(items: Iterable[Item]) -> str:
    """The literal characters with which ``items`` begin, after a boundary."""
    lead = ""
    for operation, value in items:
        if operation is _constants.LITERAL and value < ASCII:
            lead += chr(value).lower()
        elif lead or (operation, value) != BOUNDARY:
            break
    return lead


def _sets(
    sequence: Iterable[Item], *, before: bool = False, after: bool = False
) -> Iterator[Needs]:
    """Sets of which one member must stand in any text that ``sequence`` matches.

    ``before`` and ``after`` say whether no letter can stand on that side of it.
    """
    items = list(sequence)
    run, begins, apart = "", False, before
    for place, (operation, value) in enumerate(items):
        letter = chr(value).lower() if operation is _constants.LITERAL else ""
        if _RUN.fullmatch(letter):
            begins = begins if run else apart
            run += letter
            continue
        if run:
            whole = begins and _opens_apart(items[place:], after)
            yield frozenset({Need(run, begins, whole)})
            run, apart = "", False
        then = _opens_apart(items[place + 1 :], after)
        yield from _inner_sets(operation, value, before=apart, after=then)
        apart = _is_apart(operation, value, among=apart)
    if run:
        yield frozenset({Need(run, begins, whole=begins and after)})


def _inner_sets(operation: Any, value: Any, *, before: bool, after: bool) -> Iterator[Needs]:
    """The sets that a group, a repetition or a choice brings."""
    if operation is _constants.SUBPATTERN:
        yield from _sets(value[-1], before=before, after=after)
    elif operation in REPEATS and value[0]:
        yield from _sets(value[2], before=False, after=False)
    elif operation is _constants.BRANCH:
        parts = [[*_sets(part, before=before, after=after)] for part in value[1]]
        best = [max(part, key=_telling, default=NONE) for part in parts]
        if all(best):
            yield frozenset().union(*best)


def _opens_apart(items: Sequence[Item], after: bool) -> bool:  # noqa: FBT001
    """Whether ``items`` cannot begin with a letter; nothing is followed by what ``after`` says."""
    if not items:
        return after
    operation, value = items[0]
    if operation in REPEATS and not value[0]:
        return _is_apart(*value[2][0], among=False) and _opens_apart(items[1:], after)
    return _is_apart(operation, value, among=False)


def _is_apart(operation: Any, value: Any, *, among: bool) -> bool:
    """Whether no letter stands where this one item is; ``among``: nor before it."""
    if operation is _constants.AT:
        return value in (_constants.AT_BOUNDARY, _constants.AT_BEGINNING, _constants.AT_END)
    if operation is _constants.LITERAL:
        return not _is_letter(value)
    if operation is _constants.IN:
        return all(each is _constants.LITERAL and not _is_letter(code) for each, code in value)
    if operation in REPEATS and len(value[2]) == 1:
        return (among or value[0] > 0) and _is_apart(*value[2][0], among=False)
    return False


def _is_letter(code: int) -> bool:
    return chr(code).isalnum() or chr(code) == "_"
