"""How an article is put to each reader, read from ``manners.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from loccit.sentences import sentences
from loccit.terms import Audience, DataFileError, DocumentCard, SourceKind, StatementKind

__all__ = ["Manner", "Manners", "load_manners"]

_FILE = "wording/manners.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """What is done for one reader; by default nothing, and the sources' own words stand."""

    plain: bool = False
    meanings: str = ""
    frames: bool = False
    designs: str = ""
    background: tuple[StatementKind, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether the article stays as it is."""
        return self == Manner()


@dataclass(frozen=True, kw_only=True, slots=True)
class Manners:
    """The manners by reader, and the words that they use."""

    by_audience: Mapping[Audience, Manner]
    frames: Mapping[SourceKind, str]
    frames_by_kind: Mapping[StatementKind, str]
    designs: Mapping[str, Mapping[SourceKind, str]]
    personal: re.Pattern[str]
    openings: re.Pattern[str]

    def of(self, audience: Audience) -> Manner:
        """What is done for this reader."""
        return self.by_audience.get(audience, Manner())

    def frame(self, card: DocumentCard, kind: StatementKind) -> str:
        """What is said before a quote from this source; nothing where it speaks for itself."""
        if card.evidence_kind is SourceKind.LABEL and kind in self.frames_by_kind:
            return self.frames_by_kind[kind]
        return self.frames.get(card.evidence_kind, "")

    def is_personal(self, text: str) -> bool:
        """Whether a text tells this very reader what to do.

        >>> load_manners().is_personal("The label has adults take it. Do not take more.")
        True
        """
        told = (text[start:end] for start, end in sentences(text))
        return bool(self.personal.search(text)) or any(self.openings.match(each) for each in told)


@cache
def load_manners() -> Manners:
    """The shipped manners. Raises ``DataFileError`` where the file breaks its form."""
    read = tomllib.loads((files("loccit.wording") / "manners.toml").read_text(encoding="utf-8"))
    try:
        return Manners(
            by_audience={each: _manner(read[each]) for each in Audience if each in read},
            frames={SourceKind(kind): words for kind, words in read["frames"].items()},
            frames_by_kind={
                StatementKind(kind): words for kind, words in read["frames_by_kind"].items()
            },
            designs={
                name: {SourceKind(kind): words for kind, words in table.items()}
                for name, table in read["designs"].items()
            },
            personal=_any_of(read["personal"]["words"]),
            openings=_any_of(read["personal"]["openings"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataFileError(f"{_FILE}: {error}") from error


def _manner(table: dict[str, Any]) -> Manner:
    background = tuple(StatementKind(kind) for kind in table.pop("background", ()))
    return Manner(**table, background=background)


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)
