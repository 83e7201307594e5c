"""How articles are watched, read from ``watching.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loccit.review.anchoring import Fate
from loccit.terms import DataFileError, SourceKind, StatementKind

__all__ = ["WatchRules", "load_watch_rules"]

_FILE = "review/watching.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchRules:
    """Words by name, and what they are said of.

    ``told`` is said of sentences, ``source`` of a source as a whole, ``suggested`` of a passage
    that would now be chosen; a name in braces is filled in.
    """

    told: Mapping[str, str]
    source: Mapping[str, str]
    suggested: Mapping[str, str]
    identifiers: frozenset[str]
    """Names of identifiers that two sources share when they are of one work."""
    corrected_by: frozenset[str]
    in_editions: frozenset[SourceKind]
    most_suggested: int
    """At one time, for one article."""
    suggested_kinds: frozenset[StatementKind]
    """Kinds of statement that are offered wherever they would stand."""


@cache
def load_watch_rules() -> WatchRules:
    """The shipped rules. Raises ``DataFileError`` where the file breaks its form."""
    read = tomllib.loads((files("loccit.review") / "watching.toml").read_text(encoding="utf-8"))
    try:
        works, suggested = read["works"], dict(read["suggested"])
        return WatchRules(
            told={name: read["told"][name] for name in (*Fate, *_TOLD)},
            source=dict(read["source"]),
            identifiers=frozenset(works["identifiers"]),
            corrected_by=frozenset(works["corrected_by"]),
            in_editions=frozenset(map(SourceKind, works["in_editions"])),
            most_suggested=int(suggested.pop("most")),
            suggested_kinds=frozenset(map(StatementKind, suggested.pop("kinds"))),
            suggested=suggested,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataFileError(f"{_FILE}: {error}") from error


_TOLD = ("words_changed", "source_fell", "original_moved_on", "due")
