"""Finds the longest known phrase at each word of a text, whatever a phrase stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

__all__ = ["PhraseTable", "longest_matches"]

E = TypeVar("E")


def longest_matches(
    words: Sequence[str], entries: Mapping[str, E], longest: Mapping[str, int]
) -> Iterator[tuple[int, int, E]]:
    """First word, last word and entry of each phrase, left to right, not overlapping.

    ``entries`` has phrases with single spaces as keys; ``longest`` says for a first word how many
    words the longest phrase has that begins so. The hot loop of describing and of checking.
    """
    at, count = 0, len(words)
    while at < count:
        size = longest.get(words[at], 0)
        if not size:
            at += 1
            continue
        size = min(size, count - at)
        while size:
            entry = entries.get(" ".join(words[at : at + size]) if size > 1 else words[at])
            if entry is not None:
                yield at, at + size - 1, entry
                break
            size -= 1
        at += size or 1


@dataclass(slots=True)
class PhraseTable(Generic[E]):
    """Phrases, given as their words, and what each stands for."""

    _entries: dict[str, E] = field(default_factory=dict)
    _longest: dict[str, int] = field(default_factory=dict)

    def add(self, words: Iterable[str], entry: E) -> None:
        """Enter a phrase; a later one takes the place of an equal earlier one."""
        phrase = list(words)
        self._entries[" ".join(phrase)] = entry
        self._longest[phrase[0]] = max(len(phrase), self._longest.get(phrase[0], 0))

    def get(self, words: Iterable[str]) -> E | None:
        """What exactly this phrase stands for."""
        return self._entries.get(" ".join(words))

    def scan(self, words: Sequence[str]) -> Iterator[tuple[int, int, E]]:
        """The phrases among ``words``; see ``longest_matches``."""
        return longest_matches(words, self._entries, self._longest)
