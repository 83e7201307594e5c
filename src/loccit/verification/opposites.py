"""What is negative in itself, and which turning words of two sentences correspond."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loccit.verification.comparing import Comparison
from loccit.verification.tokens import Token

__all__ = ["corresponding", "is_behind", "is_negative", "is_turned"]

CLOSE_WORDS = 0.6
SHARED = 2
COMPARED = ("", "amount", "quality", "role")
"""Families (none for advice) whose marks are paired by their company where their places differ."""


def is_negative(tokens: Iterable[Token]) -> bool:
    """Whether there is a word among them that is negative in itself."""
    return any(
        m.sign < 0 or m.kind == "ban" or (m.kind == "share" and m.rank == 1)
        for t in tokens
        for m in t.marks
    )


def is_turned(case: Comparison) -> bool:
    """Whether a word stands for its opposite, which a denial may make good."""
    return any(
        one.sign * other.sign < 0
        for claim, source in case.alignment.swapped
        for one in claim.marks
        for other in source.marks
        if one.kind == other.kind and one.family == other.family
    )


def is_behind(token: Token) -> bool:
    """Whether it denies what stands before it: *is lacking*."""
    return any(mark.family == "behind" for mark in token.marks)


def corresponding(case: Comparison, kind: str) -> Iterator[tuple[Token, Token]]:
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
