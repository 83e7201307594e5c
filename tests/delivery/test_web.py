import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.append(str(Path(__file__).parents[1] / "publication"))

from articles import abstention, article, document, record

from loccit.delivery.web import LARGEST, LOCAL_HOSTS, create_app
from loccit.terms import BaseError, NotInBase, PatientFacts, UsageError

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGES = (
    "/",
    "/ask?q=examplamine",
    "/passage/a1b2",
    "/passage/unknown",
    "/nowhere",
    "/static/style.css",
    "/static/page.js",
    "/static/nothing.js",
    "/healthz",
)


class FakeBase:
    def passage(self, passage):
        if passage == "unknown":
            raise NotInBase("no passage is called 'unknown'; copy the id")
        return record()

    def document(self, name):
        return document()


class FakeEngine:
    """Answers anything, and remembers what it was given."""

    def __init__(self):
        self.base = FakeBase()
        self.asked = []

    def ask(self, text, *, audience, given, jurisdiction, follows, keep):
        if not text:
            raise UsageError("a question of 1 to 8000 characters is needed")
        if text == "broken":
            raise ZeroDivisionError
        if text == "no base":
            raise BaseError("/secret/base: cannot open")
        self.asked.append((text, str(audience), given(PatientFacts()), jurisdiction))
        return abstention() if text == "unanswerable" else article(audience=audience)


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def web(engine):
    app = create_app(lambda: engine, hosts=("testserver",))
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_locked_down(web, path):
    headers = web.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_even_a_broken_answer_is_locked_down_and_tells_nothing(web):
    response = web.post("/ask", data={"question": "broken"})
    assert response.status_code == 500
    assert response.headers["content-security-policy"] == POLICY
    assert "ZeroDivision" not in response.text


def test_the_engine_is_made_at_the_first_question_and_once(engine):
    made = []

    def make():
        made.append(1)
        return engine

    app = create_app(make, hosts=("testserver",))
    with TestClient(app) as client:
        client.get("/")
        client.get("/healthz")
        assert made == []
        client.get("/ask?q=a")
        client.get("/ask?q=b")
    assert made == [1]


def test_a_question_in_the_address_is_answered(web, engine):
    response = web.get("/ask", params={"q": "How much examplamine?", "audience": "patient"})
    assert response.status_code == 200
    assert "Take one small tablet (5 mg) each day." in response.text
    assert engine.asked[0][:2] == ("How much examplamine?", "patient")


@pytest.mark.parametrize(
    ("name", "media_type"), [("style.css", "text/css"), ("drawer.js", "text/javascript")]
)
def test_style_and_scripts_are_files_of_our_own(web, name, media_type):
    response = web.get(f"/static/{name}")
    assert response.headers["content-type"].startswith(media_type)
    assert web.get("/static/texts.toml").status_code == 404


def test_no_question_leads_to_the_form(web):
    response = web.get("/ask")
    assert (response.status_code, response.headers["location"]) == (303, "/")


def test_facts_of_the_case_travel_in_the_body(web, engine):
    form = {
        "question": "q",
        "age": "71",
        "weight": "80,5",
        "drug": "a, b",
        "hepatic": "moderate",
        "sex": "",
    }
    assert web.post("/ask", data=form).status_code == 200
    facts = engine.asked[0][2]
    assert (facts.age, facts.weight_kg, facts.drugs, facts.hepatic) == (
        71,
        80.5,
        ("a", "b"),
        "moderate",
    )


def test_what_cannot_be_read_comes_back_in_the_form(web):
    response = web.post("/ask", data={"question": "my words", "age": "old"})
    assert response.status_code == 400
    assert "a number is needed" in response.text
    assert "my words" in response.text
    assert web.post("/ask", data={"question": ""}).status_code == 400
    assert web.get("/ask?q=a&audience=cat").status_code == 400


def test_an_honest_stop_is_a_page_like_any_other(web):
    response = web.get("/ask?q=unanswerable")
    assert response.status_code == 200
    assert "No direct evidence in this base" in response.text


def test_the_page_of_a_passage(web):
    response = web.get("/passage/a1b2c3d4")
    assert '<mark id="words">Swallow the tablet whole.</mark>' in response.text
    missing = web.get("/passage/unknown")
    assert missing.status_code == 404
    assert "copy the id" in missing.text


def test_the_api_gives_the_article_as_data(web, engine):
    body = {
        "question": "q",
        "audience": "student",
        "patient": {"age": 71, "drug": ["a", "b"], "lactation": True},
    }
    data = web.post("/api/v1/ask", json=body).json()
    assert data["schema"] == "loccit/article/1"
    assert engine.asked[0][1] == "student"
    assert engine.asked[0][2] == PatientFacts(age=71, drugs=("a", "b"), lactation=True)
    web.post("/api/v1/ask", json={"question": "q", "patient": "egfr=30"})
    assert engine.asked[1][2] == PatientFacts(egfr=30)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "request"),
        ({"question": "q", "shoe": 1}, 422, "request"),
        ({"question": "q", "audience": "cat"}, 422, "request"),
        ({"question": "q", "patient": {"shoe": 1}}, 400, "usage"),
        ({"question": "q", "patient": {"age": [1]}}, 400, "usage"),
        ({"question": "q", "patient": "age=old"}, 400, "usage"),
        ({"question": "no base"}, 500, "failure"),
        ({"question": "broken"}, 500, "internal"),
    ],
)
def test_every_error_of_the_api_has_one_shape(web, body, status, code):
    response = web.post("/api/v1/ask", json=body)
    assert response.status_code == status
    assert set(response.json()) == {"error"}
    assert response.json()["error"]["code"] == code
    assert response.json()["error"]["message"]


@pytest.mark.parametrize("patient", ["age=old", "age=999", "shoe=43", "hepatic=odd", {"age": "x"}])
def test_errors_over_http_name_no_option_of_the_command_line(web, patient):
    response = web.post("/api/v1/ask", json={"question": "q", "patient": patient})
    assert response.status_code == 400
    assert response.json()["error"]["message"].startswith("patient")
    assert "--" not in response.text
    page = web.post("/ask", data={"question": "q", "age": "old"})
    assert page.status_code == 400
    assert "patient.age: a number is needed" in page.text
    assert "--patient" not in page.text


def test_unknown_paths_of_the_api_answer_in_the_same_shape(web):
    assert web.get("/api/v1/nowhere").json()["error"]["code"] == "http"
    assert web.get("/api/v1/ask").status_code == 405


def test_bodies_must_be_small_and_say_so(web):
    assert web.post("/api/v1/ask", content=b"x" * (LARGEST + 1)).status_code == 413
    assert web.post("/api/v1/ask", content=iter([b"x"])).status_code == 411
    assert (
        web.post("/ask", content=b"{}", headers={"content-type": "application/json"}).status_code
        == 415
    )


def test_a_host_that_is_not_ours_is_refused(engine):
    with TestClient(create_app(lambda: engine), base_url="http://evil.example") as client:
        page = client.get("/")
        assert (page.status_code, page.headers["content-security-policy"]) == (400, POLICY)
        for path in ("/api/v1/ask", "/api/v1/openapi.json"):
            error = client.post(path, json={"question": "q"})
            assert error.status_code == 400
            assert error.json()["error"]["code"] == "http"
    assert engine.asked == []
    for host in LOCAL_HOSTS:
        with TestClient(create_app(lambda: engine), base_url=f"http://{host}:8000") as client:
            assert client.get("/").status_code == 200


def test_health_does_not_need_the_engine():
    def never():
        raise AssertionError

    with TestClient(create_app(never, hosts=("testserver",))) as client:
        assert client.get("/healthz").json() == {"status": "ok"}


def test_no_page_shows_an_identifier_again(web, engine):
    filled = {"question": "Mr Carter, MRN 00482915, gout", "condition": "seen by Dr. Patel"}
    for form in (filled, {**filled, "age": "old"}):
        page = web.post("/ask", data=form).text
        assert not any(secret in page for secret in ("Carter", "00482915", "Patel"))
    assert engine.asked[0][0] == filled["question"]
