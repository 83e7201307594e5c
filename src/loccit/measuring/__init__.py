"""Measures: how well what was found agrees with what a careful reader had said."""

from loccit.measuring.claims import ClaimRow, Label, label_of, read_rows
from loccit.measuring.scoring import Confusion

__all__ = ["ClaimRow", "Confusion", "Label", "label_of", "read_rows"]
