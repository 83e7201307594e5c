"""Answers in the interfaces' own forms, about drugs and articles that do not exist.

The forms are those of the interfaces' documentation and of answers they gave; the words are ours.
"""

from __future__ import annotations

import json
from typing import Any

from local_web import Asked, LocalWeb, Reply

DAILYMED = "dailymed.nlm.nih.gov/dailymed/services/v2/"
OPENFDA = "api.fda.gov/drug/label.json"
EUTILS = "eutils.ncbi.nlm.nih.gov/entrez/eutils/"
DISCLAIMER = "Do not rely on this made-up interface to make decisions."

SET_IDS = [f"{number:08x}-0000-4000-8000-00000000000{number}" for number in range(1, 8)]
LABELS: list[tuple[str, str, int, str]] = [
    # set id, title, version, published
    (SET_IDS[0], "EXAMPLAMINE HYDROCHLORIDE (EXAMPLAMINE HYDROCHLORIDE) TABLET, FILM COATED [OLD HOUSE, INC.]", 3, "Jan 02, 2025"),
    (SET_IDS[1], "SOOTHAMINE (EXAMPLAMINE HYDROCHLORIDE) TABLET [NEW HOUSE LLC]", 12, "May 25, 2026"),
    (SET_IDS[2], "EXAMPLAMINE AND ASPIROID (EXAMPLAMINE HYDROCHLORIDE AND ASPIROID) TABLET [BOTH CORP]", 4, "Aug 01, 2026"),
    (SET_IDS[3], "EXAMPLAMINE PAIN KIT (EXAMPLAMINE HYDROCHLORIDE) KIT [KIT CORP]", 1, "Sep 01, 2026"),
    (SET_IDS[4], "HEXAMPLAMINE-LIKE (OTHERINE) SOLUTION [DROPS, INC.]", 9, "Oct 01, 2026"),
]  # fmt: skip


def as_json(value: Any, **kept: Any) -> Reply:
    return Reply(json.dumps(value).encode(), type="application/json;charset=UTF-8", **kept)


def as_xml(text: str, **kept: Any) -> Reply:
    return Reply(text.encode(), type="text/xml; charset=utf-8", **kept)


# --- DailyMed


def spls(rows: list[tuple[str, str, int, str]], *, total: int, pages: int, page: int) -> Reply:
    names = ("setid", "title", "spl_version", "published_date")
    return as_json(
        {
            "data": [dict(zip(names, row, strict=True)) for row in rows],
            "metadata": {
                "db_published_date": "Nov 26, 2026 07:40:57PM EST",
                "elements_per_page": 100,
                "current_url": "https://dailymed.nlm.nih.gov/dailymed/services/v2/spls.json",
                "next_page_url": "null",
                "total_elements": total,
                "total_pages": pages,
                "current_page": page,
            },
        }
    )


def spl(set_id: str, version: int, name: str = "Examplamine", words: str = "") -> str:
    words = words or f"{name} is contraindicated in patients with imaginary heart block."
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="https://www.accessdata.fda.gov/spl/stylesheet/spl.xsl" type="text/xsl"?>
<document xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<id root="99999999-0000-4000-8000-00000000{version:04d}"/>
<code code="34391-3" codeSystem="2.16.840.1.113883.6.1" displayName="HUMAN PRESCRIPTION DRUG LABEL"/>
<title>{name} tablets</title><effectiveTime value="20260520"/>
<setId root="{set_id}"/><versionNumber value="{version}"/>
<author><assignedEntity><representedOrganization><name>New House LLC</name></representedOrganization></assignedEntity></author>
<component><structuredBody><component><section><id root="1"/><subject><manufacturedProduct><manufacturedProduct>
<name>Soothamine</name><asEntityWithGeneric><genericMedicine><name>{name}</name></genericMedicine></asEntityWithGeneric>
</manufacturedProduct></manufacturedProduct></subject></section></component>
<component><section><code code="34070-3" codeSystem="2.16.840.1.113883.6.1"/>
<title>4 CONTRAINDICATIONS</title><text><paragraph>{words}</paragraph></text></section></component>
</structuredBody></component></document>"""


def dailymed(web: LocalWeb, *, code: str = "34391-3", labels: Any = None) -> None:
    """DailyMed with ``labels``, all of one kind."""
    rows = LABELS if labels is None else labels

    def listed(asked: Asked) -> Reply:
        found = [row for row in rows if asked.query.get("setid") in (None, row[0])]
        if asked.query.get("doctype") not in (None, code):
            found = []
        size, page = int(asked.query["pagesize"]), int(asked.query["page"])
        pages = max(-(-len(found) // size), 1)
        return spls(
            found[(page - 1) * size : page * size], total=len(found), pages=pages, page=page
        )

    web.pages[f"{DAILYMED}spls.json"] = listed
    for set_id, _, version, _ in rows:
        web.pages[f"{DAILYMED}spls/{set_id}.xml"] = as_xml(spl(set_id, version), headers={"ETag": f'"{version}"'})  # fmt: skip


# --- openFDA


def openfda_label(set_id: str, version: str, day: str, substances: list[str], brand: str) -> dict[str, Any]:  # fmt: skip
    generic = " AND ".join(substances)
    return {
        "spl_product_data_elements": [f"{brand} {generic}"],
        "indications_and_usage": [f"INDICATIONS AND USAGE {brand} is indicated for relief of made-up spasm."],
        "contraindications": [f"CONTRAINDICATIONS {brand} is contraindicated in imaginary heart block."],
        "set_id": set_id,
        "id": set_id[::-1],
        "version": version,
        "effective_time": day,
        "openfda": {
            "brand_name": [brand],
            "generic_name": [generic],
            "substance_name": substances,
            "manufacturer_name": ["New House LLC"],
            "product_type": ["HUMAN PRESCRIPTION DRUG"],
        },
    }  # fmt: skip


RECORDS = [
    openfda_label(SET_IDS[2], "4", "20260801", ["EXAMPLAMINE", "ASPIROID"], "Bothamine"),
    openfda_label(SET_IDS[1], "12", "20260520", ["EXAMPLAMINE"], "Soothamine"),
    openfda_label(SET_IDS[0], "3", "20250101", ["EXAMPLAMINE"], "Examplamine"),
]
NOT_FOUND = Reply(
    b'{"error": {"code": "NOT_FOUND", "message": "No matches found!"}}',
    type="application/json; charset=utf-8",
    status=404,
)


def openfda_answer(records: list[dict[str, Any]], total: int | None = None) -> Reply:
    results = {"skip": 0, "limit": 10, "total": len(records) if total is None else total}
    return as_json(
        {
            "meta": {
                "disclaimer": DISCLAIMER,
                "terms": "https://open.fda.gov/terms/",
                "license": "https://open.fda.gov/license/",
                "last_updated": "2026-11-25",
                "results": results,
            },
            "results": records,
        }
    )


def openfda(web: LocalWeb, records: Any = None) -> None:
    """openFDA with ``records``, all of prescription drugs."""
    rows = RECORDS if records is None else records

    def answer(asked: Asked) -> Reply:
        search = asked.query["search"]
        if search.startswith("set_id:"):
            found = [row for row in rows if f'"{row["set_id"]}"' in search]
        else:
            found = [] if "OTC" in search else rows
        return openfda_answer(found) if found else NOT_FOUND

    web.pages[OPENFDA] = answer


# --- Entrez


def summary(uid: str, title: str, day: str, **more: Any) -> dict[str, Any]:
    return {
        "uid": uid,
        "pubdate": "2026 Mar",
        "epubdate": "",
        "source": "J Made Up",
        "fulljournalname": "Journal of made-up medicine",
        "authors": [{"name": "Nobody N", "authtype": "Author", "clusterid": ""}],
        "title": title,
        "sortpubdate": day,
        "pubtype": ["Journal Article", "Practice Guideline"],
        **more,
    }


CITATIONS = [
    summary("40000002", "Examplamine for made-up spasm: a guideline.", "2026/03/01 00:00"),
    summary("40000001", "An older guideline on made-up spasm.", "2021/01/15 00:00"),
]


def medline(*numbers: str) -> str:
    articles = "".join(
        f"""<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{number}</PMID>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2026</Year></PubDate></JournalIssue>
<Title>Journal of made-up medicine</Title></Journal>
<ArticleTitle>A made-up guideline, number {number}.</ArticleTitle>
<Abstract><AbstractText Label="CONCLUSIONS" NlmCategory="CONCLUSIONS">We recommend examplamine 5 mg for acute made-up spasm, as said in {number}.</AbstractText></Abstract>
<Language>eng</Language><PublicationTypeList><PublicationType UI="D017065">Practice Guideline</PublicationType></PublicationTypeList>
</Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">{number}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>"""
        for number in numbers
    )
    return f"""<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>{articles}</PubmedArticleSet>"""


def jats(number: str) -> str:
    return f"""<?xml version="1.0"  ?>
<!DOCTYPE pmc-articleset PUBLIC "-//NLM//DTD ARTICLE SET 2.0//EN" "https://dtd.nlm.nih.gov/ncbi/pmc/articleset/nlm-articleset-2.0.dtd">
<pmc-articleset><article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article">
<front><journal-meta><journal-title-group><journal-title>Journal of made-up medicine</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmc">{number}</article-id><title-group><article-title>A made-up trial</article-title></title-group>
<pub-date pub-type="epub"><day>1</day><month>3</month><year>2026</year></pub-date>
<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>Open.</license-p></license></permissions>
<abstract><p>Examplamine was compared with rest.</p></abstract></article-meta></front>
<body><sec><title>Results</title><p>Of 120 patients with made-up spasm, 61 improved on examplamine.</p></sec></body>
</article></pmc-articleset>"""


def entrez(web: LocalWeb, citations: Any = None, *, count: int | None = None) -> None:
    """Entrez with ``citations`` in PubMed and one article, 7000001, in PubMed Central."""
    rows = {row["uid"]: row for row in (CITATIONS if citations is None else citations)}

    def search(asked: Asked) -> Reply:
        ids = list(rows)[: int(asked.query["retmax"])]
        found = {"count": str(len(rows) if count is None else count), "retmax": "20", "retstart": "0", "idlist": ids}  # fmt: skip
        return as_json({"header": {"type": "esearch", "version": "0.3"}, "esearchresult": found})

    def summaries(asked: Asked) -> Reply:
        known = rows
        if asked.query["db"] == "pmc":
            known = {
                "7000001": summary("7000001", "A made-up trial", "", sortdate="2026/03/01 00:00")
            }
        ids = asked.query["id"].split(",")
        absent = {"error": "cannot get document summary"}
        result = {uid: known.get(uid, {"uid": uid, **absent}) for uid in ids}
        return as_json({"header": {"type": "esummary"}, "result": {"uids": ids, **result}})

    def fetch(asked: Asked) -> Reply:
        ids = asked.query["id"].split(",")
        return as_xml(jats(ids[0]) if asked.query["db"] == "pmc" else medline(*ids))

    web.pages[f"{EUTILS}esearch.fcgi"] = search
    web.pages[f"{EUTILS}esummary.fcgi"] = summaries
    web.pages[f"{EUTILS}efetch.fcgi"] = fetch
