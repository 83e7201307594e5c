"""The id of an answer."""

from __future__ import annotations

import hashlib

from loccit.terms import Question

__all__ = ["answer_id"]

LENGTH = 16


def answer_id(question: Question, digest: str) -> str:
    """The same question for the same reader on the same evidence has the same id.

    After another answer, or for another jurisdiction, the same words are another question.
    """
    asked = (question.text, question.kind, question.audience, repr(question.patient), digest)
    followed = (question.follows,) if question.follows else ()
    there = (f"in {question.jurisdiction}",) if question.jurisdiction else ()
    return hashlib.sha256("\x1f".join((*asked, *followed, *there)).encode()).hexdigest()[:LENGTH]
