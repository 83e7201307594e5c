"""Who is compared with whom, and what is added to what: turned round, it is another claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from loccit.verification.comparing import Comparison
from loccit.verification.remarks import Remark, contradicts, exceeds
from loccit.verification.tokens import Reading, Token

__all__ = ["order"]

CLOSE = 0.5
NEAR_COPY = 0.85
BEFORE, BEHIND = 10, 5
"""Telling words on both sides of a relation in which its two sides are looked for."""
PLACEBO, MEDICINE = "placebo", "medicin"
"""*Medicine*, as it is compared, stands for any drug."""
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
    marks = [mark for token in case.sentence.marked for mark in token.marks]
    told = {mark.family for mark in marks if mark.kind == "relation"}
    for claim in _relations(case.claim, case.ground.drugs):
        if claim.family in TOLD and claim.family not in told:
            words = case.claim.text[claim.mark.start : claim.mark.end]
            yield exceeds(f"the source has no “{words}”", claim.mark)
        rivals = [each for each in known if each.family == claim.family in TURNED]
        turned = next((each for each in rivals if _is_turned(case, claim, each)), None)
        if turned:
            words = case.ground.whole.text[turned.mark.start : turned.mark.end]
            message = f"the source has the two sides of “{words}” the other way round"
            yield contradicts(message, claim.mark, turned.mark)
            return


def _is_turned(case: Comparison, claim: _Relation, source: _Relation) -> bool:
    if case.covered >= NEAR_COPY and case.mutual >= NEAR_COPY:
        return _crossed(case, claim.mark, source.mark) and claim.sign * source.sign >= 0
    return _inverted(claim, source)


def _crossed(case: Comparison, claim: Token, source: Token) -> bool:
    """Whether, in nearly the same words, some have changed sides in both directions."""
    to_left = to_right = False
    for one, other in case.alignment.matched:
        if one.clause != claim.clause or other.clause != source.clause or one.measure:
            continue
        if one.kind == "mark" and not one.mark("direction"):
            continue
        to_right = to_right or (one.start > claim.start and other.start < source.start)
        to_left = to_left or (one.start < claim.start and other.start > source.start)
    return to_left and to_right


def _relations(reading: Reading, subjects: frozenset[str]) -> Iterator[_Relation]:
    for token in reading.marked:
        mark = token.mark("relation")
        if not mark:
            continue
        clause = [t for t in reading.tokens if t.clause == token.clause]
        before = [t for t in clause if t.end <= token.start][-BEFORE:]
        behind = _first([t for t in clause if t.start >= token.end])
        left, right = _names(before), _names(behind)
        if not (left and right):
            left, right = _words(before), _words(behind)
        yield _Relation(mark.family, token, left or subjects, right, _sign(clause))


def _first(tokens: list[Token]) -> list[Token]:
    """The words up to the first figure or bracket: what follows is no longer compared."""
    stop = next((at for at, t in enumerate(tokens) if t.measure or t.aside), len(tokens))
    return tokens[: min(stop, BEHIND)]


def _names(tokens: list[Token]) -> frozenset[str]:
    """Drugs and procedures that are compared."""
    names = {t.norm for t in tokens if t.kind in ("drug", "procedure") or t.norm == PLACEBO}
    return frozenset(names | ({MEDICINE} if any(t.kind == "drug" for t in tokens) else set()))


def _words(tokens: list[Token]) -> frozenset[str]:
    """Other words, turning ones among them: *delayed* and *immediate* implants."""
    named = {
        t.norm
        for t in tokens
        if t.kind not in ("number", "mark") or any(mark.kind == "direction" for mark in t.marks)
    }
    return frozenset(named | ({MEDICINE} if any(t.kind == "drug" for t in tokens) else set()))


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
