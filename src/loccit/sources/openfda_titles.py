"""Tells where a title that openFDA runs together with its text ends.

Titles have capitals where the sentence after them goes on in small letters; many are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["known_within", "section_title", "title_code", "title_end"]

MAX_TITLE = 220
"""Characters of the longest titles met, lists of diseases mostly."""
MAX_BOX_TITLE = 1200
"""Opioids' boxed warnings have titles of 600 characters, often printed twice running."""

SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "and/or",
        "are",
        "as",
        "at",
        "be",
        "by",
        "due",
        "during",
        "for",
        "from",
        "if",
        "in",
        "into",
        "of",
        "on",
        "or",
        "other",
        "per",
        "prior",
        "than",
        "that",
        "the",
        "to",
        "under",
        "upon",
        "using",
        "versus",
        "via",
        "vs",
        "when",
        "which",
        "who",
        "with",
        "within",
        "without",
        "after",
        "before",
        "between",
        "through",
        "not",
    ]
)
"""Words that titles write small between their capitalised words."""
OPENERS = frozenset(
    [
        "The",
        "This",
        "These",
        "Those",
        "There",
        "It",
        "If",
        "Because",
        "Although",
        "Since",
        "An",
        "We",
        "Advise",
        "Administer",
        "Discontinue",
        "Withhold",
        "Consider",
        "Avoid",
        "Monitor",
        "No",
        "Do",
        "Each",
    ]
)
"""Words that begin sentences and, inside a title, hardly ever stand with a capital."""

CAPITAL_SMALL = frozenset(
    ["In", "For", "To", "At", "On", "From", "With", "After", "During", "Of", "By"]
)
"""Prepositions that begin a sentence, in a title that writes its other small words small."""

_WORD = re.compile(r"\S+")
_GLUED = re.compile(r"[A-Z][A-Z/-]{3,}(?=[A-Z][a-z])")
"""A title's last word run together with the first one of the text."""


class _Known(NamedTuple):
    text: str
    code: str
    within: frozenset[str]


@cache
def _known_headings() -> tuple[_Known, ...]:
    """Sub-headings that labels share, longest first."""
    table = files("loccit.sources").joinpath("label_headings.tsv").read_text(encoding="utf-8")
    lines = [line for line in table.splitlines() if line and not line.startswith("#")][1:]
    rows = [line.split("\t") for line in lines]
    known = [_Known(text, code, frozenset(within.split())) for text, code, within in rows]
    return tuple(sorted(known, key=lambda k: -len(k.text)))


def known_within(places: frozenset[str]) -> tuple[str, ...]:
    """Sub-headings that stand without a number in a section so called, longest first."""
    return tuple(known.text for known in _known_headings() if known.within & places)


@cache
def _any_known() -> re.Pattern[str]:
    return _any_of(tuple(known.text for known in _known_headings()))


@cache
def _codes() -> dict[str, str]:
    return {known.text.casefold(): known.code for known in _known_headings() if known.code}


def title_code(title: str) -> str:
    """The LOINC code of a sub-heading that labels share (its number left out), or nothing."""
    return _codes().get(_LEADING.sub("", title).rstrip(":. ").replace("&", "and").casefold(), "")


_LEADING = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s*|^[A-Z]\.\s+")


def section_title(
    text: str, start: int, printed: Sequence[str], names: Sequence[str], *, boxed: bool
) -> int:
    """Where the title of a section given as an entry ends; ``start`` when it prints none."""
    if boxed:
        return _repeated_end(text, start, _capital_run(text, start, names))
    number = _LEADING.match(text[start : start + 16])
    after = start + (number.end() if number else 0)
    end = _matched(text, after, _any_of(tuple(printed)))
    if end:
        return end
    return title_end(text, after) if number and number[0][0].isdigit() else start


@cache
def _any_of(titles: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the titles whatever their capitals, the longest first."""
    longest = sorted(titles, key=len, reverse=True)
    parts = [re.escape(t).replace(r"\ ", r"\s?").replace("and", "(?:and|&)") for t in longest]
    return re.compile(rf"(?:{'|'.join(parts) or '(?!)'})(?:\s?:)?", re.IGNORECASE)


def _matched(text: str, start: int, titles: re.Pattern[str]) -> int:
    """The end of the title at ``start``, or 0; a sentence that begins like one is none."""
    match = titles.match(text, start)
    if not match or _goes_on(text, match):
        return 0
    after = text[match.end() : match.end() + 2].lstrip()
    if not match[0].isupper() and after and (after[0].islower() or after[0] in ",;"):
        return 0
    return match.end()


def _repeated_end(text: str, start: int, end: int) -> int:
    """The end of a title that is printed twice running: that of the first."""
    title = text[start:end]
    half = len(title) // 2
    return start + half if title[:half].strip() == title[half:].strip() else end


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether the last word of the match is only the beginning of a longer one."""
    last, after = match[0][-1:], text[match.end() : match.end() + 2]
    if not (last.isalpha() and after[:1].isalpha()):
        return False
    title_cased = last.islower() and after[0].isupper()
    return not (last.isupper() and after[1:].islower()) and not title_cased


def _capital_run(text: str, start: int, names: Sequence[str]) -> int:
    """The end of a title in capitals (small joining words allowed), as boxed warnings have."""
    ends = [start]
    for match in _WORD.finditer(text, start, min(len(text), start + MAX_BOX_TITLE)):
        word = match.group()
        if glued := _GLUED.match(word):
            return match.start() + glued.end()
        if any(letter.islower() for letter in word) and word not in SMALL:
            break
        if any(letter.isupper() for letter in word):
            ends.append(match.end() if _bare(word) not in names else ends[-1])
    else:
        return start + len("WARNING") if text.startswith("WARNING", start) else start
    return ends[-1] if ends[-1] - start >= len("WARNING") else start


def title_end(text: str, start: int, names: Sequence[str] = (), *, fixed: bool = False) -> int:
    """Where the title that begins at ``start`` ends and the text under it begins.

    ``fixed`` says that the regulation fixes the titles here, so that a known one is all of it.
    """
    end = _matched(text, start, _any_known())
    if end and (fixed or _begins_sentence(text, end)):
        return end
    words = list(_WORD.finditer(text, start, min(len(text), start + MAX_TITLE)))
    texts = [word.group() for word in words]
    cut = _cut(texts[: _title_run(texts, names)], names)
    return words[cut - 1].end() if 0 < cut <= len(words) else start


def _begins_sentence(text: str, at: int) -> bool:
    """Whether what stands at ``at`` begins a sentence: one capital, then small letters."""
    follows = _WORD.findall(text, at, at + 60)
    first, second, *_ = [*follows, "", ""]
    return first in OPENERS or second in OPENERS or not second[:1].isupper()


def _title_run(words: list[str], names: Sequence[str]) -> int:
    """How many words from the first on could belong to a title and the sentence's first word."""
    depth = 0
    for place, word in enumerate(words):
        bare = word.strip("()[]“”\"'*®™,:;.")
        inside = depth > 0
        depth += word.count("(") - word.count(")")
        small = bare[:1].islower() and bare not in SMALL and bare not in names
        if small and not inside and "(" not in word:
            return place
        if bare and word.endswith((".", ";", ":")):
            return place + 1
    return len(words)


def _cut(run: list[str], names: Sequence[str]) -> int:
    """How many words of the run are the title: the sentence begins with the last capital."""
    inside = [sum(w.count("(") - w.count(")") for w in run[:at]) > 0 for at in range(len(run))]
    for place in range(1, len(run)):
        opens = _opens(run, place, names) and not _leads_on(run[place - 1])
        if opens and not inside[place]:
            return place
    if run and run[-1].endswith(":"):
        return len(run)
    last = len(run) - 1
    while last > 0 and (inside[last] or not run[last][:1].isupper()):
        last -= 1
    while last > 0 and (run[last - 1] in SMALL | CAPITAL_SMALL or _is_letter(run[last])):
        last -= 1
    return max(last, 0)


def _opens(run: list[str], place: int, names: Sequence[str]) -> bool:
    """Whether the word at ``place`` begins a sentence rather than going on with the title."""
    word = run[place]
    if word in OPENERS or (word[0].isupper() and _bare(word) in names):
        return True
    if word in CAPITAL_SMALL:
        goes_small = place + 1 < len(run) and run[place + 1] in ("the", "a", "an", "this")
        return goes_small or any(earlier in SMALL for earlier in run[:place])
    return place > 1 and word[0].isupper() and _bare(word) == _bare(run[0])


def _leads_on(word: str) -> bool:
    """Whether a title cannot end with ``word``."""
    return word in SMALL or word.endswith(("ing", ",", "-", "\u2013", "/"))


def _is_letter(word: str) -> bool:
    """A letter that belongs to the name before it: hepatitis B, vitamin K."""
    return len(word) == 1 and word.isupper() and word not in ("A", "I")


def _bare(word: str) -> str:
    return word.strip("(),®™").casefold()
