"""Compares two editions of one source: what was added, removed and worded otherwise."""

from loccit.editions.choosing import choose
from loccit.editions.comparing import compare

__all__ = ["choose", "compare"]
