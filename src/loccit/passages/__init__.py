"""Cuts a document into passages: exact slices with locators, the units searched and cited."""

from loccit.passages.cutting import cut
from loccit.sentences import sentences

__all__ = ["cut", "sentences"]
