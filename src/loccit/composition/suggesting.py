"""Questions that could be asked next about what an answer names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loccit.terms import (
    ConceptKind,
    DataFileError,
    Question,
    QuestionKind,
    StatementKind,
    Suggestion,
)

__all__ = ["Suggestions", "load_suggestions"]

MOST_NAMES = 2
"""Drugs, and conditions, that questions are suggested about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    text: str
    kinds: tuple[StatementKind, ...]
    population: str
    not_for: frozenset[QuestionKind]
    unless: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestions:
    """The questions of the data file; at most ``most`` stand on a page."""

    most: int
    rows: tuple[_Row, ...]

    def about(self, question: Question, drugs: tuple[str, ...]) -> Iterator[Suggestion]:
        """Candidates, the likeliest to be wanted first; whether the base answers is not known."""
        axes = {group.partition(":")[0] for group in question.population}
        conditions = question.names(ConceptKind.CONDITION)[:MOST_NAMES]
        for row in self.rows:
            asked = question.kind in row.not_for or row.population in axes
            if asked or row.unless.intersection(question.population):
                continue
            of_drug = "{drug}" in row.text
            for name in drugs[:MOST_NAMES] if of_drug else conditions:
                yield Suggestion(
                    text=row.text.replace("{drug}", name).replace("{condition}", name),
                    about=name,
                    is_drug=of_drug,
                    kinds=row.kinds,
                    population=row.population,
                )


@cache
def load_suggestions() -> Suggestions:
    """The shipped suggestions. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.composition") / "follow_ups.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    try:
        return Suggestions(
            most=int(data["most"]),
            rows=tuple(
                _Row(
                    text=row["text"],
                    kinds=tuple(map(StatementKind, row["kinds"])),
                    population=row.get("population", ""),
                    not_for=frozenset(map(QuestionKind, row["not_for"])),
                    unless=frozenset(row.get("unless", ())),
                )
                for row in data["suggestions"]
            ),
        )
    except (KeyError, ValueError) as error:
        raise DataFileError(f"composition/follow_ups.toml: {error}") from error
