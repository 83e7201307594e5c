"""Words by which composition tells rank, direction and imaging."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Cues", "load_cues"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cues:
    """Compiled words of ``cues.toml``."""

    first_line: re.Pattern[str]
    imaging_words: re.Pattern[str]
    forbids: re.Pattern[str]
    null_result: re.Pattern[str]
    benefit: re.Pattern[str]
    beside: re.Pattern[str]
    listing: re.Pattern[str]
    sound_kidneys: re.Pattern[str]
    imaging: frozenset[str]
    circumstantial: frozenset[str]
    danger: frozenset[str]


@cache
def load_cues() -> Cues:
    """The shipped cues."""
    rows = tomllib.loads((files("loccit.composition") / "cues.toml").read_text(encoding="utf-8"))
    patterns = (
        "first_line",
        "imaging_words",
        "forbids",
        "null_result",
        "benefit",
        "beside",
        "listing",
        "sound_kidneys",
    )
    compiled: dict[str, Any] = {name: re.compile(rows[name], re.IGNORECASE) for name in patterns}
    names: dict[str, Any] = {
        name: frozenset(rows[name]) for name in ("imaging", "circumstantial", "danger")
    }
    return Cues(**names, **compiled)
