"""When to look for garbage: answers leave next to none, and make many objects on the way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collect_seldom", "uncollected"]

SELDOM = 100_000
"""Objects made beyond those dropped after which the young ones are looked through; by default 700.
One answer leaves some thirty in cycles."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave cycles where they lie meanwhile: a sixth of the processor time of a first answer."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def collect_seldom() -> None:
    """From now on: what is there stays and is left out; the rest is looked through seldom.

    For a process that answers many questions, once it is ready: a sixth of their processor time.
    """
    gc.freeze()
    gc.set_threshold(SELDOM)
