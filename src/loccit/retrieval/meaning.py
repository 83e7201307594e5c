"""Lets the meaning of a question count among the passages that its words and names found.

Only those that stand high already are compared, so that nothing enters by meaning alone: a passage
on another drug may be near in meaning, and a vector knows no difference between two names.
"""

from __future__ import annotations

from loccit.ports import Vectors
from loccit.retrieval.scoring import with_part
from loccit.terms import Question, ScoredRecord

__all__ = ["with_meaning"]

COMPARED = 40
"""Passages at the top that are compared: more than twice as many as an answer shows first."""


def with_meaning(
    scored: list[ScoredRecord], question: Question, vectors: Vectors | None
) -> tuple[list[ScoredRecord], str]:
    """The records, best first, with the nearness of their meaning as a part of their relevance.

    The nearest of those compared counts 1, the furthest nothing. Without vectors, or where a
    passage of the base has none yet, they stay as they are. Beside them stands the name of the
    vectors that were used, or nothing.
    """
    if vectors is None or not vectors.is_complete():
        return scored, ""
    leading = scored[:COMPARED]
    near = vectors.nearness(question.text, [each.record.passage.id for each in leading])
    if not leading or len(near) < len(leading):
        return scored, ""
    least, most = min(near.values()), max(near.values())
    shares = ((near[e.record.passage.id] - least) / ((most - least) or 1.0) for e in leading)
    told = [with_part(e, "meaning", s) for e, s in zip(leading, shares, strict=True)]
    return sorted([*told, *scored[COMPARED:]], key=_order), vectors.name


def _order(scored: ScoredRecord) -> tuple[float, str, int]:
    place = scored.record.passage.locator
    return -scored.score, place.document, place.start
