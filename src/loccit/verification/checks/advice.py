"""What the source advises against is not advised, nor safe."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.verification.comparing import Comparison
from loccit.verification.opposites import corresponding, is_behind, is_negative, is_turned
from loccit.verification.remarks import Remark, contradicts
from loccit.verification.tokens import Reading, Token

__all__ = ["advice", "permission", "reassurance"]

CLOSE = 0.5
AROUND = 5
NAMES = ("concept", "procedure", "drug")
ACTS = ("course", "speed")
"""Families of directions that tell what is done with a drug, and how fast."""
NEAR_COPY = 0.75
"""Share of a sentence from which its words are those of its source."""


def advice(case: Comparison) -> Iterator[Remark]:
    """What is advised against what is advised against."""
    if case.about < CLOSE:
        return
    explained = is_turned(case) or is_negative(_loose(case))
    for claim, source in corresponding(case, "advice"):
        if _reversed(case, claim, source, explained=explained):
            against = (
                "advises against it" if _is_against(case, source) else "does not advise against it"
            )
            yield contradicts(f"the source {against}", claim, source)
            return


def _reversed(case: Comparison, claim: Token, source: Token, *, explained: bool) -> bool:
    """Whether advice is turned round.

    Told by its own words where they are the same on both sides, else by those around them.
    """
    one, other = claim.mark("advice"), source.mark("advice")
    if not one or not other or _is_lacking(case.claim, claim) or _is_lacking(case.sentence, source):
        return False
    if claim.norm == source.norm and case.covered >= NEAR_COPY:
        return claim.denied != source.denied and not explained
    if one.sign != other.sign and claim.denied == source.denied and case.covered >= NEAR_COPY:
        return True
    return _advised(case.claim, claim) != _advised(case.sentence, source)


def _is_against(case: Comparison, source: Token) -> bool:
    mark = source.mark("advice")
    own = mark is not None and (mark.sign < 0) != source.denied
    return own or not _advised(case.sentence, source)


def _loose(case: Comparison) -> list[Token]:
    """What stands on one side only, denials and names apart: *low* back pain denies nothing."""
    loose = (*case.alignment.added, *case.alignment.dropped)
    return [t for t in loose if not t.mark("negation") and t.kind not in NAMES]


def _advised(reading: Reading, token: Token) -> bool:
    """Whether the words around advice are for it: "advises avoiding" is against."""
    return all(
        mark.sign * (-1 if other.denied else 1) > 0
        for other in _around(reading, token)
        if (mark := other.mark("advice"))
    )


def _is_lacking(reading: Reading, token: Token) -> bool:
    """Whether a denial behind it reaches it: "evidence for its use is lacking" advises naught."""
    return any(t.start > token.start and is_behind(t) for t in _around(reading, token))


def _around(reading: Reading, token: Token) -> list[Token]:
    """The tokens near another one in its clause, itself among them."""
    at = reading.tokens.index(token)
    near = reading.tokens[max(0, at - AROUND) : at + AROUND + 1]
    return [each for each in near if each.clause == token.clause]


def reassurance(case: Comparison) -> Iterator[Remark]:
    """*Safe*, said of what the source advises against without a word on its safety."""
    if case.about < CLOSE or any(map(_is_safety, case.sentence.marked)):
        return
    safe = next((t for t in case.claim.marked if _is_safety(t) and not t.denied), None)
    if not safe or _is_safety(safe) < 0:
        return
    for against in _warnings(case.sentence)[:1]:
        yield contradicts("the source advises against it", safe, against)


def permission(case: Comparison) -> Iterator[Remark]:
    """*May be stopped abruptly*, said of what the source advises against: an act is allowed."""
    if case.about < CLOSE or any(t.mark("advice") or t.mark("negation") for t in case.claim.marked):
        return
    allowed = next((t for t in case.claim.marked if t.mark("modal") and not t.denied), None)
    acts = {(m.family, m.sign) for t in case.claim.marked for m in t.marks if m.family in ACTS}
    if not allowed or not acts:
        return
    for against in _warnings(case.sentence):
        near = {(m.family, m.sign) for t in _around(case.sentence, against) for m in t.marks}
        if acts <= near:
            yield contradicts("the source advises against it", allowed, against)
            return


def _warnings(reading: Reading) -> list[Token]:
    """What advises against something."""
    advised = ((t, t.mark("advice")) for t in reading.marked)
    return [token for token, mark in advised if mark and (mark.sign < 0) != token.denied]


def _is_safety(token: Token) -> int:
    """1 for *safe* and its like, -1 for *dangerous*, else 0."""
    signs = (mark.sign for mark in token.marks if mark.family == "safety")
    return next(signs, 0)
