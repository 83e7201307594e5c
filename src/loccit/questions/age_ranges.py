"""Ages that are stated as a range, a bound or a decade, and no single number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

__all__ = ["AgeRangeRules", "age_range_in", "years_of"]

PER_YEAR = {"year": 1.0, "month": 12.0, "week": 52.18}
OLDEST = 125.0
DECADE = 9
_STATED = re.compile(
    r"(?:(?P<under>under) )?(?P<low>\d+)(?: to (?P<high>\d+))? (?P<unit>year|month|week)s"
    r"(?P<over> and over)?"
)


class Years(NamedTuple):
    """The youngest and the oldest age meant; the oldest is not reached where ``below``."""

    least: float
    most: float
    below: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeRangeRules:
    """Patterns with the form that they state, decades, and what the decades' words mean."""

    ranges: tuple[tuple[str, re.Pattern[str]], ...]
    decades: tuple[re.Pattern[str], ...]
    decade_words: dict[str, int]

    @classmethod
    def read(cls, data: dict[str, Any]) -> AgeRangeRules:
        """From the rows of the data file. Raises ``KeyError`` or ``re.error`` for a wrong one."""
        return cls(
            ranges=tuple(
                (row["form"], re.compile(row["pattern"], re.IGNORECASE)) for row in data["ranges"]
            ),
            decades=tuple(re.compile(p, re.IGNORECASE) for p in data["decades"].values()),
            decade_words=data["decade_words"],
        )


def age_range_in(text: str, rules: AgeRangeRules) -> str:
    """The range in words: "6 to 8 years", "under 2 months", "65 years and over", or nothing."""
    for pattern in rules.decades:
        if match := pattern.search(text):
            groups = match.groupdict()
            low = int(groups.get("low") or rules.decade_words[groups["word"].casefold()])
            return f"{low} to {low + DECADE} years"
    for form, pattern in rules.ranges:
        if match := pattern.search(text):
            return _stated(form, match)
    return ""


def _stated(form: str, match: re.Match[str]) -> str:
    """The range in one form of words, which ``years_of`` reads."""
    first = (match["unit"] or "y").casefold()[0]
    unit = {"y": "years", "m": "months", "w": "weeks"}[first]
    low = int(match["low"])
    if form == "between":
        return f"{low} to {int(match['high'])} {unit}"
    return f"under {low} {unit}" if form == "under" else f"{low} {unit} and over"


def years_of(stated: str) -> Years | None:
    """The ages that a range means, in years."""
    match = _STATED.fullmatch(stated)
    if not match:
        return None
    low = int(match["low"]) / PER_YEAR[match["unit"]]
    if match["under"]:
        return Years(0.0, low, below=True)
    if match["over"]:
        return Years(low, OLDEST)
    return Years(low, int(match["high"] or match["low"]) / PER_YEAR[match["unit"]])
