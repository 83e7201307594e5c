"""The Entrez utilities, which PubMed and PubMed Central share: search, summaries, records.

https://www.ncbi.nlm.nih.gov/books/NBK25501/
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from msgspec import Raw, Struct
from msgspec import field as form_field

from loccit.backends.connectors.answers import decoded, number_in, one_line, written_date
from loccit.backends.connectors.cache import Kept
from loccit.backends.connectors.rules import EntrezRules
from loccit.backends.connectors.web import Wanted, Web
from loccit.terms import Offer, Unfetched

__all__ = ["Entrez", "Summary", "offer_of"]


class Found(Struct):
    """What a search found."""

    count: int | str = 0
    idlist: list[str] = form_field(default_factory=list)
    ERROR: str = ""


class Searched(Struct):
    """The answer of ``esearch``."""

    esearchresult: Found


class Summary(Struct):
    """A citation in short, as far as it is needed to choose."""

    title: str = ""
    fulljournalname: str = ""
    source: str = ""
    pubdate: str = ""
    sortpubdate: str = ""
    sortdate: str = ""
    pubtype: list[str] = form_field(default_factory=list)
    error: str = ""


class Summaries(Struct):
    """The answer of ``esummary``: the ids, and a summary under each."""

    result: dict[str, Raw]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entrez:
    """One database of Entrez."""

    web: Web
    rules: EntrezRules
    database: str
    contact: str = ""
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """The host asked."""
        return urlsplit(self.rules.services).netloc

    def search(self, term: str) -> tuple[list[str], int]:
        """The newest ids that the term finds, and how many there are. Raises ``Unfetched``."""
        query = {"term": term, "retmax": str(self.rules.most), "sort": "pub_date"}
        kept = self._get("esearch", {**query, "retmode": "json"}, content="json")
        found = decoded(kept.data, Searched, self.host).esearchresult
        if found.ERROR:
            raise Unfetched(f"{self.host} cannot read the query ({one_line(found.ERROR)})")
        ids = [each for each in found.idlist if number_in(each)]
        return ids, max(number_in(found.count), len(ids))

    def summaries(self, ids: list[str]) -> dict[str, Summary]:
        """The summaries by id, in the order of ``ids``; those that are not there are left out."""
        query = {"id": ",".join(ids), "retmode": "json"}
        kept = self._get("esummary", query, content="json")
        result = decoded(kept.data, Summaries, self.host).result
        told = {each: result[each] for each in ids if each in result}
        read = {each: decoded(bytes(raw), Summary, self.host) for each, raw in told.items()}
        return {each: summary for each, summary in read.items() if not summary.error}

    def records(self, ids: list[str], **form: str) -> Kept:
        """The records of ``ids`` as XML."""
        return self._get("efetch", {"id": ",".join(ids), "retmode": "xml", **form}, content="xml")

    def _get(self, service: str, query: dict[str, str], *, content: str) -> Kept:
        """The answer of one service. Who asks is said to the server and recorded nowhere."""
        asked = urlencode({"db": self.database, **query})
        said: dict[str, str] = {"tool": self.rules.tool, "email": self.contact, "api_key": self.key}
        return self.web.get(
            Wanted(
                url=f"{self.rules.services}{service}.fcgi?{asked}",
                content=content,
                private=tuple((name, value) for name, value in said.items() if value),
                has_key=bool(self.key),
            )
        )


def offer_of(summary: Summary, *, id_: str, url: str) -> Offer:
    """A citation as an offer; its date only where a day is given."""
    return Offer(
        id=id_,
        title=one_line(summary.title) or "without a title",
        publisher=one_line(summary.fulljournalname or summary.source),
        published_on=written_date(summary.sortpubdate or summary.sortdate or summary.pubdate),
        url=url,
        detail=one_line(", ".join(summary.pubtype)),
    )
