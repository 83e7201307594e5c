"""Loads the rules by which questions are read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from loccit.terms import DataFileError, QuestionKind, StatementKind

__all__ = ["KindRule", "PlainWords", "ReadingRules", "load_reading_rules"]


@dataclass(frozen=True, kw_only=True, slots=True)
class KindRule:
    """Words that speak for a kind of question, by how much, and what must hold as well."""

    kind: QuestionKind
    weight: float
    pattern: re.Pattern[str]
    needs: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainWords:
    """Everyday words for a condition by its canonical name, unless others stand before them."""

    pattern: re.Pattern[str]
    not_after: re.Pattern[str]
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingRules:
    """All rules, compiled once."""

    order: tuple[QuestionKind, ...]
    kinds: tuple[KindRule, ...]
    figures: re.Pattern[str]
    asks: tuple[tuple[StatementKind, re.Pattern[str]], ...]
    denial: re.Pattern[str]
    denial_stops: frozenset[str]
    denial_reach: int
    caused_by_drug: frozenset[str]
    unmeant_after: re.Pattern[str]
    function_words: frozenset[str]
    clause_breaks: re.Pattern[str]
    asking: re.Pattern[str]
    not_short_forms: frozenset[str]
    also_denied: frozenset[str]
    told_as_fact: dict[str, str]
    plain_words: tuple[PlainWords, ...]


def _load(file: str) -> dict[str, Any]:
    return tomllib.loads((files("loccit.questions") / file).read_text(encoding="utf-8"))


def _denial(denials: list[str], fails: list[str]) -> re.Pattern[str]:
    """Words that deny what follows, unless they only say that it fails to change."""
    words = "|".join(re.escape(word) for word in sorted(denials, key=len, reverse=True))
    excepted = "|".join(re.escape(word) for word in fails)
    return re.compile(rf"\b(?:{words})\b(?!\s+(?:{excepted})\b)", re.IGNORECASE)


@cache
def load_reading_rules() -> ReadingRules:
    """The shipped rules. Raises ``DataFileError`` when a file breaks its form."""
    kinds, reading = _load("kinds.toml"), _load("reading_rules.toml")
    try:
        return ReadingRules(
            order=tuple(QuestionKind(name) for name in kinds["order"]),
            kinds=tuple(
                KindRule(
                    kind=QuestionKind(row["kind"]),
                    weight=float(row["weight"]),
                    pattern=re.compile(row["pattern"], re.IGNORECASE),
                    needs=row.get("needs", ""),
                )
                for row in kinds["rules"]
            ),
            figures=re.compile(kinds["figures"], re.IGNORECASE),
            asks=tuple(
                (StatementKind(row["kind"]), re.compile(row["pattern"], re.IGNORECASE))
                for row in kinds["asks"]
            ),
            denial=_denial(reading["denials"], reading["fails"]),
            denial_stops=frozenset(reading["denial_stops"]),
            denial_reach=int(reading["denial_reach"]),
            caused_by_drug=frozenset(reading["caused_by_drug"]),
            unmeant_after=re.compile(reading["unmeant_after"], re.IGNORECASE),
            not_short_forms=frozenset(reading["not_short_forms"]),
            also_denied=frozenset(reading["also_denied"]),
            told_as_fact=reading["told_as_fact"],
            plain_words=tuple(
                PlainWords(
                    pattern=re.compile(row["pattern"], re.IGNORECASE),
                    not_after=re.compile(row["not_after"], re.IGNORECASE),
                    name=row["name"],
                )
                for row in reading["plain_words"]
            ),
            clause_breaks=re.compile(reading["clause_breaks"], re.IGNORECASE),
            asking=re.compile(reading["asking"], re.IGNORECASE),
            function_words=frozenset(reading["function_words"]["words"]),
        )
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"questions/*.toml: {error}") from error
