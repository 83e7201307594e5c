"""The pages of review: the strip, the queue, the desk, refusals, who is overtaken, editions."""

import json
import re

import pytest
from desk_client import ADA, BO, RUT, House, draft, record

from loccit.editorial import Asked
from loccit.living import PROGRAM
from loccit.review import near_mark, reading_mark
from loccit.terms import Action, Duty, State


@pytest.fixture
def house():
    return House()


@pytest.fixture
def name(house):
    return house.in_review()


def form(web, name, **fields):
    """Decide as the desk's own forms do: on the head that the page was read at."""
    seen = re.search(r'name="seen" value="([^"]+)"', web.get(f"/review/{name}").text).group(1)
    return web.post(f"/review/{name}", data={"seen": seen, **fields})


# --- the strip


def test_a_kept_answer_that_nobody_decided_on_is_pending(house):
    page = house.browser().get(f"/articles/{house.kept()}").text
    assert "pending human review" in page
    assert "Approved by" not in page


def test_the_strip_names_who_approved_with_credentials_interests_and_days(house):
    name = house.approved()
    page = house.browser().get(f"/articles/{name}").text
    assert re.search(r'aria-current="step" class="approved">Approved', page)
    assert "Rut Example, PharmD (reviewer; interests declared: speaker for Example Works)" in page
    assert "2026-05-01" in page
    assert "2027-05-01" in page
    assert "pending human review" not in page
    assert "no person has reviewed this page yet" not in page


@pytest.mark.parametrize("ending", [".md", ".txt", ".json", ".jsonld"])
def test_every_form_tells_the_same_state(house, ending):
    web, name = house.browser(), house.approved()
    told = web.get(f"/articles/{name}{ending}").text
    assert "Rut Example" in told
    assert "pending" not in told
    pending = web.get(f"/articles/{house.kept(draft(title='Another'))}{ending}").text
    assert "Rut" not in pending


def test_the_status_is_data(house):
    web, name = house.browser(), house.approved()
    status = json.loads(web.get(f"/articles/{name}.json").text)["status"]
    assert (status["state"], status["edition"], status["review_by"]) == (
        "approved",
        1,
        "2027-05-01",
    )
    assert status["by"][0] == {
        "name": "Rut Example",
        "credentials": "PharmD",
        "interests": "speaker for Example Works",
        "role": "reviewer",
        "at": status["at"],
    }


def test_a_pdf_tells_it_too(house):
    name = house.approved()
    waiting = house.kept(draft(title="Another"))
    web = house.browser()
    assert web.get(f"/articles/{name}.pdf").content != web.get(f"/articles/{waiting}.pdf").content
    assert web.get(f"/articles/{name}.pdf").status_code == 200


def test_an_approval_holds_for_its_text_alone(house):
    """Another text of the same article is told as what it is: not the one that was approved."""
    name = house.approved()
    house.articles.keep(draft(notes=(), bottom_line=draft().bottom_line[:1]), key=draft().title)
    older, newer = (house.browser().get(f"/articles/{name}/v/{n}.json").json() for n in (1, 2))
    assert older["status"]["state"] == "approved"
    assert newer["status"]["state"] == "submitted"
    assert newer["status"]["by"] == []
    assert "another text" in newer["status"]["banner"]


def test_a_withdrawn_article_stays_readable_under_a_banner(house):
    name = house.approved()
    house.take(name, Action.WITHDRAW, BO, reason="The product was recalled.")
    for path in (f"/articles/{name}", f"/articles/{name}/editions/1", f"/articles/{name}/v/1"):
        page = house.browser().get(path).text
        assert "This article was withdrawn" in page
        assert "The product was recalled." in page
        assert "Take 5 mg once a day." in page
    assert house.browser().get(f"/articles/{name}.json").json()["status"]["state"] == "withdrawn"


def test_a_superseded_article_leads_to_the_one_in_its_place(house):
    name = house.approved()
    other = house.approved(draft(title="Another", question=_other()))
    house.take(name, Action.SUPERSEDE, BO, reason="A better one.", target=other)
    page = house.browser().get(f"/articles/{name}").text
    assert f'href="/articles/{other}"' in page
    assert "Another article took the place" in page


def test_a_reopened_edition_says_that_people_look_again(house):
    name = house.approved()
    house.take(name, Action.REOPEN, BO, reason="The label is new.", target="s1")
    page = house.browser().get(f"/articles/{name}").text
    assert "One sentence waits for a person" in page
    assert "The label is new." in page
    assert re.search(r'class="banner under_review".*?<a href="#s1">1</a>', page, re.DOTALL)
    status = house.browser().get(f"/articles/{name}.json").json()["status"]
    assert (status["state"], status["open"]) == ("under_review", ["s1"])


def test_each_sentence_opened_again_tells_its_own_change(house):
    name = house.approved()
    asked = Asked(
        action=Action.REOPEN,
        person=PROGRAM,
        duty=Duty.PROGRAM,
        reason="A source changed.",
        words="s1 (changed): one -> two\ns2 (changed): three -> four",
        target="s1 s2",
    )
    house.editorial.record(name, asked)
    page = house.browser("rut").get(f"/review/{name}").text
    under = re.search(r'<li class="row[^"]*" id="s1".*?</ul>', page, re.DOTALL)[0]
    assert "one -&gt; two" in under
    assert "three" not in under


def _other():
    from articles import question

    from loccit.terms import QuestionKind

    return question(kind=QuestionKind.SAFETY)


# --- who may come in


@pytest.mark.parametrize("path", ["/review", "/review/x", "/review/x/differences"])
def test_the_desk_is_for_those_who_have_signed_in_with_a_role(house, path):
    led = house.browser().get(path)
    assert (led.status_code, led.headers["location"].partition("?")[0]) == (303, "/sign-in")
    assert house.browser("eve").get(path).status_code == 403


def test_a_form_that_is_not_ours_decides_nothing(house, name):
    before = house.editorial.ledger(name)
    web = house.browser("rut")
    refused = web.post(f"/review/{name}", data={"token": "no", "action": "approve"})
    assert refused.status_code == 403
    assert house.editorial.ledger(name) == before


# --- submitting


def test_an_author_submits_from_the_page_of_an_answer(house):
    name, web = house.kept(), house.browser("ada")
    assert "Submit for review" in web.get(f"/articles/{name}").text
    assert "Submit for review" not in house.browser().get(f"/articles/{name}").text
    sent = web.post(f"/articles/{name}/v/1/submit", data={})
    assert (sent.status_code, sent.headers["location"]) == (303, f"/review/{name}")
    assert house.editorial.review(name).submitted_by == "ada"
    assert "Submit for review" not in web.get(f"/articles/{name}").text


def test_a_second_article_on_one_question_leads_to_the_first(house, name):
    second = house.kept(draft(title="In other words"))
    sent = house.browser("ada").post(f"/articles/{second}/v/1/submit", data={})
    assert sent.headers["location"] == f"/review/{name}"
    assert house.editorial.review(second).state is State.UNSUBMITTED


# --- the queue


def test_the_queue_tells_state_age_assignment_and_what_is_overdue(house, name):
    from datetime import date

    house.take(name, Action.ASSIGN, BO, target="rut", due=date(2026, 5, 2))
    other = house.in_review(draft(title="Another", question=_other()))
    web = house.browser("rut")
    page = web.get("/review").text
    assert f'href="/review/{name}"' in page
    assert f'href="/review/{other}"' in page
    assert "overdue" in page
    for query, seen, unseen in (
        ("assigned=me", name, other),
        ("assigned=nobody", other, name),
        ("overdue=1", name, other),
        ("state=submitted", None, name),
    ):
        found = web.get(f"/review?{query}").text
        assert seen is None or f'href="/review/{seen}"' in found
        assert f'href="/review/{unseen}"' not in found
    assert web.get("/review?state=nonsense").status_code == 400


def test_what_ended_is_listed_only_when_asked_for(house, name):
    house.take(name, Action.REJECT, BO, reason="unfit")
    web = house.browser("rut")
    assert f'href="/review/{name}"' not in web.get("/review").text
    assert f'href="/review/{name}"' in web.get("/review?state=all").text


# --- deciding


def test_each_sentence_stands_beside_the_words_of_its_source(house, name):
    page = house.browser("rut").get(f"/review/{name}").text
    for each in house.editorial.text(name).statements():
        assert page.count(f'name="target" value="{each.id}"') >= 3, each.id
        assert each.citations[0].quote in page


def test_accepting_leads_back_to_the_sentence(house, name):
    done = form(house.browser("rut"), name, action="accept", target="s2")
    assert (done.status_code, done.headers["location"]) == (303, f"/review/{name}#s2")
    assert house.editorial.review(name).accepted == {"s2"}


def test_a_comment_keeps_its_author_and_words(house, name):
    form(house.browser("rut"), name, action="comment", target="s1", words="Is this <b>new</b>?")
    page = house.browser("ada").get(f"/review/{name}").text
    assert "Is this &lt;b&gt;new&lt;/b&gt;?" in page
    assert "<b>Rut Example</b>, reviewer" in page


def test_a_refused_edit_names_its_rule_and_keeps_the_words(house, name):
    web, words = house.browser("rut"), "Take 50 mg, which is wrong."
    refused = form(web, name, action="edit", target="s1", words=words, reason="a bolder dose")
    assert refused.status_code == 422
    assert "Its source does not say so" in refused.text
    assert "<code>unsupported</code>" in refused.text
    assert words in refused.text
    assert "a bolder dose" in refused.text
    assert "wrong" not in house.editorial.text(name).bottom_line[0].text


@pytest.mark.parametrize(
    ("who", "fields", "rule"),
    [
        ("ada", {"action": "approve"}, "duty"),
        ("rut", {"action": "request_changes"}, "reason"),
        ("rut", {"action": "comment", "target": "s1"}, "words"),
        ("rut", {"action": "strike", "target": "s99", "reason": "x"}, "unknown_statement"),
        ("bo", {"action": "assign", "target": "nobody"}, "unknown_person"),
        ("bo", {"action": "supersede", "target": "n", "reason": "x"}, "unknown_article"),
        ("rut", {"action": "resubmit"}, "state"),
        ("rut", {"action": "dance"}, "form"),
        ("bo", {"action": "assign", "target": "rut", "due": "soon"}, "form"),
        ("rut", {"action": "add", "passage": "ffff", "reason": "x"}, "form"),
        ("rut", {"action": "reanchor"}, "form"),
    ],
)
def test_every_refusal_says_which_rule(house, name, who, fields, rule):
    before = house.editorial.ledger(name)
    refused = form(house.browser(who), name, **fields)
    assert refused.status_code == 422
    assert f"<code>{rule}</code>" in refused.text
    assert house.editorial.ledger(name) == before


def test_passages_without_the_words_are_not_offered(house, name):
    page = house.browser("rut").get(f"/review/{name}?find=zzyzx").text
    assert "No passage of the sources cited here has these words." in page
    assert 'name="passage"' not in page


def test_a_statement_is_added_from_a_passage_of_the_cited_sources(house, name):
    web = house.browser("rut")
    found = web.get(f"/review/{name}?find=examplamine").text
    passage = re.search(r'name="passage" value="([^"]+)"', found).group(1)
    done = form(web, name, action="add", passage=passage, reason="missing")
    assert done.status_code == 303
    assert house.editorial.text(name).sections[-1].heading == "Added in review"


def test_only_steps_that_may_be_taken_are_offered(house, name):
    reviewer = house.browser("rut").get(f"/review/{name}").text
    assert 'value="approve"' in reviewer
    assert 'value="reject"' not in reviewer
    assert 'value="approve"' not in house.browser("ada").get(f"/review/{name}").text
    board = house.browser("bo").get(f"/review/{name}").text
    assert 'value="assign"' in board


def test_what_was_struck_stands_in_the_ledger_with_its_words(house, name):
    words = house.editorial.text(name).bottom_line[1].text
    form(house.browser("rut"), name, action="strike", target="s2", reason="said above")
    page = house.browser("ada").get(f"/review/{name}").text
    assert f"“{words}”" in page
    assert "said above" in page


# --- two at once


def test_who_is_overtaken_loses_no_word(house, name):
    """The page tells what was decided since, and holds the words to be sent again."""
    web = house.browser("rut")
    head = house.editorial.ledger(name).head
    house.take(name, Action.STRIKE, BO, target="s3", reason="said twice")
    late = web.post(
        f"/review/{name}",
        data={
            "seen": head,
            "action": "edit",
            "target": "s1",
            "words": "Take 5 mg daily.",
            "reason": "Shorter is better",
        },
    )
    assert late.status_code == 409
    assert "Somebody decided while you did" in late.text
    assert "Bo Example" in late.text
    assert "said twice" in late.text
    assert "Take 5 mg daily." in late.text
    assert "Shorter is better" in late.text
    assert len(house.editorial.ledger(name).decisions) == 3
    fields = dict(re.findall(r'name="(seen|target)" value="([^"]+)"', late.text))
    again = web.post(
        f"/review/{name}",
        data={**fields, "action": "edit", "words": "Take 5 mg daily.", "reason": "Shorter"},
    )
    assert again.status_code == 303
    assert house.editorial.text(name).bottom_line[0].text == "Take 5 mg daily."


def test_who_is_overtaken_is_told_so_before_anything_else(house, name):
    """Not that the sentence is unknown, which they could not understand."""
    head = house.editorial.ledger(name).head
    house.take(name, Action.STRIKE, BO, target="s1", reason="out")
    fields = {"seen": head, "action": "edit", "target": "s1", "words": "wrong", "reason": "x"}
    late = house.browser("rut").post(f"/review/{name}", data=fields)
    assert late.status_code == 409


# --- differences and editions


def test_differences_are_told_by_word_and_not_by_colour_alone(house, name):
    was = house.editorial.text(name).bottom_line[0].text
    house.take(
        name, Action.EDIT, RUT, target="s1", words=was.replace("5 mg", "5 to 10 mg"), reason="x"
    )
    house.take(name, Action.STRIKE, RUT, target="s2", reason="y")
    page = house.browser("rut").get(f"/review/{name}/differences").text
    assert re.search(r"<ins><span class=\"hidden\">\[added: </span>to 10<span", page)
    assert "Changed" in page
    assert "Struck" in page
    assert "<b>2</b> sentences differ" in page


def test_differences_of_texts_that_are_not_there_lead_nowhere(house, name):
    web = house.browser("rut")
    for query in ("from=9", "to=99", "from=x"):
        assert web.get(f"/review/{name}/differences?{query}").status_code == 404
    assert web.get("/review/none/differences").status_code == 404


def test_editions_are_numbered_dated_and_say_what_changed(house):
    name = house.approved()
    house.take(name, Action.BEGIN, BO)
    house.take(name, Action.STRIKE, RUT, target="s2", reason="aside")
    house.take(name, Action.APPROVE, BO)
    web = house.browser()
    page = web.get(f"/articles/{name}/editions").text
    assert "Edition 1" in page
    assert "Edition 2" in page
    assert "<del>Swallow the tablet whole.</del>" in page
    assert "Bo Example" in page
    first, second = (web.get(f"/articles/{name}/editions/{n}") for n in (1, 2))
    assert "Swallow the tablet whole." in first.text
    assert "Swallow the tablet whole." not in second.text
    assert "This is an older edition." in first.text
    assert 'name="follow"' not in first.text
    assert 'name="follow"' in web.get(f"/articles/{name}/v/1").text
    assert web.get(f"/articles/{name}/editions/3").status_code == 404
    assert web.get(f"/articles/{name}.json").json()["status"]["edition"] == 2
    assert web.get(f"/articles/{house.kept(draft(title='No'))}/editions").status_code == 404


def test_an_edition_is_not_changed_by_what_comes_after(house):
    name = house.approved()
    before = house.browser().get(f"/articles/{name}/editions/1.md").text
    house.take(name, Action.BEGIN, BO)
    house.take(name, Action.STRIKE, RUT, target="s2", reason="aside")
    after = house.browser().get(f"/articles/{name}/editions/1.md").text
    assert "Swallow the tablet whole" in before
    assert "Swallow the tablet whole" in after
    assert "under review again" in after


# --- one article for one question


def test_a_question_that_reads_the_same_leads_to_its_article(house):
    web = house.browser()
    name = house.approved(house.engine.ask(**_asked("How much examplamine?")))
    found = web.post("/ask", data={"question": "Examplamine: how much?"})
    assert found.status_code == 200
    assert "This question has its article" in found.text
    assert "Examplamine: how much?" in found.text
    assert found.headers["content-location"] == f"/articles/{name}/editions/1"
    anew = web.post("/ask", data={"question": "Examplamine: how much?", "anew": "yes"})
    assert anew.status_code == 303
    assert name not in anew.headers["location"]


def test_the_api_leads_there_too(house):
    web = house.browser()
    name = house.approved(house.engine.ask(**_asked("How much examplamine?")))
    found = web.post("/api/v1/ask", json={"question": "Examplamine: how much?"}).json()
    assert found["same_question"] is True
    assert found["permalink"]["path"] == f"/articles/{name}/editions/1"
    body = {"question": "Examplamine: how much?", "anew": True}
    assert web.post("/api/v1/ask", json=body).json()["permalink"]["article"] != name


def _asked(text):
    from loccit.terms import Audience

    return {
        "text": text,
        "audience": Audience.CLINICIAN,
        "given": lambda facts: facts,
        "jurisdiction": "",
        "follows": "",
        "keep": False,
    }


def test_an_article_that_ended_leads_nobody(house):
    name = house.approved(house.engine.ask(**_asked("How much examplamine?")))
    house.take(name, Action.WITHDRAW, BO, reason="recalled")
    asked = house.browser().post("/ask", data={"question": "Examplamine: how much?"})
    assert asked.status_code == 303


def test_near_articles_are_linked(house):
    name = house.in_review()
    other = house.in_review(draft(title="Is it safe?", question=_other()))
    page = house.browser().get(f"/articles/{name}").text
    assert f'<a href="/articles/{other}" dir="auto">Is it safe?</a>' in page


def test_two_must_sign_where_the_house_asks_for_two():
    house = House(needed=2)
    name = house.in_review()
    house.take(name, Action.APPROVE, RUT)
    page = house.browser().get(f"/articles/{name}").text
    assert "Signed so far by" in page
    assert 'class="under_review">Under review' in page
    assert house.editorial.editions(name) == ()
    house.take(name, Action.APPROVE, BO)
    assert len(house.editorial.editions(name)[0].approvals) == 2


def test_every_step_has_its_words():
    from loccit.publication.desk.desk_page import ON_ALL, ON_SENTENCES
    from loccit.publication.words import load_site_words, load_words

    words = load_site_words()
    assert set(map(str, Action)) <= set(words.tables["did"])
    for table in ("step", "send", "means"):
        lacking = set(map(str, (*ON_ALL, *ON_SENTENCES))) - set(words.tables[table])
        assert lacking <= ({"accept", "edit", "strike"} if table != "step" else set())
    for table in ("state", "state_note"):
        assert set(load_words().tables[table]) == set(map(str, State))
    assert set(load_words().tables["role"]) == set(map(str, Duty))


def test_a_submission_carries_what_its_question_reads_as(house):
    name = house.in_review()
    submitted = house.editorial.ledger(name).decisions[0]
    assert submitted.target == reading_mark(draft().question)
    assert submitted.passage == near_mark(draft().question)
    assert submitted.duty is Duty.AUTHOR
    assert ADA.id == submitted.who


# --- newer evidence


def offered(house, name):
    """A passage that the base would now also choose."""
    passage = record().passage
    house.editorial.record(
        name,
        Asked(
            action=Action.SUGGEST,
            person=PROGRAM,
            duty=Duty.PROGRAM,
            passage=passage.id,
            words="A newer source says <b>less</b>.",
            reason="it is newer",
        ),
    )
    return passage.id


def test_what_the_base_would_now_choose_is_shown_with_why_and_counted(house, name):
    offered(house, name)
    page = house.browser("rut").get(f"/review/{name}").text
    assert "A newer source says &lt;b&gt;less&lt;/b&gt;." in page
    assert "it is newer" in page
    assert 'href="#suggested"' in page
    assert "1 suggested" in house.browser("rut").get("/review").text


def test_what_is_dismissed_needs_a_reason_and_is_gone(house, name):
    web, passage = house.browser("rut"), offered(house, name)
    refused = form(web, name, action="dismiss", passage=passage, reason=" ")
    assert refused.status_code == 422
    assert "<code>reason</code>" in refused.text
    assert house.editorial.review(name).suggestions
    form(web, name, action="dismiss", passage=passage, reason="of other patients")
    assert house.editorial.review(name).suggestions == ()
    page = web.get(f"/review/{name}").text
    assert 'href="#suggested"' not in page
    assert "of other patients" in page  # the ledger keeps why


def test_what_is_taken_up_stands_in_the_article(house, name):
    web, passage = house.browser("rut"), offered(house, name)
    added = form(web, name, action="add", passage=passage, reason="it says more")
    assert added.status_code == 303
    assert house.editorial.review(name).suggestions == ()
    assert record().passage.text in [s.text for s in house.editorial.text(name).statements()]


def test_an_author_sees_what_is_suggested_and_cannot_dismiss_it(house, name):
    offered(house, name)
    page = house.browser("ada").get(f"/review/{name}").text
    assert 'id="suggested"' in page
    assert 'value="dismiss"' not in page
