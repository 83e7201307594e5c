"""Plain words that mean the same beside a drug: a bedside "hold" is a label's "withhold"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from loccit.vocabulary.stems import stems_of

__all__ = ["load_equivalents"]


@cache
def load_equivalents() -> Mapping[str, frozenset[str]]:
    """For the stem of each listed word the stems that mean the same, its own among them."""
    text = (files("loccit.vocabulary.data") / "equivalents.tsv").read_text(encoding="utf-8")
    _, *rows = (line for line in text.splitlines() if not line.startswith("# "))
    groups: dict[str, set[str]] = {}
    for row in rows:
        stems = stems_of(row.split("|"))
        for stem in stems:
            groups.setdefault(stem, set()).update(stems)
    return {stem: frozenset(group) for stem, group in groups.items()}
