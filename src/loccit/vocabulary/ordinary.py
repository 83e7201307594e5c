"""Everyday words, which are neither misspelt names nor people, and which tell no subject."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["everyday_words", "ordinary_words"]


@cache
def ordinary_words() -> frozenset[str]:
    """Words of five letters and more that are no misspelt name and no person."""
    return _read("ordinary_words.txt")


@cache
def everyday_words() -> frozenset[str]:
    """These and shorter ones, such as may be names too: none tells what a question is on."""
    return ordinary_words() | _read("everyday_words.txt")


def _read(file: str) -> frozenset[str]:
    text = (files("loccit.vocabulary.data") / file).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
