"""Describes passages: what each states, of which drugs and conditions, for whom, how much."""

from loccit.index.describing import Describer
from loccit.index.meaning import FORM, words_of_meaning
from loccit.index.rules import rules_digest

__all__ = ["FORM", "Describer", "rules_digest", "words_of_meaning"]
