"""Review over the API: the same rules, ids and refusals as on the pages."""

import pytest
from desk_client import BO, House, draft

from loccit.delivery.web.api.answers import ArticleOut
from loccit.delivery.web.api.review_shapes import (
    DeskOut,
    DifferencesOut,
    EditionsOut,
    PassagesFound,
    QueueOut,
)
from loccit.terms import Action


@pytest.fixture
def house():
    return House()


@pytest.fixture
def web(house):
    return house.browser("rut")


def decide(web, name, **body):
    head = web.get(f"/api/v1/review/{name}").json()["head"]
    return web.post(f"/api/v1/review/{name}/decisions", json={"seen": head, **body})


def test_the_life_of_an_article(house, web):
    name, author = house.kept(), house.browser("ada")
    sent = author.post("/api/v1/submissions", json={"article": name, "version": 1})
    assert DeskOut.model_validate(sent.json()).state == "submitted"
    waiting = QueueOut.model_validate(web.get("/api/v1/review").json())
    assert [each.article for each in waiting.articles] == [name]
    assert decide(web, name, action="begin").json()["state"] == "under_review"
    words = {"action": "edit", "target": "s1", "words": "Take 5 mg daily.", "reason": "short"}
    edited = DeskOut.model_validate(decide(web, name, **words).json())
    assert edited.statements[0].text == "Take 5 mg daily."
    assert "approve" in edited.may
    board = house.browser("bo")
    approved = decide(board, name, action="approve").json()
    assert (approved["state"], approved["status"]["edition"]) == ("approved", 1)
    assert [line["action"] for line in approved["ledger"]] == ["submit", "begin", "edit", "approve"]
    found = EditionsOut.model_validate(web.get(f"/api/v1/articles/{name}/editions").json())
    assert found.editions[0].path == f"/articles/{name}/editions/1"
    edition = web.get(f"/api/v1/articles/{name}/editions/1").json()
    ArticleOut.model_validate(edition)
    assert edition["bottom_line"]["text"] == "Take 5 mg daily."
    changed = web.get(f"/api/v1/review/{name}/differences").json()
    assert DifferencesOut.model_validate(changed).changes[0].kind == "changed"


def test_a_refusal_names_its_rule(house, web):
    name = house.in_review()
    refused = decide(web, name, action="approve")
    assert refused.status_code == 200
    twice = decide(web, name, action="resubmit")
    assert (twice.status_code, twice.json()["code"]) == (409, "refused:state")
    assert twice.headers["content-type"] == "application/problem+json"


def test_who_is_overtaken_is_told(house, web):
    name = house.in_review()
    head = web.get(f"/api/v1/review/{name}").json()["head"]
    house.take(name, Action.COMMENT, BO, words="wait")
    body = {"seen": head, "action": "approve"}
    late = web.post(f"/api/v1/review/{name}/decisions", json=body)
    assert (late.status_code, late.json()["code"]) == (409, "overtaken")


def test_a_decision_without_the_head_that_was_read_is_none(house, web):
    name = house.in_review()
    body = {"action": "approve"}
    assert web.post(f"/api/v1/review/{name}/decisions", json=body).status_code == 422


def test_passages_of_the_cited_sources_are_found(house, web):
    name = house.in_review()
    found = web.get(f"/api/v1/review/{name}/passages?q=examplamine").json()
    assert PassagesFound.model_validate(found).passages


@pytest.mark.parametrize(
    "path", ["/api/v1/review", "/api/v1/review/x", "/api/v1/review/x/differences"]
)
def test_nobody_reads_the_desk_without_having_signed_in(house, path):
    told = house.browser().get(path)
    assert (told.status_code, told.json()["code"]) == (401, "not_signed_in")
    assert house.browser("eve").get(path).status_code == 403


def test_pages_of_other_sites_decide_nothing(house, web):
    name = house.in_review()
    before = house.editorial.ledger(name)
    head = web.get(f"/api/v1/review/{name}").json()["head"]
    sent = web.post(
        f"/api/v1/review/{name}/decisions",
        json={"seen": head, "action": "approve"},
        headers={"sec-fetch-site": "cross-site"},
    )
    assert sent.status_code == 403
    assert house.editorial.ledger(name) == before


def test_a_question_that_has_its_article_cannot_be_submitted_again(house):
    name = house.in_review()
    second = house.kept(draft(title="Again"))
    sent = house.browser("ada").post("/api/v1/submissions", json={"article": second, "version": 1})
    assert (sent.status_code, sent.json()["code"]) == (409, "refused:same_question")
    assert name in sent.json()["message"]
