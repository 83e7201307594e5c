"""What a check has to say of a comparison, before it is bound to a place in a document."""

from __future__ import annotations

from typing import NamedTuple

from loccit.terms import Finding, Locator, Verdict
from loccit.verification.tokens import Token

__all__ = ["Remark", "contradicts", "exceeds", "missing"]


class Remark(NamedTuple):
    """A fault: how far it lowers the verdict, why, and the words on both sides."""

    verdict: Verdict
    message: str
    claim: tuple[int, int] | None = None
    source: tuple[int, int] | None = None

    def finding(self, check: str, place: Locator | None) -> Finding:
        """The finding of ``check``; ``place`` locates the words that were looked at."""
        locator = place
        if place and self.source:
            start, end = (place.start + offset for offset in self.source)
            locator = place.within(start, end) if start < end <= place.end else place
        return Finding(
            check=check,
            verdict=self.verdict,
            message=self.message,
            locator=locator,
            span=self.claim,
        )


def _place(token: Token | None) -> tuple[int, int] | None:
    return (token.start, token.end) if token else None


def contradicts(message: str, claim: Token | None, source: Token | None = None) -> Remark:
    """The source says otherwise."""
    return Remark(Verdict.CONTRADICTED, message, _place(claim), _place(source))


def exceeds(message: str, claim: Token | None, source: Token | None = None) -> Remark:
    """The sentence goes beyond its source."""
    return Remark(Verdict.PARTLY, message, _place(claim), _place(source))


def missing(message: str, claim: Token | None = None) -> Remark:
    """The source does not speak of it."""
    return Remark(Verdict.NOT_FOUND, message, _place(claim))
