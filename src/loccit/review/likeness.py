"""Which questions read the same, so that one article answers them all, and which are near.

Both are told by short digests, which a submission carries: so an article is found by its question
without reading the texts of all others.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from loccit.terms import ConceptKind, Question

__all__ = ["near_mark", "reading_mark"]

LENGTH = 20
"""Hexadecimal signs of a mark: two of a million questions share one once in 10 to the 12."""
_ABOUT = frozenset({ConceptKind.DRUG, ConceptKind.CONDITION})


def reading_mark(question: Question) -> str:
    """What two questions must share to have one article: kind, names, whom it is about, and facts.

    Words do not count, nor their order: "dose of baclofen" reads as "baclofen: how much?". But what
    an article would leave unsaid of the other question does: a danger that it tells of, what it
    takes for granted, words that nobody knows, what else it asks, and where it is asked.
    """
    return _mark(
        "same",
        str(question.kind),
        sorted({(str(each.kind), each.name) for each in question.concepts}),
        sorted(set(question.population)),
        sorted(set(question.negated)),
        repr(question.patient),
        str(question.audience),
        sorted(set(question.red_flags)),
        sorted((each.text, each.verdict) for each in question.premises),
        sorted(set(question.unknown)),
        sorted(set(question.also_asked)),
        question.jurisdiction,
    )


def near_mark(question: Question) -> str:
    """What two questions share if a reader of one wants to know of the other: drugs and conditions.

    Nothing where the question names none.
    """
    about = sorted({each.name for each in question.concepts if each.kind in _ABOUT})
    return _mark("near", about) if about else ""


def _mark(*parts: Any) -> str:
    written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
