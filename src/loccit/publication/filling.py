"""Fills lines of a terminal: words of several styles, wrapped by the cells they take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

__all__ = ["Paint", "Piece", "cells", "coloured", "fill", "stay_together", "uncoloured"]

Piece = tuple[str, str]
"""Words and the name of their style."""
Paint = Callable[[str, str], str]
"""Words and a style to what the terminal is sent."""

_NUMBER = re.compile(r"[<>=≤≥~]*\d[\d.,/-]*")
LONGEST_UNIT = 10
"""Characters of a word that is kept with the number before it: ``mg``, ``mL/min``, ``weeks,``."""

_CODES = {
    "title": "1",
    "heading": "1;36",
    "strong": "1",
    "quiet": "2",
    "mark": "36",
    "alert": "1;31",
    "supported": "1;32",
    "partly": "1;33",
    "contradicted": "1;31",
    "not_found": "1;35",
}


def coloured(words: str, style: str) -> str:
    """The words in the colours of an ANSI terminal."""
    code = _CODES.get(style)
    return f"\x1b[{code}m{words}\x1b[0m" if code else words


def uncoloured(words: str, _style: str) -> str:
    """The words alone, for files and pipes."""
    return words


def cells(text: str) -> int:
    """Columns that the text takes: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    wide = (2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return sum(w for w, c in zip(wide, text, strict=True) if not unicodedata.combining(c))


def fill(
    pieces: Iterable[Piece], *, width: int, first: str = "", rest: str = "", paint: Paint
) -> Iterator[str]:
    """Lines of at most ``width`` cells; a word longer than a line stands on its own line."""
    line: list[Piece] = []
    used, indent = cells(first), first
    for word, style in ((w, style) for text, style in pieces for w in _unbroken(text)):
        size = cells(word)
        if line and used + len(line) + size > width:
            yield _painted(indent, line, paint)
            line, used, indent = [], cells(rest), rest
        line.append((word, style))
        used += size
    if line:
        yield _painted(indent, line, paint)


def _unbroken(text: str) -> Iterator[str]:
    """The words; a number stays on the line of its unit, so that no dose is cut in two."""
    words = text.split()
    at = 0
    while at < len(words):
        glued = at + 1 < len(words) and stay_together(words[at], words[at + 1])
        yield " ".join(words[at : at + 2]) if glued else words[at]
        at += 2 if glued else 1


def stay_together(word: str, following: str) -> bool:
    """Whether a line may not end between the two: a number, and what may be its unit."""
    return bool(_NUMBER.fullmatch(word)) and len(following) <= LONGEST_UNIT


def _painted(indent: str, line: list[Piece], paint: Paint) -> str:
    """The line, neighbours of one style painted together."""
    runs: list[Piece] = []
    for word, style in line:
        if runs and runs[-1][1] == style:
            runs[-1] = (f"{runs[-1][0]} {word}", style)
        else:
            runs.append((word, style))
    return indent + " ".join(paint(words, style) for words, style in runs)
