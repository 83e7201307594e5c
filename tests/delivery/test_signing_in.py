"""Signing in and out on the pages, the first administrator, codes, and one's own page."""

import logging
import re

import pytest
from signed_in_site import ADA, NEW, RUT, House, site_of

from loccit.terms import Duty

COOKIE = "loccit_session"


@pytest.fixture
def house():
    return House().founded().with_rut(Duty.REVIEWER)


@pytest.fixture
def web(house):
    with site_of(house) as visitor:
        yield visitor


# --- in and out


def test_who_signs_in_is_led_back_and_known(web):
    led = web.get("/account")
    assert (led.status_code, led.headers["location"]) == (303, "/sign-in?to=/account")
    page = web.get(led.headers["location"])
    assert 'name="to" value="/account"' in page.text
    entered = web.sign_in()
    assert (entered.status_code, entered.headers["location"]) == (303, "/account")
    assert "Ada Example" in web.get("/account").text
    assert web.get("/sign-in?to=/browse").headers["location"] == "/browse"


def test_the_cookie_is_for_this_browser_alone(web):
    cookies = web.sign_in().headers.get_list("set-cookie")
    (session,) = (each for each in cookies if each.startswith(f"{COOKIE}="))
    parts = {each.strip().casefold() for each in session.split(";")[1:]}
    assert parts == {"httponly", "samesite=lax", "path=/"}


def test_over_https_it_is_bound_to_the_host_and_to_https(house):
    with site_of(house, address="https://testserver") as web:
        cookies = web.sign_in().headers.get_list("set-cookie")
        (session,) = (each for each in cookies if each.startswith(f"__Host-{COOKIE}="))
        parts = {each.strip().casefold() for each in session.split(";")[1:]}
        assert parts == {"httponly", "samesite=lax", "path=/", "secure"}
        assert "Ada Example" in web.get("/account").text
    with site_of(house, secure_cookies=True) as web:  # behind a server for https
        token = web.app.state.behind.tokens.make()
        form = {"name": "ada", "password": ADA, "token": token}
        entered = web.post("/sign-in", data=form, headers={"cookie": f"loccit_form={token}"})
        assert "__Host-" in entered.headers["set-cookie"]


def test_each_sign_in_is_a_session_of_its_own_and_ends_the_one_before(web, house):
    web.sign_in()
    first = web.cookies[COOKIE]
    web.sign_in("rut", RUT)
    assert web.cookies[COOKIE] != first
    assert house.admission.person(first) is None
    assert "Rut Example" in web.get("/account").text


def test_a_session_that_somebody_planted_is_not_taken_over(web, house):
    web.cookies.set(COOKIE, "planted", domain="testserver.local")
    web.sign_in()
    assert web.cookies[COOKIE] != "planted"


def test_the_token_of_forms_is_another_after_a_sign_in(web):
    before = web.form_token()
    web.sign_in()
    after = web.form_token()
    assert before != after
    assert web.post("/sign-out", data={"token": before}).status_code == 403


def test_signing_out_ends_the_session(web, house):
    web.sign_in()
    token = web.cookies[COOKIE]
    assert web.post("/sign-out", data={}).headers["location"] == "/"
    assert COOKIE not in web.cookies
    assert house.admission.person(token) is None
    assert web.get("/account").status_code == 303
    assert web.get("/sign-out").status_code == 405


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "/\\evil.example", "/sign-in"]
)
def test_nobody_is_led_to_another_site(web, to):
    assert "evil" not in web.get("/sign-in", params={"to": to}).text
    assert web.sign_in(to=to).headers["location"] == "/"
    assert web.get("/sign-in", params={"to": to}).headers["location"] == "/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_page(web):
    known, unknown = web.sign_in("rut", "wrong wrong wrong"), web.sign_in("nobody", "wrong")
    assert known.status_code == unknown.status_code == 403
    assert known.text == unknown.text
    assert "do not belong together" in known.text
    assert 'role="alert"' in known.text
    assert "wrong wrong" not in known.text


def test_too_many_failures_say_when_to_come_again(web, house):
    for _ in range(5):
        assert web.sign_in("rut", "wrong").status_code == 403
    refused = web.sign_in("rut", RUT)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "30")
    house.pass_time(seconds=30)
    assert web.sign_in("rut", RUT).status_code == 303


def test_one_address_may_not_try_without_end(house):
    with site_of(house, sign_ins_a_minute=3) as web:
        tried = [web.sign_in(f"n{n}", "wrong").status_code for n in range(4)]
        assert tried == [403, 403, 403, 429]
        refused = web.post("/welcome", data={"code": "A", "new": NEW, "again": NEW})
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) >= 1
        assert web.get("/sign-in").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in", "/sign-out", "/setup", "/welcome", "/account/declaration", "/account/password",
        "/people/add", "/people/change", "/people/lock", "/people/unlock", "/people/code",
        "/people/account",
    ],
)  # fmt: skip
def test_no_form_is_taken_without_its_token_or_from_elsewhere(web, house, path):
    web.sign_in()
    form = {"person": "rut", "name": "ada", "password": ADA, "new": NEW, "again": NEW}
    before = (house.ledgers.people(), house.accounts.accounts())
    assert web.post(path, data={**form, "token": "x.y"}).status_code == 403
    elsewhere = web.post(path, data=form, headers={"sec-fetch-site": "cross-site"})
    assert elsewhere.status_code == 403
    assert web.post(path, json=form).status_code in (403, 415)
    assert (house.ledgers.people(), house.accounts.accounts()) == before
    assert "Ada Example" in web.get("/account").text


def test_a_session_that_is_not_used_ends(web, house):
    web.sign_in()
    house.pass_time(minutes=59)
    assert web.get("/account").status_code == 200
    house.pass_time(minutes=60)
    assert web.get("/account").status_code == 303


def test_nothing_of_accounts_is_stored_on_the_way(web):
    web.sign_in()
    for path in ("/account", "/people", "/sign-in", "/welcome"):
        assert web.get(path).headers["cache-control"] == "no-store", path


def test_names_and_passwords_stand_in_no_log_and_no_address(web, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "httpx2")  # the client of this test, not the server
    answers = [web.sign_in("rut", "wrong wrong"), web.sign_in("rut", RUT), web.get("/account")]
    answers.append(web.post("/account/password", data={"now": RUT, "new": "x", "again": "x"}))
    web.sign_in()
    answers.append(web.post("/people/code", data={"person": "rut"}))
    code = re.search(r'class="one-time">([\w-]+)<', answers[-1].text).group(1)
    answers.append(web.post("/welcome", data={"code": code, "new": NEW, "again": NEW}))
    answers.append(web.post("/people/lock", data={"person": "rut"}))
    written = caplog.text + "".join(capfd.readouterr())
    for secret in (RUT, NEW, ADA, code, "Rut Example", "wrong wrong"):
        assert secret not in written
        for answer in answers:
            assert secret not in answer.headers.get("location", "")
    assert not re.search(r"\brut\b", written)


# --- without accounts


def test_without_accounts_all_is_as_before_and_sign_in_says_so():
    with site_of(None) as web:
        assert web.get("/").status_code == 200
        page = web.get("/sign-in")
        assert "cannot be opened" in page.text
        assert "<form" not in page.text
        for path in ("/setup", "/welcome"):
            assert web.get(path).status_code == 403
        assert web.get("/account").headers["location"] == "/sign-in?to=/account"


def test_where_reading_is_for_members_nothing_else_is_read(house):
    with site_of(house, sign_in_to_read=True) as web:
        for path in ("/", "/browse", "/policy", "/llms.txt", "/changes.atom", "/sources/x"):
            led = web.get(path)
            assert led.status_code == 303, path
            assert led.headers["location"].startswith("/sign-in?to=/"), path
        assert web.post("/ask", data={"question": "q", "token": "x"}).status_code == 303
        for path in ("/api/v1/articles", "/api/v1/openapi.json"):
            assert web.get(path).json()["code"] == "not_signed_in"
        assert web.post("/api/v1/ask", json={"question": "q"}).status_code == 401
        for path in ("/healthz", "/static/style.css", "/sign-in", "/welcome"):
            assert web.get(path).status_code == 200, path
        assert "Asking a question needs no account" not in web.get("/sign-in").text
        web.sign_in()
        assert web.get("/").status_code == 200
        assert web.post("/api/v1/ask", json={"question": "q"}).status_code == 200


def test_a_path_that_only_looks_open_is_closed(house):
    with site_of(house, sign_in_to_read=True) as web:
        for path in ("/sign-in/", "/static", "/staticx", "/healthz/x", "//static/x", "/STATIC/x"):
            assert web.get(f"http://testserver{path}").status_code in (303, 404), path


def test_where_accounts_cannot_be_read_what_is_closed_stays_closed(house):
    with site_of(None, sign_in_to_read=True) as web:
        assert web.get("/").status_code == 303
        assert web.get("/api/v1/articles").status_code == 401
    from loccit.terms import BaseError

    def broken(_):
        raise BaseError("/secret/place: broken")

    with site_of(house, sign_in_to_read=True) as web:
        web.sign_in()
        house.admission.person = broken
        refused = web.get("/")
        assert refused.status_code == 500
        assert "secret" not in refused.text


# --- the first administrator


def founding(web):
    return web.app.state.behind.founding.code


FORM = {"name": "ada", "called": "Ada Example", "new": ADA, "again": ADA}


def test_the_first_administrator_needs_the_code_of_the_terminal():
    house = House()
    with site_of(house) as web:
        assert 'href="/setup"' in web.get("/sign-in").text
        page = web.get("/setup")
        assert founding(web) not in page.text
        wrong = web.post("/setup", data={**FORM, "code": "AAAA-AAAA-AAAA-AAAA"})
        assert wrong.status_code == 403
        assert 'value="Ada Example"' in wrong.text
        assert not house.admission.is_founded()
        done = web.post("/setup", data={**FORM, "code": founding(web).lower()})
        assert (done.status_code, done.headers["location"]) == (303, "/account")
        assert 'href="/people"' in web.get("/account").text
        assert house.ledgers.people()[0].duties == {Duty.ADMIN}


def test_there_is_one_first_administrator(web, house):
    assert web.get("/setup").headers["location"] == "/sign-in"
    late = web.post("/setup", data={**FORM, "name": "eve", "new": NEW, "again": NEW,
                                    "code": founding(web)})  # fmt: skip
    assert late.status_code == 400
    assert "already" in late.text
    assert [each.id for each in house.ledgers.people()] == ["ada", "rut"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"new": "short", "again": "short"}, "at least 15"),
        ({"again": NEW}, "not the same"),
        ({"name": "a b"}, "small letters"),
        ({"called": " "}, "name is needed"),
    ],
)
def test_what_is_wrong_with_the_first_is_told_and_nothing_is_made(change, told):
    house = House()
    with site_of(house) as web:
        refused = web.post("/setup", data={**FORM, "code": founding(web), **change})
        assert refused.status_code == 400
        assert told in refused.text
        assert ADA not in refused.text
        assert not house.admission.is_founded()


# --- codes


def test_a_code_gives_a_password_once(web, house):
    code = house.members.invite("rut")
    form = {"code": code, "new": NEW, "again": NEW}
    assert web.post("/welcome", data=form).headers["location"] == "/account"
    assert "Rut Example" in web.get("/account").text
    again = web.post("/welcome", data=form)
    assert again.status_code == 403
    assert "ask for a new one" in again.text


# --- one's own page


def test_a_declaration_is_kept_with_its_day(web, house):
    web.sign_in("rut", RUT)
    assert "Nothing is declared yet" in web.get("/account").text
    said = {"credentials": "PharmD", "interests": "Shares of <a maker>"}
    assert web.post("/account/declaration", data=said).status_code == 303
    person = house.members.member("rut").person
    assert (person.credentials, person.interests) == ("PharmD", "Shares of <a maker>")
    page = web.get("/account").text
    assert "Shares of &lt;a maker&gt;" in page
    assert person.declared_on.isoformat() in page
    long = web.post("/account/declaration", data={"credentials": "x" * 201})
    assert long.status_code == 400


def test_a_declaration_is_ones_own(web, house):
    web.sign_in("rut", RUT)
    web.post("/account/declaration", data={"person": "ada", "interests": "none"})
    assert house.members.member("ada").person.declared_on is None
    assert house.members.member("rut").person.declared_on


def test_another_password_signs_other_browsers_out(web, house):
    with site_of(house) as other:
        other.sign_in("rut", RUT)
        web.sign_in("rut", RUT)
        before = web.cookies[COOKIE]
        form = {"now": RUT, "new": NEW, "again": NEW}
        assert web.post("/account/password", data=form).headers["location"] == "/account"
        assert web.cookies[COOKIE] != before
        assert web.get("/account").status_code == 200
        assert other.get("/account").status_code == 303
        assert other.sign_in("rut", NEW).status_code == 303


@pytest.mark.parametrize(
    ("form", "status", "told"),
    [
        ({"now": "wrong", "new": NEW, "again": NEW}, 403, "do not belong"),
        ({"now": RUT, "new": NEW, "again": "x"}, 400, "not the same"),
        ({"now": RUT, "new": "short", "again": "short"}, 400, "at least 15"),
        ({"now": RUT, "new": RUT, "again": RUT}, 400, "password you have"),
    ],
)
def test_what_is_wrong_with_another_password_is_told(web, form, status, told):
    web.sign_in("rut", RUT)
    refused = web.post("/account/password", data=form)
    assert refused.status_code == status
    assert told in refused.text
    assert web.get("/account").status_code == 200


def test_ones_own_page_is_for_who_signed_in(web):
    for path in ("/account/declaration", "/account/password"):
        assert web.post(path, data={"now": RUT}).headers["location"] == "/sign-in?to=/"
