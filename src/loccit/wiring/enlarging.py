"""Bases of a wanted size, made of the texts of another, to measure on."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from loccit.backends.embedded import EmbeddedBase
from loccit.backends.enlarging import Names, copied, copy_id, shares
from loccit.wiring.bases import open_collection
from loccit.wiring.engines import vocabulary_of

__all__ = ["enlarge", "made_in"]

FORM = "2"
"""Raised when copies are made otherwise."""


def enlarge(base: EmbeddedBase, folder: Path, passages: int) -> Iterator[int]:
    """Fill ``folder`` with a base of about so many passages; says how many are there by now.

    Says nothing where the folder holds just that already; goes on where it was broken off. Fewer
    than ``base`` has: some of its documents, evenly chosen; more: all of them, and copies. Passages
    are described as in ``base``.
    """
    name = f"{FORM}:{base.digest()}:{passages}"
    target = _begun(folder, name)
    try:
        if target.fact("enlarged") != name:
            held = target.coverage().passages
            started, used = time.perf_counter(), time.process_time()
            yield from _filled(base, target, passages)
            target.settle()
            spent = time.perf_counter() - started, time.process_time() - used
            made = target.coverage().passages - held
            target.remember("made_in", f"{made} {spent[0]:.6f} {spent[1]:.6f}")  # never nought
            target.remember("starter", base.fact("starter"))  # what of it is wanted is there
            vocabulary_of(target)  # kept there, as in any base that sources were added to
            target.remember("enlarged", name)
    finally:
        target.close()


def _begun(folder: Path, name: str) -> EmbeddedBase:
    """The base in a folder; an empty one where another was made, or begun, there before."""
    target = open_collection(folder)
    if (target.fact("enlarging") or target.fact("enlarged")) not in ("", name):
        target.close()
        shutil.rmtree(folder)
        target = open_collection(folder)
    target.remember("enlarging", name)
    return target


def _filled(base: EmbeddedBase, target: EmbeddedBase, passages: int) -> Iterator[int]:
    cards = [card for card in base.cards() if card.passages]
    names = Names(name for card in cards for name in card.subjects)
    sizes = [card.passages for card in cards]
    there, done = {card.id for card in target.cards()}, 0
    for card, times in zip(cards, shares(sizes, passages / sum(sizes)), strict=True):
        missing = [each for each in range(times) if copy_id(card.id, each) not in there]
        if missing:
            described = base.described(card.id)
        for number in missing:
            target.add(copied(described, number, names))
        done += times * card.passages
        yield done


def made_in(base: EmbeddedBase) -> tuple[int, float, float]:
    """Passages put into an enlarged base when it was last filled; seconds, and of the processor."""
    made, clock, processor = base.fact("made_in").split()
    return int(made), float(clock), float(processor)
