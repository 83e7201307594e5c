"""What the source denies is denied, and what rises there does not fall here."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.verification.comparing import Comparison
from loccit.verification.reading import Reading, Token
from loccit.verification.remarks import Remark, contradicts

__all__ = ["direction", "negation"]

CLOSE = 0.5
RESULTS = ("difference", "significance")
"""Families that ``result`` compares."""
COMPARED = ("", "amount", "quality", "effect", "role")
"""Families (none for advice) whose marks are paired by their company where their places differ."""
SHARED = 2
AROUND = 3
NAMES = ("concept", "procedure", "drug")
NEAR_COPY = 0.75
"""A thing is spoken of in many ways; only in nearly the same words is its denial compared."""
NEAR = 2
"""Telling words after a denial that it surely denies."""


def negation(case: Comparison) -> Iterator[Remark]:
    """Denials, and what is advised against what is advised."""
    yield from _advice(case)
    if case.about < CLOSE:
        return
    for claim, source in case.alignment.matched:
        if claim.denied == source.denied or _turns(claim) or claim.measure:
            continue
        if claim.kind in NAMES and case.covered < NEAR_COPY:
            continue
        text = case.claim if claim.denied else case.sentence
        if _right_after_denial(claim if claim.denied else source, text.tokens):
            if _counterpart_is_negative(case, claim, source):
                continue
            said, other = ("denies", "does not") if source.denied else ("does not deny", "does")
            word = case.claim.text[claim.start : claim.end]
            yield contradicts(f"the source {said} “{word}”; the sentence {other}", claim, source)
            return


def direction(case: Comparison) -> Iterator[Remark]:
    """Increase against decrease, better against worse, difference against none."""
    if case.about < CLOSE:
        return
    for claim, source in _pairs(case, "direction"):
        one, other = claim.mark("direction"), source.mark("direction")
        if not one or not other or one.family != other.family or one.family in RESULTS:
            continue
        if one.sign == other.sign and one.family not in COMPARED:
            continue
        if _opposed(_state(one.sign, claim.denied), _state(other.sign, source.denied), one.family):
            words = case.ground.whole.text[source.start : source.end]
            denied = "not " if source.denied else ""
            said = case.claim.text[claim.start : claim.end]
            yield contradicts(f"the source says “{denied}{words}”, not “{said}”", claim, source)


def _advice(case: Comparison) -> Iterator[Remark]:
    if case.about < CLOSE:
        return
    for claim, source in _pairs(case, "advice"):
        one, other = claim.mark("advice"), source.mark("advice")
        if one and other and _advised(case.claim, claim) != _advised(case.sentence, source):
            against = not _advised(case.sentence, source)
            said = "advises against it" if against else "does not advise against it"
            yield contradicts(f"the source {said}", claim, source)
            return


def _pairs(case: Comparison, kind: str) -> Iterator[tuple[Token, Token]]:
    """Marks of one kind that correspond: in place, else by what stands around them."""
    seen: set[int] = set()
    for claim, source in (*case.alignment.matched, *case.alignment.swapped):
        if claim.mark(kind) and source.mark(kind):
            seen.add(id(claim))
            yield claim, source
    for claim in case.alignment.added:
        mark = claim.mark(kind)
        if mark and id(claim) not in seen:
            best = _by_company(case, claim, mark.family, kind)
            if best:
                yield claim, best


def _by_company(case: Comparison, claim: Token, family: str, kind: str) -> Token | None:
    """The mark of the source in the most alike company; none when two opposite ones tie."""
    if family not in COMPARED:
        return None
    own = _company(claim, case.claim.tokens)
    rivals = [
        (len(own & _company(token, case.sentence.tokens)), token)
        for token in case.alignment.dropped
        if (mark := token.mark(kind)) and mark.family == family
    ]
    rivals.sort(key=lambda each: -each[0])
    if not rivals or rivals[0][0] < SHARED:
        return None
    return rivals[0][1]


def _company(token: Token, tokens: tuple[Token, ...]) -> set[str]:
    """What stands with a mark in its clause: names, figures and words."""
    return {t.norm for t in tokens if t.clause == token.clause and t.kind != "mark"}


def _turns(token: Token) -> bool:
    return any(mark.kind in ("advice", "direction") for mark in token.marks)


def _advised(reading: Reading, token: Token) -> bool:
    """Whether the words around advice are for it: "advises avoiding" is against."""
    tokens = reading.tokens
    at = tokens.index(token)
    near = tokens[max(0, at - AROUND) : at + AROUND + 1]
    return all(
        mark.sign * (-1 if other.denied else 1) > 0
        for other in near
        if other.clause == token.clause and (mark := other.mark("advice"))
    )


def _state(sign: int, denied: bool) -> str:  # noqa: FBT001 - a fact of the token, not a switch
    return ("not " if denied else "") + ("up" if sign > 0 else "down")


def _opposed(one: str, other: str, family: str) -> bool:
    """Whether two states exclude each other. Not higher and lower go together."""
    if one == other:
        return False
    pair = {one, other}
    if family == "effect":
        up = {"up", "not down"}
        return (one in up) != (other in up)
    return pair not in ({"not up", "down"}, {"not down", "up"}, {"not up", "not down"})


def _right_after_denial(token: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether the denial that reaches the token stands close before it."""
    at = tokens.index(token)
    return any(t.mark("negation") for t in tokens[max(0, at - NEAR) : at])


def _counterpart_is_negative(case: Comparison, claim: Token, source: Token) -> bool:
    """Whether the other side says the same by a word that is negative in itself."""
    side = case.sentence if claim.denied else case.claim
    other = source if claim.denied else claim
    return any(
        mark.sign < 0 and not token.denied
        for token in side.tokens
        if token.clause == other.clause
        for mark in token.marks
        if mark.kind in ("advice", "direction")
    )
