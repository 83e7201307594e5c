"""The words of a question that can tell one passage from another."""

from __future__ import annotations

from loccit.questions.rules import load_reading_rules
from loccit.vocabulary.lexicon import words_of

__all__ = ["telling_words"]


def telling_words(text: str) -> str:
    """The words as they are written, function words left out."""
    function_words = load_reading_rules().function_words
    words = (text[word.start : word.end] for word in words_of(text))
    return " ".join(word for word in words if word.casefold() not in function_words)
