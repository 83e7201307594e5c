"""What changed between two texts of an article, by sentence and by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loccit.publication.as_html import filled
from loccit.publication.desk.ledger_lines import Line, Told
from loccit.publication.showing import visible

__all__ = ["Differences", "differences_page"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Differences:
    """Two texts of an article, named by the decisions that left them, and what differs."""

    article: str
    title: str
    older: int
    newer: int
    told: tuple[Told, ...]
    same: int
    """Sentences that stand in both as they were."""
    lines: tuple[Line, ...] = ()
    """What was decided between the two."""


def differences_page(found: Differences, rounds: Sequence[tuple[int, str]]) -> str:
    """The page; ``rounds`` are the texts to choose from, by the number of their decision."""
    return filled("desk_differences.html", found=found, title=visible(found.title), rounds=rounds)
