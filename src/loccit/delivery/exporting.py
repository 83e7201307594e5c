"""Approved editions for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from loccit.delivery.reviewing import opened
from loccit.editorial import Editorial
from loccit.publication.exports.fhir import ApprovedEdition, as_fhir
from loccit.review import review_of
from loccit.terms import Person
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
    text, completed = editorial.edition(article, number)
    ledger = editorial.ledger(article)
    then = replace(ledger, decisions=ledger.decisions[: completed.number])
    return ApprovedEdition(
        name=article,
        text=text,
        completed=completed,
        review=review_of(then, editorial.rules),
        now=review_of(ledger, editorial.rules),
        people=tuple(people),
    )
