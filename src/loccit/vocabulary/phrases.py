"""Finds the longest known phrase at each word of a text, whatever a phrase stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

__all__ = ["PhraseTable", "longest_matches", "note_length"]

E = TypeVar("E")


def note_length(longest: dict[str, int], phrase: str) -> None:
    """Note how many words a phrase has, under its first word and under its first two."""
    first, *others = phrase.split(" ")
    size = len(others) + 1
    for beginning in (first, f"{first} {others[0]}") if others else (first,):
        longest[beginning] = max(size, longest.get(beginning, 0))


def longest_matches(
    words: Sequence[str], entries: Mapping[str, E], longest: Mapping[str, int]
) -> Iterator[tuple[int, int, E]]:
    """First word, last word and entry of each phrase, left to right, not overlapping.

    ``entries`` has phrases with single spaces as keys; ``longest`` is filled by ``note_length``.
    The hot loop of describing and of checking.
    """
    if longest.keys().isdisjoint(words):  # most texts name no population, many no drug
        return
    free, count = 0, len(words)
    starts = [(at, size) for at, size in enumerate(map(longest.get, words)) if size]
    for at, size in starts:
        if at < free:
            continue
        if size > 1:
            follows = words[at + 1] if at + 1 < count else ""
            size = longest.get(f"{words[at]} {follows}", 1)  # noqa: PLW2901
            while size > 1:
                entry = entries.get(" ".join(words[at : at + size]))
                if entry is not None and at + size <= count:
                    break
                size -= 1  # noqa: PLW2901
            else:
                entry = entries.get(words[at])
        else:
            entry = entries.get(words[at])
        if entry is not None:
            yield at, at + size - 1, entry
            free = at + size


@dataclass(slots=True)
class PhraseTable(Generic[E]):
    """Phrases, given as their words, and what each stands for."""

    _entries: dict[str, E] = field(default_factory=dict)
    _longest: dict[str, int] = field(default_factory=dict)

    def add(self, words: Iterable[str], entry: E) -> None:
        """Enter a phrase; a later one takes the place of an equal earlier one."""
        phrase = list(words)
        self._entries[" ".join(phrase)] = entry
        note_length(self._longest, " ".join(phrase))

    def get(self, words: Iterable[str]) -> E | None:
        """What exactly this phrase stands for."""
        return self._entries.get(" ".join(words))

    def scan(self, words: Sequence[str]) -> Iterator[tuple[int, int, E]]:
        """The phrases among ``words``; see ``longest_matches``."""
        return longest_matches(words, self._entries, self._longest)
