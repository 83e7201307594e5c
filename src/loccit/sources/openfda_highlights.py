"""Finds the highlights that openFDA runs into a section of the full text.

The highlights say the section's gist and end each point with the bare number of the subsection
that says it in full: "Monitor liver tests ( 5.2 )". The full text refers with words: "[see
Warnings and Precautions (5.2)]".
"""

from __future__ import annotations

import re

__all__ = ["highlights_range"]

_ITEM = r"(?:1[0-7]|[1-9])(?:\.\d{1,2}){0,2}"
_BARE = re.compile(
    rf"\(\s*{_ITEM}(?:\s*[,;\u2013-]\s*{_ITEM}|\s+and\s+{_ITEM})*\s*[.,]?\s*\)\s?\.?"
)
_REFERRING = re.compile(r"(?:\[[^\]]*|\bsee\b[^)\]]*)$", re.IGNORECASE)
_REFERENCE_END = re.compile(r"\[\s*see[^\]]*\]\s*\.?", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z(•])")
_BOX = "See full prescribing information for complete boxed warning"
LOOK_BACK = 160
MIN_TITLE = 12
"""A boxed warning's title, at least "WARNING: X", is printed again at the head of its highlights;
a shorter title would be found anywhere."""


def highlights_range(text: str, body: int, first: int | None) -> tuple[int, int]:
    """Start and end of the highlights in a section whose text begins at ``body``.

    ``first`` is where its first subsection begins; the highlights stand before it. Nothing found
    gives an empty range. In a section without subsections the full text is never taken for them.
    """
    end = len(text) if first is None else first
    bare = [m for m in _BARE.finditer(text, body, end) if not _refers(text, m.start())]
    if not bare:
        return body, body
    start = _start(text, body, bare[0].start(), divided=first is not None)
    if first is None and not (text[body:start] + text[bare[-1].end() :]).strip(" .:"):
        return body, body
    return start, bare[-1].end()


def _refers(text: str, at: int) -> bool:
    return bool(_REFERRING.search(text[max(0, at - LOOK_BACK) : at]))


def _start(text: str, body: int, first_bare: int, *, divided: bool) -> int:
    """After the full text's own words, as far as they can be told from the highlights.

    A section without subsections says its own words here only, so none but the last sentence
    before the first bare number is taken for highlights.
    """
    title = text[:body].strip()
    again = text.rfind(title, body, first_bare) if len(title) >= MIN_TITLE else -1
    if again >= 0 or (again := text.find(_BOX, body, first_bare)) >= 0:
        return again
    references = [match.end() for match in _REFERENCE_END.finditer(text, body, first_bare)]
    last_reference = references[-1] if references else body
    if divided:
        return last_reference
    sentences = [match.end() for match in _SENTENCE.finditer(text, body, max(body, first_bare - 2))]
    return max(last_reference, sentences[-1] if sentences else body)
