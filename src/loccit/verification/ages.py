"""An age in figures is a group of people: 71-year-old, aged 65+, under 12 years of age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loccit.verification.rules import Qualifier

__all__ = ["ages"]

_AGE = re.compile(
    r"\b(?:aged?|age of)\s+(?P<aged>\d{1,3})\b(?!\s?(?:mg|mcg|g|mL|%))"
    r"|\b(?P<old>\d{1,3})[\s-]?(?:years?|yrs?|y)?[\s-]?(?:old\b|of age\b|y/?o\b)"
    r"|\b(?P<plus>[6-9]\d)\s?(?:\+|(?:years? )?(?:and|or) (?:over|older|above))",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
GROUPS = ((65, "older_adult"), (18, "adult"), (12, "adolescent"), (0, "child"))
"""From which age on, in years: the usual groups of labels (ICH E7 and E11)."""


def ages(text: str) -> Iterator[tuple[Qualifier, int, int]]:
    """Groups named by an age in figures, with their places."""
    if not _FIGURE.search(text):
        return
    for match in _AGE.finditer(text):
        age = int(match["aged"] or match["old"] or match["plus"])
        group = next(name for least, name in GROUPS if age >= least)
        yield Qualifier("age", group), match.start(), match.end()
