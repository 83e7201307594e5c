"""Finds what a misspelt name was meant to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from loccit.vocabulary import Vocabulary

__all__ = ["correct"]

SHORTEST = 5
"""Shorter words have too many neighbours to be guessed at."""
TWO_SLIPS = 8
"""From this length on two slips are allowed, below it one."""


def correct(
    word: str, vocabulary: Vocabulary, *, is_known: Callable[[str], bool]
) -> str | None:
    """The one name that ``word`` misspells, or nothing.

    A word that a source uses (``is_known``) is no misspelling. A name must begin with the same
    letter and be nearer than any other, else nothing is guessed.
    """
    word = word.casefold()
    if word in vocabulary.misspellings:
        return vocabulary.misspellings[word]
    if len(word) < SHORTEST or not word.isalpha() or is_known(word):
        return None
    allowed = 2 if len(word) >= TWO_SLIPS else 1
    return _nearest(word, _names(vocabulary, word[0], len(word), allowed), allowed)


def _names(vocabulary: Vocabulary, letter: str, size: int, slips: int) -> Iterable[str]:
    keys = vocabulary.lexicon.keys()
    return (
        key
        for key in keys
        if key[0] == letter and abs(len(key) - size) <= slips and " " not in key
    )


def _nearest(word: str, names: Iterable[str], allowed: int) -> str | None:
    best: dict[int, list[str]] = {}
    for name in names:
        slips = _distance(word, name, allowed)
        if slips <= allowed:
            best.setdefault(slips, []).append(name)
    nearest = best[min(best)] if best else []
    return nearest[0] if len(nearest) == 1 else None


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
