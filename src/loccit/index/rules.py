"""Loads the rules that tell what a passage states: section kinds and cues."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from loccit.terms import DataFileError, Form, SourceKind, StatementKind

__all__ = [
    "Bound",
    "Cue",
    "FormCue",
    "KindRules",
    "load_form_cues",
    "load_kind_rules",
    "rules_digest",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cue:
    """Words by which a passage shows its kind; ``sources`` empty means in any source."""

    kind: StatementKind
    pattern: re.Pattern[str]
    first: bool
    sources: frozenset[SourceKind]


@dataclass(frozen=True, kw_only=True, slots=True)
class FormCue:
    """By what a passage shows its form: its words, its headings, its section's code, its reader.

    Any one is enough. ``articles`` keeps the cue to sources that are no labels.
    """

    form: Form
    words: re.Pattern[str] | None
    place: re.Pattern[str] | None
    top: re.Pattern[str] | None
    code: str
    parser: str
    articles: bool


@cache
def load_form_cues() -> tuple[FormCue, ...]:
    """The shipped cues of form."""
    return tuple(
        FormCue(
            form=Form(row["form"]),
            words=_pattern(row.get("pattern")),
            place=_pattern(row.get("place")),
            top=_pattern(row.get("top")),
            code=row.get("code", ""),
            parser=row.get("parser", ""),
            articles=row.get("articles", False),
        )
        for row in _load("form_cues.toml")["forms"]
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text, re.IGNORECASE) if text else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """Which kinds alone the passages of a label's section may have; the first is its own."""

    codes: frozenset[str]
    pattern: re.Pattern[str]
    kinds: tuple[StatementKind, ...]

    def holds(self, code: str, path: tuple[str, ...]) -> bool:
        """Whether a passage of a label lies in such a section."""
        return code in self.codes or any(self.pattern.search(heading) for heading in path)


@dataclass(frozen=True, kw_only=True, slots=True)
class KindRules:
    """Kinds by section code, by heading pattern (in order) and by cue; what bounds them."""

    codes: dict[str, tuple[StatementKind, ...]]
    headings: tuple[tuple[re.Pattern[str], tuple[StatementKind, ...]], ...]
    cues: tuple[Cue, ...]
    bounds: tuple[Bound, ...]


_FILES = ("section_kinds.toml", "cues.toml", "form_cues.toml")
_FORM = "1"
"""Raised when passages are cut or described otherwise by the same rules."""


@cache
def rules_digest() -> str:
    """Digest of the rules by which passages are cut and described."""
    summed = hashlib.sha256(_FORM.encode())
    for file in _FILES:
        summed.update((files("loccit.index") / file).read_bytes())
    return summed.hexdigest()[:16]


def _load(file: str) -> dict[str, Any]:
    return tomllib.loads((files("loccit.index") / file).read_text(encoding="utf-8"))


def _kinds(names: list[str]) -> tuple[StatementKind, ...]:
    return tuple(StatementKind(name) for name in names)


@cache
def load_kind_rules() -> KindRules:
    """The shipped rules. Raises ``DataFileError`` when a file breaks its form."""
    sections, cues = _load("section_kinds.toml"), _load("cues.toml")
    try:
        return KindRules(
            codes={code: _kinds(names) for code, names in sections["codes"].items()},
            headings=tuple(
                (re.compile(row["pattern"], re.IGNORECASE), _kinds(row["kinds"]))
                for row in sections["headings"]
            ),
            cues=tuple(
                Cue(
                    kind=StatementKind(row["kind"]),
                    pattern=re.compile(row["pattern"], re.IGNORECASE),
                    first=row.get("first", False),
                    sources=frozenset(SourceKind(name) for name in row.get("sources", ())),
                )
                for row in cues["cues"]
            ),
            bounds=tuple(
                Bound(
                    codes=frozenset(row["codes"]),
                    pattern=re.compile(row["pattern"], re.IGNORECASE),
                    kinds=_kinds(row["kinds"]),
                )
                for row in sections["bounds"]
            ),
        )
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"index/*.toml: {error}") from error
