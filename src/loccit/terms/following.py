"""What a question took over from the one before it, and what could be asked after it."""

from __future__ import annotations

from dataclasses import dataclass

from loccit.terms.kinds import StatementKind

__all__ = ["Following", "Point", "Suggestion", "Value"]

Value = float | str | bool | tuple[str, ...]
"""A fact's value, or names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One thing read: ``name`` is a kind of concept or a fact of the patient.

    ``before`` is what stood there at the turn before, where that was something else.
    """

    name: str
    value: Value
    before: Value = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Following:
    """A turn beside the one before it. All empty for a question that follows none."""

    carried: tuple[Point, ...] = ()
    """Said before, and still taken to hold."""
    changed: tuple[Point, ...] = ()
    new: tuple[Point, ...] = ()
    dropped: tuple[Point, ...] = ()
    """Said before, and no longer used; ``value`` is what stood there."""
    new_topic: bool = False
    """Read as if it were asked first: nothing said before is used."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """A question that could be asked next, and the passage that would answer it.

    One about a drug or a condition, of one of ``kinds`` before all else, that speaks of the axis
    ``population`` where there is one.
    """

    text: str
    about: str
    is_drug: bool
    kinds: tuple[StatementKind, ...]
    population: str = ""
