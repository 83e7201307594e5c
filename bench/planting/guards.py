"""Holds back changes that are none, or after which the sentence is still true."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from planting.rules import Change, Rule, load_words

__all__ = ["content_words", "is_still_said", "may_be_true"]

_WORD = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*|[<>≤≥%]")
_WINDOW = 2
"""Words either side of a change that, with the words put in, make up what was changed."""


def is_still_said(old: str, new: str, evidence: str) -> bool:
    """Whether the evidence holds the changed sentence, or the changed words with those beside."""
    before, after = _words(old), _words(new)
    if before == after:
        return True
    said = f" {' '.join(_words(evidence))} "
    if f" {' '.join(after)} " in said:
        return True
    changed = [
        (begin, end)
        for tag, _, _, begin, end in SequenceMatcher(
            None, before, after, autojunk=False
        ).get_opcodes()
        if tag != "equal"
    ]
    windows = (after[max(0, low - _WINDOW) : high + _WINDOW] for low, high in changed)
    return all(f" {' '.join(each)} " in said for each in windows)


def may_be_true(rule: Rule, change: Change, old: str, evidence: str) -> bool:
    """Whether the evidence speaks of what was put in, so that the new sentence may hold too."""
    if not rule.absent:
        return False
    rest = evidence.replace(old, " ")
    is_named = bool(change.put_in) and _has(change.put_in, evidence)
    return is_named or bool(rule.rival and rule.rival.search(rest))


def _has(words: str, text: str) -> bool:
    return f" {' '.join(_words(words))} " in f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def content_words(text: str) -> set[str]:
    """Stems of the words that carry meaning: six letters tell most of them apart."""
    small = load_words().small
    return {word[:6] for word in _words(text) if word not in small and len(word) > 2}
