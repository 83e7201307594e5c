"""openFDA: the same labels as records of the FDA's public interface.

https://open.fda.gov/apis/drug/label/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from msgspec import Struct, field

from loccit.backends.connectors.answers import (
    decoded,
    one_by_one,
    one_line,
    words_asked,
    written_date,
)
from loccit.backends.connectors.choosing import (
    Candidate,
    is_set_id,
    newest_label,
    none_found,
    one_label,
)
from loccit.backends.connectors.rules import Kind, OpenFdaRules
from loccit.backends.connectors.web import NotThere, Wanted, Web
from loccit.terms import Fetched, Offer, Offers, SourceError

__all__ = ["OpenFda"]

PAGE = "https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid="
NAMES = ("openfda.generic_name", "openfda.brand_name")
_NOT_IN_A_PHRASE = re.compile(r'["\\]')


class Product(Struct):
    """The part of a record that openFDA adds; empty for labels that it could not match."""

    brand_name: list[str] = field(default_factory=list)
    generic_name: list[str] = field(default_factory=list)
    substance_name: list[str] = field(default_factory=list)
    manufacturer_name: list[str] = field(default_factory=list)


class Label(Struct):
    """A record, as far as it is needed to choose."""

    set_id: str = ""
    version: str | int = ""
    effective_time: str = ""
    openfda: Product = field(default_factory=Product)


class Count(Struct):
    """How many records there are."""

    total: int = 0


class Meta(Struct):
    """What openFDA says of every answer."""

    disclaimer: str = ""
    results: Count = field(default_factory=Count)


class Labels(Struct):
    """An answer."""

    results: list[Label]
    meta: Meta = field(default_factory=Meta)


class OpenFda:
    """``openfda:NAME`` or ``openfda:SETID``."""

    name = "openfda"

    def __init__(self, web: Web, rules: OpenFdaRules, *, key: str = "") -> None:
        self._web, self._rules, self._key = web, rules, key
        self._host = urlsplit(rules.labels).netloc

    def find(self, asked: str) -> Offers:
        """The newest labels of a drug, or the one of a set id; see the port."""
        asked = words_asked(asked)
        if is_set_id(asked):
            labels = self._labels(self._one(asked.lower()))
            offers = one_label(map(_candidate, labels.results), asked=asked, host=self._host)
        else:
            labels, offers = self._newest(asked)
        return _with_notice(offers, labels.meta.disclaimer)

    def fetch(self, offers: Sequence[Offer]) -> Iterator[Fetched | SourceError]:
        """The records, one answer each; see the port."""
        return one_by_one(offers, lambda offer: self._web.get(self._one(offer.id)), name=self.name)

    def _newest(self, asked: str) -> tuple[Labels, Offers]:
        near: list[Candidate] = []
        for kind in self._rules.kinds:
            labels = self._labels(self._wanted(_search(asked, kind)))
            candidates = [_candidate(each) for each in labels.results]
            if any(each.is_of(asked) for each in candidates):
                total = labels.meta.results.total
                return labels, newest_label(
                    candidates, asked=asked, called=kind.called, host=self._host, total=total
                )
            near.extend(candidates)
        raise none_found(asked, self._host, near=near)

    def _labels(self, wanted: Wanted) -> Labels:
        try:
            kept = self._web.get(wanted)
        except NotThere:  # how openFDA says that nothing was found
            return Labels(results=[])
        return decoded(kept.data, Labels, self._host)

    def _one(self, set_id: str) -> Wanted:
        return self._wanted(f'set_id:"{_phrase(set_id)}"')

    def _wanted(self, search: str) -> Wanted:
        query = {"search": search, "sort": "effective_time:desc", "limit": str(self._rules.most)}
        return Wanted(
            url=f"{self._rules.labels}?{urlencode(query)}",
            content="json",
            private=(("api_key", self._key),) if self._key else (),
            has_key=bool(self._key),
        )


def _search(asked: str, kind: Kind) -> str:
    either = " ".join(f'{name}:"{_phrase(asked)}"' for name in NAMES)
    return f'({either}) AND openfda.product_type:"{kind.code}"'


def _phrase(text: str) -> str:
    """``text`` as it can stand between quotes in openFDA's query language."""
    return " ".join(_NOT_IN_A_PHRASE.sub(" ", text).split())


def _candidate(label: Label) -> Candidate:
    product = label.openfda
    brands, generics = product.brand_name[:1], product.generic_name[:1]
    generic = f" ({generics[0]})" if brands and generics else "".join(generics)
    return Candidate(
        offer=Offer(
            id=one_line(label.set_id),
            title=one_line(f"{''.join(brands)}{generic}") or "a label without names",
            publisher=one_line("; ".join(product.manufacturer_name[:2])),
            version=one_line(str(label.version)),
            published_on=written_date(label.effective_time),
            url=PAGE + one_line(label.set_id),
        ),
        names=(*product.brand_name, *product.generic_name),
        is_single=len(product.substance_name) == 1,
    )


def _with_notice(offers: Offers, notice: str) -> Offers:
    return replace(offers, notice=one_line(notice))
