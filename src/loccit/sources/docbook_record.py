"""What a DocBook file says of itself: title, revision, dates, licence, who publishes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

from lxml import etree

from loccit.sources.assembly import clean
from loccit.sources.dates import written_day, year_of
from loccit.sources.inline import inline_text, local_name, words_of
from loccit.sources.licences import named_licence
from loccit.terms import Licence, SourceKind

__all__ = [
    "VETERANS_AFFAIRS",
    "ElementText",
    "dates",
    "is_from_va",
    "kind",
    "licence",
    "publisher",
    "slug",
    "subjects",
    "title",
    "version",
]

ElementText = Callable[["etree._Element"], str]  # noqa: SLF001 - lxml names its type so

VETERANS_AFFAIRS = "US Department of Veterans Affairs"
INFO = ("info", "bookinfo", "articleinfo")

_NAME_OF_SERIES = re.compile(r"Clinical Decision Support \(CDS\) Content and Health Level 7")
"""A title that all white papers share; what one is about stands in its subtitle."""
_PROTOCOL = re.compile(
    r"order sets?\b|\borders\b|documentation template|\bprotocols?\b|consult\b|clinical note",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def title(root: etree._Element) -> str:
    """Title and subtitle; the subtitle alone where the title only names the series."""
    main, sub = (_said(root, name) for name in ("title", "subtitle"))
    if not sub or _NAME_OF_SERIES.match(main):
        return sub or main
    return f"{main}: {sub}"


def _said(root: etree._Element, name: str) -> str:
    """The first element of this name in the root or its information."""
    found = next(_info(root, name), None)
    return "" if found is None else clean(inline_text(found, {}))


def _info(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Elements of these names that describe the whole, and not a part of it."""
    for place in (root, *(child for child in root if local_name(child) in INFO)):
        yield from (child for child in place if local_name(child) in names)


def slug(text: str) -> str:
    """A title as a name for its series: ``Heart: Rate (VTE)`` gives ``heart-rate-vte``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))[:120]


def is_from_va(root: etree._Element) -> bool:
    """Whether the authors are the US Department of Veterans Affairs."""
    named = " ".join(words_of(part) for part in _info(root, "authorgroup", "author", "publisher"))
    notices = " ".join(words_of(part) for part in _info(root, "legalnotice"))
    return "Veterans Affairs" in named or "US Veterans Health Administration" in notices


def publisher(root: etree._Element) -> str:
    """Publisher, or the organisation that wrote it."""
    for part in _info(root, "publisher", "corpauthor", "orgname", "authorgroup", "author"):
        for item in part.iter("{*}publishername", "{*}orgname", "{*}corpauthor"):
            text = words_of(item)
            if text:
                return text
    return ""


def kind(document_title: str) -> SourceKind:
    """An order set, template or consult request is a protocol; anything else a guideline."""
    return SourceKind.PROTOCOL if _PROTOCOL.search(document_title) else SourceKind.GUIDELINE


def version(root: etree._Element) -> str:
    """The number of the newest revision, else of the edition."""
    for revision in _revisions(root):
        number = _NUMBER.search(revision.findtext("{*}revnumber") or "")
        if number:
            return number.group()
    for part in _info(root, "edition", "volumenum", "releaseinfo"):
        number = re.search(r"version\s+([\d.]+\d)", words_of(part), re.IGNORECASE)
        if number:
            return number.group(1)
    return ""


def _revisions(root: etree._Element) -> Iterator[etree._Element]:
    for history in _info(root, "revhistory"):
        yield from history.iterfind("{*}revision")


def dates(root: etree._Element, findings: list[str]) -> tuple[date | None, int | None]:
    """The day of the newest revision, or of publication where given in full; and the year."""
    published = [_said(root, "pubdate"), _said(root, "date")]
    revised = [revision.findtext("{*}date") or "" for revision in _revisions(root)]
    newest = max(
        filter(None, (written_day(text, findings) for text in published + revised)), default=None
    )
    holders = [words_of(part) for part in _info(root, "copyright")]
    year = next(filter(None, map(year_of, published + holders)), None)
    if newest and year and year > newest.year:
        findings.append(f"the newest revision, {newest}, is older than the publication in {year}")
        newest = None
    return newest, newest.year if newest else year


def licence(root: etree._Element) -> Licence | None:
    """The licence of the legal notice, with the copyright holders as attribution."""
    holders = [words_of(part) for part in _info(root, "copyright")]
    for notice in _info(root, "legalnotice", "copyright"):
        found = named_licence(words_of(notice), attribution="; ".join(dict.fromkeys(holders)))
        if found:
            return found
    return None


def subjects(root: etree._Element) -> tuple[str, ...]:
    """Keywords and subject terms."""
    words = (
        words_of(item)
        for part in _info(root, "keywordset", "subjectset")
        for item in part.iter("{*}keyword", "{*}subjectterm")
    )
    return tuple(dict.fromkeys(filter(None, words)))
