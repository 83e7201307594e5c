"""Phrases of cues: how they are written, and finding many of them in a text at once.

``chest .. tight*|crush*|like_a_vice`` is: *chest*, up to five words of the same sentence, and a
word that begins with *tight* or *crush*, or the words *like a vice*. ``#`` is a number. Case and
apostrophes do not count. A gap passes over no barrier, such as a denial or the word *normal*:
"chest clear, no tightness" is no tight chest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

__all__ = ["CueWord", "Phrases", "Span", "cue_words"]

GAP = 5
"""Words that ``..`` may stand for, none included."""
_STEM = 3
"""Letters of a stem by which it is looked up; none is shorter."""
_WORD = re.compile(r"\d+(?:[.,:]\d+)?|[^\W\d_][^\W_]*(?:['’][^\W_]+)?")  # noqa: RUF001
_PRESSURE = re.compile(r"\b(\d{2,3})/(\d{2,3})\b(?!/)")
_PRESSURE_NAME = "bp"
_SYSTOLIC, _DIASTOLIC = (50, 280), 25
"""Pressures in mmHg between which two numbers with a slash are taken for one."""
_ENDS = re.compile(r"[.?!;](?=\s|$)")
_BREAKS = re.compile(
    r"[.?!;](?=\s|$)|[,()]|\s[-\u2013\u2014]\s|\b(?:but|then|now)\b", re.IGNORECASE
)


class CueWord(NamedTuple):
    """A word as cues see it, its place, and the sentence and clause it stands in."""

    text: str
    start: int
    sentence: int
    clause: int


class Span(NamedTuple):
    """The first and the last word of a match."""

    first: int
    last: int


class _Step(NamedTuple):
    words: frozenset[str]
    stems: tuple[str, ...]
    runs: tuple[tuple[str, ...], ...]
    """Choices of several words."""
    number: bool

    def taken(self, words: Sequence[CueWord], at: int) -> int:
        """How many words from ``at`` on are what the step asks for; 0 when they are not."""
        word = words[at].text
        if (
            word in self.words
            or word.startswith(self.stems)
            or (self.number and word[0].isdecimal())
        ):
            return 1
        for run in self.runs:
            if all(_is(words, at + more, part) for more, part in enumerate(run)):
                return len(run)
        return 0


class _Phrase(NamedTuple):
    name: str
    steps: tuple[_Step | None, ...]
    """``None`` is a gap."""


def cue_words(text: str) -> list[CueWord]:
    """The words of a text; a number stands apart from the letters after it.

    "170/115" is read as a blood pressure and is led by the word *bp*.
    """
    ends = [match.start() for match in _ENDS.finditer(text)]
    breaks = [match.start() for match in _BREAKS.finditer(text)]
    pressures = {match.start() for match in _PRESSURE.finditer(text) if _is_pressure(match)}
    words, sentence, clause = [], 0, 0
    for match in _WORD.finditer(text):
        start = match.start()
        while sentence < len(ends) and ends[sentence] < start:
            sentence += 1
        while clause < len(breaks) and breaks[clause] <= start:
            clause += 1
        if start in pressures:
            words.append(CueWord(_PRESSURE_NAME, start, sentence, clause))
        words.append(CueWord(_plain(match.group()), start, sentence, clause))
    return words


def _is_pressure(match: re.Match[str]) -> bool:
    systolic, diastolic = int(match[1]), int(match[2])
    return _SYSTOLIC[0] <= systolic <= _SYSTOLIC[1] and _DIASTOLIC <= diastolic < systolic


def _plain(word: str) -> str:
    """*Can't* is *cant*, *wife's* is *wife*."""
    folded = word.casefold().replace("’", "'")  # noqa: RUF001
    return folded.removesuffix("'s").replace("'", "")


class Phrases:
    """Named phrases, indexed by their first word."""

    def __init__(self, named: Mapping[str, str], *, barriers: Iterable[str] = ()) -> None:
        """Phrases by name, one a line. Raises ``ValueError`` naming a line that cannot be read.

        ``barriers`` are the words that no gap passes over.
        """
        self._barriers = frozenset(barriers)
        self._by_word: dict[str, list[_Phrase]] = defaultdict(list)
        self._by_stem: dict[str, list[_Phrase]] = defaultdict(list)
        self._by_number: list[_Phrase] = []
        for name, lines in named.items():
            for line in filter(None, map(str.strip, lines.splitlines())):
                self._add(_Phrase(name, tuple(_steps(line))))

    def _add(self, phrase: _Phrase) -> None:
        first = phrase.steps[0]
        if first is None:
            raise ValueError(f"{phrase.name}: a phrase cannot begin with a gap")
        runs = {run[0] for run in first.runs}
        for word in first.words | {word for word in runs if not word.endswith("*")}:
            self._by_word[word].append(phrase)
        for stem in (*first.stems, *(word[:-1] for word in runs if word.endswith("*"))):
            self._by_stem[stem[:_STEM]].append(phrase)
        if first.number:
            self._by_number.append(phrase)

    def find(self, words: Sequence[CueWord]) -> Iterator[tuple[str, Span]]:
        """Every phrase that stands in the words, with its place."""
        for place, word in enumerate(words):
            for phrase in self._candidates(word.text):
                last = _match(phrase.steps, words, place, self._barriers)
                if last is not None:
                    yield phrase.name, Span(place, last)

    def _candidates(self, word: str) -> Iterable[_Phrase]:
        yield from self._by_word.get(word, ())
        yield from self._by_stem.get(word[:_STEM], ())
        if word[0].isdecimal():
            yield from self._by_number


def _steps(line: str) -> Iterator[_Step | None]:
    for part in line.split():
        if part == "..":
            yield None
            continue
        choices = [choice.casefold().replace("'", "") for choice in part.split("|")]
        single = [choice for choice in choices if "_" not in choice]
        stems = tuple(choice[:-1] for choice in single if choice.endswith("*"))
        if any(len(stem) < _STEM for stem in stems) or not all(choices):
            raise ValueError(f"{line!r}: a stem has at least {_STEM} letters, a choice one")
        yield _Step(
            words=frozenset(c for c in single if not c.endswith("*") and c != "#"),
            stems=stems,
            runs=tuple(tuple(choice.split("_")) for choice in choices if "_" in choice),
            number="#" in choices,
        )


def _is(words: Sequence[CueWord], at: int, part: str) -> bool:
    if at >= len(words):
        return False
    word = words[at].text
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def _match(
    steps: tuple[_Step | None, ...],
    words: Sequence[CueWord],
    place: int,
    barriers: frozenset[str],
) -> int | None:
    """The last word of the phrase that begins at ``place``; the nearest way to fill each gap."""
    reached, gap = place - 1, 0
    for step in steps:
        if step is None:
            gap = GAP
            continue
        within = _within(words, reached, gap, place)
        found = _next(step, words, within, barriers)
        if found is None:
            return None
        reached, gap = found, 0
    return reached


def _within(words: Sequence[CueWord], reached: int, gap: int, place: int) -> range:
    """Where the step after ``reached`` may begin: in the sentence; without a gap, in the clause."""
    first = reached + 1
    last = min(first + gap + 1, len(words))
    while last > first and words[last - 1].sentence != words[place].sentence:
        last -= 1
    parted = reached >= place and last > first and words[first].clause != words[reached].clause
    return range(first, first if parted and not gap else last)


def _next(
    step: _Step, words: Sequence[CueWord], within: range, barriers: frozenset[str]
) -> int | None:
    """The last word that the step takes."""
    for at in within:
        if taken := step.taken(words, at):
            return at + taken - 1
        if words[at].text in barriers:
            return None
    return None
