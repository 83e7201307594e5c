"""Finds statements of different articles that cannot both hold.

Each statement is looked up by what it speaks of, so that a pair is held together only where both
name the same act, or one its class, and one forbids what the other advises, or both lay an amount
down. The same words of the same source are one, in however many articles they stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

from loccit.stances import Stance, load_stance_rules, oppositions
from loccit.terms import Citation, DocumentCard, Statement
from loccit.vocabulary import Vocabulary

__all__ = ["Contradiction", "Said", "contradictions"]

NEAR = 2
"""Steps up the vocabulary at which a wider class still is about the same: as ``stances`` has it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A statement with its source, the sides it takes, and where it stands: (article, id)."""

    statement: Statement
    card: DocumentCard
    stances: tuple[Stance, ...]
    places: frozenset[tuple[str, str]]

    @property
    def citation(self) -> Citation:
        """What it stands on first."""
        return self.statement.citations[0]

    @property
    def articles(self) -> frozenset[str]:
        """The articles that say it."""
        return frozenset(article for article, _ in self.places)

    @property
    def can_oppose(self) -> bool:
        """Whether it takes any side or lays anything down."""
        return any(each.side or each.amounts for each in self.stances)


@dataclass(frozen=True, kw_only=True, slots=True)
class Contradiction:
    """Statements that cannot both hold: what they differ in, and of which act.

    ``by`` is as in ``Conflict``: ``direction``, ``finding``, or what their amounts say. Each of a
    side is opposed by one of the other at least.
    """

    by: str
    act: tuple[str, ...]
    one: tuple[Said, ...]
    other: tuple[Said, ...]


def contradictions(said: Iterable[Said], vocabulary: Vocabulary) -> list[Contradiction]:
    """The contradictions between articles, in the order in which their statements come.

    Nothing is told of two statements of one edition, nor where every article that has one has the
    other beside it.
    """
    held = [each for each in said if each.can_oppose]
    camps: dict[tuple[str, tuple[str, ...]], list[_Camps]] = defaultdict(list)
    for first, second in _pairs(held, vocabulary):
        one, other = held[first], held[second]
        if one.citation.locator.sha256 == other.citation.locator.sha256 or not _apart(one, other):
            continue
        for why in oppositions(one.stances, other.stances, vocabulary):
            _joined(camps[why.by, why.act], first, second)
    return [
        Contradiction(
            by=by,
            act=act,
            one=tuple(held[number] for number in each.one),
            other=tuple(held[number] for number in each.other),
        )
        for (by, act), found in camps.items()
        for each in found
    ]


class _Camps(NamedTuple):
    """The numbers of statements on either side of one point, in order of finding."""

    one: dict[int, None]
    other: dict[int, None]


def _joined(camps: list[_Camps], first: int, second: int) -> None:
    """A pair joins the camps in which one of it stands, else it makes new ones."""
    for each in camps:
        if first in each.other or second in each.one:
            first, second = second, first
        if first in each.one or second in each.other:
            each.one[first] = each.other[second] = None
            return
    camps.append(_Camps({first: None}, {second: None}))


def _apart(one: Said, other: Said) -> bool:
    """Whether some article says one of them and leaves the other out."""
    return one.articles != other.articles


def _pairs(held: list[Said], vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Numbers of statements that may oppose each other, once each, in order."""
    sides: dict[tuple[str, int], set[int]] = defaultdict(set)
    laying: dict[str, set[int]] = defaultdict(set)
    for number, each in enumerate(held):
        for stance in each.stances:
            for name in _kin(stance, vocabulary):
                sides[name, stance.side].add(number)
                if stance.amounts:
                    laying[name].add(number)
    found = {
        (min(pair), max(pair))
        for (name, side), numbers in sides.items()
        if side > 0
        for pair in product(numbers, sides.get((name, -side), ()))
        if pair[0] != pair[1]
    }
    for numbers in laying.values():
        found.update(combinations(sorted(numbers), 2))
    return sorted(found)


def _kin(stance: Stance, vocabulary: Vocabulary) -> set[str]:
    """The names of its acts, their wider names, their classes, and what is one with them."""
    kin: set[str] = set()
    for name in {name for act in stance.acts for name in act}:
        kin.update(vocabulary.lineage(name))
        for group in vocabulary.classes.get(name, ()):
            steps = vocabulary.steps_up(group).items()
            kin.update(wider for wider, count in steps if count <= NEAR)
    for alike in load_stance_rules().same_act:
        if not kin.isdisjoint(alike):
            kin.update(alike)
    return kin
