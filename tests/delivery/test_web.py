import pytest
from site_client import FakeEngine, site
from starlette.testclient import TestClient

from loccit.delivery.web import LOCAL_HOSTS, create_app
from loccit.delivery.web.headers import POLICY
from loccit.delivery.web.limits import LARGEST
from loccit.terms import PatientFacts

PAGES = (
    "/",
    "/ask",
    "/browse",
    "/check",
    "/policy",
    "/evidence",
    "/changes.atom",
    "/llms.txt",
    "/articles/unknown",
    "/sources/label",
    "/passage/a1b2",
    "/passage/unknown",
    "/nowhere",
    "/static/style.css",
    "/healthz",
    "/api/v1/articles",
    "/api/v1/openapi.json",
)


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def web(engine):
    with site(engine) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_locked_down(web, path):
    headers = web.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] in {"no-store", "private, no-cache"}


def test_the_policy_allows_our_own_files_and_nothing_else():
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    for name in ("script-src", "style-src", "img-src", "connect-src", "form-action"):
        assert rules[name] == "'self'"
    assert "unsafe" not in POLICY


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
        client.post("/api/v1/ask", json={"question": "a"})
        client.post("/api/v1/ask", json={"question": "b"})
    assert made == [1]


def test_a_question_is_answered(web, engine):
    form = {"question": "How much examplamine?", "audience": "patient", "no_keep": "yes"}
    response = web.post("/ask", data=form)
    assert response.status_code == 200
    assert "Take one small tablet (5 mg) each day." in response.text
    assert engine.asked[0][:2] == ("How much examplamine?", "patient")


def test_an_address_holds_no_question(web, engine):
    for path in ("/ask", "/ask?q=How+much+examplamine"):
        response = web.get(path)
        assert (response.status_code, response.headers["location"]) == (303, "/")
    assert engine.asked == []


def test_facts_of_the_case_travel_in_the_body(web, engine):
    form = {
        "question": "q",
        "age": "71",
        "weight": "80,5",
        "drug": "a, b",
        "hepatic": "moderate",
        "sex": "",
    }
    assert web.post("/ask", data=form).status_code == 303
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
    assert web.post("/ask", data={"question": "a", "audience": "cat"}).status_code == 400


def test_an_honest_stop_is_a_page_like_any_other(web):
    response = web.post("/ask", data={"question": "unanswerable", "no_keep": "yes"})
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
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert set(problem) == {"type", "title", "status", "detail", "code", "message"}
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["message"] == problem["detail"]
    assert "/secret" not in response.text


@pytest.mark.parametrize("patient", ["age=old", "age=999", "shoe=43", "hepatic=odd", {"age": "x"}])
def test_errors_over_http_name_no_option_of_the_command_line(web, patient):
    response = web.post("/api/v1/ask", json={"question": "q", "patient": patient})
    assert response.status_code == 400
    assert response.json()["message"].startswith("patient")
    assert "--" not in response.text
    page = web.post("/ask", data={"question": "q", "age": "old"})
    assert page.status_code == 400
    assert "patient.age: a number is needed" in page.text
    assert "--patient" not in page.text


def test_unknown_paths_of_the_api_answer_in_the_same_shape(web):
    assert web.get("/api/v1/nowhere").json()["code"] == "http"
    assert web.get("/healthz", headers={"accept": "application/json"}).status_code == 200
    nowhere = web.get("/nowhere", headers={"accept": "application/json"})
    assert nowhere.json()["code"] == "http"
    assert web.get("/api/v1/ask").status_code == 405


def test_bodies_must_be_small_and_say_so(web):
    assert web.post("/api/v1/ask", content=b"x" * (LARGEST + 1)).status_code == 413
    assert web.post("/api/v1/ask", content=iter([b"x"])).status_code == 411
    sent = web.post("/ask", content=b"{}", headers={"content-type": "application/json"})
    assert sent.status_code == 415
    assert web.post("/api/v1/ask", content=b"", headers={"content-length": "1x"}).status_code == 411


def test_a_host_that_is_not_ours_is_refused(engine):
    with TestClient(create_app(lambda: engine), base_url="http://evil.example") as client:
        page = client.get("/")
        assert (page.status_code, page.headers["content-security-policy"]) == (400, POLICY)
        for path in ("/api/v1/ask", "/api/v1/openapi.json"):
            error = client.post(path, json={"question": "q"})
            assert error.status_code == 400
            assert error.json()["code"] == "http"
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
    filled = {
        "question": "Mr Carter, MRN 00482915, gout",
        "condition": "seen by Dr. Patel",
        "no_keep": "yes",
    }
    for form in (filled, {**filled, "age": "old"}):
        page = web.post("/ask", data=form).text
        assert not any(secret in page for secret in ("Carter", "00482915", "Patel"))
    assert engine.asked[0][0] == filled["question"]
