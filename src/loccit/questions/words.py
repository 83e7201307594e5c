"""Everyday words, which are neither misspelt names nor people."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["ordinary_words"]


@cache
def ordinary_words() -> frozenset[str]:
    """The shipped list, in small letters."""
    text = (files("loccit.questions") / "ordinary_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
