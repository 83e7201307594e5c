"""Loads the rules by which a question is joined with the one before it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from loccit.terms import DataFileError, QuestionKind

__all__ = ["FollowKind", "FollowRules", "load_follow_rules"]

_PHRASES = (
    "new_topic", "ties", "asks_in_full", "asks_of_condition", "other_person", "same_person",
    "denied", "denied_ends", "swaps", "adds", "adds_before", "former", "latter", "used_for",
    "has", "had", "courtesy", "loose_classes", "instead", "not_yet_full", "measured_before",
    "measured_after", "wished_for", "with_another", "own_child", "were_on", "of_one", "one_more",
    "compares", "states", "tells", "came_for", "would_do", "for_condition",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowKind:
    """When a follow-up is of another kind than the question before; empty parts do not count."""

    kind: QuestionKind
    pattern: re.Pattern[str] | None
    new: frozenset[str]
    coming_from: frozenset[QuestionKind]
    holds: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowRules:
    """All rules, compiled once. ``phrases`` are told apart by the names in the file."""

    phrases: dict[str, re.Pattern[str]]
    denied_words: int
    beside: frozenset[str]
    of_drug: frozenset[str]
    pronouns: dict[str, re.Pattern[str]]
    ages: dict[str, re.Pattern[str]]
    age_units: dict[str, re.Pattern[str]]
    lasting: dict[str, re.Pattern[str]]
    pregnancy: dict[str, re.Pattern[str]]
    left_off: dict[str, re.Pattern[str]]
    replaces: dict[str, tuple[str, ...]]
    relatives: dict[str, str]
    kept: frozenset[str]
    kinds: tuple[FollowKind, ...]

    def says(self, phrase: str, text: str) -> bool:
        """Whether words of this name stand in the text."""
        return self.phrases[phrase].search(text) is not None


@cache
def load_follow_rules() -> FollowRules:
    """The shipped rules. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.questions") / "following.toml").read_text(encoding="utf-8")
    try:
        return _rules(tomllib.loads(text))
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"questions/following.toml: {error}") from error


def _rules(data: dict[str, Any]) -> FollowRules:
    words = data["words"]
    blanks = {
        "{relatives}": "|".join(words["relatives"]),
        "{not_years}": "|".join(words["not_years"]),
    }

    def compiled(pattern: str) -> re.Pattern[str]:
        for blank, filling in blanks.items():
            pattern = pattern.replace(blank, filling)
        return re.compile(pattern, re.IGNORECASE)

    def table(name: str) -> dict[str, re.Pattern[str]]:
        return {key: compiled(pattern) for key, pattern in data[name].items()}

    return FollowRules(
        phrases={name: compiled(data[name]) for name in _PHRASES},
        denied_words=int(data["denied_words"]),
        beside=frozenset(data["beside"]),
        of_drug=frozenset(data["of_drug"]),
        pronouns=table("denied_pronouns"),
        ages=table("ages"),
        age_units=table("age_units"),
        lasting=table("lasting"),
        pregnancy=table("pregnancy"),
        left_off=table("left_off"),
        replaces={fact: tuple(others) for fact, others in data["replaces"].items()},
        relatives=words["relatives"],
        kept=frozenset(words["kept"]),
        kinds=tuple(
            FollowKind(
                kind=QuestionKind(row["kind"]),
                pattern=compiled(row["pattern"]) if "pattern" in row else None,
                new=frozenset(row.get("new", ())),
                coming_from=frozenset(map(QuestionKind, row.get("from", ()))),
                holds=row.get("holds", ""),
            )
            for row in data["kinds"]
        ),
    )
