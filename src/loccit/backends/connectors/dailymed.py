"""DailyMed: the labels that the FDA publishes, by the National Library of Medicine.

https://dailymed.nlm.nih.gov/dailymed/webservices-help/v2/spls_api.cfm
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode, urlsplit

from msgspec import Struct

from loccit.backends.connectors.answers import (
    decoded,
    number_in,
    one_by_one,
    one_line,
    words_asked,
    written_date,
)
from loccit.backends.connectors.cache import Kept
from loccit.backends.connectors.choosing import (
    Candidate,
    is_set_id,
    newest_label,
    none_found,
    one_label,
)
from loccit.backends.connectors.rules import DailyMedRules
from loccit.backends.connectors.web import NotThere, Wanted, Web
from loccit.terms import Fetched, Offer, Offers, SourceError

__all__ = ["DailyMed"]

PAGE = "https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid="
_TITLE = re.compile(r"(?P<product>.*?)\s*\[(?P<labeler>[^\[\]]*)\]\s*$", re.DOTALL)
_GENERICS = re.compile(r"\((?P<names>(?:[^()]|\([^()]*\))*)\)(?P<form>[^()]*)$")
_BETWEEN = re.compile(r",\s*(?:and\s+)?|;\s*|\s+and\s+", re.IGNORECASE)


class Spl(Struct):
    """A label in a list."""

    setid: str
    title: str
    spl_version: int | str = ""
    published_date: str = ""


class Metadata(Struct):
    """Where a list stands among its pages."""

    total_elements: int | str = 0
    total_pages: int | str = 1


class Spls(Struct):
    """A page of a list of labels."""

    data: list[Spl]
    metadata: Metadata


class DailyMed:
    """``dailymed:NAME`` or ``dailymed:SETID``."""

    name = "dailymed"

    def __init__(self, web: Web, rules: DailyMedRules) -> None:
        self._web, self._rules = web, rules
        self._host = urlsplit(rules.services).netloc

    def find(self, asked: str) -> Offers:
        """The labels of a drug, or the one of a set id; see the port."""
        asked = words_asked(asked)
        if is_set_id(asked):
            return one_label(self._listed({"setid": asked})[0], asked=asked, host=self._host)
        near: list[Candidate] = []
        for kind in self._rules.kinds:
            candidates, total = self._listed({"drug_name": asked, "doctype": kind.code})
            if any(each.is_of(asked) for each in candidates):
                return newest_label(
                    candidates, asked=asked, called=kind.called, host=self._host, total=total
                )
            near.extend(candidates)
        raise none_found(asked, self._host, near=near)

    def fetch(self, offers: Sequence[Offer]) -> Iterator[Fetched | SourceError]:
        """The labels as SPL XML; see the port."""
        return one_by_one(offers, self._label, name=self.name)

    def _label(self, offer: Offer) -> Kept:
        address = f"{self._rules.services}spls/{quote(offer.id, safe='')}.xml"
        return self._web.get(Wanted(url=address, content="xml"))

    def _listed(self, filters: dict[str, str]) -> tuple[list[Candidate], int]:
        """The labels that pass the filters, of as many pages as are asked for, and their number."""
        found: list[Candidate] = []
        total = 0
        for number in range(1, self._rules.most_pages + 1):
            page = self._page(
                filters | {"pagesize": str(self._rules.page_size), "page": str(number)}
            )
            found.extend(self._candidate(each) for each in page.data)
            total = number_in(page.metadata.total_elements)
            if number >= number_in(page.metadata.total_pages) or not page.data:
                break
        return found, total

    def _page(self, query: dict[str, str]) -> Spls:
        address = f"{self._rules.services}spls.json?{urlencode(query)}"
        try:
            kept = self._web.get(Wanted(url=address, content="json"))
        except NotThere:
            return Spls(data=[], metadata=Metadata())
        return decoded(kept.data, Spls, self._host)

    def _candidate(self, spl: Spl) -> Candidate:
        title = one_line(spl.title)
        parts = _TITLE.match(title)
        product = parts["product"] if parts else title
        generics = _GENERICS.search(product)
        names = generics["names"] if generics else product
        form = generics["form"].split() if generics else []
        single = len([each for each in _BETWEEN.split(names) if each.strip()]) == 1
        return Candidate(
            offer=Offer(
                id=one_line(spl.setid),
                title=product,
                publisher=parts["labeler"] if parts else "",
                version=one_line(str(spl.spl_version)),
                published_on=written_date(spl.published_date),
                url=PAGE + quote(spl.setid, safe=""),
            ),
            names=(product[: generics.start()], names) if generics else (product,),
            is_single=single and not any(kit in form for kit in self._rules.kits),
        )
