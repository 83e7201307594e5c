"""Puts a document's text together block by block, with sections that tile it and spans.

Every reader feeds the same assembler, so that all documents have one form: blocks separated by a
blank line, white space inside a block folded to single spaces, headings on lines of their own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from loccit.terms import PassageKind, Section, Span

__all__ = ["Assembled", "Assembler", "clean"]

BREAK = "\n\n"

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
"""Control, zero-width, bidirectional and tag characters and lone surrogates: they can hide or
reorder text (Unicode TR36 §3.3) and are never part of what a reader sees."""


def clean(text: str) -> str:
    """``text`` in NFC, without invisible characters, white space folded; ends stripped."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")  # nearly all text, and told at once
    text = " ".join(text.split())
    text = unicodedata.normalize("NFC", text)
    return text if text.isprintable() else " ".join(_INVISIBLE.sub("", text).split())


class Assembled(NamedTuple):
    """The parts of a ``SourceDocument`` that an assembler makes."""

    text: str
    sections: tuple[Section, ...]
    spans: tuple[Span, ...]
    page_starts: tuple[int, ...]


@dataclass(slots=True)
class Assembler:
    """Collects blocks in reading order; ``finish`` gives text, sections, spans and pages."""

    _blocks: list[str] = field(default_factory=list)
    _length: int = 0
    _open: list[tuple[tuple[str, ...], str, int]] = field(default_factory=list)
    _spans: list[Span] = field(default_factory=list)
    _pages: list[int] = field(default_factory=list)

    def section(self, path: tuple[str, ...], *, code: str = "", printed: bool = True) -> None:
        """Begin a section; its innermost heading becomes a block of its own, where there is one.

        A heading that the source does not print here (``printed=False``: it has none of its own,
        or the text goes on under one given before) stands in the path only.
        """
        path = tuple(clean(part) for part in path)
        self._open.append((path, code, self._next_start()))
        if printed and path and path[-1]:
            self._append(path[-1])

    def page(self) -> None:
        """Note that a new page begins with the next block."""
        self._pages.append(self._next_start())

    def page_within(self, offset: int) -> None:
        """Note that a new page begins inside the last block, ``offset`` characters into it."""
        self._pages.append(self._length - len(self._blocks[-1]) + offset)

    def block(self, text: str, kind: PassageKind = PassageKind.PROSE, *, context: str = "") -> None:
        """Add a paragraph, list item or table row; empty ones are dropped."""
        text = clean(text)
        if not text:
            return
        start = self._append(text)
        if kind is not PassageKind.PROSE:
            self._spans.append(
                Span(kind=kind, start=start, end=start + len(text), context=clean(context))
            )

    def finish(self) -> Assembled:
        """The finished text and its structure; sections tile the text."""
        text = BREAK.join(self._blocks)
        return Assembled(
            text, self._tiles(len(text)), tuple(self._spans), self._page_starts(len(text))
        )

    def _next_start(self) -> int:
        return self._length + len(BREAK) if self._blocks else 0

    def _append(self, text: str) -> int:
        start = self._next_start()
        self._blocks.append(text)
        self._length = start + len(text)
        return start

    def _tiles(self, length: int) -> tuple[Section, ...]:
        if not length:
            return ()
        opened = self._open
        if not opened or opened[0][2] > 0:
            opened = [((), "", 0), *opened]
        ends = [min(start, length) for _, _, start in opened[1:]] + [length]
        return tuple(
            Section(path=path, start=min(start, length), end=end, code=code)
            for (path, code, start), end in zip(opened, ends, strict=True)
            if end > start
        )

    def _page_starts(self, length: int) -> tuple[int, ...]:
        return tuple(min(start, length) for start in self._pages)
