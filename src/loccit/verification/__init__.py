"""Verifies: says of every sentence whether the words it stands on support it, and why not."""

from loccit.verification.comparing import Ground
from loccit.verification.verdicts import CHECKS, Check

__all__ = ["CHECKS", "Check", "Ground"]
