"""Finds known phrases in a text: longest match first, left to right, whole words only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from loccit.terms import Concept, ConceptKind
from loccit.vocabulary.phrases import longest_matches, note_length

__all__ = ["Entry", "Lexicon", "Word", "folded_words", "key_of", "words_of", "words_with_places"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")  # noqa: RUF001 - journals print the curly one
_FOLDED = bytes(ord(chr(code).lower() if chr(code).isalnum() else " ") for code in range(128))
_FOLDED += bytes(128)
"""Each byte of plain text without apostrophes: in small letters, or a space where it parts words.
The bytes after them never stand there."""
_MOST_WORDS = 20
"""No phrase is longer, so that a hostile data row cannot make matching quadratic."""


class Word(NamedTuple):
    """A word of a text, case-folded, with its place."""

    folded: str
    start: int
    end: int


class Entry(NamedTuple):
    """What a phrase stands for."""

    name: str
    kind: ConceptKind


def folded_words(text: str) -> list[str]:
    """The words of ``text`` case-folded, without their places: a tenth the cost of ``words_of``."""
    if text.isascii() and "'" not in text:
        return text.encode().translate(_FOLDED).decode().split()
    return _WORD.findall(text.casefold().replace("’", "'"))  # noqa: RUF001


def words_of(text: str) -> list[Word]:
    """The words of ``text``; hyphens and slashes separate words."""
    return [
        Word(match.group().casefold().replace("’", "'"), match.start(), match.end())  # noqa: RUF001
        for match in _WORD.finditer(text)
    ]


def words_with_places(text: str) -> tuple[list[str], list[int], list[int]]:
    """The words of ``text`` without their possessive *'s*, where they begin, and where they end."""
    spans = [match.span() for match in _WORD.finditer(text)]
    folded = text.casefold().replace("’", "'")  # noqa: RUF001
    if len(folded) == len(text):
        words = [folded[start:end] for start, end in spans]
    else:  # a letter that folds into two
        words = [text[start:end].casefold().replace("’", "'") for start, end in spans]  # noqa: RUF001
    words = [word.removesuffix("'s") if "'" in word else word for word in words]
    return words, [start for start, _ in spans], [end for _, end in spans]


def key_of(phrase: str) -> str:
    """The form under which a phrase is looked up: case-folded words, single spaces."""
    return " ".join(word.folded for word in words_of(phrase))


def _plurals(key: str) -> Iterator[str]:
    """Regular plurals of the phrase's last word: spasm-s, biops-ies, abscess-es, diagnos-es."""
    if len(key) < 4 or key[-1].isdigit():  # noqa: PLR2004 - "MS" has no plural "MSs"
        return
    if key.endswith("sis"):
        yield key[:-2] + "es"
    elif key.endswith("y") and key[-2] not in "aeiou":
        yield key[:-1] + "ies"
    elif key.endswith(("x", "ch", "sh", "z", "ss", "us")):
        yield key + "es"
    elif not key.endswith("s"):
        yield key + "s"


@dataclass(slots=True)
class Lexicon:
    """Phrases and what they stand for. Add entries once, then only ``find``."""

    _entries: dict[str, Entry] = field(default_factory=dict)
    _longest: dict[str, int] = field(default_factory=dict)
    _tags: dict[str, Entry] = field(default_factory=dict)

    def add(self, phrase: str, entry: Entry) -> None:
        """Enter a phrase with its plurals; the first to claim a phrase keeps it."""
        key = key_of(phrase)
        if not key or key.count(" ") >= _MOST_WORDS:
            return
        for form in (key, *_plurals(key)):
            if form not in self._entries:
                self._entries[form] = entry
                note_length(self._longest, form)

    def tag(self, name: str, entry: Entry) -> None:
        """Enter a name that is too common a word to be found in a text, only to be asked for."""
        self._tags[key_of(name)] = entry

    def get(self, phrase: str) -> Entry | None:
        """What exactly this phrase stands for, if anything."""
        key = key_of(phrase)
        return self._entries.get(key) or self._tags.get(key)

    def keys(self) -> Iterable[str]:
        """All phrases, as looked up."""
        return self._entries.keys()

    def find(self, text: str) -> list[Concept]:
        """All known phrases in ``text``, in order, not overlapping."""
        words = words_of(text)
        return [
            Concept(
                text=text[words[first].start : words[last].end],
                name=entry.name,
                kind=entry.kind,
                start=words[first].start,
                end=words[last].end,
            )
            for first, last, entry in self.scan([word.folded for word in words])
        ]

    def entries(self, folded: list[str]) -> list[Entry]:
        """What the phrases among ``folded_words`` stand for, in order: ``find`` without places."""
        return [entry for _, _, entry in self.scan(folded)]

    def scan(self, folded: list[str]) -> Iterator[tuple[int, int, Entry]]:
        """First word, last word and entry of each phrase among ``folded_words``."""
        return longest_matches(folded, self._entries, self._longest)
