"""What rises in the source does not fall here."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.verification.comparing import Comparison
from loccit.verification.opposites import corresponding
from loccit.verification.remarks import Remark, contradicts
from loccit.verification.rules import Mark
from loccit.verification.tokens import Token

__all__ = ["direction"]

CLOSE = 0.5
RESULTS = ("difference", "significance")
"""Families that ``result`` compares."""
COMPARED = ("", "amount", "quality", "role")
"""Families of which a lone denial turns what is measured."""


def direction(case: Comparison) -> Iterator[Remark]:
    """Increase against decrease, better against worse, difference against none."""
    if case.about < CLOSE:
        return
    for claim, source in corresponding(case, "direction"):
        if any(_turned_round(one, other, claim, source) for one, other in _families(claim, source)):
            words = case.ground.whole.text[source.start : source.end]
            denied = "not " if source.denied else ""
            said = case.claim.text[claim.start : claim.end]
            yield contradicts(f"the source says “{denied}{words}”, not “{said}”", claim, source)


def _families(claim: Token, source: Token) -> Iterator[tuple[Mark, Mark]]:
    """Their directions of one family."""
    for one in claim.marks:
        for other in source.marks:
            if one.kind == other.kind == "direction" and one.family == other.family:
                yield one, other


def _turned_round(one: Mark, other: Mark, claim: Token, source: Token) -> bool:
    """Whether the two say opposite things; a lone denial turns only what is measured."""
    if one.family in RESULTS:
        return False
    if one.sign == other.sign and one.family not in COMPARED:
        return False
    return _opposed(_state(one.sign, claim.denied), _state(other.sign, source.denied))


def _state(sign: int, denied: bool) -> str:  # noqa: FBT001 - a fact of the token, not a switch
    return ("not " if denied else "") + ("up" if sign > 0 else "down")


def _opposed(one: str, other: str) -> bool:
    """Whether two states exclude each other. Not higher and lower go together."""
    if one == other:
        return False
    pair = {one, other}
    return pair not in ({"not up", "down"}, {"not down", "up"})
