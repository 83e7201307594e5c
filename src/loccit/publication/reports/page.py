"""A report laid out as a page: what the terminal, Markdown and HTML show, in words, in order.

All strings are fit to be shown (see ``showing.unmasked``); none is escaped for a format.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Count", "Fault", "Part", "ReportPage", "Said", "Sentence", "Stretch", "Words"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row, and whether they are the ones that differ."""

    words: str
    differs: bool


Words = tuple[Stretch, ...]
"""A sentence or passage, cut where its marks begin and end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What a check says."""

    message: str
    check: str
    verdict: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A passage that the sentence was held against: its words and where they stand."""

    heading: str
    verdict: str
    """Key of its verdict, for a colour."""
    words: Words
    faults: tuple[Fault, ...]
    source: str
    """Title, publisher, year, kind."""
    standing: str
    """Nothing when the source is current."""
    section: str
    code: str
    """Opens the passage: ``loccit show CODE``."""
    link: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One claim of a sentence. ``words`` are empty where it is the whole of it."""

    verdict: str
    name: str
    words: Words
    said: tuple[Said, ...]
    also: tuple[str, ...]
    """Codes of further passages of the same verdict."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence with a verdict, or one in which something is wrong by itself."""

    number: int
    heading: str
    verdict: str
    name: str
    words: Words
    parts: tuple[Part, ...]
    faults: tuple[Fault, ...]
    """What is wrong within the text itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """A row of the summary."""

    verdict: str
    name: str
    number: int
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportPage:
    """A report."""

    title: str
    sentences: tuple[Sentence, ...]
    counts: tuple[Count, ...]
    notes: tuple[str, ...]
    colophon: tuple[str, ...]
