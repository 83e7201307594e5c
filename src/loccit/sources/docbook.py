"""Books and articles in DocBook, with care for the US Veterans Affairs clinical white papers.

Read are the abstract, all chapters, prefaces, appendices and glossaries. Left out: legal notices
and the list of revisions (they become licence, version and date), and lists of references.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from lxml import etree

from loccit.ports import RawSource, Reading
from loccit.sources import docbook_record as about
from loccit.sources.assembly import Assembled, Assembler
from loccit.sources.grids import cals_rows, html_rows
from loccit.sources.inline import Handler, local_name
from loccit.sources.tables import Row
from loccit.sources.xml_flow import Flow, Grammar
from loccit.sources.xml_safety import depth_guarded, parse_whole, root_tag
from loccit.terms import DocumentId, NothingToRead, SourceDocument, SourceError

__all__ = ["READER", "DocBookReader"]

NAMESPACE = "http://docbook.org/ns/docbook"
ROOTS = frozenset({"book", "article", "chapter", "section", "appendix", "part", "set"})


class DocBookReader:
    """Reads one DocBook file as one document."""

    name = "docbook/1"

    def recognises(self, head: bytes) -> bool:
        """Whether root and namespace (DocBook 5) or DOCTYPE (4) are DocBook's. Never raises."""
        root = root_tag(head)
        if root is None or root.name not in ROOTS:
            return False
        return root.namespace == NAMESPACE or "docbook" in root.doctype.lower()

    def read(self, source: RawSource) -> Iterator[Reading]:
        """The document. Raises ``SourceError`` when the XML is broken or holds no text."""
        try:
            with depth_guarded():
                document = self._document(parse_whole(source.stream))
        except SourceError as error:
            raise error.at(source.name) from None
        yield document

    def _document(self, root: etree._Element) -> SourceDocument:
        findings: list[str] = []
        body = _assembled(root, findings)
        if not body.text:
            raise NothingToRead(
                "a DocBook file without text", cure="check that it is the whole file"
            )
        title = about.title(root)
        by_va = about.is_from_va(root)
        version = about.version(root)
        effective_on, year = about.dates(root, findings)
        digest = hashlib.sha256(etree.tostring(root)).hexdigest()
        series = f"{'va-kbs' if by_va else 'docbook'}:{about.slug(title) or digest[:12]}"
        edition = "-".join(filter(None, (str(effective_on or year or ""), version, digest[:8])))
        return SourceDocument(
            id=DocumentId(f"{series}@{edition}"),
            series=series,
            kind=about.kind(title),
            title=title or "Untitled",
            text=body.text,
            sections=body.sections,
            spans=body.spans,
            parser=self.name,
            publisher=about.VETERANS_AFFAIRS if by_va else about.publisher(root),
            jurisdiction="US" if by_va else "",
            version=version,
            effective_on=effective_on,
            year=year,
            subjects=about.subjects(root),
            licence=about.licence(root),
            findings=tuple(dict.fromkeys(findings)),
        )


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _nothing(_element: etree._Element, _before: str) -> str:
    return ""


def _rows(grid: etree._Element, text: about.ElementText) -> Iterator[Row]:
    return cals_rows(grid, text) if local_name(grid) == "tgroup" else html_rows(grid, text)


PICTURES = _words("imageobject videoobject audioobject imagedata")
INLINE: dict[str, Handler] = dict.fromkeys(PICTURES | _words("indexterm remark"), _nothing)

GRAMMAR = Grammar(
    sections=_words(
        "article chapter preface appendix part section sect1 sect2 sect3 sect4 sect5 simplesect"
        " refsection glossary dedication acknowledgements colophon partintro sidebar abstract"
        " glossdiv qandaset formalpara"
    ),
    containers=_words(
        "book blockquote note warning caution important tip epigraph example informalexample"
        " listitem-content qandadiv qandaentry question answer glossdef footnote caption"
        " procedure step substeps textobject"
    ),
    paragraphs=_words(
        "para simpara bridgehead literallayout screen programlisting attribution phrase-block"
    ),
    lists=_words(
        "itemizedlist orderedlist simplelist variablelist glosslist calloutlist segmentedlist"
    ),
    items=_words("listitem member callout"),
    pairs=_words("varlistentry glossentry"),
    terms=_words("term glossterm"),
    tables=_words("table informaltable"),
    grids=_words("tgroup"),
    captioned=_words("figure informalfigure equation informalequation mediaobject"),
    floats=_words("figure table informaltable footnote"),
    left_out=PICTURES | _words("info bookinfo articleinfo bibliography toc index indexterm remark"),
    headings=("title", "info/title", "subtitle", "info/subtitle"),
    labels=frozenset(),
    headless=_words("para simpara listitem member"),
    rows=_rows,
    code=lambda element: element.get("role") or "",
    inline=INLINE,
    standing_lead=re.compile(r"\[Section Prompt:"),
)


def _assembled(root: etree._Element, findings: list[str]) -> Assembled:
    assembler = Assembler()
    flow = Flow(assembler, GRAMMAR)
    for abstract in root.iterfind("{*}info/{*}abstract"):
        flow.section(abstract, (), default="Abstract")
    flow.content(root, ())
    references = sum(1 for _ in root.iter("{*}biblioentry", "{*}bibliomixed"))
    if references:
        findings.append(f"the list of {references} references was left out")
    return assembler.finish()


READER = DocBookReader()
