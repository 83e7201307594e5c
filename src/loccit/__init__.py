"""Loccit: clinical answers in which every sentence opens at the exact words of its source."""

__version__ = "0.1.0"
