"""Numbers the sources of an honest stop, which lists its nearest passages as an article would."""

from __future__ import annotations

from dataclasses import replace

from loccit.terms import Abstention, Citation, Reference

__all__ = ["nearest_citations", "nearest_references"]


def nearest_references(abstention: Abstention) -> tuple[Reference, ...]:
    """The documents of the nearest passages, numbered by first appearance."""
    cards = {near.card.id: near.card for near in reversed(abstention.nearest)}
    order = dict.fromkeys(near.card.id for near in abstention.nearest)
    return tuple(Reference(number=n, card=cards[name]) for n, name in enumerate(order, 1))


def nearest_citations(abstention: Abstention) -> tuple[Citation, ...]:
    """The nearest passages, each with the number of its document."""
    numbers = {reference.card.id: reference.number for reference in nearest_references(abstention)}
    return tuple(
        replace(near.citation, reference=numbers[near.card.id]) for near in abstention.nearest
    )
