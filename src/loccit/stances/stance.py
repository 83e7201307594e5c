"""The side that a clause takes, and all that tells it from other clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["AGAINST", "FOR", "NEITHER", "NOTHING", "Amount", "Spoken", "Stance"]

FOR = 1
NEITHER = 0
AGAINST = -1
NOTHING = "no treatment"
"""What a treatment is compared with where it is compared with no other."""


class Amount(NamedTuple):
    """A number that a clause lays down: what it says (``duration``, ``limit``, …) and its range.

    ``low`` and ``high`` are in the base unit of ``dimension``; times are in days, ages in years.
    """

    says: str
    low: float
    high: float
    dimension: str
    unit: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """A text with what stands around it.

    ``subjects`` are the drugs that its document is about, where the words may leave them out;
    ``acts`` those that a person noted, for words that name none;
    ``conditions`` and ``population`` what it is about as a whole, which outweighs single words
    where a person ``noted`` it; ``title`` names the product's form. ``side`` is the one that a
    person recorded; ``finds`` tells that it reports a study's result, ``rules`` that its source
    says what to do.
    """

    text: str
    subjects: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    population: tuple[str, ...] = ()
    title: str = ""
    noted: bool = False
    side: int = NEITHER
    finds: bool = False
    rules: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Stance:
    """One clause: for or against some acts (or neither, with amounts), in whom, when and how."""

    side: int
    acts: frozenset[frozenset[str]]
    """Each one treatment or test, or two: given together, or compared by a study."""
    finds: bool = False
    conditions: frozenset[str] = frozenset()
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Values by axis of population; ages apart."""
    years: tuple[float, float] | None = None
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Values by axis of ``stances.toml``: form, line, circumstance, …"""
    outcomes: frozenset[str] = frozenset()
    amounts: tuple[Amount, ...] = ()
