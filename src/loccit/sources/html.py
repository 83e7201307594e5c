"""Web pages: the main content as a reader sees it, by its headings; nothing hidden, no menus."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from loccit.ports import RawSource, Reading
from loccit.sources import unmarked
from loccit.sources.assembly import Assembler, clean
from loccit.sources.dates import written_day
from loccit.sources.encodings import decoded, is_text
from loccit.sources.grids import html_rows
from loccit.sources.html_tree import EDGE, page_tree, refuse_deep
from loccit.sources.licences import named_licence
from loccit.sources.xml_flow import Flow, Grammar
from loccit.sources.xml_safety import depth_guarded, read_whole
from loccit.terms import DocumentId, NothingToRead, SourceDocument, SourceError

__all__ = ["READER", "HtmlReader", "read_page"]

MAX_BYTES = 32 * 1024 * 1024
SIGNS = (b"<!doctype html", b"<html", b"<head", b"<body")


class HtmlReader:
    """Reads one page as one document."""

    name = "html/1"

    def recognises(self, head: bytes) -> bool:
        """Whether the text begins as a web page does. Never raises."""
        start = head[:4096].replace(b"\0", b"").lower()
        return is_text(head) and any(sign in start for sign in SIGNS)

    def read(self, source: RawSource) -> Iterator[Reading]:
        """The page. Raises ``SourceError`` when it cannot be decoded or holds no text."""
        try:
            text = decoded(read_whole(source.stream, limit=MAX_BYTES))
            with depth_guarded():
                document = read_page(text, name=source.name, parser=self.name)
        except SourceError as error:
            raise error.at(source.name) from None
        yield document


def read_page(
    html: str, *, name: str, parser: str, said: dict[str, str] | None = None
) -> SourceDocument:
    """A page's document. ``said`` is metadata known from elsewhere, under the same names."""
    refuse_deep(html)
    page = LexborHTMLParser(html)
    meta = _metadata(page) | (said or {})
    tree = page_tree(page)
    assembler = Assembler()
    Flow(assembler, GRAMMAR).content(tree.root, ())
    body = assembler.finish()
    if not body.text:
        raise NothingToRead("a page without text of its own", cure="save the page after it loaded")
    findings = list(tree.findings)
    title = _title(page, meta)
    effective_on, year = _dates(meta, body.text, findings)
    series = f"doi:{meta['doi']}" if meta.get("doi") else unmarked.series_of(title, name)
    return SourceDocument(
        id=DocumentId(f"{series}@{unmarked.short_digest(body.text)}"),
        series=series,
        kind=unmarked.kind_of(title, body.text),
        title=unmarked.title_or_name(title, name),
        text=body.text,
        sections=body.sections,
        spans=body.spans,
        parser=parser,
        publisher=meta.get("publisher", ""),
        version=meta.get("version", ""),
        effective_on=effective_on,
        year=year,
        url=meta.get("url", ""),
        identifiers={key: meta[key] for key in ("doi", "pmid") if meta.get(key)},
        subjects=tuple(filter(None, map(clean, meta.get("keywords", "").split(",")))),
        licence=named_licence("", url=meta.get("licence", "")) if meta.get("licence") else None,
        standing=unmarked.standing_of(title),
        findings=tuple(dict.fromkeys(findings)),
    )


META = {
    "citation_title": "title",
    "dc.title": "title",
    "dcterms.title": "title",
    "og:title": "title",
    "citation_doi": "doi",
    "dc.identifier.doi": "doi",
    "citation_pmid": "pmid",
    "citation_journal_title": "publisher",
    "dc.publisher": "publisher",
    "dcterms.publisher": "publisher",
    "citation_publisher": "publisher",
    "og:site_name": "publisher",
    "citation_publication_date": "date",
    "citation_date": "date",
    "dc.date": "date",
    "dcterms.modified": "date",
    "dcterms.issued": "date",
    "article:published_time": "date",
    "article:modified_time": "date",
    "dcterms.license": "licence",
    "keywords": "keywords",
}
"""Names of meta elements and what they say; of several that say the same, the first here counts."""


def _metadata(page: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in page.css("meta"):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        content = clean(node.attributes.get("content") or "")
        if name.lower() in META and content:
            found.setdefault(name.lower(), content)
    told = {META[name]: found[name] for name in reversed(META) if name in found}
    for selector, key in (("link[rel=canonical]", "url"), ("link[rel=license]", "licence")):
        node = page.css_first(selector)
        address = clean(node.attributes.get("href") or "") if node is not None else ""
        if address.startswith(("http://", "https://")):
            told.setdefault(key, address)
    return told


def _title(page: Any, meta: dict[str, str]) -> str:
    if meta.get("title"):
        return meta["title"]
    for selector in ("h1", "title"):
        node = page.css_first(selector)
        text = clean(node.text(deep=True)) if node is not None else ""
        if text:
            return text
    return ""


def _dates(meta: dict[str, str], text: str, findings: list[str]) -> tuple[date | None, int | None]:
    if meta.get("date"):
        written = meta["date"].replace("/", "-") if meta["date"][:4].isdigit() else meta["date"]
        day = written_day(written, findings)
        return (day, day.year) if day else unmarked.date_in(meta["date"], findings)
    return unmarked.date_in(text, findings)


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


GRAMMAR = Grammar(
    sections=_words("section"),
    containers=_words("page blockquote dd figure-body"),
    paragraphs=_words("p pre h1 h2 h3 h4 h5 h6 summary figcaption"),
    lists=_words("ul ol dl"),
    items=_words("li"),
    pairs=_words("pair"),
    terms=_words("dt"),
    tables=frozenset(),
    grids=_words("table"),
    captioned=_words("figure"),
    floats=frozenset(),
    left_out=_words("hr rp"),
    headings=("title", "caption"),
    labels=frozenset(),
    headless=_words("p li"),
    rows=html_rows,
    code=lambda _element: "",
    inline={EDGE: lambda _element, _before: " "},
)

READER = HtmlReader()
