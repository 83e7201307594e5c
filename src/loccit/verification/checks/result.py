"""What a study found: an effect is not no effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from loccit.verification.checks.substance import are_related
from loccit.verification.comparing import Comparison
from loccit.verification.remarks import Remark, contradicts
from loccit.verification.tokens import Reading, Token

__all__ = ["result"]

CLOSE = 0.45
NEAR_COPY = 0.9
ALPHA = 0.05
"""The usual level of significance: a p value above it is printed as no difference."""
EFFECTS = ("amount", "quality", "difference", "significance")


class _Result(NamedTuple):
    """Whether a clause tells an effect, the lack of one, or both; and the word that says so."""

    effect: bool
    none: bool
    token: Token


def result(case: Comparison) -> Iterator[Remark]:
    """*No difference* is not a difference, nor is what was not significant an effect."""
    if case.about < CLOSE:
        return
    claim = _result(case.claim.tokens)
    source = _nearest(case.claim, case.sentence)
    if source and source.none and not source.effect and _combines(case):
        yield contradicts("the source found no gain from the combination", None, source.token)
        return
    if not _shares_actor(case):
        return
    if not claim or not source or claim.effect == claim.none or _unturned(case):
        return
    if source.effect == source.none:
        if claim.effect:
            yield contradicts("the source found both an effect and none", claim.token, source.token)
    elif claim.none != source.none:
        said = "no difference" if source.none else "an effect"
        yield contradicts(f"the source reports {said}", claim.token, source.token)


def _shares_actor(case: Comparison) -> bool:
    """Whether what was tested is what the sentence speaks of."""
    tested = case.sentence.actors
    if not tested:
        return True
    spoken = case.claim.actors | set(case.ground.ground.subjects)
    related = case.vocabulary
    return any(are_related(related, one, other) for one in spoken for other in tested)


def _unturned(case: Comparison) -> bool:
    """Whether the words are nearly the same and none that turns a result differs."""
    alignment = case.alignment
    loose = (*alignment.added, *alignment.dropped, *(t for pair in alignment.swapped for t in pair))
    turning = any(t.mark("direction") or t.mark("negation") or t.measure for t in loose)
    return case.covered >= NEAR_COPY and case.mutual >= NEAR_COPY and not turning


def _combines(case: Comparison) -> bool:
    """Whether the sentence advises a combination that the source tested."""
    advised = any(
        mark.kind == "advice" and mark.sign > 0 and not token.denied
        for token in case.claim.marked
        for mark in token.marks
    )
    told = any(token.mark("direction") for token in case.claim.marked)
    return (advised or not told) and _together(case.claim) and _together(case.sentence)


def _together(reading: Reading) -> bool:
    return any(
        m.kind == "relation" and m.family == "together" for t in reading.marked for m in t.marks
    )


def _nearest(claim: Reading, sentence: Reading) -> _Result | None:
    """The result told in the clause that shares most with the claim."""
    wanted = {token.norm for token in claim.tokens if token.kind != "mark"}
    clauses: dict[int, list[Token]] = {}
    for token in sentence.tokens:
        clauses.setdefault(token.clause, []).append(token)
    told = [(found, tokens) for tokens in clauses.values() if (found := _result(tokens))]
    best = max(told, key=lambda each: len(wanted & {t.norm for t in each[1]}), default=None)
    return best[0] if best else None


def _result(tokens: Sequence[Token]) -> _Result | None:
    effect = none = None
    for at, token in enumerate(tokens):
        mark = token.mark("direction")
        if mark and mark.family in EFFECTS:
            if _tells_none(mark.family, mark.sign, denied=token.denied):
                none = none or token
            elif mark.family != "difference" or mark.sign > 0:
                effect = effect or token
        elif token.measure and at and tokens[at - 1].norm == "p":
            above = token.measure.low > ALPHA and "<" not in token.measure.comparator
            none, effect = (none or token, effect) if above else (none, effect or token)
    told = none or effect
    if not told:
        return None
    if none and effect and effect.mark("direction") and _denied_together(none, effect):
        effect = None
    return _Result(effect is not None, none is not None, told)


def _tells_none(family: str, sign: int, *, denied: bool) -> bool:
    """Denied rise, difference or significance; likeness that is not denied."""
    if family in ("difference", "significance"):
        return denied == (sign > 0)
    return denied


def _denied_together(none: Token, effect: Token) -> bool:
    """Whether one denial covers both, as in "no significant increase"."""
    return none.clause == effect.clause and (
        none.denied or none.norm.startswith(("no ", "p")) or bool(none.measure)
    )
