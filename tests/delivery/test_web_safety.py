"""What keeps the pages safe: tokens, origins, cookies, limits, and logs that tell nothing."""

import logging

import pytest
from site_client import FakeEngine, site

from loccit.delivery.web.limits import CLIENTS, Rate
from loccit.delivery.web.settings import Settings, settings_from
from loccit.delivery.web.tokens import Tokens
from loccit.terms import UsageError

FORMS = (
    ("/ask", {"question": "q"}),
    ("/check", {"text": "A sentence."}),
    ("/articles/0000000000000001/v/1/library", {}),
)
SECRETS = ("Zyxwvutsr", "exemplone", "warfarin", "71")


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def web(engine):
    with site(engine) as client:
        client.post("/ask", data={"question": "kept"})
        yield client


# --- forms


@pytest.mark.parametrize(("path", "form"), FORMS)
def test_no_form_is_taken_without_the_token_of_a_page(web, engine, path, form):
    asked = len(engine.asked)
    for token in ("", "x", "x.y", "x.y.z", "é.é", Tokens().make()):
        refused = web.post(path, data={**form, "token": token})
        assert refused.status_code == 403, token
    other = web.token()
    web.cookies.clear()
    assert web.post(path, data={**form, "token": other}).status_code == 403
    assert len(engine.asked) == asked
    assert web.get("/api/v1/articles").json()["articles"] == []


@pytest.mark.parametrize(("path", "form"), FORMS)
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver:81"},
    ],
)
def test_no_form_is_taken_from_another_site(web, path, form, headers):
    assert web.post(path, data=form, headers=headers).status_code == 403


@pytest.mark.parametrize("path", ["/api/v1/ask", "/api/v1/check"])
def test_pages_of_other_sites_cannot_ask_through_the_api(web, path):
    body = {"question": "q"} if path.endswith("ask") else {"text": "A sentence."}
    assert web.post(path, json=body, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert web.post(path, json=body, headers={"origin": "http://testserver"}).status_code == 200
    plain = web.post(path, content=b'{"question": "q"}', headers={"content-type": "text/plain"})
    assert plain.status_code == 422


def test_our_own_pages_may(web):
    headers = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}
    assert web.post("/ask", data={"question": "q"}, headers=headers).status_code == 303


def test_a_form_that_is_too_old_comes_back_filled_in(web):
    page = web.post("/ask", data={"question": "my words", "age": "71", "token": "old"})
    assert page.status_code == 403
    assert "my words" in page.text
    assert 'value="71"' in page.text
    checked = web.post("/check", data={"text": "my sentence", "token": "old"})
    assert "my sentence" in checked.text


def test_what_another_site_sent_is_not_shown(web):
    page = web.post("/ask", data={"question": "bait"}, headers={"sec-fetch-site": "cross-site"})
    assert "bait" not in page.text


def test_every_form_that_is_sent_has_a_token(web):
    for path in ("/", "/check", "/articles/0000000000000001"):
        page = web.get(path).text
        sent = page.count('method="post"')
        assert sent
        assert page.count('name="token"') == sent
        assert "<form-token>" not in page


# --- cookies


def test_there_are_two_cookies_and_scripts_read_neither(web):
    web.cookies.clear()
    set_by = [web.get("/").headers.get_list("set-cookie")]
    set_by.append(web.post("/ask", data={"question": "q"}).headers.get_list("set-cookie"))
    names = {each.partition("=")[0] for cookies in set_by for each in cookies}
    assert names == {"loccit_form", "loccit_reader"}
    for cookies in set_by:
        assert all("HttpOnly" in each and "SameSite" in each for each in cookies)


def test_the_reader_is_remembered(web):
    web.post("/ask", data={"question": "q", "audience": "student"})
    assert web.cookies["loccit_reader"] == "student"
    assert 'value="student" checked' in web.get("/").text
    web.cookies.delete("loccit_reader")
    web.cookies.set("loccit_reader", "cat")
    assert 'value="clinician" checked' in web.get("/").text


def test_cookies_are_for_https_where_the_pages_are():
    with site(secure_cookies=True) as web:
        assert "Secure" in web.get("/").headers["set-cookie"]
    with site() as web:
        assert "Secure" not in web.get("/").headers["set-cookie"]


# --- limits


def test_who_asks_too_often_is_told_when_to_come_again():
    with site(asks_a_minute=2, reads_a_minute=0) as web:
        for _ in range(2):
            assert web.post("/api/v1/ask", json={"question": "q"}).status_code == 200
        refused = web.post("/api/v1/ask", json={"question": "q"})
        assert (refused.status_code, refused.json()["code"]) == (429, "too_often")
        assert 1 <= int(refused.headers["retry-after"]) <= 30
        assert web.post("/check", data={"text": "A sentence."}).status_code == 429
        assert web.get("/").status_code == 200


def test_reading_has_a_limit_of_its_own():
    with site(reads_a_minute=2) as web:
        assert [web.get("/healthz").status_code for _ in range(3)] == [200, 200, 429]
        assert web.post("/api/v1/ask", json={"question": "q"}).status_code == 200


def test_a_bucket_fills_again_with_time_and_each_client_has_its_own():
    now = [0.0]
    rate = Rate(60, now=lambda: now[0])
    assert [rate.wait("a") for _ in range(61)] == [0] * 60 + [1]
    assert rate.wait("b") == 0
    now[0] += 2.5
    assert [rate.wait("a") for _ in range(3)] == [0, 0, 1]
    now[0] += 3600
    assert [rate.wait("a") for _ in range(61)].count(0) == 60


def test_no_more_clients_are_remembered_than_may_be():
    rate = Rate(1, now=lambda: 0.0)
    for number in range(CLIENTS + 10):
        rate.wait(str(number))
    assert len(rate._left) == CLIENTS


def test_a_house_has_one_bucket_whatever_address_it_takes():
    from starlette.requests import Request

    from loccit.delivery.web.limits import client_of

    def client(host):
        return client_of(Request({"type": "http", "client": (host, 1), "headers": []}))

    assert client("2001:db8::1") == client("2001:db8::ffff:1")
    assert client("2001:db8::1") != client("2001:db8:0:1::1")
    assert client("192.0.2.1") != client("192.0.2.2")


def test_when_too_many_wait_the_next_is_told_to_come_again():
    with site(waiting=0) as web:
        refused = web.post("/api/v1/ask", json={"question": "q"})
        assert (refused.status_code, refused.json()["code"]) == (503, "busy")
        assert int(refused.headers["retry-after"]) >= 1


# --- settings


def test_settings_come_from_the_environment():
    given = {"LOCCIT_ASKS_A_MINUTE": "7", "LOCCIT_KEEP_DAYS": "0", "LOCCIT_HTTPS": "1"}
    assert settings_from(given) == Settings(asks_a_minute=7, keep_days=0, secure_cookies=True)
    assert settings_from({}) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [("LOCCIT_ASKS_A_MINUTE", "many"), ("LOCCIT_AT_ONCE", "0"), ("LOCCIT_KEEP_DAYS", "-1")],
)
def test_a_setting_that_is_no_number_is_named(name, value):
    with pytest.raises(UsageError, match=name):
        settings_from({name: value})


# --- what is told to whom


def test_no_log_and_no_address_tells_what_was_asked(web, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "httpx2")  # the client of this test, not the server
    told = {"question": "Zyxwvutsr on warfarin", "age": "71", "drug": "exemplone"}
    body = {"question": "Zyxwvutsr on warfarin", "patient": {"age": 71, "drug": ["exemplone"]}}
    answered = [
        web.post("/ask", data=told),
        web.post("/ask", data={**told, "age": "Zyxwvutsr"}),
        web.post("/ask", data={**told, "token": "old"}),
        web.post("/api/v1/ask", json=body),
        web.post("/api/v1/ask", json={**body, "shoe": "Zyxwvutsr"}),
        web.post("/check", data={"text": "Zyxwvutsr takes warfarin."}),
        web.post("/check", data={"text": "Zyxwvutsr is broken."}),
        web.post("/api/v1/check", json={"text": "Zyxwvutsr is broken."}),
    ]
    answered.append(web.get(answered[0].headers["location"]))
    answered.append(web.get("/ask?q=Zyxwvutsr"))
    for path in ("/ask/", "/browse/", "/api/v1/ask/"):
        assert "location" not in web.get(f"{path}?q=Zyxwvutsr").headers
    assert 500 in {each.status_code for each in answered}
    written = caplog.text + "".join(capfd.readouterr())
    assert "ZeroDivisionError at" in written
    told_in_log = [
        line for line in written.splitlines() if any(secret in line for secret in SECRETS[:3])
    ]
    assert told_in_log == []
    for response in answered:
        for name in ("location", "link", "content-location", "set-cookie"):
            assert not any(secret in response.headers.get(name, "") for secret in SECRETS[:3])


def test_an_error_of_the_api_repeats_nothing_that_was_sent(web):
    refused = web.post("/api/v1/ask", json={"question": ["Zyxwvutsr"], "audience": "Zyxwvutsr"})
    assert refused.status_code == 422
    assert "Zyxwvutsr" not in refused.text
