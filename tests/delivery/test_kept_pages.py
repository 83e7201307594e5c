"""Answers at their own addresses: kept only if wished, in versions, in every form, in the library."""

import json
import re

import pytest
from site_client import FakeEngine, site

from loccit.delivery.web.rendering import FORMS
from loccit.testing import InMemoryArticles

ASKED = {"question": "How much examplamine?"}
FACTS = {**ASKED, "age": "71", "drug": "exemplone, otherone", "hepatic": "moderate"}


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def articles():
    return InMemoryArticles()


@pytest.fixture
def web(engine, articles):
    with site(engine, articles=articles) as client:
        yield client


def ask(web, form=ASKED):
    response = web.post("/ask", data=form)
    assert response.status_code == 303
    return response.headers["location"]


def test_an_answer_leads_to_its_own_address(web):
    address = ask(web)
    assert re.fullmatch(r"/articles/[0-9a-f]{16}", address)
    page = web.get(address)
    assert page.status_code == 200
    assert "Take 5 mg once a day." in page.text
    assert "How much examplamine?" in page.text


def test_nothing_is_kept_unless_it_may_be(web, articles):
    page = web.post("/ask", data={**ASKED, "no_keep": "yes"})
    assert page.status_code == 200
    answer = web.post("/api/v1/ask", json={**ASKED, "keep": False}).json()
    assert "permalink" not in answer
    assert articles._held == {}


def test_the_same_question_has_one_address_and_a_changed_base_a_new_version(web, engine):
    address = ask(web)
    assert ask(web) == address
    assert web.get(f"{address}/v/2").status_code == 404
    engine.base.state = "b2"
    assert ask(web) == address
    first, second = web.get(f"{address}/v/1"), web.get(f"{address}/v/2")
    assert "This is not the newest version." in first.text
    assert "This is not the newest version." not in second.text
    assert json.loads(web.get(f"{address}.json").text)["permalink"]["version"] == 2
    assert json.loads(web.get(f"{address}/v/1.json").text)["evidence"]["base_digest"] == "b1"
    assert f'<{address}/v/1>; rel="predecessor-version"' in second.headers["link"]


def test_another_reader_or_other_facts_are_another_question(web):
    addresses = {ask(web), ask(web, FACTS), ask(web, {**ASKED, "audience": "patient"})}
    assert len(addresses) == 3


def test_the_forms_of_a_kept_answer_carry_its_facts_on(web, engine):
    page = web.get(ask(web, FACTS)).text
    for name, value in (("age", "71"), ("drug", "exemplone, otherone"), ("hepatic", "moderate")):
        assert f'type="hidden" name="{name}" value="{value}"' in page
    again = {name: value for name, value in FACTS.items() if name != "question"}
    ask(web, {**again, "question": "How much examplamine?", "audience": "patient"})
    assert engine.asked[0][2] == engine.asked[1][2]


@pytest.mark.parametrize("form", FORMS[1:], ids=lambda form: form.ending)
def test_every_form_is_had_by_its_ending_and_by_what_is_accepted(web, form):
    address = ask(web)
    named = web.get(address + form.ending)
    wished = web.get(address, headers={"accept": f"text/weird, {form.media_type}"})
    assert named.status_code == wished.status_code == 200
    assert named.headers["content-type"].startswith(form.media_type)
    assert named.text == wished.text == web.get(f"{address}/v/1{form.ending}").text
    assert wished.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/html;q=0.1, application/json;q=0.9", "application/json"),
        ("application/json;q=0.1, text/html;q=0.9", "text/html"),
        ("text/*;q=0.5, application/json;q=0", "text/html"),
        ("text/html;q=0, */*;q=0.5", "application/json"),
        ("TEXT/Markdown", "text/markdown"),
        ("application/json;q=nonsense, text/plain", "text/plain"),
    ],
)
def test_weights_decide_which_form_is_given(web, accept, media_type):
    given = web.get(ask(web), headers={"accept": accept}).headers["content-type"]
    assert given.startswith(media_type)


def test_what_no_form_fits_is_told(web):
    refused = web.get(ask(web), headers={"accept": "image/png, application/problem+json"})
    assert refused.status_code == 406
    assert "text/markdown" in refused.json()["message"]


def test_what_did_not_change_is_not_sent_again(web):
    address = ask(web)
    for path in (address, f"{address}.json", f"/api/v1{address}"):
        tag = web.get(path).headers["etag"]
        assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
        for held in (tag, f'"other", {tag}', f"W/{tag}", "*"):
            again = web.get(path, headers={"if-none-match": held})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
        assert web.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_the_head_of_an_answer_is_that_of_its_body(web):
    address = ask(web)
    for path in (address, f"{address}.json", "/api/v1/articles", "/", "/healthz", "/nowhere"):
        got, head = web.get(path), web.head(path)
        assert (head.status_code, head.content) == (got.status_code, b"")
        for name in ("etag", "content-type", "content-length", "link"):
            assert head.headers.get(name) == got.headers.get(name)
    assert web.head("/api/v1/ask").status_code == 405


@pytest.mark.parametrize("name", ["v/0", "v/x", "v/-1", "v/99999999999", "v/²", "v/1.exe"])
def test_versions_that_are_none_lead_nowhere(web, name):
    assert web.get(f"{ask(web)}/{name}").status_code == 404


def test_an_honest_stop_is_kept_but_never_listed(web):
    address = ask(web, {"question": "unanswerable"})
    assert "Add to the library" not in web.get(address).text
    refused = web.post(f"{address}/v/1/library", data={})
    assert refused.status_code == 400


# --- the library


def test_a_list_holds_only_what_somebody_put_there(web):
    address = ask(web)
    for path in ("/browse", "/llms.txt", "/changes.atom", "/api/v1/articles"):
        assert "How much examplamine?" not in web.get(path).text
    page = web.get(address).text
    assert "are then found by everybody who can open these pages" in page
    put = web.post(f"{address}/v/1/library", data={})
    assert (put.status_code, put.headers["location"]) == (303, f"{address}/v/1")
    for path in ("/browse", "/llms.txt", "/changes.atom", "/api/v1/articles", "/sources/label"):
        assert "How much examplamine?" in web.get(path).text, path
    assert "Add to the library" not in web.get(address).text


def test_the_page_says_that_facts_are_shown_with_it(web):
    warning = "The facts of the case stand with it"
    assert warning in web.get(ask(web, FACTS)).text
    assert warning not in web.get(ask(web)).text


def test_only_what_is_in_the_library_may_be_held_by_a_browser_or_indexed(web):
    address = ask(web)
    before = web.get(address)
    web.post(f"{address}/v/1/library", data={})
    after = web.get(address)
    assert [each.headers["cache-control"] for each in (before, after)] == [
        "no-store",
        "private, no-cache",
    ]
    assert ["noindex" in each.text for each in (before, after)] == [True, False]


def test_a_newer_version_is_offered_for_the_one_in_the_library(web, engine):
    address = ask(web)
    web.post(f"{address}/v/1/library", data={})
    engine.base.state = "b2"
    ask(web)
    assert "Add to the library" in web.get(address).text
    web.post(f"{address}/v/2/library", data={})
    listed = web.get("/api/v1/articles").json()["articles"]
    assert [each["permalink"]["version"] for each in listed] == [2]
    assert web.post(f"{address}/v/1/library", data={}).status_code == 400
    assert web.get("/changes.atom").text.count("<entry>") == 2


def test_the_page_holds_its_data_for_search_engines_and_claims_no_review(web):
    page = web.get(ask(web)).text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(block)
    assert data["@type"] == "MedicalWebPage"
    assert data["audience"]["audienceType"].endswith("/Clinician")
    assert data["creativeWorkStatus"] == "Submitted"
    assert [each["name"] for each in data["citation"]]
    assert not {"reviewedBy", "lastReviewed"} & set(data)


def test_hostile_words_do_not_break_out_of_the_data(web):
    words = "</script><script>alert(1)</script><!-- & \u2028"
    page = web.get(ask(web, {"question": words})).text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(block)["name"].startswith("</script>")
    assert "<script>" not in page


def test_answers_are_given_where_none_can_be_kept(engine):
    class Broken(InMemoryArticles):
        def keep(self, answer, *, key):
            from loccit.terms import BaseError

            raise BaseError("the disk is full")

    with site(engine, articles=Broken()) as web:
        page = web.post("/ask", data=ASKED)
        assert page.status_code == 200
        assert "disk" not in page.text
    with site(engine, articles=()) as web:
        assert web.post("/ask", data=ASKED).status_code == 200
        assert web.get("/articles/0123456789abcdef").status_code == 404
        assert web.get("/browse").status_code == 200
        assert web.get("/api/v1/articles").json() == {"articles": [], "next": None}
