"""Joins the lines of a paragraph, and the words that a line's end divides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

__all__ = ["Joiner"]

HYPHENS = "-\u2010\u00ad\u0002\ufffe"
"""What stands at the end of a divided line: hyphens, and PDFium's own mark for one."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DIVIDED = re.compile(rf"([^\W\d_]+)[{HYPHENS}]$")
_REST = re.compile(r"[^\W\d_]+")


class Joiner:
    """Knows the document's words, and so whether a hyphen at a line's end belongs to one."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Count the whole words of all lines."""
        self._words: Counter[str] = Counter()
        for line in lines:
            words = _WORD.findall(line)
            if words and _DIVIDED.search(line):
                words = words[:-1]
            self._words.update(word.lower() for word in words)

    def join(self, lines: Iterable[str]) -> str:
        """The lines as one text."""
        text = ""
        for line in lines:
            text = self.add(text, line)
        return text

    def add(self, text: str, line: str) -> str:
        """``text`` with the next line: the hyphen between them dropped, kept, or none."""
        if not text:
            return line
        divided, rest = _DIVIDED.search(text), _REST.match(line)
        if not divided or not rest:
            return f"{text}{line}" if text[-1] in HYPHENS[1:] else f"{text} {line}"
        if "/" in text.rsplit(None, 1)[-1]:  # an address: its hyphens are its own
            return f"{text[:-1]}-{line}"
        if self._is_one_word(divided.group(1), rest.group()):
            return text[:-1] + line
        return f"{text[:-1]}-{line}"

    def _is_one_word(self, first: str, second: str) -> bool:
        """Whether the halves make a word of the document, or are no words on their own."""
        joined, hyphened = (first + second).lower(), f"{first}-{second}".lower()
        if self._words[joined] or self._words[hyphened]:
            return self._words[joined] >= self._words[hyphened]
        if second[0].isupper():
            return False
        return not (self._words[first.lower()] and self._words[second.lower()])
