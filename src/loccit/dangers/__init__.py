"""Dangers that a question can state, and the fixed message of each: data, with their reading."""

from loccit.dangers.loading import danger, load_dangers
from loccit.dangers.rules import Danger, Dangers, Message, Origin, Rule
from loccit.dangers.weighing import (
    ANY,
    AlikeWords,
    DangerWeights,
    load_alike_words,
    load_danger_weights,
    load_raising,
)

__all__ = [
    "ANY",
    "AlikeWords",
    "Danger",
    "DangerWeights",
    "Dangers",
    "Message",
    "Origin",
    "Rule",
    "danger",
    "load_alike_words",
    "load_danger_weights",
    "load_dangers",
    "load_raising",
]
