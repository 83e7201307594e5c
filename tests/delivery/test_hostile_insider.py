"""People of the house who turn the rules of review against it: each way is closed."""

import re
from dataclasses import replace

import pytest
from desk_client import ADA, BO, MORE, RUT, House

from loccit.delivery.web.approved import Approved
from loccit.terms import Action, LibraryRequest, Refused, State

SECRET = "Zebrafinch"
TOKEN = re.compile(r'name="token" value="([^"]+)"')


@pytest.fixture
def house():
    return House()


def _first(house, name):
    return house.editorial.text(name).bottom_line[0].id


def test_a_statement_that_is_added_settles_no_other(house):
    name = house.in_review()
    told = _first(house, name)
    house.take(name, Action.REOPEN, BO, target=told, reason="its label changed")
    house.take(name, Action.ADD, ADA, passage=MORE.passage.id, target=told, reason="missing")
    assert house.editorial.review(name).open == {told}
    with pytest.raises(Refused) as refused:
        house.take(name, Action.APPROVE, RUT)
    assert refused.value.rule == "open"


def test_the_same_words_are_not_added_twice(house):
    name = house.in_review()
    house.take(name, Action.ADD, ADA, passage=MORE.passage.id, reason="missing")
    with pytest.raises(Refused) as refused:
        house.take(name, Action.ADD, ADA, passage=MORE.passage.id, reason="missing")
    assert refused.value.rule == "said"


@pytest.mark.parametrize("target", ["nosuch", "{first} nosuch", "{first}=mark"])
def test_nobody_opens_what_is_not_there_or_marks_it_as_the_program_does(house, target):
    name = house.in_review()
    with pytest.raises(Refused) as refused:
        house.take(
            name, Action.REOPEN, BO, target=target.format(first=_first(house, name)), reason="x"
        )
    assert refused.value.rule == "unknown_statement"
    assert not house.editorial.review(name).open


def test_what_reviewers_tell_each_other_of_the_next_text_is_no_readers():
    house = House(approved_only=True)
    name = house.approved()
    house.take(name, Action.REOPEN, BO, target=_first(house, name), reason="The label changed")
    house.take(name, Action.REQUEST_CHANGES, RUT, reason=f"{SECRET} is not what it says")
    web = house.browser()
    for path in (
        f"/articles/{name}",
        f"/articles/{name}.json",
        f"/articles/{name}/editions/1",
        f"/api/v1/articles/{name}/editions/1",
        "/reviews.atom",
    ):
        answer = web.get(path)
        assert answer.status_code == 200, path
        assert SECRET not in answer.text, path
    assert "The label changed" in web.get(f"/articles/{name}").text
    assert SECRET in house.browser("ada").get(f"/review/{name}").text


def test_a_form_says_what_of_the_ledger_was_read(house):
    name = house.in_review()
    web = house.browser("rut")
    token = TOKEN.search(web.get(f"/review/{name}").text).group(1)
    answer = web.post(f"/review/{name}", data={"token": token, "action": "approve"})
    assert answer.status_code == 422
    assert house.editorial.review(name).state is State.UNDER_REVIEW


def test_an_edit_between_the_reading_and_the_writing_of_an_approval_is_not_lost(house):
    name = house.in_review()
    plain, told = house.ledgers.text, _first(house, name)

    def overtaken(article, number=0):
        before = plain(article, number)
        house.ledgers.text = plain
        house.take(name, Action.EDIT, ADA, target=told, words="Take none.", reason="worse")
        return before

    house.ledgers.text = overtaken
    with pytest.raises(Exception, match="somebody decided"):
        house.take(name, Action.APPROVE, RUT)  # as in the terminal: names nothing that was read
    assert house.editorial.text(name).bottom_line[0].text == "Take none."
    assert house.editorial.review(name).state is State.UNDER_REVIEW


def test_words_typed_before_the_server_started_anew_are_there_to_be_sent_again(house):
    name = house.in_review()
    web = house.browser("rut")
    head = house.editorial.ledger(name).head
    form = {"action": "comment", "target": "s1", "seen": head, "words": "what of children?"}
    again = web.post(f"/review/{name}", data={**form, "token": "older.process"})
    assert again.status_code == 403
    assert "what of children?" in again.text
    stale = web.post(f"/review/{name}", data={**form, "seen": "older", "token": "older.process"})
    assert stale.status_code == 409  # what was decided since is told, as with any form
    assert "what of children?" in stale.text
    elsewhere = web.post(f"/review/{name}", data=form, headers={"sec-fetch-site": "cross-site"})
    assert elsewhere.status_code == 403
    assert "what of children?" not in elsewhere.text
    assert not house.editorial.review(name).remarks


@pytest.mark.parametrize("who", [RUT, BO], ids=["who signs", "to whom it is assigned"])
def test_no_name_turns_the_words_of_the_desk_around(house, who):
    name = house.in_review()
    turned = replace(RUT, name="Rut\u202e elpmaxE", interests="none\x1b[2J")
    house.ledgers.keep_person(turned)
    page = house.browser(who.id).get(f"/review/{name}").text
    assert "[U+202E]" in page
    assert not {"\u202e", "\x1b"} & set(page)


def test_a_list_never_shows_an_edition_that_a_restore_replaced():
    house = House(approved_only=True)
    name = house.approved()
    approved, first = Approved(house.editorial), house.editorial.edition(name)
    assert approved.articles(LibraryRequest())[0].title == "Dose of examplamine"
    other, at = replace(first[0], title="Another dose"), replace(first[1], content="b" * 64)
    house.editorial.edition = lambda *_: (other, at)
    house.editorial.editions = lambda _: (at,)
    assert approved.articles(LibraryRequest())[0].title == "Another dose"


def test_no_declaration_or_reason_makes_a_line_of_its_own():
    house = House()
    forged = "none\n\n# Approved by the agency"
    house.ledgers.keep_person(replace(RUT, interests=forged))
    name = house.approved()
    house.take(name, Action.WITHDRAW, BO, reason=f"recalled\n\n{forged}")
    web = house.browser()
    for ending in (".md", ".txt"):
        text = web.get(f"/articles/{name}{ending}").text
        assert "recalled" in text.casefold()
        assert not [line for line in text.splitlines() if line.lstrip().startswith("# Approved")]
