"""Finds what a misspelt name was meant to be."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator

from loccit.vocabulary import Vocabulary
from loccit.vocabulary.ordinary import ordinary_words

__all__ = ["Speller"]

SHORTEST = 5
"""Shorter words have too many neighbours to be guessed at."""
TWO_SLIPS = 8
"""From this length on two slips are allowed, below it one."""


def _single_words(vocabulary: Vocabulary) -> Iterator[str]:
    """Names of one word, and the long words that stand only in longer names of drugs."""
    names = dict.fromkeys(vocabulary.lexicon.keys())
    yield from (name for name in names if " " not in name)
    drugs = (name for name in vocabulary.classes if " " in name and " and " not in name)
    parts = {part for name in drugs for part in name.split() if len(part) >= TWO_SLIPS}
    yield from sorted(part for part in parts if part.isalpha() and part not in names)


class Speller:
    """Guesses at misspelt names; ``is_known`` tells whether a source uses a word."""

    def __init__(self, vocabulary: Vocabulary, *, is_known: Callable[[str], bool]) -> None:
        self._misspellings = vocabulary.misspellings
        self._is_known = is_known
        self._names: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for name in _single_words(vocabulary):
            self._names[name[0], len(name)].append(name)
        self._drugs = sorted(name for name in vocabulary.classes if " " not in name)

    def correct(self, word: str) -> str | None:
        """The one name that ``word`` misspells, or nothing.

        A word that a source uses is no misspelling. A name must begin with the same letter and be
        nearer than any other, else nothing is guessed.
        """
        word = word.casefold()
        if word in self._misspellings:
            return self._misspellings[word]
        if not self.is_guessable(word):
            return None
        return self._shortened(word) or self._nearest(word, 2 if len(word) >= TWO_SLIPS else 1)

    def _shortened(self, word: str) -> str | None:
        """The one drug whose name begins so: "simva" is simvastatin."""
        first = bisect_left(self._drugs, word)
        begun = [name for name in self._drugs[first : first + 2] if name.startswith(word)]
        return begun[0] if len(begun) == 1 else None

    def is_guessable(self, word: str) -> bool:
        """Whether a word may misspell a name: long, no everyday word, and in no source."""
        plausible = len(word) >= SHORTEST and word.isalpha() and word not in ordinary_words()
        return plausible and not self._is_known(word)

    def _nearest(self, word: str, allowed: int) -> str | None:
        best: dict[int, list[str]] = {}
        for name in self._neighbours(word, allowed):
            slips = _distance(word, name, allowed)
            if slips <= allowed:
                best.setdefault(slips, []).append(name)
        nearest = best[min(best)] if best else []
        return nearest[0] if len(nearest) == 1 else None

    def _neighbours(self, word: str, slips: int) -> Iterator[str]:
        """Names that may be near: same first letter, like length, nearly the same letters."""
        letters = frozenset(word)
        for size in range(len(word) - slips, len(word) + slips + 1):
            for name in self._names.get((word[0], size), ()):
                if len(letters.symmetric_difference(name)) <= 2 * slips:
                    yield name


def _distance(left: str, right: str, limit: int) -> int:
    """Edits between two words, a swap of neighbours counting one (optimal string alignment).

    Stops early with ``limit + 1`` once more than ``limit`` are certain.
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        further, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if further and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, further[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
