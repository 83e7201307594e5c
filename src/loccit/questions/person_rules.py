"""Loads the rules by which the person of a question is read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from loccit.terms import DataFileError

__all__ = ["PersonRules", "Scaled", "load_person_rules"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Scaled:
    """A pattern whose first group is a number, and what the number counts in."""

    pattern: re.Pattern[str]
    scale: float
    bare: bool = False
    """Whether the words alone do not tell an age from a time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRules:
    """All rules, compiled once; ``patterns`` holds those that are looked up by name."""

    ages: tuple[Scaled, ...]
    weights: tuple[Scaled, ...]
    not_after_age: re.Pattern[str]
    not_before_age: re.Pattern[str]
    other_time: re.Pattern[str]
    number_words: dict[str, int]
    not_after_weight: re.Pattern[str]
    sex_words: dict[str, tuple[str, re.Pattern[str]]]
    ckd_degrees: dict[str, str]
    allergens: re.Pattern[str]
    allergen_names: dict[str, str]
    patterns: dict[str, re.Pattern[str]]


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _words(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _before(words: list[str]) -> re.Pattern[str]:
    """Any of the words right before a place, with at most one small word between."""
    return _pattern(
        rf"(?:^|(?<!\w))(?:{_words(words)})\s+(?:(?:a|an|my|of|about|over|another)\s+)?$"
    )


def _scaled(rows: list[dict[str, Any]], scale: str) -> tuple[Scaled, ...]:
    return tuple(
        Scaled(pattern=_pattern(row["pattern"]), scale=row[scale], bare=row.get("bare", False))
        for row in rows
    )


def _sex_words(rows: dict[str, Any]) -> dict[str, tuple[str, re.Pattern[str]]]:
    """Each list of words with the sex it tells; empty for a relative of either sex."""
    lists = {name: words for name, words in rows.items() if isinstance(words, list)}
    return {
        name: (
            {"female": "female", "male": "male"}.get(name.partition("_")[0], ""),
            _pattern(rf"\b(?:{_words(words)})\b"),
        )
        for name, words in lists.items()
    }


@cache
def load_person_rules() -> PersonRules:
    """The shipped rules. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.questions") / "person.toml").read_text(encoding="utf-8")
    try:
        rows = tomllib.loads(text)
        tables = [rows[name] for name in ("sex", "pregnancy", "organs", "people", "belonging")]
        named = {
            name: _pattern(value)
            for table in tables
            for name, value in table.items()
            if isinstance(value, str)
        }
        return PersonRules(
            ages=_scaled(rows["ages"], "per_year"),
            weights=_scaled(rows["weights"], "kg"),
            not_after_age=_before(rows["age"]["not_after"]),
            not_before_age=_pattern(rf"^[\s-]*(?:{_words(rows['age']['not_before'])})\b"),
            other_time=_pattern(rf"(?:{_words(rows['age']['other_time'])})\s*$"),
            number_words=rows["age"]["number_words"],
            not_after_weight=_before(rows["weight"]["not_after"]),
            sex_words=_sex_words(rows["sex"]),
            ckd_degrees=rows["organs"]["ckd_degrees"],
            allergens=_pattern(rf"\b(?:{_words(rows['belonging']['allergens'])})\b"),
            allergen_names=rows["belonging"]["allergen_names"],
            patterns=named,
        )
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"questions/person.toml: {error}") from error
