"""How a statement is put to its reader: plain words, a frame around a quote, terms explained."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Explained", "Wording"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Explained:
    """A term explained in place: it stands at ``start:end`` of the words shown."""

    term: str
    """The headword of the glossary."""
    meaning: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What one reader sees of a statement, whose own words, numbers and citations stay.

    ``words`` are the source's own, or its plain twin where ``is_plain``; ``frame`` says before a
    quote whom its source speaks to.
    """

    words: str
    is_plain: bool = False
    frame: str = ""
    explained: tuple[Explained, ...] = ()
