"""openFDA drug labels: one object, a response with ``results``, or one object a line.

openFDA runs each section together into one line, gives most subsections twice (alone and inside
their parent) and the tables a third time as markup. Here every word stands once, under the
headings that the printed label has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from loccit.ports import RawSource, Reading
from loccit.sources import labels
from loccit.sources.assembly import Assembled, clean
from loccit.sources.json_records import BadRecord, json_records
from loccit.sources.openfda_sections import label_layout, sections_of
from loccit.sources.openfda_writing import LabelWriter
from loccit.terms import DocumentId, NothingToRead, SourceDocument, SourceKind, Unreadable

__all__ = ["READER", "OpenFdaReader"]

MAX_RXCUIS = 5
"""A label with more RxNorm codes covers a product line; the list would identify nothing."""
SHORTEST_NAME = 4
_LIST_KEY = re.compile(rb'"([a-z_]{4,80})"\s*:\s*\[')


class OpenFdaReader:
    """Reads labels as the openFDA API and its bulk files give them."""

    name = "openfda/1"

    def recognises(self, head: bytes) -> bool:
        """Whether the JSON holds keys of openFDA's label records."""
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if not start.startswith((b"{", b"[")):
            return False
        keys = {key.decode() for key in _LIST_KEY.findall(head)}
        return "spl_product_data_elements" in keys or len(keys & labels.by_key().keys()) > 1

    def read(self, source: RawSource) -> Iterator[Reading]:
        """The labels in order; a record that is broken or no label comes as its error."""
        for place, record in json_records(source):
            if isinstance(record, BadRecord):
                yield Unreadable(record.cause, where=source.name, place=place, cure=record.cure)
            else:
                yield _reading(record, source.name, place, self.name)


def _reading(record: dict[str, Any], where: str, place: str, parser: str) -> Reading:
    set_id = _word(record, "set_id").lower()
    if not set_id:
        return Unreadable(
            "has no set_id, so it is no openFDA label",
            where=where,
            place=place,
            cure="fetch labels from api.fda.gov/drug/label",
        )
    findings: list[str] = []
    names = _Names(record.get("openfda"))
    made = _text(record, names, findings)
    if not made.text:
        return NothingToRead("holds no label text", where=where, place=place)
    version = _word(record, "version")
    effective = _word(record, "effective_time")
    day = labels.compact_date(effective)
    if day is None:
        findings.append(f"effective_time {effective!r} is no date; left out")
    return SourceDocument(
        id=DocumentId(f"set_id:{set_id}@{version or _word(record, 'id')}"),
        series=f"set_id:{set_id}",
        kind=SourceKind.LABEL,
        title=names.title(set_id),
        text=made.text,
        sections=made.sections,
        spans=made.spans,
        parser=parser,
        publisher="; ".join(names.all("manufacturer_name")),
        jurisdiction="US",
        version=version,
        effective_on=day,
        year=day.year if day else None,
        url=labels.daily_med_url(set_id),
        identifiers=_identifiers(record, names),
        subjects=labels.unique(
            [*names.all("generic_name"), *names.all("brand_name"), *names.all("substance_name")]
        ),
        licence=labels.LABEL_LICENCE,
        findings=tuple(dict.fromkeys(findings)),
    )


def _text(record: dict[str, Any], names: _Names, findings: list[str]) -> Assembled:
    writer = LabelWriter(names.words())
    for section in sorted(sections_of(record, findings), key=label_layout(record).place):
        writer.write(section)
    return writer.finish(findings)


class _Names:
    """The ``openfda`` part of a record, whose values are lists of strings."""

    def __init__(self, values: Any) -> None:
        self._values = values if isinstance(values, dict) else {}

    def all(self, key: str) -> list[str]:
        values = self._values.get(key)
        return [clean(v) for v in values if isinstance(v, str)] if isinstance(values, list) else []

    def words(self) -> tuple[str, ...]:
        """First words of the product's names, in small letters."""
        keys = ("brand_name", "generic_name", "substance_name")
        first = (name.casefold().split()[0] for key in keys for name in self.all(key) if name)
        return tuple(dict.fromkeys(word for word in first if len(word) >= SHORTEST_NAME))

    def title(self, set_id: str) -> str:
        return labels.label_title(
            brands=self.all("brand_name"),
            generics=self.all("generic_name") or self.all("substance_name"),
            over_the_counter=any("OTC" in kind for kind in self.all("product_type")),
            fallback=f"Drug label {set_id}",
        )


def _identifiers(record: dict[str, Any], names: _Names) -> dict[str, str]:
    rxcuis = names.all("rxcui")
    found = {
        "set_id": _word(record, "set_id").lower(),
        "spl_id": _word(record, "id").lower(),
        "application_number": ", ".join(names.all("application_number")),
        "rxcui": ", ".join(rxcuis) if len(rxcuis) <= MAX_RXCUIS else "",
    }
    return {name: value for name, value in found.items() if value}


def _word(record: dict[str, Any], key: str) -> str:
    value = record.get(key, "")
    return clean(str(value)) if isinstance(value, str | int) else ""


READER = OpenFdaReader()
