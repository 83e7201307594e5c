"""What the source denies is denied, and what rises there does not fall here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loccit.verification.comparing import Comparison
from loccit.verification.remarks import Remark, contradicts
from loccit.verification.rules import Mark
from loccit.verification.tokens import Reading, Token

__all__ = ["direction", "negation"]

CLOSE = 0.5
RESULTS = ("difference", "significance")
"""Families that ``result`` compares."""
COMPARED = ("", "amount", "quality", "effect", "role")
"""Families (none for advice) whose marks are paired by their company where their places differ."""
CLOSE_WORDS = 0.6
SHARED = 2
AROUND = 5
NAMES = ("concept", "procedure", "drug")
NEAR_COPY = 0.75
"""A thing is spoken of in many ways; only in nearly the same words is its denial compared."""
NEAR = 2
VERY_NEAR, MUTUAL = 0.9, 0.5
"""Share of the sentence that its source says, and of the source's that the sentence says."""
"""Telling words after a denial that it surely denies."""


def negation(case: Comparison) -> Iterator[Remark]:
    """Denials, and what is advised against what is advised."""
    advice = list(_advice(case))
    yield from advice
    if case.about < CLOSE or advice:
        return
    if case.covered >= NEAR_COPY:
        yield from _lone_denial(case)
    else:
        yield from _denied_words(case)


def _lone_denial(case: Comparison) -> Iterator[Remark]:
    """In nearly the same words, a denial on one side of what both speak of."""
    if _negative_swap(case):
        return
    sides = (
        (case.claim, case.alignment.added, case.alignment.dropped, "does not deny", "does"),
        (case.sentence, case.alignment.dropped, case.alignment.added, "denies", "does not"),
    )
    for text, mine, theirs, said, other in sides:
        token = next((t for t in mine if t.mark("negation") and _is_lone(case, text, t)), None)
        if token and not _negative(theirs):
            message = f"the source {said} this; the sentence {other}"
            ours = text is case.claim
            yield contradicts(message, token if ours else None, None if ours else token)
            return


def _is_lone(case: Comparison, text: Reading, denial: Token) -> bool:
    """Whether what it denies stands undenied on the other side."""
    mates = _mates(case)
    at = text.tokens.index(denial)
    for token in text.tokens[at + 1 : at + 1 + NEAR]:
        mate = mates.get(id(token))
        if mate:
            named_only = token.kind in NAMES and case.mutual < MUTUAL
            return mate.denied != token.denied and not named_only
    return case.mutual >= MUTUAL and case.covered >= VERY_NEAR


def _mates(case: Comparison) -> dict[int, Token]:
    """Each paired token's partner on the other side."""
    pairs = (*case.alignment.matched, *case.alignment.swapped)
    return {id(one): other for one, other in pairs} | {id(other): one for one, other in pairs}


def _negative(tokens: Iterable[Token]) -> bool:
    """Whether there is a word among them that is negative in itself."""
    return any(
        m.sign < 0 or m.kind == "ban" or (m.kind == "share" and m.rank == 1)
        for t in tokens
        for m in t.marks
    )


def _negative_swap(case: Comparison) -> bool:
    """Whether a word stands for its opposite, which a denial may make good."""
    return any(
        one.sign * other.sign < 0
        for claim, source in case.alignment.swapped
        for one in claim.marks
        for other in source.marks
        if one.kind == other.kind and one.family == other.family
    )


def _denied_words(case: Comparison) -> Iterator[Remark]:
    """In other words, what stands right after a denial on one side only."""
    for claim, source in case.alignment.matched:
        if claim.denied == source.denied or claim.marks or claim.measure or claim.kind in NAMES:
            continue
        text = case.claim if claim.denied else case.sentence
        if _right_after_denial(claim if claim.denied else source, text.tokens):
            side = case.alignment.dropped if claim.denied else case.alignment.added
            if _negative(side) or _negative_swap(case):
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
    return _opposed(_state(one.sign, claim.denied), _state(other.sign, source.denied), one.family)


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
    swapped = case.alignment.swapped if case.covered >= CLOSE_WORDS else ()
    for claim, source in (*case.alignment.matched, *swapped):
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
    return pair not in ({"not up", "down"}, {"not down", "up"})


def _right_after_denial(token: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether the denial that reaches the token stands close before it."""
    at = tokens.index(token)
    return any(t.mark("negation") for t in tokens[max(0, at - NEAR) : at])
