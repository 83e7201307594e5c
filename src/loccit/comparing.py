"""Compares articles in review with one another: where two say what cannot both hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from loccit.editorial import ENDED, Editorial
from loccit.review import Contradiction, Said, contradictions
from loccit.stances import Stance
from loccit.terms import DocumentCard, Statement
from loccit.vocabulary import Vocabulary

__all__ = ["conflicts_among", "said_in"]


class Sides(Protocol):
    """What an engine does here: tells the sides that statements take."""

    vocabulary: Vocabulary

    def stances(self, statement: Statement) -> tuple[Stance, ...]:
        """The sides that a statement takes."""
        ...


def conflicts_among(editorial: Editorial, sides: Sides) -> list[Contradiction]:
    """Statements of articles that stand which cannot both hold."""
    return contradictions(said_in(editorial, sides), sides.vocabulary)


def said_in(editorial: Editorial, sides: Sides) -> Iterator[Said]:
    """Each statement once, with all places in which it stands."""
    places: dict[tuple[str, str], set[tuple[str, str]]] = {}
    first: dict[tuple[str, str], tuple[Statement, DocumentCard]] = {}
    for name, review in editorial.queue():
        if review.state in ENDED:
            continue
        text = editorial.text(name)
        cards = {each.number: each.card for each in text.references}
        for each in text.statements():
            citation = each.citations[0]
            key = str(citation.passage), each.text
            places.setdefault(key, set()).add((name, each.id))
            first.setdefault(key, (each, cards[citation.reference]))
    for key, (each, card) in first.items():
        yield Said(
            statement=each,
            card=card,
            stances=sides.stances(each),
            places=frozenset(places[key]),
        )
