"""What the source denies is denied, and what rises there does not fall here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loccit.verification.comparing import Comparison
from loccit.verification.remarks import Remark, contradicts, exceeds
from loccit.verification.rules import Mark
from loccit.verification.tokens import Reading, Token

__all__ = ["direction", "negation"]

CLOSE = 0.5
RESULTS = ("difference", "significance")
"""Families that ``result`` compares."""
COMPARED = ("", "amount", "quality", "role")
"""Families (none for advice) whose marks are paired by their company where their places differ."""
CLOSE_WORDS = 0.6
SHARED = 2
AROUND = 5
NAMES = ("concept", "procedure", "drug")
NEAR_COPY = 0.75
"""A thing is spoken of in many ways; only in nearly the same words is its denial compared."""
NEAR = 2
VERY_NEAR, MUTUAL = 0.9, 0.6
"""Share of the sentence that its source says, and of the source's that the sentence says."""
"""Telling words after a denial that it surely denies."""


def negation(case: Comparison) -> Iterator[Remark]:
    """Denials, and what is advised against what is advised."""
    advice = list(_advice(case)) or list(_reassurance(case))
    yield from advice
    if case.about < CLOSE or advice:
        return
    if case.covered >= NEAR_COPY:
        found = list(_lone_denial(case) if not _lost_ban(case) else _ban(case))
    else:
        found = list(_denied_words(case))
    yield from found or _undenied_name(case)


def _reassurance(case: Comparison) -> Iterator[Remark]:
    """*Safe*, of what the source advises against without a word on its safety."""
    if case.about < CLOSE or any(map(_is_safety, case.sentence.marked)):
        return
    safe = next((t for t in case.claim.marked if _is_safety(t) and not t.denied), None)
    if not safe or _is_safety(safe) < 0:
        return
    advised = ((t, t.mark("advice")) for t in case.sentence.marked)
    against = next((t for t, mark in advised if mark and (mark.sign < 0) != t.denied), None)
    if against:
        yield contradicts("the source advises against it", safe, against)


def _is_safety(token: Token) -> int:
    """1 for *safe* and its like, -1 for *dangerous*, else 0."""
    signs = (mark.sign for mark in token.marks if mark.family == "safety")
    return next(signs, 0)


def _undenied_name(case: Comparison) -> Iterator[Remark]:
    """A name that the sentence denies, of which the source speaks without denying anything."""
    tokens = case.sentence.tokens
    for claim, source in case.alignment.matched:
        if claim.kind not in NAMES or not claim.denied or source.denied:
            continue
        at = tokens.index(source)
        around = tokens[max(0, at - AROUND) : at + 1 + NEAR]
        affirmed = not _negative(around) and not any(t.mark("negation") for t in around)
        if affirmed and _right_after_denial(claim, case.claim.tokens):
            words = case.claim.text[claim.start : claim.end]
            yield exceeds(f"the source does not deny “{words}”", claim, source)
            return


def _lost_ban(case: Comparison) -> Token | None:
    """An *avoid* of the source with nothing negative in its place."""
    if case.mutual < NEAR_COPY or _negative(case.alignment.added):
        return None
    if any(t.mark("negation") for t in case.alignment.added):
        return None
    bans = (t for t in case.alignment.dropped if (m := t.mark("advice")) and m.sign < 0)
    return next(bans, None)


def _ban(case: Comparison) -> Iterator[Remark]:
    yield contradicts("the source advises against it", None, _lost_ban(case))


def _lone_denial(case: Comparison) -> Iterator[Remark]:
    """In nearly the same words, a denial on one side of what both speak of."""
    if _negative_swap(case):
        return
    if bare := _nothing_but_denials(case):
        ours = bare in case.alignment.added
        said, other = ("does not deny", "does") if ours else ("denies", "does not")
        message = f"the source {said} this; the sentence {other}"
        yield contradicts(message, bare if ours else None, None if ours else bare)
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


def _nothing_but_denials(case: Comparison) -> Token | None:
    """The denial by which alone two sentences differ, where their number is odd."""
    alignment = case.alignment
    loose = (*alignment.added, *alignment.dropped)
    denials = [token for token in loose if token.mark("negation")]
    alone = not alignment.swapped and len(denials) == len(loose)
    return denials[0] if alone and len(denials) % 2 else None


def _is_lone(case: Comparison, text: Reading, denial: Token) -> bool:
    """Whether what it denies stands undenied on the other side."""
    mates = _mates(case)
    at = text.tokens.index(denial)
    following = [t for t in text.tokens[at + 1 : at + 1 + NEAR] if not t.mark("negation")]
    for token in following:
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
    light = case.reader.rules.light
    for claim, source in case.alignment.matched:
        if claim.denied == source.denied or claim.kind != "word" or claim.norm in light:
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
    return _opposed(_state(one.sign, claim.denied), _state(other.sign, source.denied))


def _advice(case: Comparison) -> Iterator[Remark]:
    if case.about < CLOSE:
        return
    explained = _negative_swap(case) or _negative(_loose(case))
    for claim, source in _pairs(case, "advice"):
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
    if not one or not other:
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


def _pairs(case: Comparison, kind: str) -> Iterator[tuple[Token, Token]]:
    """Marks of one kind that correspond: in place, else by what stands around them."""
    close = case.covered >= CLOSE_WORDS
    swapped = [(c, s) for c, s in case.alignment.swapped if c.mark(kind) and s.mark(kind)]
    for claim, source in (*case.alignment.matched, *(swapped if close else ())):
        if claim.mark(kind) and source.mark(kind):
            yield claim, source
    apart = [] if close else swapped
    ours = [*case.alignment.added, *(claim for claim, _ in apart)]
    theirs = [*case.alignment.dropped, *(source for _, source in apart)]
    for claim in ours:
        mark = claim.mark(kind)
        best = _by_company(case, claim, mark.family, theirs) if mark else None
        if best:
            yield claim, best


def _by_company(case: Comparison, claim: Token, family: str, theirs: list[Token]) -> Token | None:
    """The mark of the source in the most alike company, if that is alike enough."""
    if family not in COMPARED:
        return None
    kind = "direction" if family else "advice"
    own = _company(claim, case.claim.tokens)
    rivals = [
        (len(own & _company(token, case.sentence.tokens)), token)
        for token in theirs
        if (mark := token.mark(kind)) and mark.family == family
    ]
    rivals.sort(key=lambda each: -each[0])
    return rivals[0][1] if rivals and rivals[0][0] >= SHARED else None


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


def _opposed(one: str, other: str) -> bool:
    """Whether two states exclude each other. Not higher and lower go together."""
    if one == other:
        return False
    pair = {one, other}
    return pair not in ({"not up", "down"}, {"not down", "up"})


def _right_after_denial(token: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether the denial that reaches the token stands close before it."""
    at = tokens.index(token)
    return any(t.mark("negation") for t in tokens[max(0, at - NEAR) : at])
