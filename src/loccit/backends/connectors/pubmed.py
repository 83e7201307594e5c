"""PubMed: citations with their abstracts, by a query in PubMed's own language or by number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loccit.backends.connectors.answers import one_line, words_asked
from loccit.backends.connectors.entrez import Entrez, offer_of
from loccit.terms import Fetched, Offer, Offers, SourceError, Unfetched

__all__ = ["PubMed"]

PAGE = "https://pubmed.ncbi.nlm.nih.gov/"
_NUMBERS = re.compile(r"\d{1,9}(?:\s*,\s*\d{1,9})*", re.ASCII)


class PubMed:
    """``pubmed:QUERY``, or ``pubmed:PMID,PMID``."""

    name = "pubmed"

    def __init__(self, entrez: Entrez) -> None:
        self._entrez = entrez

    def find(self, asked: str) -> Offers:
        """The newest citations that the query finds, all of them chosen; see the port."""
        most = self._entrez.rules.most
        asked = words_asked(asked, longest=self._entrez.rules.longest_query)
        if _NUMBERS.fullmatch(asked):
            ids = list(dict.fromkeys(re.findall(r"\d+", asked)))[:most]
            total, why = len(ids), "the ones named"
        else:
            ids, total = self._entrez.search(f"({asked}) AND {self._entrez.rules.restriction}")
            why = "all that were found with an abstract"
            if total > len(ids):
                why = f"the newest {len(ids)} of {total} with an abstract; narrow the query"
        summaries = self._entrez.summaries(ids) if ids else {}
        offers = tuple(
            offer_of(summary, id_=pmid, url=f"{PAGE}{pmid}/") for pmid, summary in summaries.items()
        )
        if not offers:
            raise Unfetched(
                f"{self._entrez.host} found nothing for {one_line(asked)!r}", cure="check the query"
            )
        return Offers(host=self._entrez.host, found=offers, chosen=offers, why=why, total=total)

    def fetch(self, offers: Sequence[Offer]) -> Iterator[Fetched | SourceError]:
        """All citations in one answer, as MEDLINE's XML; see the port."""
        if not offers:
            return
        ids = [offer.id for offer in offers]
        where = f"{self.name}:{','.join(ids)}"
        try:
            kept = self._entrez.records(ids)
        except Unfetched as error:
            yield error.at(where)
            return
        yield Fetched(name=where, url=kept.url, retrieved_at=kept.retrieved_at, data=kept.data)
