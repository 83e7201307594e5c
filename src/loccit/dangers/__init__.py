"""Dangers that a question can state, and the fixed message of each: data, with their reading."""

from loccit.dangers.loading import danger, load_dangers
from loccit.dangers.rules import Danger, Dangers, Message, Origin, Rule

__all__ = ["Danger", "Dangers", "Message", "Origin", "Rule", "danger", "load_dangers"]
