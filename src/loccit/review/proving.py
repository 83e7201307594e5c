"""Whether ledgers, and the texts that they name, are as they were sealed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from loccit.review.chain import broken_link
from loccit.review.digests import content_digest, evidence_digest
from loccit.terms import Article, Decision, Ledger, LoccitError

__all__ = ["proved"]


class Written(Protocol):
    """Ledgers with their texts, to be read."""

    def ledgers(self) -> Iterator[Ledger]:
        """All ledgers with a line in them."""
        ...

    def text(self, article: str, number: int = 0) -> Article:
        """The text as a decision left it."""
        ...


def proved(written: Written) -> Iterator[tuple[Ledger, Decision | None]]:
    """Every ledger, with the first line of it that is not as it was sealed, if one is not."""
    for ledger in written.ledgers():
        yield ledger, broken_link(ledger) or _unlike_its_text(written, ledger)


def _unlike_its_text(written: Written, ledger: Ledger) -> Decision | None:
    """The first decision whose stored text is not the one that was decided on."""
    for each in ledger.decisions:
        try:
            text = written.text(ledger.article, each.number)
        except LoccitError:  # damaged, or gone: the first line that nobody can read again
            return each
        if (content_digest(text), evidence_digest(text)) != (each.content, each.evidence):
            return each
    return None
