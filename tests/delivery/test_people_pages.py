"""The page of people, for administrators alone."""

import re

import pytest
from signed_in_site import NEW, RUT, House, site_of

from loccit.terms import Duty, Identity, Person

CODE = re.compile(r'class="one-time">([A-Z2-7-]{19})<')
ACTS = ("add", "change", "account", "lock", "unlock", "code")


@pytest.fixture
def house():
    return House().founded().with_rut(Duty.REVIEWER)


@pytest.fixture
def web(house):
    with site_of(house) as visitor:
        visitor.sign_in()
        yield visitor


def test_everybody_is_listed(web, house):
    house.ledgers.keep_person(Person(id="bob", name="Bob <b>"))
    house.members.welcome(Identity(issuer="https://i.example", subject="s", name="Ina"))
    page = web.get("/people").text
    for words in (
        "Ada Example",
        "Rut Example",
        "Bob &lt;b&gt;",
        "cannot sign in",
        "at the institution",
    ):
        assert words in page, words
    assert page.count("<h1") == 1


def test_only_administrators_see_and_change_people(house):
    before = (house.ledgers.people(), house.accounts.accounts())
    with site_of(house) as web:
        assert web.get("/people").status_code == 303
        for act in ACTS:
            led = web.post(f"/people/{act}", data={"person": "rut"})
            assert led.headers["location"] == "/sign-in?to=/", act
        web.sign_in("rut", RUT)
        assert 'href="/people"' not in web.get("/account").text
        assert web.get("/people").status_code == 403
        for act in ACTS:
            form = {"person": "rut", "called": "R", "duty_admin": "yes"}
            assert web.post(f"/people/{act}", data=form).status_code == 403, act
    assert (house.ledgers.people(), house.accounts.accounts()) == before


def test_somebody_is_added_with_a_code(web, house):
    form = {"person": "Eve", "called": "Eve Example", "duty_author": "yes", "duty_board": "yes"}
    page = web.post("/people/add", data=form)
    code = CODE.search(page.text).group(1)
    assert "Eve Example" in page.text
    assert not CODE.search(web.get("/people").text)  # shown once
    assert house.members.member("eve").person.duties == {Duty.AUTHOR, Duty.BOARD}
    with site_of(house) as other:
        other.post("/welcome", data={"code": code, "new": NEW, "again": NEW})
        assert "Eve Example" in other.get("/account").text


def test_the_program_is_no_role_and_no_other_word_is(web, house):
    form = {"person": "eve", "called": "Eve", "duty_program": "yes", "duty_king": "yes"}
    assert web.post("/people/add", data=form).status_code == 400
    assert web.post("/people/add", data={**form, "duty_program": "no"}).status_code == 200
    assert house.members.member("eve").person.duties == frozenset()


def test_name_and_roles_are_changed_and_sessions_end(web, house):
    with site_of(house) as rut:
        rut.sign_in("rut", RUT)
        form = {"person": "rut", "called": "Rut Other", "duty_board": "yes"}
        assert web.post("/people/change", data=form).headers["location"] == "/people"
        person = house.members.member("rut").person
        assert (person.name, person.duties) == ("Rut Other", {Duty.BOARD})
        assert rut.get("/account").status_code == 303


def test_an_account_is_locked_and_opened(web, house):
    with site_of(house) as rut:
        rut.sign_in("rut", RUT)
        web.post("/people/lock", data={"person": "rut"})
        assert rut.get("/account").status_code == 303
        assert rut.sign_in("rut", RUT).status_code == 403
        assert "locked" in web.get("/people").text
        web.post("/people/unlock", data={"person": "rut"})
        assert rut.sign_in("rut", RUT).status_code == 303


def test_a_person_from_the_terminal_is_given_an_account(web, house):
    house.ledgers.keep_person(Person(id="bob", name="Bob", duties=frozenset({Duty.BOARD})))
    assert CODE.search(web.post("/people/account", data={"person": "bob"}).text)
    assert house.members.member("bob").account


@pytest.mark.parametrize(
    ("act", "form", "told"),
    [
        ("lock", {"person": "ada"}, "another administrator"),
        ("change", {"person": "ada", "called": "Ada"}, "another administrator"),
        ("lock", {"person": "nobody"}, "obody of this name"),
        ("code", {}, "obody of this name"),
        ("add", {"person": "rut", "called": "Rut"}, "already"),
        ("add", {"person": "r t", "called": "Rut"}, "small letters"),
        ("add", {"person": "eve"}, "name is needed"),
    ],
)
def test_what_is_refused_is_told_on_the_page(web, house, act, form, told):
    before = (house.ledgers.people(), house.accounts.accounts())
    refused = web.post(f"/people/{act}", data=form)
    assert refused.status_code == 400
    assert told in refused.text
    assert 'role="alert"' in refused.text
    assert (house.ledgers.people(), house.accounts.accounts()) == before


def test_no_address_names_a_person(web):
    page = web.get("/people").text
    for address in re.findall(r'(?:href|action)="([^"]*)"', page):
        assert "rut" not in address
        assert "ada" not in address
