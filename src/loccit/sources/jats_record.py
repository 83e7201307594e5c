"""What a JATS article says of itself: identity, dates, licence, kind, standing, relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from loccit.sources.assembly import clean
from loccit.sources.dates import day_of, year_of
from loccit.sources.inline import inline_text, words_of
from loccit.sources.licences import named_licence
from loccit.terms import Licence, Relation, SourceKind, Standing

__all__ = [
    "dates",
    "identifiers",
    "is_english",
    "kind",
    "licence",
    "publication_types",
    "publisher",
    "relations",
    "standing",
    "subjects",
    "title",
    "url",
    "version",
]

HREF = "{http://www.w3.org/1999/xlink}href"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_TRIAL = re.compile(
    r"randomi[sz]ed[\w\s,-]*\b(?:trial|study|comparison)\b|\bcontrolled (?:clinical )?trial\b"
    r"|\bclinical trial\b",
    re.IGNORECASE,
)
_REVIEW = re.compile(r"systematic (?:literature )?review|meta-?analys[ie]s", re.IGNORECASE)
_RANDOMISED = re.compile(
    r"\b(?:were|was|been|and) (?:then )?randomi[sz]ed\b|\brandomi[sz]ed (?:to|into|in a)\b"
    r"|\brandomly (?:assigned|allocated|divided|distributed|received|selected to)\b"
    r"|\brandom(?:ly)? (?:assignment|allocation)\b|\bdouble[- ]blind",
    re.IGNORECASE,
)
"""How abstracts say that the study was a randomised one, where the title does not."""
_GUIDELINE = re.compile(
    r"\b(?:practice|clinical|management|treatment) guidelines?\b|\bguidelines? (?:for|on)\b",
    re.IGNORECASE,
)
_STUDIED = re.compile(
    r"\b(?:trial|study|implement\w+|adherence|compliance|evaluat\w+|effects?|impact|survey)\b",
    re.IGNORECASE,
)
"""A study about a guideline is not one."""
_PLAN = re.compile(r"\bprotocol\b|\brationale and design\b|\bstudy design\b", re.IGNORECASE)
"""A trial that is planned has no results to cite."""
_REGISTERED = re.compile(
    r"\b(?:NCT\s?0\d{7}|ISRCTN\s?\d{5,8}|ACTRN\s?\d{11,14}|ChiCTR[-\w]+|DRKS\d+|NTR\s?\d+"
    r"|UMIN\d+|CTRI/[\d/]+|IRCT\w+|EudraCT[\s:number]*[\d-]+)",
    re.IGNORECASE,
)
_NCT = re.compile(r"\bNCT\s?(0\d{7})\b", re.IGNORECASE)

RETRACTED_BY = frozenset({"retraction-forward", "retraction"})
DOUBTED_BY = frozenset({"concern-forward", "expression-of-concern-forward"})
ID_NAMES = {"pmc": "pmcid", "pmcid": "pmcid", "pmid": "pmid", "doi": "doi"}
LINK_NAMES = {"pubmed": "pmid", "pmid": "pmid", "doi": "doi", "pmc": "pmcid", "pmcid": "pmcid"}


def identifiers(meta: etree._Element) -> dict[str, str]:
    """PMCID (with its letters), PMID, DOI, and the register numbers that the abstract gives."""
    found: dict[str, str] = {}
    for item in meta.iterfind("{*}article-id"):
        name, text = ID_NAMES.get(item.get("pub-id-type", ""), ""), clean(item.text or "")
        if name and text:
            found.setdefault(name, f"PMC{text}" if name == "pmcid" and text.isdigit() else text)
    numbers = dict.fromkeys(f"NCT{number}" for number in _NCT.findall(_summary(meta)))
    return found | ({"nct": " ".join(numbers)} if numbers else {})


def url(ids: dict[str, str]) -> str:
    """The article's public page."""
    if "pmcid" in ids:
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{ids['pmcid']}/"
    if "pmid" in ids:
        return f"https://pubmed.ncbi.nlm.nih.gov/{ids['pmid']}/"
    return f"https://doi.org/{ids['doi']}" if "doi" in ids else ""


def title(meta: etree._Element) -> str:
    """Title and subtitle, without the marks of notes to them."""
    parts = ("{*}title-group/{*}article-title", "{*}title-group/{*}subtitle")
    texts = [clean(_unmarked(found)) for part in parts for found in meta.iterfind(part)]
    return ": ".join(text.strip(" :") if len(texts) > 1 else text for text in texts if text)


def _unmarked(element: etree._Element) -> str:
    return inline_text(element, dict.fromkeys(("xref", "fn"), lambda _element, _before: ""))


def publisher(front: etree._Element) -> str:
    """The journal."""
    for part in ("{*}journal-title", "{*}abbrev-journal-title", "{*}publisher-name"):
        for found in front.iterfind(f"{{*}}journal-meta//{part}"):
            text = clean(found.text or "")
            if text:
                return text
    return ""


def publication_types(article: etree._Element, meta: etree._Element) -> tuple[str, ...]:
    """The article type and the headings that the journal files it under."""
    groups = meta.findall("{*}article-categories/{*}subj-group")
    headings = [group for group in groups if group.get("subj-group-type") in HEADING_GROUPS]
    subjects_of = [name for group in headings or groups[:1] for name in _texts(group, "{*}subject")]
    names = [article.get("article-type") or "", *subjects_of]
    return tuple(dict.fromkeys(filter(None, names)))


HEADING_GROUPS = ("heading", "article-type", "toc-heading", "display-channel")
"""Groups that say what sort of article it is; other groups are topics, dozens in some journals."""


def subjects(meta: etree._Element) -> tuple[str, ...]:
    """The authors' keywords."""
    return tuple(dict.fromkeys(_texts(meta, "{*}kwd-group//{*}kwd")))


def kind(article: etree._Element, meta: etree._Element, types: tuple[str, ...]) -> SourceKind:
    """What the article is, by its type, its headings, its title and its trial registration."""
    named = " . ".join([title(meta), *types])
    if _GUIDELINE.search(named) and not _STUDIED.search(title(meta)):
        return SourceKind.GUIDELINE
    if _REVIEW.search(named):
        return SourceKind.SYSTEMATIC_REVIEW
    if article.get("article-type") in NO_REPORT or _PLAN.search(named):
        return SourceKind.ARTICLE
    words, summary = " . ".join([named, *subjects(meta)]), _summary(meta)
    if any(told.search(summary) for told in (_REGISTERED, _RANDOMISED)) or _TRIAL.search(words):
        return SourceKind.TRIAL
    return SourceKind.ARTICLE


NO_REPORT = (
    "protocol", "correction", "retraction", "letter", "editorial", "article-commentary", "news",
    "review-article", "expression-of-concern", "case-report",
)  # fmt: skip
"""Article types that report no trial, whatever trial they name."""


def _summary(meta: etree._Element) -> str:
    """Abstract and custom metadata, where trials are registered."""
    parts = (*meta.iterfind("{*}abstract"), *meta.iterfind("{*}custom-meta-group"))
    return " ".join(words_of(part) for part in parts)


def dates(meta: etree._Element, findings: list[str]) -> tuple[date | None, int | None]:
    """The first day of publication given in full, and its year or the earliest given."""
    given = [_parts(item) for item in _publication_dates(meta)]
    days = [day for parts in given if (day := day_of(parts, findings))]
    years = [year for parts in given if (year := year_of(parts[0]))]
    day = min(days, default=None)
    return day, day.year if day else min(years, default=None)


def _publication_dates(meta: etree._Element) -> Iterator[etree._Element]:
    for item in meta.iterfind("{*}pub-date"):
        what = item.get("pub-type") or item.get("date-type") or ""
        if what not in ("pmc-release", "received", "accepted", "nihms-submitted"):
            yield item


def _parts(item: etree._Element) -> tuple[str, str, str]:
    year, month, day = (clean(item.findtext(f"{{*}}{p}") or "") for p in ("year", "month", "day"))
    return year, month, day


def licence(meta: etree._Element) -> Licence | None:
    """The licence named in the permissions, with the copyright line as attribution."""
    holder = clean(meta.findtext("{*}permissions/{*}copyright-statement") or "")
    for item in (*meta.iterfind("{*}permissions/{*}license"), *meta.iterfind("{*}permissions")):
        words = words_of(item)
        links = [link.get(HREF) or clean(link.text or "") for link in item.iter() if _links(link)]
        for link in [item.get(HREF) or "", *links, ""]:
            found = named_licence(words if not link else "", url=link, attribution=holder)
            if found:
                return found
    return None


def _links(element: etree._Element) -> bool:
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.endswith(("ext-link", "license_ref", "uri"))


def relations(meta: etree._Element) -> tuple[Relation, ...]:
    """Related articles, as JATS names the relation."""
    return tuple(
        Relation(kind=item.get("related-article-type", ""), target=_target(item))
        for item in meta.iterfind("{*}related-article")
    )


def _target(item: etree._Element) -> str:
    href, name = (item.get(HREF) or "").strip(), LINK_NAMES.get(item.get("ext-link-type", ""), "")
    if href and name:
        return f"{name}:{href}"
    numbers = " ".join(filter(None, (item.get("vol"), item.get("page"))))
    return href or words_of(item) or numbers


def standing(related: tuple[Relation, ...], article_title: str) -> Standing:
    """Whether the article says that it was retracted or is in doubt."""
    kinds = {relation.kind for relation in related}
    if kinds & RETRACTED_BY or re.match(r"\W*retracted\b", article_title, re.IGNORECASE):
        return Standing.RETRACTED
    return Standing.EXPRESSION_OF_CONCERN if kinds & DOUBTED_BY else Standing.CURRENT


def version(meta: etree._Element) -> str:
    """The article's version, where it has one."""
    return clean(meta.findtext("{*}article-version") or "")


def is_english(element: etree._Element) -> bool:
    """Whether the element says that it is in English, or says nothing."""
    return (element.get(LANGUAGE) or "en").lower().startswith("en")


def _texts(element: etree._Element, path: str) -> list[str]:
    texts = (clean(inline_text(found, {})) for found in element.iterfind(path))
    return [text for text in texts if text]
