"""How high a ranking puts what is relevant: nDCG and recall, as trec_eval reckons them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2

__all__ = ["ndcg", "recall"]


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int], depth: int) -> float:
    """Gain of the first ``depth`` over the best there could be, each place counting less; 0 to 1.

    ``relevant`` holds the grade of each judged document; what is not judged counts nothing.
    """
    gains = [max(relevant.get(name, 0), 0) for name in ranked[:depth]]
    ideal = sorted((grade for grade in relevant.values() if grade > 0), reverse=True)[:depth]
    best = _discounted(ideal)
    return _discounted(gains) / best if best else 0.0


def recall(ranked: Sequence[str], relevant: Mapping[str, int], depth: int) -> float:
    """The share of relevant documents among the first ``depth``; 0 to 1."""
    wanted = {name for name, grade in relevant.items() if grade > 0}
    return len(wanted.intersection(ranked[:depth])) / len(wanted) if wanted else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))
