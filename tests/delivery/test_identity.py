"""Who asks, and where those go who have not signed in."""

import pytest
from fastapi import FastAPI, Request
from hypothesis import given
from hypothesis import strategies as st
from site_client import FakeEngine
from starlette.testclient import TestClient

from loccit.delivery.web import create_app
from loccit.delivery.web.identity import required, return_path, signed_in
from loccit.terms import Duty, Person

ADA = Person(id="ada", name="Ada Example", duties=frozenset({Duty.AUTHOR}))


class OneSession:
    """Knows one session."""

    def person(self, token):
        return ADA if token == "good" else None


@pytest.fixture
def web():
    held = []
    app: FastAPI = create_app(
        FakeEngine,
        admission=OneSession,
        hosts=("testserver",),
    )
    held.append(behind_of(app))

    @app.get("/who")
    @app.get("/api/v1/who")
    @app.post("/who")
    def who(request: Request) -> dict:
        person = signed_in(request, held[0])
        return {"who": person and person.id}

    @app.get("/inside")
    @app.post("/inside")
    @app.get("/api/v1/inside")
    def inside(request: Request) -> dict:
        return {"who": required(request, held[0]).id}

    @app.get("/write")
    @app.get("/api/v1/write")
    def write(request: Request) -> dict:
        return {"who": required(request, held[0], Duty.AUTHOR, Duty.BOARD).id}

    @app.get("/rule")
    @app.get("/api/v1/rule")
    def rule(request: Request) -> dict:
        return {"who": required(request, held[0], Duty.ADMIN).id}

    with TestClient(app, follow_redirects=False) as client:
        yield client


def behind_of(app):
    """What the routes of an application stand on."""
    return app.state.behind


def test_nobody_is_known_without_a_session(web):
    assert web.get("/who").json() == {"who": None}
    web.cookies.set("loccit_session", "guessed")
    assert web.get("/who").json() == {"who": None}


def test_a_session_names_its_person(web):
    web.cookies.set("loccit_session", "good")
    assert web.get("/who").json() == {"who": "ada"}
    assert web.get("/inside").json() == web.get("/write").json() == {"who": "ada"}


def test_over_https_only_a_cookie_bound_to_this_host_counts(web):
    web.base_url = "https://testserver"
    web.cookies.set("loccit_session", "good")
    assert web.get("/who").json() == {"who": None}
    web.cookies.set("__Host-loccit_session", "good")
    assert web.get("/who").json() == {"who": "ada"}


def test_who_is_not_signed_in_is_led_there_and_back(web):
    led = web.get("/inside?part=2&x=a%20b")
    assert led.status_code == 303
    assert led.headers["location"] == "/sign-in?to=/inside%3Fpart%3D2%26x%3Da%2520b"
    assert web.post("/inside").headers["location"] == "/sign-in?to=/"


def test_a_program_is_told_so_in_its_shape(web):
    told = web.get("/api/v1/inside")
    assert (told.status_code, told.json()["code"]) == (401, "not_signed_in")
    web.cookies.set("loccit_session", "good")
    told = web.get("/api/v1/rule")
    assert (told.status_code, told.json()["code"]) == (403, "not_allowed")
    assert told.headers["content-type"] == "application/problem+json"


def test_who_has_another_role_is_told_which_is_needed(web):
    web.cookies.set("loccit_session", "good")
    told = web.get("/rule", headers={"accept": "text/html"})
    assert told.status_code == 403
    assert "admin" in told.text
    assert "ada" not in told.text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "evil",
        "",
        "/\t/evil.example",
        "/ /evil",
        "/a\r\nSet-Cookie: x=y",
        "/sign-in?to=/x",
        "/" + "a" * 600,
        "/é",
    ],
)
def test_nobody_is_led_off_this_site(elsewhere):
    assert return_path(elsewhere) == "/"


@given(st.text(max_size=40))
def test_a_way_back_is_always_a_path_of_ours(said):
    back = return_path(said)
    assert back in (said, "/")
    assert back.startswith("/")
    assert not back.startswith(("//", "/\\"))
    assert "\\" not in back
    assert back.isascii()
    assert back.isprintable()
