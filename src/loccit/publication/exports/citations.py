"""The references of an article for reference managers: CSL-JSON, RIS, BibTeX.

Only what a source's card says is written: no author is made up where a card has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from loccit.publication.nearest import nearest_references
from loccit.publication.showing import is_web_address, visible
from loccit.publication.words import load_words
from loccit.terms import Abstention, Article, DocumentCard, Reference, SourceKind, Standing

__all__ = ["ENDINGS", "as_bibtex", "as_csl_json", "as_ris", "csl_items"]

ENDINGS = (
    (".md", "Markdown"),
    (".json", "JSON"),
    (".pdf", "PDF"),
    (".ris", "RIS"),
    (".bib", "BibTeX"),
    (".csl.json", "CSL-JSON"),
    (".ama.txt", "AMA"),
    (".vancouver.txt", "Vancouver"),
)
"""Endings of an article's address and what is had there, as offered on its page."""
IN_JOURNALS = frozenset(
    {SourceKind.SYSTEMATIC_REVIEW, SourceKind.TRIAL, SourceKind.ABSTRACT, SourceKind.ARTICLE}
)
"""Kinds whose card names the journal as publisher."""
_JOURNAL, _REPORT = "article-journal", "report"
_RIS_TYPES = {_JOURNAL: "JOUR", _REPORT: "RPRT"}
_RIS_FIELDS = (
    ("TI", "title"),
    ("T2", "container-title"),
    ("PB", "publisher"),
    ("ET", "version"),
    ("DO", "DOI"),
    ("AN", "PMID"),
    ("UR", "URL"),
    ("M3", "genre"),
    ("N1", "note"),
)
_BIBTEX_TYPES = {_JOURNAL: "article", _REPORT: "techreport"}
_BIBTEX_FIELDS = (
    ("title", "title"),
    ("journal", "container-title"),
    ("institution", "publisher"),
    ("number", "version"),
    ("type", "genre"),
    ("doi", "DOI"),
    ("url", "URL"),
    ("note", "note"),
)
_TEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_PLAIN_FIELDS = frozenset({"doi", "url"})
"""Fields that BibTeX styles hand on as they are."""


def csl_items(answer: Article | Abstention) -> list[dict[str, Any]]:
    """The references as CSL-JSON items, in their order."""
    found = answer.references if isinstance(answer, Article) else nearest_references(answer)
    return [_item(reference) for reference in found]


def _item(reference: Reference) -> dict[str, Any]:
    card = reference.card
    known = {**card.original_identifiers, **card.identifiers}
    in_journal = card.evidence_kind in IN_JOURNALS
    day = card.effective_on
    parts = [day.year, day.month, day.day] if day else [card.year] if card.year else []
    values = {
        "id": f"ref-{reference.number}",
        "type": _JOURNAL if in_journal else _REPORT,
        "title": _line(_title(card)),
        "container-title" if in_journal else "publisher": _line(card.publisher),
        "genre": "" if in_journal else load_words().of("source_kind", card.evidence_kind),
        "version": _line(card.version),
        "issued": {"date-parts": [parts]} if parts else "",
        "DOI": _line(known.get("doi", "")),
        "PMID": _line(known.get("pmid", "")),
        "PMCID": _line(known.get("pmcid", "")),
        "URL": card.url if is_web_address(card.url) else "",
        "note": _note(card),
    }
    return {name: value for name, value in values.items() if value}


def _title(card: DocumentCard) -> str:
    """The title of the work: a summary is cited as what it summarises, and its note says so."""
    beginning = f"{load_words().label('summary_of')} "
    is_summary = card.kind is SourceKind.SUMMARY
    return card.title.removeprefix(beginning) if is_summary else card.title


def _note(card: DocumentCard) -> str:
    words = load_words()
    summary = card.kind is SourceKind.SUMMARY
    said = (
        f"read through a {words.label('pack_summary')}" if summary else "",
        "" if card.standing is Standing.CURRENT else words.of("standing", card.standing),
    )
    return "; ".join(filter(None, said))


def _line(text: str) -> str:
    return " ".join(visible(text).split())


def as_csl_json(answer: Article | Abstention) -> str:
    """The references as a CSL-JSON list."""
    return json.dumps(csl_items(answer), ensure_ascii=False, indent=2) + "\n"


def as_ris(answer: Article | Abstention) -> str:
    """The references as RIS records."""
    return "".join(line + "\r\n" for item in csl_items(answer) for line in _ris(item))


def _ris(item: dict[str, Any]) -> Iterator[str]:
    yield f"TY  - {_RIS_TYPES[item['type']]}"
    yield f"ID  - {item['id']}"
    for tag, field in _RIS_FIELDS:
        if field in item:
            yield f"{tag}  - {item[field]}"
    if parts := _date(item):
        yield f"PY  - {parts[0]}"
        yield f"DA  - {'/'.join(f'{part:02}' for part in parts)}{'/' * (3 - len(parts))}"
    yield "ER  - "
    yield ""


def as_bibtex(answer: Article | Abstention) -> str:
    """The references as BibTeX entries."""
    return "\n".join(_bibtex(item) for item in csl_items(answer))


def _bibtex(item: dict[str, Any]) -> str:
    fields = [
        (name, _plain(item[field]) if name in _PLAIN_FIELDS else _tex(item[field]))
        for name, field in _BIBTEX_FIELDS
        if field in item
    ]
    if parts := _date(item):
        fields.append(("year", str(parts[0])))
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@{_BIBTEX_TYPES[item['type']]}{{{item['id']},\n{lines}}}\n"


def _tex(text: str) -> str:
    """Text with the signs that TeX would act on written out.

    Braces get names: BibTeX counts them to find the end of a field, whatever stands before them.
    """
    return re.sub(r"[&%$#_{}\\~^]", lambda match: _TEX[match.group()], text)


def _plain(address: str) -> str:
    """An address with no brace in it."""
    return address.replace("{", "%7B").replace("}", "%7D")


def _date(item: dict[str, Any]) -> list[int]:
    issued = item.get("issued")
    return list(issued["date-parts"][0]) if issued else []
