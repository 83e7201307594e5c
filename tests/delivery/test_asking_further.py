"""Asking further: on the command line, on the pages and over HTTP."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from site_client import site

from loccit.delivery.cli import main
from loccit.testing import InMemoryTurns
from loccit.wiring import make_engine

FIRST = "What is the maximum daily dose of tizanidine?"


@pytest.fixture
def run(starter_base, monkeypatch):
    monkeypatch.setenv("LOCCIT_HOME", str(starter_base.folder))

    def command(*args):
        return CliRunner().invoke(main, [str(arg) for arg in args])

    yield command
    command("forget")


@pytest.fixture
def web(starter_base):
    with site(make_engine(starter_base, turns=InMemoryTurns())) as client:
        client.follow_redirects = True
        yield client


def asked(run, *args):
    return json.loads(run("ask", *args, "--format", "json").stdout)


# --- command line


def test_a_damaged_file_of_questions_stops_no_answer_and_forgetting_removes_it(run, starter_base):
    run("forget")
    kept = starter_base.folder / "turns.sqlite"
    for beside in starter_base.folder.glob("turns.sqlite*"):
        beside.unlink()
    kept.write_bytes(b"not a database" * 100)
    answered = run("ask", FIRST)
    assert answered.exit_code == 0
    assert "--follow" not in answered.stdout
    assert re.fullmatch(r"loccit: [^\n]*turns\.sqlite[^\n]*can be deleted[^\n]*\n", answered.stderr)
    followed = run("ask", "--follow", "8978f2e3", "and in children?")
    assert (followed.exit_code, followed.stdout) == (1, "")
    assert "ask the whole question" in followed.stderr
    assert run("forget").stdout == "forgotten\n"
    assert not kept.exists()
    assert run("ask", FIRST).stderr == ""


def test_a_printed_answer_ends_with_how_to_ask_further(run):
    last = run("ask", FIRST).stdout.splitlines()[-1]
    (name,) = re.findall(r"--follow ([0-9a-f]{8})", last)
    following = run("ask", "--follow", name, "and if she has cirrhosis?")
    assert "Carried over: tizanidine (drug)" in following.stdout
    assert following.exit_code == 0


def test_five_turns_deep_what_holds_is_carried_over_stops_included(run):
    name = asked(run, FIRST)["id"]
    for text in (
        "and if she has cirrhosis?", "she is 71", "what about baclofen instead", "and eGFR 25",
        "how long then?",
    ):  # fmt: skip
        article = asked(run, "--follow", name, text)
        assert article["question"]["follows"] == name
        name = article["id"]
    patient = article["question"]["patient"]
    assert (patient["age"], patient["egfr"], patient["hepatic"]) == (71, 25, "any")
    assert next(c["name"] for c in article["question"]["concepts"]) == "baclofen"


def test_the_same_words_after_another_answer_are_another_question(run):
    one, two = asked(run, FIRST)["id"], asked(run, "baclofen dose")["id"]
    first, again = (
        asked(run, "--follow", one, "how long?"),
        asked(run, "--follow", one, "how long?"),
    )
    assert first == again
    assert first["id"] != asked(run, "--follow", two, "how long?")["id"]


def test_the_reader_stays_unless_another_is_named(run):
    name = asked(run, "--audience", "patient", FIRST)["id"]
    assert asked(run, "--follow", name, "how long?")["audience"] == "patient"
    assert (
        asked(run, "--follow", name, "--audience", "student", "how long?")["audience"] == "student"
    )


def test_nothing_is_kept_when_the_asker_says_so(run):
    printed = run("ask", "--no-keep", "baclofen dose in children").stdout
    assert "--follow" not in printed
    name = asked(run, "--no-keep", "baclofen dose in children")["id"]
    refused = run("ask", "--follow", name, "how long?")
    assert refused.exit_code == 1
    assert "ask the whole question" in refused.stderr


def test_what_was_kept_can_be_dropped(run):
    name = asked(run, FIRST)["id"]
    assert run("forget").stdout == "forgotten\n"
    assert run("ask", "--follow", name, "how long?").exit_code == 1


def test_forgetting_drops_kept_answers_but_not_the_library(run, starter_base):
    from loccit.terms import NoSuchArticle
    from loccit.testing import small_article
    from loccit.wiring import open_articles

    kept = open_articles(starter_base.folder, days=30, warn=pytest.fail)
    names = [kept.keep(small_article(text), key=text).place.article for text in ("one", "two")]
    kept.publish(names[0], 1)
    assert run("forget").exit_code == 0
    assert kept.answer(names[0]).place.listed_at
    with pytest.raises(NoSuchArticle):
        kept.answer(names[1])
    assert run("forget", "--article", names[0]).stdout == "forgotten\n"
    with pytest.raises(NoSuchArticle):
        kept.answer(names[0])
    assert run("forget", "--article", names[0]).exit_code == 1
    kept.close()


def test_no_words_of_the_asker_lie_in_the_base(run, starter_base):
    run("ask", "Mrs Zyxwvutsr wants the dose of tizanidine")
    files = list(starter_base.folder.glob("turns*"))
    assert files
    assert all(b"zyxwvutsr" not in path.read_bytes().lower() for path in files)


def test_a_new_topic_is_told_and_answered_as_if_asked_first(run):
    name = asked(run, FIRST)["id"]
    text = "new question: What are the contraindications of cyclobenzaprine?"
    following, fresh = asked(run, "--follow", name, text), asked(run, text)
    assert following["question"]["following"]["new_topic"]
    assert following["bottom_line"] == fresh["bottom_line"]
    assert following["sections"] == fresh["sections"]


# --- pages


def hidden(page, name):
    return re.findall(rf'name="{name}" value="([^"]*)"', page)


def test_a_page_has_a_field_to_ask_further_and_no_script(web):
    page = web.post("/ask", data={"question": FIRST, "age": "71"}).text
    assert 'id="further" name="question"' in page
    assert not re.search(r"<script(?! type=.(application/ld.json|module))", page)
    follow = hidden(page, "follow")[0]
    second = web.post("/ask", data={"question": "and if she has cirrhosis?", "follow": follow}).text
    assert "Carried over" in second
    assert "age 71 years" in second
    assert hidden(second, "follow")[0] == follow  # for another reader, the same question again
    assert hidden(second, "follow")[-1] != follow


def test_a_question_that_is_not_kept_has_no_such_field(web):
    page = web.post("/ask", data={"question": FIRST, "no_keep": "yes"}).text
    assert 'id="further"' not in page
    assert hidden(page, "follow") == []
    assert hidden(page, "no_keep")


def test_an_answer_that_is_past_is_told(web):
    response = web.post("/ask", data={"question": "how long?", "follow": "0123456789abcdef"})
    assert response.status_code == 404
    assert "can no longer be followed" in response.text


def test_the_form_says_what_is_kept(web):
    page = web.get("/").text
    assert "at an address that nobody can guess" in page
    assert 'name="no_keep"' in page


# --- HTTP


def test_the_api_takes_the_answer_to_follow(web):
    first = web.post("/api/v1/ask", json={"question": FIRST, "patient": {"age": 71}}).json()
    body = {"question": "how long?", "follow": first["id"]}
    second = web.post("/api/v1/ask", json=body).json()
    assert second["question"]["follows"] == first["id"]
    assert second["question"]["patient"] == {"age": 71}


def test_the_api_keeps_nothing_where_it_is_told_so(web):
    first = web.post("/api/v1/ask", json={"question": "baclofen dose", "keep": False}).json()
    second = web.post("/api/v1/ask", json={"question": "how long?", "follow": first["id"]})
    assert (second.status_code, second.json()["code"]) == (404, "no_such_turn")
