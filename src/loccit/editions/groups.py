"""Loads the groups in which changes are told, and tells to which a text belongs."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loccit.terms import DataFileError, Description, Passage, PassageKind, StatementKind

__all__ = ["Group", "group_of", "load_groups"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """One group; ``guarded``: what enters or leaves it is a change, wherever else it stands.

    ``last`` is told after all others, wherever it stands in the order of belonging.
    """

    name: str
    forms: frozenset[PassageKind]
    codes: frozenset[str]
    kinds: frozenset[StatementKind]
    guarded: bool
    last: bool

    @property
    def is_rest(self) -> bool:
        """Whether it takes whatever no other group takes."""
        return not (self.forms or self.codes or self.kinds)


@cache
def load_groups() -> tuple[Group, ...]:
    """The shipped groups. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.editions") / "groups.toml").read_text(encoding="utf-8")
    try:
        groups = tuple(
            Group(
                name=row["name"],
                forms=frozenset(PassageKind(name) for name in row.get("forms", ())),
                codes=frozenset(row.get("codes", ())),
                kinds=frozenset(StatementKind(name) for name in row.get("kinds", ())),
                guarded=row.get("guarded", False),
                last=row.get("last", False),
            )
            for row in tomllib.loads(text)["groups"]
        )
    except (KeyError, ValueError) as error:
        raise DataFileError(f"editions/groups.toml: {error}") from error
    if not groups[-1].is_rest:
        raise DataFileError("editions/groups.toml: the last group must take what is left")
    return groups


def group_of(passage: Passage, description: Description) -> Group:
    """The group of a passage: by its form, then by its section, then by what it states."""
    groups = load_groups()
    kind = description.kinds[0]
    fitting = (
        *(each for each in groups if passage.kind in each.forms),
        *(each for each in groups if passage.code in each.codes),
        *(each for each in groups if kind in each.kinds),
        groups[-1],
    )
    return fitting[0]
