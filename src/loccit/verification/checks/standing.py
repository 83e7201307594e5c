"""Whether the source may still be relied on."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.terms import Standing, Verdict
from loccit.verification.grounds import Ground
from loccit.verification.remarks import Remark

__all__ = ["standing"]

_SAYS = {
    Standing.DRAFT: (Verdict.PARTLY, "the source is a draft"),
    Standing.SUPERSEDED: (Verdict.PARTLY, "a newer edition has superseded the source"),
    Standing.EXPRESSION_OF_CONCERN: (
        Verdict.PARTLY,
        "its publisher has expressed concern about the source",
    ),
    Standing.WITHDRAWN: (Verdict.NOT_FOUND, "the source has been withdrawn"),
    Standing.RETRACTED: (Verdict.NOT_FOUND, "the source has been retracted"),
}


def standing(ground: Ground) -> Iterator[Remark]:
    """A retracted or withdrawn source supports nothing; a draft or superseded one not fully."""
    card = ground.card
    if card and card.standing in _SAYS:
        yield Remark(*_SAYS[card.standing])
