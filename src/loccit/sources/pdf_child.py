"""Draws the text out of a PDF, in a process of its own. Run by file, never imported.

A PDF is a program in a hostile hand: what it can make the C library do stays in this process,
which has no secrets, limited memory and time, and answers on its standard output. Usage:
``python -I pdf_child.py MEGABYTES SECONDS PAGES`` with the file on standard input.

Output: one JSON array a line. First ``["info", {...}]`` or ``["error", code, words]``, then for
each page ``["page", width, height, segments]``; a segment is a run of characters on one line:
``[left, baseline, right, size, bold, text]`` in points, with raised text between two marks.
"""

from __future__ import annotations

import ctypes
import json
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

RAISED, LOWERED = "\ue000", "\ue001"
"""Marks around superscripts (private-use characters; those of the file itself are dropped)."""
GAP = 1.0
"""Ems between two words of one line, above which they stand in different columns or cells."""
TOUCHING = 0.3
"""Ems before raised text that are no space: its own letters are small, and so seem far off."""
LONGEST = 2000
"""Characters of a segment; a line of a book has some 100."""
CHARACTERS = 200_000
"""Per page; a page of a book has some 4,000."""
BOLD = 600
BOLD_NAME = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
INVISIBLE = 1.5
"""Points; no reader sees smaller type."""


def main() -> int:
    """Limit this process, then answer."""
    megabytes, seconds, pages = (int(argument) for argument in sys.argv[1:4])
    _limit(megabytes, seconds)
    data = sys.stdin.buffer.read()
    try:
        for answer in _answers(data, pages):
            sys.stdout.write(json.dumps(answer) + "\n")
    except MemoryError:
        sys.stdout.write(json.dumps(["error", "memory", ""]) + "\n")
    sys.stdout.flush()
    return 0


def _limit(megabytes: int, seconds: int) -> None:
    """Where the system knows limits: memory, processor time, and no files to write."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_AS, megabytes * 2**20),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (allowed, allowed))


def _answers(data: bytes, most_pages: int) -> Iterator[list[Any]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        yield ["error", "encrypted" if "assword" in str(error) else "broken", str(error)]
        return
    if len(document) > most_pages:
        yield ["error", "pages", str(len(document))]
        return
    yield ["info", {"pages": len(document), "metadata": document.get_metadata_dict()}]
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        yield ["page", width, height, _segments(page.get_textpage(), width, height)]
        page.close()


def _segments(textpage: Any, width: float, height: float) -> list[list[Any]]:
    """Runs of characters on one line, in the order of the file."""
    lines = _Segments()
    for character, box in _characters(textpage):
        seen = -1 <= box.left <= width + 1 and -1 <= box.baseline <= height + 1
        if box.size >= INVISIBLE and seen:
            lines.add(character, box)
        elif character.isspace():
            lines.space()
        else:
            lines.hidden += 1
    return lines.finish()


class _Box(NamedTuple):
    """Where a character stands, in points."""

    left: float
    right: float
    baseline: float
    size: float
    bold: bool


def _characters(textpage: Any) -> Iterator[tuple[str, _Box]]:
    """Characters with their places; baseline and weight are asked for only where they may change.

    The calls into the library are nearly all the time a page takes.
    """
    x, y, rectangle = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    bottom = top = -1.0
    bold, word_begins = False, True
    page = textpage.raw  # the plain handle: its wrapper costs more than the call
    for index in range(min(textpage.count_chars(), CHARACTERS)):
        code = unicode_of(page, index)
        character = chr(code) if 0 < code <= sys.maxunicode else " "
        box_of(page, index, rectangle)
        if rectangle.bottom != bottom or rectangle.top != top:
            bottom, top = rectangle.bottom, rectangle.top
            pdfium.FPDFText_GetCharOrigin(page, index, x, y)
            word_begins = True
        if word_begins:
            bold = _is_bold(page, index)
        word_begins = character.isspace()
        yield character, _Box(rectangle.left, rectangle.right, y.value, abs(top - bottom), bold)


def _is_bold(page: Any, index: int) -> bool:
    """By the font's weight, or its name where it tells none."""
    if pdfium.FPDFText_GetFontWeight(page, index) >= BOLD:
        return True
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(page, index, name, 80, flags)
    return BOLD_NAME.search(name.value) is not None


class _Segments:
    """Joins characters into segments."""

    def __init__(self) -> None:
        self.hidden = 0
        self._done: list[list[Any]] = []
        self._now: list[Any] | None = None
        self._gap = False
        self._raised = False
        self._last_right = 0.0

    def space(self) -> None:
        """Space before the next character, if it stands on the same line."""
        self._gap = True

    def add(self, character: str, box: _Box) -> None:
        """One visible character."""
        if character.isspace():
            self._gap = True
            return
        if character in (RAISED, LOWERED):
            return
        if self._now is None or not self._continues(box):
            self._close()
            self._now = [box.left, box.baseline, box.right, box.size, box.bold, ""]
        now = self._now
        raised = box.baseline > now[1] + 0.15 * now[3] and box.size < 0.9 * now[3]
        if raised != self._raised:
            now[5] += LOWERED if self._raised else ""
        touching = raised and box.left - self._last_right < TOUCHING * now[3]
        if self._gap and not touching:
            now[5] += " "
        if raised != self._raised:
            now[5] += RAISED if raised else ""
            self._raised = raised
        now[5] += character
        now[2], now[4] = max(now[2], box.right), now[4] and (box.bold or raised)
        if not raised:
            now[3] = max(now[3], box.size)
        self._last_right, self._gap = box.right, False

    def _continues(self, box: _Box) -> bool:
        left, baseline, _, size, _, _ = self._now or [0.0] * 6
        em = max(size, box.size)
        if len(self._now[5] if self._now else "") > LONGEST:
            return False
        on_line = abs(box.baseline - baseline) < 0.5 * em
        near: bool = (
            on_line and -0.5 * em < box.left - self._last_right < GAP * em and box.left >= left
        )
        return near

    def _close(self) -> None:
        if self._now is not None:
            self._now[5] += LOWERED if self._raised else ""
            self._now[:4] = [round(value, 1) for value in self._now[:4]]
            self._done.append(self._now)
        self._now, self._gap, self._raised = None, False, False

    def finish(self) -> list[list[Any]]:
        """All segments; hidden characters are told as one without place."""
        self._close()
        if self.hidden:
            self._done.append([0, 0, 0, 0, False, f"{self.hidden}"])
        return self._done


if __name__ == "__main__":
    sys.exit(main())
