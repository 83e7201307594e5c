"""PubMed Central: an article in full, by its number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loccit.backends.connectors.answers import one_by_one, one_line
from loccit.backends.connectors.entrez import Entrez, offer_of
from loccit.terms import Fetched, Offer, Offers, SourceError, Unfetched

__all__ = ["Pmc"]

PAGE = "https://pmc.ncbi.nlm.nih.gov/articles/"
_PMCID = re.compile(r"(?:PMC)?(\d{1,9})", re.IGNORECASE | re.ASCII)


class Pmc:
    """``pmc:PMC1234567``."""

    name = "pmc"

    def __init__(self, entrez: Entrez) -> None:
        self._entrez = entrez

    def find(self, asked: str) -> Offers:
        """The article of that number; see the port."""
        number = _PMCID.fullmatch(asked.strip())
        if number is None:
            cure = 'give its number, as PMC1234567; find it with pubmed:"QUERY"'
            raise Unfetched(f"{one_line(asked)!r} is no number of PubMed Central", cure=cure)
        pmcid = f"PMC{number[1]}"
        offers = tuple(
            offer_of(each, id_=pmcid, url=f"{PAGE}{pmcid}/")
            for each in self._entrez.summaries([number[1]]).values()
        )
        if not offers:
            raise Unfetched(f"{self._entrez.host} has no article {pmcid}", cure="check the number")
        return Offers(
            host=self._entrez.host, found=offers, chosen=offers, why="the one named", total=1
        )

    def fetch(self, offers: Sequence[Offer]) -> Iterator[Fetched | SourceError]:
        """The articles in JATS; see the port.

        Where a publisher allows no more, PubMed Central gives the abstract alone.
        """
        return one_by_one(
            offers,
            lambda offer: self._entrez.records([offer.id.removeprefix("PMC")]),
            name=self.name,
        )
