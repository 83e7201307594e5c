"""What a PubMed citation says of itself: title, dates, identifiers, kind, standing, relations."""

from __future__ import annotations

from datetime import date

from lxml import etree

from loccit.sources.assembly import clean
from loccit.sources.dates import day_of, year_of
from loccit.sources.inline import inline_text
from loccit.terms import Licence, Relation, SourceKind, Standing

__all__ = [
    "article_of",
    "citation_of",
    "dates",
    "identifiers",
    "kind",
    "licence",
    "publication_types",
    "publisher",
    "relations",
    "standing",
    "subjects",
    "title",
    "version",
]

KINDS: tuple[tuple[SourceKind, frozenset[str]], ...] = (
    (SourceKind.GUIDELINE, frozenset({"Practice Guideline", "Guideline"})),
    (
        SourceKind.SYSTEMATIC_REVIEW,
        frozenset({"Systematic Review", "Meta-Analysis", "Network Meta-Analysis"}),
    ),
    (
        SourceKind.TRIAL,
        frozenset(
            {
                "Adaptive Clinical Trial",
                "Clinical Trial",
                "Clinical Trial, Phase I",
                "Clinical Trial, Phase II",
                "Clinical Trial, Phase III",
                "Clinical Trial, Phase IV",
                "Controlled Clinical Trial",
                "Equivalence Trial",
                "Pragmatic Clinical Trial",
                "Randomized Controlled Trial",
            }
        ),
    ),
)
"""Publication types that make a kind; the first that fits counts. Anything else is an abstract."""

RETRACTED = frozenset({"RetractionIn", "RetractedandRepublishedIn"})
CITES = "Cites"
"""The list of references, which says nothing of either work's standing; it is left out."""

TERMS = "https://www.nlm.nih.gov/databases/download/terms_and_conditions.html"


def citation_of(element: etree._Element) -> etree._Element | None:
    """The part of a record that holds the citation."""
    if element.tag == "MedlineCitation":
        return element
    citation = element.find("MedlineCitation")
    return element.find("BookDocument") if citation is None else citation


def article_of(record: etree._Element) -> etree._Element:
    """The part of a citation that describes the article; a book chapter's is itself."""
    article = record.find("Article")
    return record if article is None else article


def version(record: etree._Element) -> str:
    """The PMID's version, which NLM counts from 1."""
    pmid = record.find("PMID")
    return (pmid.get("Version") if pmid is not None else "") or "1"


def title(article: etree._Element) -> str:
    """The title, else the one in its own language, else the book's."""
    for path in ("ArticleTitle", "VernacularTitle", "Book/BookTitle"):
        found = article.find(path)
        text = "" if found is None else clean(inline_text(found, {}))
        if text:
            return text
    return ""


def publisher(article: etree._Element) -> str:
    """The journal, or the publisher of a book."""
    for path in ("Journal/Title", "Journal/ISOAbbreviation", "Book/Publisher/PublisherName"):
        text = clean(article.findtext(path) or "")
        if text:
            return text
    return ""


def publication_types(article: etree._Element) -> tuple[str, ...]:
    """Publication types as NLM names them."""
    return tuple(clean(item.text or "") for item in article.iter("PublicationType"))


def kind(types: tuple[str, ...]) -> SourceKind:
    """The kind that the publication types make."""
    for candidate, names in KINDS:
        if not names.isdisjoint(types):
            return candidate
    return SourceKind.ABSTRACT


def dates(article: etree._Element, findings: list[str]) -> tuple[date | None, int | None]:
    """The day of publication, in print or else online, and the year printed."""
    printed = article.find("Journal/JournalIssue/PubDate")
    if printed is None:
        printed = article.find("Book/PubDate")
    parts = _parts(printed)
    day = day_of(parts, findings) or day_of(_parts(article.find("ArticleDate")), findings)
    written = parts[0] or ("" if printed is None else printed.findtext("MedlineDate") or "")
    return day, year_of(written) or (day.year if day else None)


def _parts(written: etree._Element | None) -> tuple[str, str, str]:
    """Year, month and day, as far as they are given."""
    if written is None:
        return "", "", ""
    given = {child.tag: child.text or "" for child in written}
    return given.get("Year", ""), given.get("Month", ""), given.get("Day", "")


def identifiers(element: etree._Element, article: etree._Element, pmid: str) -> dict[str, str]:
    """PMID, DOI, PMC and trial-register numbers (several of one register: separated by spaces)."""
    found = {"pmid": pmid}
    for item in (*article.iterfind("ELocationID"), *_article_ids(element)):
        name = item.get("EIdType") or item.get("IdType") or ""
        if name in ("doi", "pmc") and item.get("ValidYN") != "N" and item.text:
            found.setdefault(name, item.text.strip())
    registered: dict[str, list[str]] = {}
    for bank in article.iterfind("DataBankList/DataBank"):
        name = REGISTERS.get(clean(bank.findtext("DataBankName") or ""), "")
        for number in bank.iterfind("AccessionNumberList/AccessionNumber") if name else ():
            registered.setdefault(name, []).append(clean(number.text or ""))
    return found | {name: " ".join(numbers) for name, numbers in registered.items()}


REGISTERS = {"ClinicalTrials.gov": "nct", "ISRCTN": "isrctn", "EudraCT": "eudract"}


def _article_ids(element: etree._Element) -> list[etree._Element]:
    """The record's own identifiers, and not those of its references."""
    ids = element.findall("PubmedData/ArticleIdList/ArticleId")
    return ids + element.findall("BookDocument/ArticleIdList/ArticleId")


def subjects(record: etree._Element) -> tuple[str, ...]:
    """MeSH headings, then substances, then the authors' keywords; each once."""
    paths = (
        "MeshHeadingList/MeshHeading/DescriptorName",
        "ChemicalList/Chemical/NameOfSubstance",
        "KeywordList/Keyword",
    )
    found = [item for path in paths for item in record.findall(path)]
    names = [clean(item.text or "" if len(item) == 0 else inline_text(item, {})) for item in found]
    return tuple(dict.fromkeys(filter(None, names)))


def relations(record: etree._Element) -> tuple[Relation, ...]:
    """Comments and corrections, as NLM names them."""
    return tuple(
        Relation(kind=item.get("RefType", ""), target=_target(item))
        for item in record.iterfind("CommentsCorrectionsList/CommentsCorrections")
        if item.get("RefType") != CITES
    )


def _target(item: etree._Element) -> str:
    pmid = (item.findtext("PMID") or "").strip()
    return f"pmid:{pmid}" if pmid else clean(item.findtext("RefSource") or "")


def standing(types: tuple[str, ...], related: tuple[Relation, ...]) -> Standing:
    """Whether NLM says that the article was retracted or is under an expression of concern."""
    kinds = {relation.kind for relation in related}
    if "Retracted Publication" in types or kinds & RETRACTED:
        return Standing.RETRACTED
    if "ExpressionOfConcernIn" in kinds:
        return Standing.EXPRESSION_OF_CONCERN
    return Standing.CURRENT


def licence(article: etree._Element) -> Licence:
    """NLM's terms, and the abstract's copyright line where there is one."""
    return Licence(
        name="NLM terms; the abstract may be its publisher's copyright",
        url=TERMS,
        redistributable=False,
        attribution=clean(article.findtext("Abstract/CopyrightInformation") or ""),
    )
