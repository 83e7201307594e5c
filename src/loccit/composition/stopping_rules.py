"""The rules of ``stopping.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loccit.terms import DataFileError, Question, QuestionKind, StatementKind

__all__ = ["Beyond", "StoppingRules", "load_stopping_rules"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Beyond:
    """Words that ask for what no source holds; why, and what to ask instead."""

    pattern: re.Pattern[str]
    reason: str
    advice: str
    unless_named: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StoppingRules:
    """When to stop, as far as words and kinds of question tell it."""

    about_a_drug: frozenset[QuestionKind]
    of_a_use: frozenset[QuestionKind]
    no_use: frozenset[StatementKind]
    use_words: str
    uses: re.Pattern[str]
    no_use_words: re.Pattern[str]
    by_label: re.Pattern[str]
    vague: frozenset[str]
    weighs: re.Pattern[str]
    compares: re.Pattern[str]
    name_endings: tuple[str, ...]
    most_doubt: float
    some_doubt: float
    beyond: tuple[Beyond, ...]

    def beyond_sources(self, question: Question) -> Beyond | None:
        """What makes the question one that no source answers, if it is one."""
        for each in self.beyond:
            named = each.unless_named and question.concepts
            if not named and each.pattern.search(question.text):
                return each
        return None

    def asks_use(self, text: str, condition: str) -> bool:
        """Whether a question's text asks for a treatment of what it calls ``condition``."""
        found = re.search(rf"{self.use_words}{re.escape(condition)}", text, re.IGNORECASE)
        return found is not None

    def unknown_drug(self, question: Question) -> str:
        """The word that must be a drug's name and that no source uses, or nothing."""
        if question.kind not in self.about_a_drug | self.of_a_use:
            return ""
        names = [w for w in question.unknown if w.casefold().endswith(self.name_endings)]
        if not names and not question.asked_drugs and question.kind in self.about_a_drug:
            names = list(question.unknown)
        return next(iter(names), "")


@cache
def load_stopping_rules() -> StoppingRules:
    """The shipped rules. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.composition") / "stopping.toml").read_text(encoding="utf-8")
    try:
        rows = tomllib.loads(text)
        return StoppingRules(
            about_a_drug=frozenset(map(QuestionKind, rows["about_a_drug"])),
            of_a_use=frozenset(map(QuestionKind, rows["of_a_use"])),
            no_use=frozenset(map(StatementKind, rows["no_use"])),
            use_words=rows["use_words"],
            no_use_words=re.compile(rows["no_use_words"], re.IGNORECASE),
            by_label=re.compile(rows["by_label"], re.IGNORECASE),
            vague=frozenset(rows["vague"]),
            uses=re.compile(rows["uses"], re.IGNORECASE),
            weighs=re.compile(rows["weighs"], re.IGNORECASE),
            compares=re.compile(rows["compares"], re.IGNORECASE),
            name_endings=tuple(rows["name_endings"]),
            most_doubt=float(rows["most_doubt"]),
            some_doubt=float(rows["some_doubt"]),
            beyond=tuple(
                Beyond(
                    pattern=re.compile(row["pattern"], re.IGNORECASE),
                    reason=row["reason"],
                    advice=row["advice"],
                    unless_named=row.get("unless_named", False),
                )
                for row in rows["beyond"]
            ),
        )
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"composition/stopping.toml: {error}") from error
