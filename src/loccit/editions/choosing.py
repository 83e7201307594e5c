"""Chooses the two editions that are compared."""

from __future__ import annotations

from collections.abc import Sequence

from loccit.terms import DocumentCard, NotInBase, UsageError

__all__ = ["choose"]


def choose(
    cards: Sequence[DocumentCard], *, older: str = "", newer: str = ""
) -> tuple[DocumentCard, DocumentCard]:
    """The editions named, of one work; by default the newest and the one before it.

    An edition is named by its version, its day in force or its id. Raises ``UsageError`` for one
    that is not there, and ``NotInBase`` where there are no two.
    """
    ordered = sorted(cards, key=lambda card: card.age)
    if len(ordered) < 2:  # noqa: PLR2004 - a comparison takes two
        only = f"only {ordered[0].id}" if ordered else "nothing"
        raise NotInBase(f"the base holds {only} of this source; add another edition to compare")
    last = _named(ordered, newer) if newer else len(ordered) - 1
    first = _named(ordered, older) if older else last - 1
    if first < 0:
        raise UsageError(f"no edition is older than {ordered[last].id}; name one with --from")
    return ordered[first], ordered[last]


def _named(ordered: Sequence[DocumentCard], name: str) -> int:
    for place, card in reversed([*enumerate(ordered)]):
        if name in (card.version, str(card.effective_on), card.id):
            return place
    there = ", ".join(f"{card.version} ({card.effective_on or card.year})" for card in ordered)
    raise UsageError(f"no edition is called {name!r}; the base holds {there}")
