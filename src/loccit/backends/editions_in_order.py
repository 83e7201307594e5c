"""Which edition of a work is searched: the newest, unless the work was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from loccit.backends.sqlite_store import Edition
from loccit.terms import Age, DocumentCard, Standing

__all__ = ["SEARCHED", "Placed", "placed"]

SEARCHED = frozenset(
    {Standing.CURRENT, Standing.DRAFT, Standing.EXPRESSION_OF_CONCERN, Standing.RETRACTED}
)
"""Retracted sources are found, so that the answer can say that they were left out."""


class Placed(NamedTuple):
    """A document by its number, the standing it is to have, and whether it was searched."""

    number: int
    standing: Standing
    searched: bool

    @property
    def enters(self) -> bool:
        """Whether it is to be searched and is not yet."""
        return self.standing in SEARCHED and not self.searched

    @property
    def leaves(self) -> bool:
        """Whether it was searched and is to be no longer."""
        return self.searched and self.standing not in SEARCHED


def placed(found: Iterable[Edition], *, withdrawn: bool) -> list[Placed]:
    """The editions of one work, oldest first, each with the standing that it is to have.

    The newest keeps its own; older ones are superseded. A draft supersedes nothing but drafts: it
    stands behind every edition that was issued. Of a work that was withdrawn all are.
    """
    editions = sorted(found, key=lambda each: _rank(each.card))
    own = editions[-1].card.standing if editions else Standing.CURRENT
    standings = [Standing.SUPERSEDED] * (len(editions) - 1) + [own]
    if withdrawn:
        standings = [Standing.WITHDRAWN] * len(editions)
    return [
        Placed(each.number, standing, searched=each.live and each.standing in SEARCHED)
        for each, standing in zip(editions, standings, strict=False)
    ]


def _rank(card: DocumentCard) -> tuple[bool, Age]:
    return card.standing is not Standing.DRAFT, card.age
