"""Approved editions for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from loccit.delivery.reviewing import opened
from loccit.editorial import Editorial
from loccit.publication.exports.fhir import ApprovedEdition, as_fhir
from loccit.review import ReviewRules, review_of
from loccit.terms import Decision, Ledger, NoSuchArticle, Person, Review
from loccit.wiring import open_ledgers

__all__ = ["approved_edition", "fhir_of"]


def fhir_of(article: str, base: Path | None, *, edition: int = 0) -> str:
    """An approved edition as a FHIR document, the newest for 0. Raises ``NoSuchArticle``."""
    people = open_ledgers(base).people()
    return as_fhir(approved_edition(opened(base), people, article, edition))


def approved_edition(
    editorial: Editorial, people: Sequence[Person], article: str, number: int = 0
) -> ApprovedEdition:
    """An approved edition with its review, the newest for number 0.

    Raises ``NoSuchArticle`` where no edition of that number was ever approved.
    """
    ledger, rules = editorial.ledger(article), editorial.rules
    wanted = [each for each in _completed(ledger, rules) if number in (0, each[1].edition)]
    if not wanted:
        raise NoSuchArticle(f"{article}: has no such approved edition")
    completed, review = wanted[-1]
    return ApprovedEdition(
        name=article,
        text=editorial.text(article, completed.number),
        completed=completed,
        review=review,
        now=review_of(ledger, rules),
        people=tuple(people),
    )


def _completed(ledger: Ledger, rules: ReviewRules) -> Iterator[tuple[Decision, Review]]:
    """The decision that completed each edition, and where the article stood by it."""
    count = 0
    for number, last in enumerate(ledger.decisions, 1):
        review = review_of(replace(ledger, decisions=ledger.decisions[:number]), rules)
        if review.edition > count:
            count = review.edition
            yield last, review
