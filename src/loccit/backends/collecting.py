"""When to look for garbage while much is loaded.

What is read is let go of as soon as it is stored, and holds no circles: looking for them after
every few hundred objects took a twentieth of the time and found none.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collected_seldom"]

SELDOM = 50_000
"""Objects made, and not let go of, before circles among them are looked for: some ten megabytes."""


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Look for garbage seldom, and never through what was there before."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
