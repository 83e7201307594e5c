"""PubMed's citations in XML (PubmedArticleSet, MedlineCitationSet), a record at a time.

The text of a document is its abstract; what has no abstract in English has nothing to cite. A
deletion or a retraction notice is yielded as the withdrawal of the work it names.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from loccit.ports import RawSource, Reading, Withdrawal
from loccit.sources import medline_record as record_parts
from loccit.sources.assembly import Assembled, Assembler
from loccit.sources.inline import inline_text
from loccit.sources.xml_safety import depth_guarded, root_tag, stream_elements
from loccit.terms import (
    DocumentId,
    NothingToRead,
    Relation,
    SourceDocument,
    SourceError,
    Unreadable,
)

__all__ = ["READER", "MedlineReader"]

RECORDS = ("PubmedArticle", "PubmedBookArticle", "DeleteCitation")
ROOTS = {
    "PubmedArticleSet": RECORDS,
    "PubmedBookArticleSet": RECORDS,
    "MedlineCitationSet": ("MedlineCitation", "DeleteCitation"),
    "DeleteCitation": ("DeleteCitation",),
    "PubmedArticle": ("PubmedArticle",),
    "MedlineCitation": ("MedlineCitation",),
}
"""Root elements read, each with the elements in it that are one record."""

RETRACTS = frozenset({"RetractionOf", "RetractedandRepublishedFrom"})
ENGLISH = ("eng", "en", "")
UNLABELLED = "UNLABELLED"
ABSTRACT = "Abstract"
HEADINGS = {"plain-language-summary": "Plain-language summary"}
"""Names for what has no label of its own; they stand in the path only."""


class MedlineReader:
    """Reads PubMed XML, from one citation to a baseline file, in bounded memory."""

    name = "medline/1"

    def recognises(self, head: bytes) -> bool:
        """Whether the root element is one of PubMed's. Never raises."""
        root = root_tag(head)
        return root is not None and root.name in ROOTS

    def read(self, source: RawSource) -> Iterator[Reading]:
        """Documents, withdrawals and records without an abstract, in the file's order.

        Raises ``Unreadable`` where the XML breaks.
        """
        root = root_tag(source.head)
        tags = ROOTS.get(root.name, RECORDS) if root else RECORDS
        try:
            elements = stream_elements(source.stream, tags, lines_before=source.lines_before)
            for number, element in enumerate(elements, source.records_before + 1):
                with depth_guarded():
                    readings = list(self._readings(element, number))
                for reading in readings:
                    yield reading.at(source.name) if isinstance(reading, SourceError) else reading
        except SourceError as error:
            raise error.at(source.name) from None

    def _readings(self, element: etree._Element, number: int) -> Iterator[Reading]:
        if element.tag == "DeleteCitation":
            for gone in element.iterfind("PMID"):
                yield Withdrawal(series=f"pmid:{gone.text}", reason="deleted from MEDLINE by NLM")
            return
        record = record_parts.citation_of(element)
        pmid = "" if record is None else (record.findtext("PMID") or "").strip()
        if record is None or not pmid:
            yield Unreadable(
                "a citation without a PMID", place=f"record {number}", cure="ask NLM for it again"
            )
            return
        relations = record_parts.relations(record)
        yield from _retractions(relations, pmid)
        yield self._document(element, record, pmid, relations)

    def _document(
        self,
        element: etree._Element,
        record: etree._Element,
        pmid: str,
        relations: tuple[Relation, ...],
    ) -> SourceDocument | NothingToRead:
        article = record_parts.article_of(record)
        findings: list[str] = []
        body = _assembled(record, article, findings)
        if not body.text:
            return NothingToRead("no abstract in English, so nothing to cite", place=f"PMID {pmid}")
        version = record_parts.version(record)
        types = record_parts.publication_types(article)
        effective_on, year = record_parts.dates(article, findings)
        return SourceDocument(
            id=DocumentId(f"pmid:{pmid}@{version}"),
            series=f"pmid:{pmid}",
            kind=record_parts.kind(types),
            title=record_parts.title(article) or f"PMID {pmid}",
            text=body.text,
            sections=body.sections,
            parser=self.name,
            publisher=record_parts.publisher(article),
            version=version,
            effective_on=effective_on,
            year=year,
            url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
            identifiers=record_parts.identifiers(element, article, pmid),
            subjects=record_parts.subjects(record),
            publication_types=types,
            licence=record_parts.licence(article),
            standing=record_parts.standing(types, relations),
            relations=relations,
            findings=tuple(findings),
        )


def _retractions(relations: tuple[Relation, ...], pmid: str) -> Iterator[Withdrawal]:
    """What this record takes back; the notice itself is named as the reason."""
    for relation in relations:
        if relation.kind in RETRACTS and relation.target.startswith("pmid:"):
            yield Withdrawal(series=relation.target, reason=f"retracted by PMID {pmid}")


def _assembled(record: etree._Element, article: etree._Element, findings: list[str]) -> Assembled:
    """The abstract's sections, then other abstracts in English (plain-language summaries)."""
    assembler = Assembler()
    _add(assembler, article.find("Abstract"), "")
    for other in record.iterfind("OtherAbstract"):
        language = other.get("Language", "")
        if language in ENGLISH:
            _add(assembler, other, other.get("Type", ""))
        else:
            findings.append(f"an abstract in another language ({language}) was left out")
    return assembler.finish()


def _add(assembler: Assembler, abstract: etree._Element | None, code: str) -> None:
    if abstract is None:
        return
    for part in abstract.iterfind("AbstractText"):
        text = inline_text(part, {})
        if not text or text.isspace():
            continue
        label = part.get("Label", "")
        labelled = bool(label) and label != UNLABELLED
        path = (label if labelled else HEADINGS.get(code, ABSTRACT),)
        assembler.section(path, code=part.get("NlmCategory") or code, printed=labelled)
        assembler.block(text)


READER = MedlineReader()
