"""Says which sources came first for where they hold, and whether they answer."""

from __future__ import annotations

from dataclasses import replace

from loccit.terms import LOCAL, Abstention, Article, Coverage, Preferred

__all__ = ["with_preferred"]


def with_preferred(answer: Article | Abstention) -> Coverage:
    """The coverage of an answer with the local sources cited, and those where it was asked for.

    Nothing is said of local sources where none is cited; of a jurisdiction asked for, always.
    """
    asked = answer.question.jurisdiction
    cards = [each.card for each in answer.references] if isinstance(answer, Article) else []
    local = tuple(card.id for card in cards if card.jurisdiction == LOCAL)
    preferred = [Preferred(jurisdiction=LOCAL, documents=local)] if local else []
    if asked:
        there = tuple(card.id for card in cards if card.jurisdiction == asked)
        preferred.append(Preferred(jurisdiction=asked, documents=there))
    return replace(answer.coverage, preferred=tuple(preferred))
