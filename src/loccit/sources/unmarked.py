"""What can be known of a document that carries no record of itself: by its title and first words.

HTML, Markdown, plain text and PDF say little of where they come from. What is not said stays empty;
nothing is guessed from the words of the body.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date

from loccit.sources.dates import written_day, year_of
from loccit.terms import SourceKind, Standing

__all__ = [
    "date_in",
    "is_organisation",
    "kind_of",
    "series_of",
    "short_digest",
    "slug",
    "standing_of",
    "title_or_name",
]

OPENING = 1500
"""Characters at the start of a text that count as its title page."""

KINDS: tuple[tuple[SourceKind, re.Pattern[str]], ...] = (
    (SourceKind.SYSTEMATIC_REVIEW, re.compile(r"systematic review|meta-?analysis", re.IGNORECASE)),
    (SourceKind.TRIAL, re.compile(r"randomi[sz]ed (?:\w+[ -]){0,3}trial", re.IGNORECASE)),
    (
        SourceKind.PROTOCOL,
        re.compile(r"\bprotocols?\b|\border sets?\b|\bformulary\b|\bpathway\b", re.IGNORECASE),
    ),
    (
        SourceKind.GUIDELINE,
        re.compile(
            r"\bguidelines?\b|\bguidance\b|\brecommendations?\b|\bconsensus\b", re.IGNORECASE
        ),
    ),
)
"""What a title says; the first that fits counts, and anything else is an article."""

_COMPILED = re.compile(
    r"\bcompiled by\b|\bsummary of (?:the )?(?:content|guideline)", re.IGNORECASE
)
"""Somebody's notes on a guideline are not the guideline."""
_DRAFT = re.compile(r"\b(?:DRAFT|Draft)\b(?! recommendation)")
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|[A-Z][a-z]+\.? \d{1,2},? \d{4}"
    r"|\d{1,2} [A-Z][a-z]+\.?,? \d{4}"
)
_ORGANISATION = re.compile(
    r"\b(?:Academy|Agency|Association|Board|Cent(?:er|re)s?|College|Committee|Council|Department"
    r"|Federation|Foundation|Hospitals?|Institutes?|Ministry|Network|Office|Organi[sz]ation|Service"
    r"|Society|Trust|University|CDC|FDA|NHS|NICE|WHO)\b"
)


def kind_of(title: str, opening: str) -> SourceKind:
    """The kind that the title names, unless the opening says that somebody compiled it."""
    if _COMPILED.search(opening[:OPENING]):
        return SourceKind.ARTICLE
    return next((kind for kind, words in KINDS if words.search(title)), SourceKind.ARTICLE)


def standing_of(title_page: str) -> Standing:
    """Draft, where the title page or a running header says so."""
    return Standing.DRAFT if _DRAFT.search(title_page[:OPENING]) else Standing.CURRENT


def date_in(opening: str, findings: list[str]) -> tuple[date | None, int | None]:
    """The only full date of the opening, and its year or the first year it names."""
    days = {
        day
        for written in _DATE.findall(opening[:OPENING])
        if (day := written_day(written, findings))
    }
    if len(days) == 1:
        day = days.pop()
        return day, day.year
    return None, year_of(opening[:OPENING])


def is_organisation(name: str) -> bool:
    """Whether an author's name is that of an organisation."""
    return _ORGANISATION.search(name) is not None


def slug(text: str) -> str:
    """A title as a name: ``Heart: Rate (VTE)`` gives ``heart-rate-vte``."""
    plain = unicodedata.normalize("NFKD", text).lower().replace("'", "")
    return "-".join(re.findall(r"[^\W_]+", plain))[:120]


def series_of(title: str, file_name: str) -> str:
    """The work's name across editions: by its title, else by its file's name."""
    by_title = slug(title)
    base = re.split(r"[/\\!]", file_name)[-1]
    return f"title:{by_title}" if by_title else f"file:{slug(base) or 'unnamed'}"


def title_or_name(title: str, file_name: str) -> str:
    """The title; a document without one goes by its file's name."""
    return title or re.split(r"[/\\!]", file_name)[-1] or "Untitled"


def short_digest(text: str) -> str:
    """A short name for an edition that has none: by its words."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
