"""Who may decide what, read from ``rules.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from loccit.terms import Action, DataFileError, Duty, Person, State

__all__ = ["ReviewRules", "Step", "duty_for", "load_review_rules"]

_FILE = "review/rules.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One action: from which states, by whom, and to which state it leads."""

    sources: frozenset[State]
    duties: frozenset[Duty]
    to: State | None = None
    reason: bool = False
    words: bool = False
    changes_text: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewRules:
    """The steps, and the settings that a deployment may change."""

    steps: Mapping[Action, Step]
    refusals: Mapping[str, str]
    approvals_needed: int
    approving: frozenset[Duty]
    review_after_months: int
    own_article: bool


_FOREMOST = (Duty.BOARD, Duty.REVIEWER, Duty.AUTHOR, Duty.ADMIN)
"""In which role somebody with several acts, where each of them may."""


def duty_for(person: Person, action: Action, rules: ReviewRules) -> Duty | None:
    """The role in which this person may take this step; nothing where they may not."""
    may = rules.steps[action].duties & person.duties
    if action is Action.APPROVE:
        may &= rules.approving
    return next((each for each in _FOREMOST if each in may), None)


@cache
def load_review_rules() -> ReviewRules:
    """The shipped rules. Raises ``DataFileError`` where the file breaks its form."""
    read = tomllib.loads((files("loccit.review") / "rules.toml").read_text(encoding="utf-8"))
    try:
        settings = read["settings"]
        return ReviewRules(
            steps={action: _step(read["action"][action]) for action in Action},
            refusals=dict(read["refusals"]),
            approvals_needed=int(settings["approvals_needed"]),
            approving=frozenset(map(Duty, settings["approving"])),
            review_after_months=int(settings["review_after_months"]),
            own_article=bool(settings["own_article"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataFileError(f"{_FILE}: {error}") from error


def _step(table: dict[str, Any]) -> Step:
    return Step(
        sources=frozenset(map(State, table["from"])),
        duties=frozenset(map(Duty, table["duties"])),
        to=State(table["to"]) if "to" in table else None,
        reason=bool(table.get("reason", False)),
        words=bool(table.get("words", False)),
        changes_text=bool(table.get("changes_text", False)),
    )
