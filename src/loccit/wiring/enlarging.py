"""Bases of a wanted size, made of the texts of another, to measure on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from loccit.backends.embedded import EmbeddedBase
from loccit.backends.enlarging import Names, copied, shares
from loccit.filling import DocumentDescriber
from loccit.wiring.bases import open_collection
from loccit.wiring.engines import vocabulary_of

__all__ = ["enlarge", "made_in"]

FORM = "1"
"""Raised when copies are made otherwise."""


def enlarge(base: EmbeddedBase, folder: Path, passages: int) -> Iterator[int]:
    """Fill ``folder`` with a base of about so many passages; says how many are there by now.

    Says nothing where the folder holds just that already. Fewer than ``base`` has: some of its
    documents, evenly chosen; more: all of them, and copies.
    """
    target, name = open_collection(folder), f"{FORM}:{base.digest()}:{passages}"
    try:
        if target.fact("enlarged") != name:
            started, used = time.perf_counter(), time.process_time()
            yield from _filled(base, target, passages)
            target.settle()
            spent = time.perf_counter() - started, time.process_time() - used
            target.remember("made_in", " ".join(f"{seconds:.1f}" for seconds in spent))
            target.remember("starter", base.fact("starter"))  # what of it is wanted is there
            target.remember("enlarged", name)
    finally:
        target.close()


def _filled(base: EmbeddedBase, target: EmbeddedBase, passages: int) -> Iterator[int]:
    cards = [card for card in base.cards() if card.passages]
    names = Names(name for card in cards for name in card.subjects)
    describer = DocumentDescriber(vocabulary_of(base))
    sizes = [card.passages for card in cards]
    done = 0
    for card, times in zip(cards, shares(sizes, passages / sum(sizes)), strict=True):
        if times:
            described = describer.described(base.document(card.id))
        for number in range(times):
            target.add(copied(described, number, names))
            done += len(described.passages)
            yield done


def made_in(base: EmbeddedBase) -> tuple[float, float]:
    """Seconds by the clock and of the processor that making an enlarged base took."""
    clock, processor = map(float, base.fact("made_in").split())
    return clock, processor
