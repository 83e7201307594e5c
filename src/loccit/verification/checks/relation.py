"""Who is compared with whom, and what is added to what: turned round, it is another claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from loccit.verification.comparing import Comparison
from loccit.verification.remarks import Remark, contradicts, exceeds
from loccit.verification.tokens import Reading, Token

__all__ = ["order"]

CLOSE = 0.5
TURNED = frozenset({"comparison", "adjunct", "instead"})
"""Relations that are not the same turned round."""


TOLD = frozenset({"adjunct", "instead", "together"})
"""Relations that a source must state; a comparison can also be told without a *than*."""


class _Relation(NamedTuple):
    """``left`` stands in a relation to ``right``; ``sign`` tells which of them is above."""

    family: str
    mark: Token
    left: frozenset[str]
    right: frozenset[str]
    sign: int


def order(case: Comparison) -> Iterator[Remark]:
    """A better than B is not B better than A; an adjunct to B does not have B as its adjunct."""
    if case.about < CLOSE:
        return
    known = list(_relations(case.sentence, case.ground.drugs))
    told = {
        mark.family for t in case.sentence.marked for mark in t.marks if mark.kind == "relation"
    }
    for claim in _relations(case.claim, case.ground.drugs):
        if claim.family in TOLD and claim.family not in told:
            words = case.claim.text[claim.mark.start : claim.mark.end]
            yield exceeds(f"the source has no “{words}”", claim.mark)
        for source in known:
            same = claim.family == source.family and claim.family in TURNED
            if same and _inverted(claim, source):
                words = case.ground.whole.text[source.mark.start : source.mark.end]
                yield contradicts(
                    f"the source has the two sides of “{words}” the other way round",
                    claim.mark,
                    source.mark,
                )
                return


def _relations(reading: Reading, subjects: frozenset[str]) -> Iterator[_Relation]:
    for token in reading.marked:
        mark = token.mark("relation")
        if not mark:
            continue
        clause = [t for t in reading.tokens if t.clause == token.clause]
        left = _names([t for t in clause if t.end <= token.start])
        right = _names([t for t in clause if t.start >= token.end])
        yield _Relation(mark.family, token, left or subjects, right, _sign(clause))


def _names(tokens: list[Token]) -> frozenset[str]:
    """What is compared: drugs and procedures where named, else whatever is."""
    names = [t.norm for t in tokens if t.kind in ("drug", "procedure") or t.norm == "placebo"]
    return frozenset(names or (t.norm for t in tokens if t.kind in ("concept", "word")))


def _sign(clause: list[Token]) -> int:
    """Whether the left side is above (1) or below (-1); 0 where nothing says so."""
    for token in clause:
        mark = token.mark("direction")
        if mark and mark.family in ("amount", "quality"):
            return -mark.sign if token.denied else mark.sign
    return 0


def _inverted(claim: _Relation, source: _Relation) -> bool:
    """Whether the sides are exchanged, unless the direction is turned too.

    What stands on both sides of one of them ("pain with A than pain with B") tells nothing.
    """
    both = (claim.left & claim.right) | (source.left & source.right)
    left, right = claim.left - both, claim.right - both
    if right & source.right or not (left & source.right and right & source.left):
        return False
    return claim.family != "comparison" or claim.sign * source.sign >= 0
