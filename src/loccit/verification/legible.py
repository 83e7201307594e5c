"""A text as it reads on the page, whatever its characters are.

Characters that show nothing can split a word, and letters that only look Latin can hide it: a
"not" written with a Cyrillic o denies the sentence for its reader and for no program. The checks
therefore look at what is seen. Places are kept, so that a finding points into the text as written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

from loccit.terms import DataFileError

__all__ = ["Legible", "LookAlike", "legible", "look_alikes"]

_ODD = re.compile(
    r"[^\n !-~À-ÖØ-öø-ÿ–—−’“”•≥≤±°×µ®™…²³½]"  # noqa: RUF001 - they read as they are
)
"""What a text must hold to read otherwise than it is written; most hold nothing of it."""
_BLANK_RUN = re.compile(r"[\n ]{2,}")
_WORD = re.compile(r"[^\W_]+")
_FORMS = ("<font>", "<wide>", "<narrow>", "<small>", "<square>", "<circle>")
"""Unicode's names for letters and figures in another dress."""
_LIGATURES = range(0xFB00, 0xFB07)
_SHOWS_NOTHING = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters and marks that are drawn as nothing."""
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
MOST_MARKS = 4
"""Accents kept on a letter that is not Latin; more are there to hide it."""
REMEMBERED = 2048


class LookAlike(NamedTuple):
    """What a character is taken for, and where; see ``confusables.tsv``."""

    reads_as: str
    where: str


@dataclass(frozen=True, slots=True)
class Legible:
    """A text as it reads, and where each character of it was written."""

    text: str
    places: tuple[int, ...] | None = None
    """For each character its place in the original, and the original's length; none where both
    are the same."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that reads as ``start:end``."""
        if self.places is None:
            return start, end
        last = len(self.places) - 1
        start, end = min(start, last), min(end, last)
        if end <= start:
            return self.places[start], self.places[start]
        return self.places[start], max(self.places[end - 1] + 1, self.places[end])


class _Letter(NamedTuple):
    """One character as it reads, and its place in the original."""

    char: str
    place: int


@lru_cache(maxsize=REMEMBERED)
def legible(text: str) -> Legible:
    """``text`` as it reads: in Latin letters where it looks so, without what shows nothing.

    Line breaks are kept, other white space is one space. The work grows with the length alone.
    """
    if not _ODD.search(text):
        return _closed_up(text)
    letters = _in_latin(list(_one_space(_accented(_seen(text)))))
    clean = "".join(letter.char for letter in letters)
    if clean == text:
        return Legible(text)
    return Legible(clean, (*(letter.place for letter in letters), len(text)))


def _closed_up(text: str) -> Legible:
    """A text of ordinary characters: its runs of blanks are one blank each."""
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for run in _BLANK_RUN.finditer(text):
        parts += text[at : run.start()], "\n" if "\n" in run.group() else " "
        places += range(at, run.start() + 1)
        at = run.end()
    if not parts:
        return Legible(text)
    places += range(at, len(text) + 1)
    return Legible("".join((*parts, text[at:])), tuple(places))


def _seen(text: str) -> Iterator[_Letter]:
    for place, char in enumerate(text):
        for seen in _reads_as(char):
            yield _Letter(seen, place)


@lru_cache(maxsize=65536)
def _reads_as(char: str) -> str:
    """What one character reads as by itself; nothing for one that shows nothing."""
    if char.isspace():
        return "\n" if char in "\n\r\x85\u2028\u2029" else " "
    if _is_blank(char):
        return ""
    known = look_alikes().get(char)
    if known and known.where == "always":
        return known.reads_as
    form = unicodedata.decomposition(char).partition(" ")[0]
    plain = unicodedata.normalize("NFKC", char)
    if form in _FORMS and (form != "<circle>" or plain.isalpha()):
        return plain
    return plain if ord(char) in _LIGATURES else unicodedata.normalize("NFC", char)


def _is_blank(char: str) -> bool:
    return (
        unicodedata.category(char) in _SHOWS_NOTHING
        or char in _BLANKS
        or any(ord(char) in each for each in _SELECTORS)
    )


def _accented(letters: Iterable[_Letter]) -> Iterator[_Letter]:
    """Letters with their accents in one character; an accent that fits no Latin letter is gone."""
    held: _Letter | None = None
    marks = 0
    for letter in letters:
        if not unicodedata.category(letter.char).startswith("M"):
            if held:
                yield held
            held, marks = letter, 0
            continue
        if not held:
            continue
        marks += 1
        whole = unicodedata.normalize("NFC", held.char + letter.char)
        if len(whole) == 1:
            held = _Letter(whole, held.place)
        elif not _is_latin(held.char) and held.char.isalpha() and marks <= MOST_MARKS:
            yield held
            held = letter
    if held:
        yield held


def _one_space(letters: Iterable[_Letter]) -> Iterator[_Letter]:
    for is_space, run in groupby(letters, key=lambda letter: letter.char in " \n"):
        if not is_space:
            yield from run
            continue
        first, *rest = run
        breaks = first.char == "\n" or any(letter.char == "\n" for letter in rest)
        yield _Letter("\n" if breaks else " ", first.place)


def _in_latin(letters: list[_Letter]) -> list[_Letter]:
    """The letters, with those that only look Latin made so, word by word."""
    known = look_alikes()
    text = "".join(letter.char for letter in letters)
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isascii():
            continue
        for at in _disguised(word, known):
            held = letters[match.start() + at]
            letters[match.start() + at] = _Letter(known[held.char].reads_as, held.place)
    return letters


def _disguised(word: str, known: dict[str, LookAlike]) -> list[int]:
    """Places in ``word`` of the letters to be read as Latin ones."""
    found = [at for at, char in enumerate(word) if char in known]
    latin = [char for char in word if _is_latin(char) and char not in known]
    if not latin and len(found) < sum(map(str.isalpha, word)):
        return []
    if any(char.isalpha() and not _is_latin(char) and char not in known for char in word):
        return []
    small = sum(map(str.islower, latin)) > 1 and "".join(latin[1:]).islower()
    return [at for at in found if known[word[at]].where == "word" or small]


@lru_cache(maxsize=4096)
def _is_latin(char: str) -> bool:
    return (char.isascii() and char.isalpha()) or unicodedata.name(char, "").startswith("LATIN ")


@cache
def look_alikes() -> dict[str, LookAlike]:
    """The shipped table. Raises ``DataFileError`` when a row is not in its form."""
    text = (files("loccit.verification") / "confusables.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    if rows[0] != ["code", "reads_as", "where", "name"]:
        raise DataFileError(f"confusables.tsv: the header is {rows[0]}")
    return dict(map(_look_alike, rows[1:]))


def _look_alike(row: list[str]) -> tuple[str, LookAlike]:
    code, reads_as, where, name = row
    char = chr(int(code, 16))
    if unicodedata.name(char).lower() != name or where not in ("always", "word", "lower"):
        raise DataFileError(f"confusables.tsv: {code} is not {name!r}, or {where!r} no place")
    return char, LookAlike(reads_as, where)
