"""The vectors nearest to one: every one compared, or the likely ones by their signs first.

Comparing all costs 6 ms for 100,000 vectors of 384 numbers on one core, and grows with them. Beyond
``SIGNS_FROM`` the signs are compared first, 48 bytes a vector instead of 384, and only the
``LIKELY`` times as many whose signs differ least are compared in full. Nothing is built for it and
nothing has to be kept in step: the signs are written with the vector.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from loccit.backends.vector_files import Mapped, signs_of
from loccit.ports import Matrix

__all__ = ["SIGNS_FROM", "interaction", "nearest", "similarities"]

SIGNS_FROM = 100_000
"""Vectors from which on signs are compared first; measured by ``bench/vector_scan.py``."""
LIKELY = 40
"""Vectors compared in full for each that is wanted."""
AT_LEAST = 2000
BLOCK = 4096
"""Rows turned into float32 at once: small enough to stay in the cache."""
Positions: TypeAlias = "NDArray[np.intp]"


def nearest(
    mapped: Mapped, question: Matrix, count: int, *, among: Positions | None = None
) -> tuple[Positions, Matrix]:
    """Positions of the ``count`` nearest vectors and their similarity, nearest first.

    ``among`` names the only positions that count; these are all compared. Equal ones come in order
    of their row in the store.
    """
    if among is None and len(mapped) > max(SIGNS_FROM, count * LIKELY):
        among = _likely(mapped, question, max(AT_LEAST, count * LIKELY))
    found = similarities(mapped, question, among)
    count = min(count, len(found))
    if count <= 0:
        return np.zeros(0, np.intp), np.zeros(0, np.float32)
    # All that equal the last one stay until they are put in order.
    least = np.partition(found, len(found) - count)[len(found) - count]
    best = np.flatnonzero(found >= least)
    positions = best if among is None else among[best]
    order = np.lexsort((mapped.keys["row"][positions], -found[best]))[:count]
    return positions[order], found[best][order]


def interaction(asked: Matrix, told: Matrix) -> float:
    """The mean, over the rows asked for, of the highest cosine to any row told; rows are units.

    Late interaction as in ColBERT (Khattab and Zaharia, SIGIR 2020), the mean in place of the sum
    so that long questions compare with short ones. Nothing told is as far as can be: -1.
    """
    return float((asked @ told.T).max(axis=1).mean()) if len(told) else -1.0


def similarities(mapped: Mapped, question: Matrix, among: Positions | None = None) -> Matrix:
    """Cosines of all vectors to the question's, or of those at some positions."""
    total = len(mapped) if among is None else len(among)
    found = np.empty(total, np.float32)
    buffer = np.empty((min(BLOCK, total), mapped.rows.shape[1]), np.float32)
    for start in range(0, total, BLOCK):
        some = slice(start, start + BLOCK)
        rows = mapped.rows[some] if among is None else mapped.rows[among[some]]
        block = buffer[: len(rows)]
        block[...] = rows
        np.dot(block, question, out=found[some])
    found *= mapped.keys["scale"] if among is None else mapped.keys["scale"][among]
    return found


def _likely(mapped: Mapped, question: Matrix, count: int) -> Positions:
    """Positions, in order, of the vectors whose signs differ least from the question's."""
    asked = signs_of(question[None, :])[0]
    apart = np.zeros(len(mapped), np.uint16)
    for word, sign in zip(mapped.signs.T, asked, strict=True):
        apart += np.bitwise_count(word ^ sign)
    return np.sort(np.argpartition(apart, count)[:count])
