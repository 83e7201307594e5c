"""How sure, how often, how singular: a sentence says no more than its source."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.terms import Verdict
from loccit.verification.comparing import Comparison
from loccit.verification.remarks import Remark, exceeds
from loccit.verification.tokens import Reading, Token

__all__ = ["certainty", "superlative"]

CLOSE = 0.5
SEVERAL = 2
LADDERS = ("modal", "share", "ban", "link", "degree", "likeness")
FREE = {"modal": 2, "share": 4, "ban": 3, "link": 3, "degree": 3, "likeness": 2}
"""The highest rank on each ladder that a sentence may have where its source has none: one that says
neither may nor must is as firm as should; how firmly something is banned can be said without the
words of that ladder ("must not be used")."""


def certainty(case: Comparison) -> Iterator[Remark]:
    """*May* is not *should*, *suggests* is not *shows*, *some* is not *all*."""
    if case.about < CLOSE:
        return
    for ladder in LADDERS:
        yield from _climbed(case, ladder)
    yield from _dropped_doubt(case)


def _climbed(case: Comparison, ladder: str) -> Iterator[Remark]:
    """Words of the claim that stand higher than those in their place, or than any of the source."""
    swapped = {id(one): other for one, other in case.alignment.swapped}
    kept = {id(one) for one, _ in case.alignment.matched}
    highest = max((_rank(t, ladder) for t in case.sentence.marked), default=0)
    lost = any(_rank(t, ladder) for t in case.alignment.dropped)
    for token in case.claim.marked:
        rank = _rank(token, ladder)
        if not rank or id(token) in kept or (ladder == "modal" and _forbids(case, token)):
            continue
        other = swapped.get(id(token))
        below = _rank(other, ladder) if other else 0
        if below and rank > below:
            yield exceeds(_message(case, token, other), token, other)
        elif not below and rank > max(highest, FREE[ladder] if not lost else 0):
            yield exceeds(_message(case, token, None), token)


def _forbids(case: Comparison, token: Token) -> bool:
    """Whether *must* belongs to *must not*, where the source bans it in its own words."""
    banned = any(_rank(other, "ban") == FREE["ban"] for other in case.sentence.marked)
    at = case.claim.tokens.index(token)
    return banned and any(t.mark("negation") for t in case.claim.tokens[at + 1 : at + 2])


def _message(case: Comparison, token: Token, other: Token | None) -> str:
    said = case.claim.text[token.start : token.end]
    if not other:
        return f"“{said}” is stronger than anything the source says here"
    words = case.ground.whole.text[other.start : other.end]
    return f"the source says “{words}”, the sentence “{said}”"


def _dropped_doubt(case: Comparison) -> Iterator[Remark]:
    """A *may* of the source that the sentence leaves out, in a clause that it keeps."""
    if any(_rank(token, "modal") for token in case.claim.marked):
        return
    for token in case.alignment.dropped:
        doubt = _rank(token, "modal") == 1 and not token.norm.startswith("consid")
        if doubt and _kept_beside(case, token):
            words = case.ground.whole.text[token.start : token.end]
            yield exceeds(
                f"the source says “{words}”; the sentence leaves the doubt out", None, token
            )
            return


def _kept_beside(case: Comparison, token: Token) -> bool:
    """Whether the words on both sides of a dropped one are kept."""
    tokens = case.sentence.tokens
    at = tokens.index(token)
    kept = {id(source) for _, source in case.alignment.same}
    beside = [*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]]
    return bool(beside) and all(id(each) in kept for each in beside)


def _rank(token: Token | None, ladder: str) -> int:
    mark = token.mark(ladder) if token else None
    return mark.rank if mark else 0


def superlative(case: Comparison) -> Iterator[Remark]:
    """*The most common*, *best*, *only* need the like in the source, said of the same thing."""
    if case.about < CLOSE:
        return
    kept = {id(one) for one, _ in case.alignment.matched}
    for token in case.claim.marked:
        if not token.mark("superlative"):
            continue
        twin = _twin(case.sentence, token)
        if twin and (other := _another_holder(case, token, twin)):
            yield Remark(
                Verdict.CONTRADICTED,
                f"the source says so of {other.norm}",
                (token.start, token.end),
                (other.start, other.end),
            )
        elif twin and _is_one_of_several(case, twin):
            said = case.claim.text[token.start : token.end]
            yield exceeds(f"the source names several as “{said}”", token, twin)
        elif not twin and id(token) not in kept:
            said = case.claim.text[token.start : token.end]
            yield exceeds(f"no “{said}” in the source", token)


def _is_one_of_several(case: Comparison, twin: Token) -> bool:
    """Whether the source gives a list to which the sentence's finding belongs with others."""
    others = [t for t in case.alignment.dropped if t.kind == "concept" and t.clause == twin.clause]
    return len(others) >= SEVERAL


def _twin(reading: Reading, token: Token) -> Token | None:
    """A superlative of the source that says the same."""
    return next((t for t in reading.marked if t.mark("superlative") and _as_good(t, token)), None)


def _as_good(one: Token, other: Token) -> bool:
    """Whether two superlatives say the same: *commonest* and *most often*."""
    places = [{m.sign for m in t.marks if m.family == "place"} for t in (one, other)]
    return one.norm == other.norm or bool(places[0] & places[1])


def _another_holder(case: Comparison, token: Token, twin: Token) -> Token | None:
    """What the source calls the most common, where the sentence says so of something else.

    It is the finding that stands nearest; told only where the source does not name the sentence's.
    """
    mine = _nearest(case.claim, token)
    theirs = _nearest(case.sentence, twin)
    if not mine or not theirs or mine.norm in case.sentence.norms or theirs.norm == mine.norm:
        return None
    return theirs


def _nearest(reading: Reading, token: Token) -> Token | None:
    """The finding or condition nearest to a word, in its clause."""
    named = [t for t in reading.tokens if t.kind == "concept" and t.clause == token.clause]
    return min(named, key=lambda each: abs(each.start - token.start), default=None)
