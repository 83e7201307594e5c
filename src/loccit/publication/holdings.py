"""What a base holds, counted: by kind, year, issuer and standing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from loccit.terms import DocumentCard

__all__ = ["Counted", "Holdings", "holdings_of"]

ISSUERS = 20
"""Issuers that are named; the rest are counted together."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """How many documents there are of a value, and of each kind within it."""

    value: str
    """Empty where the source does not tell, or for the rest of a list."""
    documents: int
    by_kind: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Holdings:
    """The counts of a base: kinds and issuers by number, years in order."""

    documents: int
    passages: int
    by_kind: tuple[Counted, ...]
    by_year: tuple[Counted, ...]
    by_issuer: tuple[Counted, ...]
    other_issuers: int
    by_standing: tuple[Counted, ...]
    digest: str


def holdings_of(cards: Iterable[DocumentCard], *, digest: str) -> Holdings:
    """The counts. A summary counts as what it summarises."""
    held = tuple(cards)
    issuers = _most_first(Counter(card.publisher for card in held))
    return Holdings(
        documents=len(held),
        passages=sum(card.passages for card in held),
        by_kind=_most_first(Counter(str(card.evidence_kind) for card in held)),
        by_year=_years(held),
        by_issuer=issuers[:ISSUERS],
        other_issuers=sum(each.documents for each in issuers[ISSUERS:]),
        by_standing=_most_first(Counter(str(card.standing) for card in held)),
        digest=digest,
    )


def _most_first(counted: Counter[str]) -> tuple[Counted, ...]:
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Counted(value=value, documents=number) for value, number in ordered)


def _years(cards: Iterable[DocumentCard]) -> tuple[Counted, ...]:
    """In order of time; those of no known year come last."""
    years: dict[str, Counter[str]] = {}
    for card in cards:
        years.setdefault(str(card.year or ""), Counter())[str(card.evidence_kind)] += 1
    return tuple(
        Counted(
            value=year, documents=years[year].total(), by_kind=tuple(sorted(years[year].items()))
        )
        for year in sorted(years, key=lambda year: (not year, year.zfill(4)))
    )
