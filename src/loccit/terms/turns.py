"""A question kept so that another can follow it."""

from __future__ import annotations

from dataclasses import dataclass

from loccit.terms.evidence import Question

__all__ = ["Turn"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """An answered question as it was read, without its words: those could name a person.

    ``id`` is that of the answer.
    """

    id: str
    question: Question
