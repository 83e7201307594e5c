"""What a question took over from the one before it, point by point."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Following", "Point", "Value"]

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
