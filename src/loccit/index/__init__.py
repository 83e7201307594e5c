"""Describes passages: what each states, of which drugs and conditions, for whom, how much."""

from loccit.index.describing import Describer
from loccit.index.quantities import quantities
from loccit.index.rules import rules_digest

__all__ = ["Describer", "quantities", "rules_digest"]
