"""Records as the interfaces really publish them, served by our own server. Skips without the data."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from local_web import LocalWeb, Reply
from loccit.sources import read_each, unpack
from loccit.terms import Fetched, SourceDocument
from published import DAILYMED, EUTILS, LABELS, OPENFDA, as_json, openfda_answer, spls, summary


def documents(web: LocalWeb, name: str, asked: str) -> list[SourceDocument]:
    """What a connector finds, chooses and fetches, as the readers read it."""
    connector = web.connector(name)
    (fetched,) = connector.fetch(connector.find(asked).chosen)
    assert isinstance(fetched, Fetched)
    read = list(read_each(unpack(fetched.name, io.BytesIO(fetched.data))))
    assert all(isinstance(each, SourceDocument) for each in read)
    return read  # type: ignore[return-value]


@pytest.fixture
def records(shared_data: Path) -> list[dict]:
    with gzip.open(shared_data / "labels" / "openfda_labels_latest.jsonl.gz") as lines:
        return [json.loads(line) for line in lines]


def test_real_records_of_openfda_are_listed_chosen_and_read(web, records):
    """Of every drug that the records name alone: its newest label, in its own words."""
    singles = {each["openfda"]["generic_name"][0]: each for each in records if len(each.get("openfda", {}).get("substance_name", [])) == 1}  # fmt: skip
    names = sorted(singles)[::40]
    assert len(names) > 3
    for name in names:
        same = [each for each in records if name in each.get("openfda", {}).get("generic_name", [])]
        newest = max(each["effective_time"] for each in same if len(each["openfda"].get("substance_name", [])) == 1)  # fmt: skip

        def answer(asked, same=same):
            one = [each for each in same if each["set_id"] in asked.query["search"]]
            return openfda_answer(one or same)

        web.pages[OPENFDA] = answer
        web.clock.time += 10_000
        (document,) = documents(web, "openfda", name)
        assert document.effective_on is not None
        assert document.effective_on.strftime("%Y%m%d") == newest
        assert document.licence is not None


def test_a_real_label_of_dailymed_is_read(web, shared_data):
    data = (shared_data / "labels" / "spl" / "lipitor-orig.xml").read_bytes()
    title = "LIPITOR (ATORVASTATIN CALCIUM TRIHYDRATE) TABLET, FILM COATED [PARKE-DAVIS]"
    web.pages[f"{DAILYMED}spls.json"] = spls([(LABELS[0][0], title, 1, "Jan 02, 2025")], total=1, pages=1, page=1)  # fmt: skip
    web.pages[f"{DAILYMED}spls/{LABELS[0][0]}.xml"] = Reply(data, type="application/xml", packed=True)  # fmt: skip
    (document,) = documents(web, "dailymed", "atorvastatin")
    assert "atorvastatin" in document.title.casefold()
    assert len(document.text) > 10_000


def test_real_citations_are_read(web, shared_data):
    path = shared_data / "literature" / "test_current_medline.xml.gz"
    data = gzip.decompress(path.read_bytes())
    web.pages[f"{EUTILS}esearch.fcgi"] = as_json({"esearchresult": {"count": "1", "idlist": ["1"]}})
    web.pages[f"{EUTILS}esummary.fcgi"] = as_json({"result": {"uids": ["1"], "1": summary("1", "T", "2016/01/01 00:00")}})  # fmt: skip
    web.pages[f"{EUTILS}efetch.fcgi"] = Reply(data, type="text/xml; charset=utf-8")
    connector = web.connector("pubmed")
    (fetched,) = connector.fetch(connector.find("anything").chosen)
    read = list(read_each(unpack("pubmed:1", io.BytesIO(fetched.data))))
    assert any(isinstance(each, SourceDocument) for each in read)


def test_a_real_article_is_read(web, shared_data):
    article = min((shared_data / "literature" / "pmc_nxml_samples").rglob("*.nxml"))
    web.pages[f"{EUTILS}esummary.fcgi"] = as_json({"result": {"uids": ["7"], "7": summary("7", "T", "")}})  # fmt: skip
    web.pages[f"{EUTILS}efetch.fcgi"] = Reply(article.read_bytes(), type="text/xml", packed=True)
    (document,) = documents(web, "pmc", "PMC7")
    assert document.text
