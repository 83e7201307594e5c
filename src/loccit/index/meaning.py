"""The words of a passage that its vector is made of."""

from __future__ import annotations

from loccit.terms import Record

__all__ = ["FORM", "words_of_meaning"]

FORM = "1"
"""Raise it when ``words_of_meaning`` changes: vectors of other words are made anew."""


def words_of_meaning(record: Record) -> str:
    """A passage with what it leans on: what its document is called, the headings above, its lead.

    "Start at 5 mg three times daily" says little without the name on the label.
    """
    passage = record.passage
    parts = (record.card.title, " / ".join(passage.locator.section), passage.context, passage.text)
    return ". ".join(filter(None, parts))
