"""What is worked out of all cards once, when a base is settled, and read by every answer."""

from __future__ import annotations

from collections import Counter

from loccit.terms import Coverage, DocumentCard, SourceKind, Standing

__all__ = ["coverage_of", "original_identifiers"]


def original_identifiers(cards: list[DocumentCard]) -> list[str]:
    """Identifiers (``kind:value``) of all current sources that are no summaries."""
    return sorted(
        f"{name}:{value.casefold()}"
        for card in cards
        if card.kind is not SourceKind.SUMMARY and card.standing is Standing.CURRENT
        for name, value in card.identifiers.items()
    )


def coverage_of(cards: list[DocumentCard]) -> Coverage:
    """What so many sources hold, in numbers."""
    dates = sorted(str(card.effective_on or card.year) for card in cards if card.year)
    return Coverage(
        documents=len(cards),
        passages=sum(card.passages for card in cards),
        by_kind=dict(sorted(Counter(str(card.kind) for card in cards).items())),
        newest=dates[-1] if dates else "",
        oldest=dates[0] if dates else "",
    )
