"""Two simple ways of saying whether evidence supports a claim, to measure the checks against.

Both give a claim a number, how near its evidence is, and call it SUPPORT from a threshold on and
NEI below; they never say CONTRADICT. The threshold is the one with the best macro-F1 on the dev
half.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from math import inf
from pathlib import Path

from loccit.measuring import ClaimRow, Confusion, Label
from loccit.ports import Embedder

__all__ = ["answers_from", "best_threshold", "cosines", "overlaps"]

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
STOP_WORDS = Path(__file__).parent / "stop_words.txt"


def overlaps(rows: Iterable[ClaimRow]) -> list[float]:
    """The share of a claim's words that its evidence, or a heading above it, has too."""
    silent = frozenset(STOP_WORDS.read_text(encoding="utf-8").split())

    @lru_cache(maxsize=4096)
    def words(text: str) -> frozenset[str]:
        return frozenset(_WORD.findall(text.casefold())) - silent

    return [
        _share(words(row.claim), words(row.evidence) | words(row.context or "")) for row in rows
    ]


def _share(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 0.0


def cosines(rows: Sequence[ClaimRow], embedder: Embedder) -> list[float]:
    """The cosine between the vectors of a claim and of its evidence."""
    texts = sorted({text for row in rows for text in (row.claim, row.evidence)})
    vectors = dict(zip(texts, embedder.embed(texts), strict=True))
    return [float(vectors[row.claim] @ vectors[row.evidence]) for row in rows]


def best_threshold(labels: Iterable[str], scores: Iterable[float]) -> float:
    """The threshold with the best macro-F1; of equals the highest. Infinite: better none."""
    order = sorted(zip(scores, labels, strict=True), key=lambda each: -each[0])
    found = Confusion()
    for _, label in order:
        found.add(label, Label.NEI)
    best, threshold = found.macro_f1, inf
    for score, held in groupby(order, key=lambda each: each[0]):
        for _, label in held:
            found.add(label, Label.NEI, -1)
            found.add(label, Label.SUPPORT)
        if found.macro_f1 > best:
            best, threshold = found.macro_f1, score
    return threshold


def answers_from(
    rows: Sequence[ClaimRow], scores: Sequence[float]
) -> tuple[list[Label], float | None]:
    """The answer to each row, by the threshold that is best on the dev half, and that threshold.

    None stands for a threshold that nothing reaches.
    """
    dev = [at for at, row in enumerate(rows) if row.split == "dev"]
    least = best_threshold([rows[at].label for at in dev], [scores[at] for at in dev])
    answers = [Label.SUPPORT if score >= least else Label.NEI for score in scores]
    return answers, None if least == inf else round(least, 4)
