"""Describes passages: what each states, of which drugs and conditions, for whom, how much."""

from loccit.index.describing import Describer
from loccit.index.rules import rules_digest

__all__ = ["Describer", "rules_digest"]
