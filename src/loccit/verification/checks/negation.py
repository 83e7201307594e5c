"""What the source denies is denied."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.verification.checks.advice import advice, permission, reassurance
from loccit.verification.comparing import Comparison
from loccit.verification.opposites import is_behind, is_negative, is_turned
from loccit.verification.remarks import Remark, contradicts, exceeds
from loccit.verification.tokens import Reading, Token

__all__ = ["negation"]

CLOSE = 0.5
ADVICE = (advice, reassurance, permission)
"""What tells of advice turned round; the first that does speaks for all."""
AROUND = 5
NAMES = ("concept", "procedure", "drug")
NEAR_COPY = 0.75
"""A thing is spoken of in many ways; only in nearly the same words is its denial compared."""
NEAR = 2
"""Telling words after a denial that it surely denies."""
VERY_NEAR, MUTUAL = 0.9, 0.6
"""Share of the sentence that its source says, and of the source's that the sentence says."""


def negation(case: Comparison) -> Iterator[Remark]:
    """Denials, and what is advised against what is advised."""
    advised = next(filter(None, (list(each(case)) for each in ADVICE)), [])
    yield from advised
    if case.about < CLOSE or advised:
        return
    if case.covered >= NEAR_COPY:
        found = list(_lone_denial(case) if not _lost_ban(case) else _ban(case))
    else:
        found = list(_denied_words(case))
    yield from found or _undenied_name(case)
    yield from _unsaid_lack(case)


def _unsaid_lack(case: Comparison) -> Iterator[Remark]:
    """What the sentence calls lacking, of which the source denies nothing."""
    lack = next((t for t in case.claim.marked if is_behind(t)), None)
    denied = any(token.mark("negation") or token.mark("ban") for token in case.sentence.marked)
    if lack and not denied:
        yield exceeds("the source does not say that this is lacking", lack)


def _undenied_name(case: Comparison) -> Iterator[Remark]:
    """A name that the sentence denies, of which the source speaks without denying anything."""
    tokens = case.sentence.tokens
    for claim, source in case.alignment.matched:
        if claim.kind not in NAMES or not claim.denied or source.denied:
            continue
        at = tokens.index(source)
        around = tokens[max(0, at - AROUND) : at + 1 + NEAR]
        affirmed = not is_negative(around) and not any(t.mark("negation") for t in around)
        if affirmed and _right_after_denial(claim, case.claim.tokens):
            words = case.claim.text[claim.start : claim.end]
            yield exceeds(f"the source does not deny “{words}”", claim, source)
            return


def _lost_ban(case: Comparison) -> Token | None:
    """An *avoid* of the source with nothing negative in its place."""
    if case.mutual < NEAR_COPY or is_negative(case.alignment.added):
        return None
    if any(t.mark("negation") for t in case.alignment.added):
        return None
    bans = (t for t in case.alignment.dropped if (m := t.mark("advice")) and m.sign < 0)
    return next(bans, None)


def _ban(case: Comparison) -> Iterator[Remark]:
    yield contradicts("the source advises against it", None, _lost_ban(case))


def _lone_denial(case: Comparison) -> Iterator[Remark]:
    """In nearly the same words, a denial on one side of what both speak of."""
    if is_turned(case):
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
        if token and not is_negative(theirs):
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
    if is_behind(denial):
        return all(id(token) in mates for token in text.tokens[max(0, at - NEAR) : at])
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


def _denied_words(case: Comparison) -> Iterator[Remark]:
    """In other words, what stands right after a denial on one side only."""
    light = case.reader.rules.light
    for claim, source in case.alignment.matched:
        if claim.denied == source.denied or claim.kind != "word" or claim.norm in light:
            continue
        text = case.claim if claim.denied else case.sentence
        if _right_after_denial(claim if claim.denied else source, text.tokens):
            side = case.alignment.dropped if claim.denied else case.alignment.added
            if is_negative(side) or is_turned(case):
                continue
            said, other = ("denies", "does not") if source.denied else ("does not deny", "does")
            word = case.claim.text[claim.start : claim.end]
            yield contradicts(f"the source {said} “{word}”; the sentence {other}", claim, source)
            return


def _right_after_denial(token: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether the denial that reaches the token stands close before it."""
    at = tokens.index(token)
    return any(t.mark("negation") for t in tokens[max(0, at - NEAR) : at])
