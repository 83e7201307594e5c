"""Lines of a terminal in which some words are pointed at: ``~~~^`` beneath them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from loccit.publication.filling import Paint, cells, stay_together
from loccit.publication.reports.page import Words

__all__ = ["underlined"]

NARROWEST = 8
"""Cells of text without which a line is not broken further."""


class _Character(NamedTuple):
    text: str
    differs: bool
    size: int


_Word = list[_Character]


def underlined(
    words: Words, *, width: int, indent: str, paint: Paint, style: str = "", mark: str = "alert"
) -> Iterator[str]:
    """The words in lines of ``width`` cells, beneath each line the marks of those that differ.

    A word longer than a line is broken; a number stays with its unit where both fit.
    """
    room = max(width - cells(indent), NARROWEST)
    for line in _lines(_words(words), room):
        yield indent + paint("".join(each.text for each in line), style)
        pointer = _pointer(line)
        if pointer:
            lead = len(pointer) - len(pointer.lstrip())
            yield indent + pointer[:lead] + paint(pointer[lead:], mark)


def _words(words: Words) -> Iterator[_Word]:
    """Words of one line each; a number and its unit count as one."""
    characters = [_Character(c, part.differs, cells(c)) for part in words for c in part.words]
    found = [
        list(group)
        for is_space, group in groupby(characters, key=lambda each: each.text.isspace())
        if not is_space
    ]
    at = 0
    while at < len(found):
        pair = found[at : at + 2]
        if len(pair) > 1 and stay_together(_text(pair[0]), _text(pair[1])):
            yield [*pair[0], _between(pair[0], pair[1]), *pair[1]]
            at += 2
        else:
            yield found[at]
            at += 1


def _text(word: _Word) -> str:
    return "".join(each.text for each in word)


def _between(before: _Word, after: _Word) -> _Character:
    """The space between two words, marked where it lies within one mark."""
    return _Character(" ", before[-1].differs and after[0].differs, 1)


def _size(word: Iterable[_Character]) -> int:
    return sum(each.size for each in word)


def _lines(words: Iterable[_Word], room: int) -> Iterator[_Word]:
    line: _Word = []
    for whole in words:
        for word in _broken(whole, room):
            if line and _size(line) + 1 + _size(word) > room:
                yield line
                line = []
            line = [*line, _between(line, word), *word] if line else word
    if line:
        yield line


def _broken(word: _Word, room: int) -> Iterator[_Word]:
    """The word in pieces that fit; nearly always the word itself."""
    piece: _Word = []
    for each in word:
        if piece and _size(piece) + each.size > room:
            yield piece
            piece = []
        piece.append(each)
    if piece:
        yield piece


def _pointer(line: _Word) -> str:
    """What stands beneath a line: nothing where it holds no mark."""
    parts = []
    for differs, group in groupby(line, key=lambda each: each.differs):
        size = _size(group)
        parts.append(f"{'~' * (size - 1)}^" if differs and size else " " * size)
    return "".join(parts).rstrip()
