"""A deployment that shows approved content only: no address gives what nobody approved."""

import re
from itertools import product

import pytest
from desk_client import BO, House, draft

from loccit.delivery.web.rendering import FORMS
from loccit.terms import Action

SECRET = "Zebrafinch"
"""Stands in the title and the bottom line of every text that nobody approved, and nowhere else."""
SHOWN = "Kingfisher"


def _draft(word, **changes):
    text = draft(title=f"{word} dosing", **changes)
    first, *rest = text.bottom_line
    from dataclasses import replace

    said = replace(first, text=f"{word}: take 5 mg once a day.")
    return replace(text, bottom_line=(said, *rest))


def _other(kind):
    from articles import question

    from loccit.terms import QuestionKind

    return question(kind=QuestionKind(kind))


class Composing:
    """The engine of the house, which composes a text with the secret word for any question."""

    def __new__(cls):
        from desk_client import Drafting

        class Made(Drafting):
            def ask(self, text, **how):
                answer = super().ask(text, **how)
                return _draft(SECRET, question=answer.question)

        return Made()


@pytest.fixture
def house():
    """An approved article, and drafts in every state that nobody approved."""
    made = House(approved_only=True, engine=Composing())
    made.approved_name = made.approved(_draft(SHOWN), listed=True)
    made.hidden = [
        made.kept(_draft(SECRET, question=_other("what_is")), listed=True),
        made.in_review(_draft(f"{SECRET}s", question=_other("safety")), listed=True),
    ]
    rejected = made.in_review(_draft(f"{SECRET}r", question=_other("emergency")), listed=True)
    made.take(rejected, Action.REJECT, BO, reason="unfit")
    made.hidden.append(rejected)
    # a newer text of the approved article, which nobody approved
    made.articles.keep(_draft(SHOWN, notes=(f"{SECRET} note",)), key=f"{SHOWN} dosing")
    return made


def _addresses(house):
    """Every address of the pages and of the API, with every value that could open something."""
    names = (house.approved_name, *house.hidden)
    values = {
        "article": names,
        "number": ("1", "2"),
        "document": ("label",),
        "passage": ("a1b2c3d4e5f60718",),
    }
    for path, methods in _routes(house.app.routes):
        fields = re.findall(r"\{([^}:]+)(?::[^}]*)?\}", path)
        for filled in product(*(_values(path, field, values) for field in fields)):
            address = path
            for field, value in zip(fields, filled, strict=True):
                address = re.sub(r"\{" + field + r"(?::[^}]*)?\}", value, address)
            yield from ((method, address) for method in sorted(methods & {"GET", "POST"}))


def _routes(routes):
    """Each path with its methods, of routers within routers too."""
    for route in routes:
        if inner := getattr(route, "original_router", None):
            yield from _routes(inner.routes)
        else:
            yield route.path, route.methods


def _values(path, field, values):
    if field != "name":
        return values.get(field, ("x",))
    if path == "/articles/{name}":
        return [f"{name}{form.ending}" for name in values["article"] for form in FORMS]
    if path.startswith("/articles"):
        return [f"{number}{form.ending}" for number in ("1", "2") for form in FORMS]
    return ("label", "style.css")


BODIES = (
    {"question": "How much examplamine?"},
    {"question": "How much examplamine?", "anew": "yes"},
    {"question": "And at 71?", "follow": "art-1"},
    {"question": "How much examplamine?", "no_keep": "yes"},
)


def _answers(web, method, address):
    """What an address says, in the ways that it can be asked."""
    if method == "GET":
        named = "." in address
        for accept in ("*/*",) if named else ("text/html", "application/json", "text/markdown"):
            yield web.get(address, headers={"accept": accept})
        return
    asks = address.endswith("/ask")
    for body in BODIES if asks else BODIES[:1]:
        yield web.post(address, data=dict(body))
    for body in (
        {"question": "How much examplamine?"},
        {"question": "How much examplamine?", "anew": True},
        {"question": "And at 71?", "follow": "art-1"},
        {"question": "How much examplamine?", "keep": False},
        {"article": "x", "version": 1},
        {"action": "comment", "seen": "x", "words": "y"},
    ):
        if asks or "question" not in body:
            yield web.post(address, json=body)


def test_no_address_gives_what_nobody_approved(house):
    house.app = house.served(lambda: None)
    asked, told = 0, set(house.browser().get("/api/v1/openapi.json").json()["paths"])
    walked = {path for path, _ in _routes(house.app.routes)}
    assert told <= {re.sub(r":path", "", path) for path in walked}
    assert {"/", "/ask", "/browse", "/changes.atom", "/llms.txt", "/articles/{name}"} <= walked
    with house.browser() as web:
        for method, address in _addresses(house):
            if address in {"/check", "/api/v1/check"}:
                continue  # a report on the asker's own words, which it repeats
            for answer in _answers(web, method, address):
                asked += 1
                assert SECRET.encode() not in answer.content, (method, address)
                assert answer.status_code != 500, (method, address)
    assert asked > 300


def test_a_reader_has_all_that_was_approved(house):
    web, name = house.browser(), house.approved_name
    for path in (
        f"/articles/{name}",
        f"/articles/{name}.json",
        f"/articles/{name}/editions/1.md",
        f"/api/v1/articles/{name}",
        "/browse",
        "/changes.atom",
        "/llms.txt",
        "/api/v1/articles",
    ):
        assert SHOWN in web.get(path).text, path
    assert f"/articles/{name}/editions/1" in web.get("/llms.txt").text
    assert f"/articles/{name}/editions/1" in web.get("/changes.atom").text
    assert SHOWN in web.get("/api/v1/articles?q=kingfisher").text
    assert SHOWN not in web.get("/api/v1/articles?q=heron").text


def test_a_question_finds_its_approved_article_or_is_told_there_is_none(house):
    web = house.browser()
    text = house.editorial.text(house.approved_name).question.text
    found = web.post("/ask", data={"question": text})
    assert SHOWN in found.text
    none = web.post("/ask", data={"question": text, "anew": "yes"})
    assert "No approved article answers this" in none.text
    told = web.post("/api/v1/ask", json={"question": text, "anew": True})
    assert (told.status_code, told.json()["code"]) == (404, "no_such_article")


def test_those_who_write_still_see_drafts(house):
    for who in ("ada", "rut", "bo"):
        web = house.browser(who)
        assert SECRET in web.get(f"/articles/{house.hidden[0]}").text
        assert SECRET in web.get(f"/review/{house.hidden[1]}").text
    assert SECRET not in house.browser("eve").get(f"/articles/{house.hidden[0]}").text


def test_a_withdrawn_edition_stays_readable_and_leaves_the_lists(house):
    house.take(house.approved_name, Action.WITHDRAW, BO, reason="recalled")
    web = house.browser()
    assert "This article was withdrawn" in web.get(f"/articles/{house.approved_name}").text
    for path in ("/browse", "/llms.txt", "/changes.atom", "/api/v1/articles"):
        assert SHOWN not in web.get(path).text


def test_nothing_approved_is_shared_by_caches_with_what_is_not(house):
    """A page that depends on who reads is never held for another."""
    answer = house.browser().get(f"/articles/{house.approved_name}")
    assert "no-store" in answer.headers["cache-control"]
