"""Articles in JATS and the NLM tag set before it, as PubMed Central and publishers give them.

Read are abstract, body, floating tables and figures, and the back matter. Left out: the list of
references, author details, and pictures (their captions stay).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from lxml import etree

from loccit.ports import RawSource, Reading, Withdrawal
from loccit.sources import jats_record as about
from loccit.sources.assembly import Assembled, Assembler
from loccit.sources.inline import local_name
from loccit.sources.jats_citations import bracket_citations
from loccit.sources.jats_text import GRAMMAR
from loccit.sources.xml_flow import Flow
from loccit.sources.xml_safety import depth_guarded, parse_whole, root_tag
from loccit.terms import DocumentId, NothingToRead, SourceDocument, SourceError

__all__ = ["READER", "JatsReader"]

ARTICLE_SETS = ("pmc-articleset", "OAI-PMH")
DOCBOOK = "http://docbook.org/ns/docbook"
MARKS = (b"<front", b"<article-meta", b"article-type=", b"journal-id")
ABSTRACT = "Abstract"
SERIES_BY = ("pmcid", "pmid", "doi")


class JatsReader:
    """Reads one article, or a set of them as PubMed Central's services wrap it."""

    name = "jats/1"

    def recognises(self, head: bytes) -> bool:
        """Whether this is a JATS article, and no other XML that says ``article``. Never raises."""
        root = root_tag(head)
        if root is None or root.namespace == DOCBOOK:
            return False
        if root.name in ARTICLE_SETS:
            return True
        return root.name == "article" and any(mark in head for mark in MARKS)

    def read(self, source: RawSource) -> Iterator[Reading]:
        """The article, or each of the set. Raises ``Unreadable`` when the XML is broken."""
        try:
            root = parse_whole(source.stream)
        except SourceError as error:
            raise error.at(source.name) from None
        articles = [root] if local_name(root) == "article" else list(_articles(root))
        if not articles:
            raise NothingToRead("a set without articles", where=source.name)
        for article in articles:
            for reading in self._guarded(article):
                yield reading.at(source.name) if isinstance(reading, SourceError) else reading

    def _guarded(self, article: etree._Element) -> list[Reading]:
        try:
            with depth_guarded():
                return list(self._readings(article))
        except SourceError as error:
            return [error]

    def _readings(self, article: etree._Element) -> Iterator[Reading]:
        meta = article.find("{*}front/{*}article-meta")
        if meta is None:
            yield NothingToRead("an article without metadata, so nothing says what it is")
            return
        relations = about.relations(meta)
        for relation in relations:
            if relation.kind == "retracted-article" and ":" in relation.target:
                notice = about.title(meta) or "a retraction notice"
                yield Withdrawal(series=relation.target, reason=f"retracted: {notice}")
        yield self._document(article, meta)

    def _document(
        self, article: etree._Element, meta: etree._Element
    ) -> SourceDocument | NothingToRead:
        ids = about.identifiers(meta)
        digest = hashlib.sha256(etree.tostring(article)).hexdigest()[:12]
        findings: list[str] = []
        body = _assembled(article, meta, findings)
        title = about.title(meta)
        if not body.text:
            return NothingToRead("no abstract and no body, so nothing to cite", place=title[:60])
        series = next((f"{name}:{ids[name]}" for name in SERIES_BY if name in ids), "")
        series = series or f"jats:{digest}"
        version = about.version(meta)
        effective_on, year = about.dates(meta, findings)
        types = about.publication_types(article, meta)
        relations = about.relations(meta)
        return SourceDocument(
            id=DocumentId(f"{series}@{version or digest}"),
            series=series,
            kind=about.kind(article, meta, types),
            title=title or series,
            text=body.text,
            sections=body.sections,
            spans=body.spans,
            parser=self.name,
            publisher=about.publisher(article[0]),
            version=version,
            effective_on=effective_on,
            year=year,
            url=about.url(ids),
            identifiers=ids,
            subjects=about.subjects(meta),
            publication_types=types,
            licence=about.licence(meta),
            standing=about.standing(relations, title),
            relations=relations,
            findings=tuple(dict.fromkeys(findings)),
        )


def _articles(root: etree._Element) -> Iterator[etree._Element]:
    for element in root.iter("{*}article"):
        if element.find("{*}front") is not None:
            yield element


def _assembled(article: etree._Element, meta: etree._Element, findings: list[str]) -> Assembled:
    """Abstracts in English, body, floats, back matter; what was left out goes to findings."""
    bracket_citations(article)
    assembler = Assembler()
    flow = Flow(assembler, GRAMMAR)
    for abstract in (*meta.iterfind("{*}abstract"), *meta.iterfind("{*}trans-abstract")):
        if about.is_english(abstract):
            flow.section(abstract, (), default=ABSTRACT, code="abstract")
        else:
            findings.append("an abstract in another language was left out")
    for part in ("body", "floats-group", "back"):
        for element in article.iterfind(f"{{*}}{part}"):
            flow.content(element, ())
    references = sum(1 for _ in article.iterfind("{*}back//{*}ref"))
    if references:
        findings.append(f"the list of {references} references was left out")
    wraps = article.iter("{*}table-wrap")
    pictures = sum(1 for table in wraps if next(table.iter("{*}table"), None) is None)
    if pictures:
        findings.append(f"{pictures} tables are pictures and could not be read")
    return assembler.finish()


READER = JatsReader()
