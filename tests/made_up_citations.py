"""PubMed XML and openFDA JSON of any length, in our own words."""

from __future__ import annotations

import json

PROLOG = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" "pubmed.dtd">
<PubmedArticleSet>
"""
END = b"</PubmedArticleSet>\n"


def citation(number: int, *, text: str = "", abstract: bool = True) -> bytes:
    """One record; ``drugN`` stands in it alone."""
    told = text or (
        f"We gave drug{number} {number % 50 + 1} mg twice daily to {number % 90 + 10} adults with "
        f"asthma. It was well borne. Pain fell by {number % 60} percent (p &lt; 0.05). "
    )
    body = (
        f"<Abstract><AbstractText Label='RESULTS'>{told}</AbstractText></Abstract>"
        if abstract
        else ""
    )
    return (
        f"<PubmedArticle><MedlineCitation Status='MEDLINE'><PMID Version='1'>{number}</PMID>\n"
        f"<Article><Journal><JournalIssue><PubDate><Year>2001</Year></PubDate></JournalIssue>"
        f"<Title>Made-up journal</Title></Journal><ArticleTitle>Trial {number} of drug{number} in "
        f"asthma.</ArticleTitle>{body}<Language>eng</Language></Article></MedlineCitation>\n"
        f"</PubmedArticle>\n"
    ).encode()


def deletion(*numbers: int) -> bytes:
    """The record that takes others back."""
    gone = "".join(f"<PMID Version='1'>{number}</PMID>" for number in numbers)
    return f"<DeleteCitation>{gone}</DeleteCitation>\n".encode()


def citations(count: int, *, first: int = 1000) -> bytes:
    """A whole file: every seventh citation has no abstract, the third is taken back."""
    records = (citation(first + number, abstract=number % 7 != 6) for number in range(count))
    return PROLOG + b"".join(records) + deletion(first + 3) + END


def label(number: int) -> dict[str, object]:
    """An openFDA record."""
    return {
        "set_id": f"00000000-0000-0000-0000-{number:012}",
        "version": "1",
        "effective_time": "20200102",
        "indications_and_usage": [f'Drug{number} is indicated for [pain] in "adults" {{a\\b}}.'],
        "contraindications": [f"Do not give drug{number} to anyone who is allergic to it."],
        "openfda": {"brand_name": [f"Brand{number}"], "generic_name": [f"drug{number}"]},
    }


def labels_in_lines(count: int) -> bytes:
    """One a line, with an empty line and a broken one."""
    lines = [json.dumps(label(number)) for number in range(count)]
    lines[count // 2] = ""
    lines[count // 3] = lines[count // 3][:-5]
    return "\n".join(lines).encode()


def labels_in_results(count: int) -> bytes:
    """As the interface answers, laid out over many lines."""
    answer = {"meta": {"last_updated": "2020"}, "results": [label(each) for each in range(count)]}
    return json.dumps(answer, indent=2).encode()
