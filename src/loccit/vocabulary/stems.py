"""Stems: what a word and its inflections have in common ("dose", "doses", "dosed")."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import Stemmer

__all__ = ["stems_of"]


def stems_of(words: Sequence[str]) -> list[str]:
    """The stems of folded words, in order (Snowball, English)."""
    return list(_stemmer().stemWords(words))


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
