"""Sources, Browse, Check, and what the site says of itself."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from articles import card, document, record
from site_client import FakeBase, FakeEngine, site

from loccit.testing import InMemoryArticles, small_article

ATOM = "{http://www.w3.org/2005/Atom}"


class Shelf(FakeBase):
    """Many sources, of which one is there in two editions."""

    def __init__(self):
        super().__init__()
        older = card("label@1", standing="superseded", year=2020, effective_on=None, series="s")
        self.held = [replace(card("label"), series="s"), older]
        self.held += [card(f"other-{number:02}", title=f"Other {number}") for number in range(45)]

    def cards(self, *, series=""):
        return [each for each in self.held if series in ("", each.series)]


@pytest.fixture
def engine():
    made = FakeEngine()
    made.base = Shelf()
    return made


@pytest.fixture
def articles():
    return InMemoryArticles()


@pytest.fixture
def web(engine, articles):
    with site(engine, articles=articles) as client:
        yield client


def listed(articles, number):
    for each in range(number):
        kept = articles.keep(small_article(f"Question {each}?", document="label"), key=str(each))
        articles.publish(kept.place.article, 1)


# --- sources


def test_the_page_of_a_source_shows_what_it_is(web, articles):
    listed(articles, 1)
    page = web.get("/sources/label")
    assert page.status_code == 200
    for said in ("Example Works", "https://example.org/label", "Current", "Question 0?"):
        assert said in page.text
    assert re.findall(r'href="(/sources/label[^"?]*)"', page.text) == ["/sources/label@1"]


def test_each_section_of_a_source_can_be_opened(web):
    first = web.get("/sources/label").text
    sections = document().sections
    assert len(re.findall(r"\?section=\d+#text", first)) == len(sections)
    second = web.get("/sources/label", params={"section": len(sections) - 1}).text
    shown = document().text[sections[-1].start : sections[-1].end].strip()
    assert shown.splitlines()[-1] in second
    for odd in ("99", "-1", "x", "²", "9" * 4000):
        assert web.get("/sources/label", params={"section": odd}).status_code == 200


@pytest.mark.parametrize("path", ["/sources/unknown", "/sources/", "/sources/a/b", "/sources/%00"])
def test_a_source_that_is_not_here_is_told(web, path):
    assert web.get(path).status_code == 404


def test_the_api_gives_a_source_with_sections_and_editions(web, articles):
    listed(articles, 1)
    data = web.get("/api/v1/sources/label").json()
    assert [each["document"] for each in data["editions"]] == ["label", "label@1"]
    assert [each["title"] for each in data["articles"]] == ["Question 0?"]
    assert len(data["sections"]) == len(document().sections)
    assert web.get("/api/v1/passages/a1b2c3d4").json()["text"] == record().passage.text


# --- browse


def test_sources_are_searched_filtered_and_paged(web):
    page = web.get("/browse", params={"q": "OTHER 1"}).text
    assert "(14)" in page  # 1, 10 to 19, 21, 31, 41
    assert "(1)" in web.get("/browse", params={"standing": "superseded"}).text
    assert "(0)" in web.get("/browse", params={"source_kind": "trial"}).text
    assert "(46)" in web.get("/browse", params={"year": "2023"}).text
    assert "No source fits." in web.get("/browse", params={"q": "nothing has this"}).text


@pytest.mark.parametrize("asked", ["kind=cat", "standing=x", "year=later", "cursor=!", "after=é"])
def test_what_cannot_be_looked_for_is_told(web, asked):
    assert web.get(f"/browse?{asked}").status_code == 400


def test_page_after_page_shows_each_article_and_each_source_once(web, articles):
    listed(articles, 45)
    path, titles, sources = "/browse", [], []
    while path:
        page = web.get(path).text
        titles += re.findall(r"Question (\d+)\?", page)
        further = re.search(r'rel="next" href="([^"#]+)#articles"', page)
        path = further and further.group(1).replace("&amp;", "&")
    assert [int(each) for each in titles] == list(range(44, -1, -1))
    path = "/browse"
    while path:
        page = web.get(path).text
        sources += re.findall(r'href="/sources/([^"]+)"', page)
        further = re.search(r'rel="next" href="([^"#]+)#sources"', page)
        path = further and further.group(1).replace("&amp;", "&")
    assert len(sources) == len(set(sources)) == 47


def test_the_api_pages_by_links(web, articles):
    listed(articles, 5)
    for first, key in (("/api/v1/articles?limit=2", "articles"), ("/api/v1/sources", "sources")):
        seen, path = [], first
        while path:
            response = web.get(path)
            seen += [json.dumps(each) for each in response.json()[key]]
            further = response.links.get("next", {}).get("url", "")
            assert bool(further) == bool(response.json()["next"])
            path = further
        assert len(seen) == len(set(seen)) == {"articles": 5, "sources": 47}[key]


def test_a_list_follows_the_base(web, engine):
    assert web.get("/api/v1/sources").json()["found"] == 47
    engine.base.held.pop()
    assert web.get("/api/v1/sources").json()["found"] == 47  # nothing says that it changed
    engine.base.state = "b2"
    assert web.get("/api/v1/sources").json()["found"] == 46


# --- check


def test_a_pasted_text_is_checked_and_comes_back(web):
    page = web.post("/check", data={"text": "Take 5 mg.\n\nTake 6 mg."})
    assert page.status_code == 200
    assert "Take 6 mg." in page.text
    assert web.post("/api/v1/check", json={"text": "Take 5 mg."}).json()["text"] == "Take 5 mg."


@pytest.mark.parametrize("text", ["", " \n ", "word " * 7_000, "No. " * 301])
def test_a_text_that_is_empty_or_too_long_is_told(web, text):
    refused = web.post("/check", data={"text": text})
    assert refused.status_code == 400
    assert 'role="alert"' in refused.text


@pytest.mark.parametrize("text", ["<html><body>Take 5 mg.</body></html>", '{"a": 1}', "%PDF-1.4"])
def test_a_pasted_text_is_text_whatever_it_looks_like(web, text):
    assert web.post("/api/v1/check", json={"text": text}).status_code == 200


# --- the site of itself


def test_the_policy_tells_what_is_so_of_this_installation():
    with site() as web:
        plain = web.get("/policy.md").text
    assert "put there on purpose by somebody" in plain
    assert "do not look for that by themselves" in plain
    assert "Public interfaces are asked" not in plain
    with site(approved_only=True, watch_hours=6, watch_fetch=True) as web:
        told = web.get("/policy.md").text
    assert "put there on purpose by somebody" not in told
    assert "nothing but editions that named people approved" in told
    assert "every 6 hours" in told
    assert "Public interfaces are asked" in told


def test_the_policy_tells_what_is_so():
    from loccit.verification import CHECKS

    with site(keep_days=12, asks_a_minute=34) as web:
        page = web.get("/policy").text
    for said in ("12 days", "34 questions", f"{len(CHECKS)} checks", CHECKS[0].name):
        assert said in page
    assert "One that names nobody was reviewed by nobody: it is Submitted" in page


def test_the_evidence_page_counts_what_is_held(web):
    page, data = web.get("/evidence").text, web.get("/evidence.json").json()
    assert data["documents"] == 47
    assert {each["value"]: each["documents"] for each in data["by_standing"]} == {
        "current": 46,
        "superseded": 1,
    }
    assert sum(each["documents"] for each in data["by_year"]) == 47
    assert "Example Works" in page
    assert {"vocabulary/data/drugs.tsv", "publication/policy.toml"} <= {
        each["name"] for each in data["rules"]
    }
    assert all(each["owner"] for each in data["rules"])


def test_the_feed_is_well_formed_and_says_what_changed(web, articles):
    hostile = small_article("</title>& \x0b\x00 <b>")
    articles.publish(articles.keep(hostile, key="x").place.article, 1)
    listed(articles, 2)
    feed = ET.fromstring(web.get("/changes.atom").content)
    entries = feed.findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}title") for each in entries[:2]] == ["Question 1?", "Question 0?"]
    ids = {each.findtext(f"{ATOM}id") for each in entries}
    assert len(ids) == 3
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    assert "pending human review" in entries[0].findtext(f"{ATOM}summary")


def test_what_was_removed_is_told_without_a_word_of_it(web, articles):
    listed(articles, 1)
    (card,) = web.get("/api/v1/articles").json()["articles"]
    articles.remove(card["permalink"]["article"])
    feed = web.get("/changes.atom").text
    assert "Question 0?" not in feed
    assert "Removed from the library" in feed
    assert web.get(card["permalink"]["path"]).status_code == 404


def test_an_empty_feed_is_a_feed(web):
    feed = ET.fromstring(web.get("/changes.atom").content)
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_the_guide_for_language_models_links_the_markdown_of_each_article(web, articles):
    listed(articles, 1)
    guide = web.get("/llms.txt").text
    assert guide.startswith("# Loccit\n")
    (address,) = re.findall(r"\((/articles/[^)]+\.md)\)", guide)
    assert web.get(address).text.startswith("# Question 0?")
