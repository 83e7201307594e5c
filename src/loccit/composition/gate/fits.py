"""How far a line of a source speaks of a stated fact."""

from __future__ import annotations

from enum import IntEnum

from loccit.composition.gate.rules import Span

__all__ = ["MOSTLY", "PARTLY", "Fit", "met"]

MOSTLY = 0.5
PARTLY = 0.0
"""Shares of what was stated that a line must speak of to be met, and to be met in part."""


class Fit(IntEnum):
    """How far a line speaks of a fact."""

    NONE = 0
    PERHAPS = 1
    """It speaks of a degree, a time or a measure that was not stated: a reason to look."""
    LIKELY = 2
    """It speaks of most of what was stated."""
    MET = 3


def met(stated: Span | None, said: tuple[Span, ...] | list[Span], *, otherwise: Fit) -> Fit:
    """By the share of what was stated that the line speaks of."""
    if not said or stated is None:
        return otherwise
    share = max(stated.shared(span) for span in said)
    if share >= 1:
        return Fit.MET
    return Fit.LIKELY if share > MOSTLY else Fit.PERHAPS if share > PARTLY else Fit.NONE
