"""To a real provider on this machine and back, by the pages."""

import pytest
from signed_in_site import House, site_of

from institution_server import CLIENT, SECRET, Provider, browsed
from loccit.backends.institutions.oidc import OpenId
from loccit.backends.institutions.settings import oidc_settings
from loccit.delivery.web.journeys import LIFE, MOST, Journeys
from loccit.terms import Duty, Journey

BACK = "http://testserver/sign-in/back"


@pytest.fixture(scope="module")
def running():
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running):
    running.fault, running.user = "", {"sub": "subject-1", "name": "Ina Inst"}
    yield running
    assert running.broken == []


def house_with(provider, **told):
    house = House().founded()
    settings = {"issuer": provider.issuer, "client_id": CLIENT, "unknown": "reader", **told}
    house.admission.institution = OpenId(oidc_settings(settings, secret=SECRET, where="w"))
    return house


@pytest.fixture
def house(provider):
    return house_with(provider)


@pytest.fixture
def web(house):
    with site_of(house) as visitor:
        yield visitor


def travelled(web, to="/account"):
    """What our page answers to somebody who comes back from the institution."""
    left = web.get("/sign-in/institution", params={"to": to})
    assert left.status_code == 303
    return web.get(browsed(left.headers["location"]))


def test_there_and_back_is_signed_in(web, house):
    assert "/sign-in/institution?to=/browse" in web.get("/sign-in?to=/browse").text
    arrived = travelled(web)
    assert (arrived.status_code, arrived.headers["location"]) == (303, "/account")
    page = web.get("/account").text
    assert "Ina Inst" in page
    assert "reader" in page
    assert 'name="now"' not in page  # no password to change
    assert "loccit_journey" not in web.cookies
    assert travelled(web).status_code == 303
    assert len(house.members.listed()) == 2


def test_somebody_unknown_is_refused_where_it_is_set_so(provider):
    house = house_with(provider, unknown="refuse")
    with site_of(house) as web:
        refused = travelled(web)
        assert refused.status_code == 403
        assert "administrator" in refused.text
        assert web.get("/account").status_code == 303
        assert [each.person.id for each in house.members.listed()] == ["ada"]


def test_roles_come_with_the_claim_that_is_set(provider):
    roles = {"roles_claim": "groups", "roles": {"reviewers": "reviewer"}}
    house = house_with(provider, **roles)
    with site_of(house) as web:
        provider.user = {"sub": "subject-2", "name": "Ivo", "groups": ["reviewers"]}
        travelled(web)
        (ivo,) = (each.person for each in house.members.listed() if each.person.name == "Ivo")
        assert ivo.duties == {Duty.REVIEWER}


@pytest.mark.parametrize(
    "fault",
    [
        "wrong nonce",
        "wrong audience",
        "expired",
        "other key",
        "alg none",
        "state missing",
        "denied",
    ],
)
def test_nobody_is_signed_in_by_what_does_not_hold(web, house, provider, fault):
    provider.fault = fault
    refused = travelled(web)
    assert refused.status_code == 403
    assert "loccit_session" not in web.cookies
    assert web.get("/account").status_code == 303
    assert [each.person.id for each in house.members.listed()] == ["ada"]


def test_a_journey_ends_once_and_in_its_own_browser(web, house):
    left = web.get("/sign-in/institution").headers["location"]
    back = browsed(left)
    with site_of(house) as other:
        assert other.get(back).status_code == 403  # a link that somebody else was sent
        other.get("/sign-in/institution")
        assert other.get(back).status_code == 403
    secret = web.cookies["loccit_journey"]
    assert web.get(back).status_code == 303
    web.cookies.set("loccit_journey", secret, path="/sign-in")
    assert web.get(back).status_code == 403


def test_nobody_is_led_to_another_site_at_its_end(web):
    assert travelled(web, to="https://evil.example/").headers["location"] == "/"


def test_the_cookie_of_a_journey_is_short_and_hidden(web):
    cookie = web.get("/sign-in/institution").headers["set-cookie"].casefold()
    for part in ("httponly", "samesite=lax", "path=/sign-in", f"max-age={LIFE}"):
        assert part in cookie


def test_where_no_institution_is_set_there_is_no_way_there():
    with site_of(House().founded()) as web:
        assert web.get("/sign-in/institution").status_code == 404
        assert web.get("/sign-in/back?code=x&state=y").status_code == 404
        assert "/sign-in/institution" not in web.get("/sign-in").text


def test_an_institution_that_does_not_answer_is_told_without_its_name():
    gone = Provider()
    gone.stop()
    told = []
    with site_of(house_with(gone), warn=told.append) as web:
        refused = web.get("/sign-in/institution")
        assert refused.status_code == 502
        assert "127.0.0.1" not in refused.text
        assert "127.0.0.1 does not answer" in told[0]


@pytest.mark.parametrize(
    ("told", "root"),
    [
        ({}, "http%3A%2F%2Ftestserver"),
        ({"address": "https://a.example.org"}, "https%3A%2F%2Fa.example.org"),
    ],
)
def test_the_address_to_come_back_to_is_ours_or_the_one_that_is_set(provider, told, root):
    with site_of(house_with(provider, **told)) as web:
        left = web.get("/sign-in/institution").headers["location"]
        assert f"redirect_uri={root}%2Fsign-in%2Fback" in left


# --- what is remembered


def journey(number=0):
    return Journey(address="a", state=str(number), nonce="n", verifier="v", back="b")


def test_journeys_are_forgotten_when_they_take_too_long_or_are_too_many():
    now = [0.0]
    journeys = Journeys(now=lambda: now[0])
    late = journeys.begin(journey(), "/")
    now[0] += LIFE
    assert journeys.end(late) is None
    first = journeys.begin(journey(1), "/")
    rest = [journeys.begin(journey(n), "/") for n in range(MOST)]
    assert journeys.end(first) is None
    assert journeys.end(rest[-1]).journey.state == str(MOST - 1)
    assert journeys.end(rest[-1]) is None
    assert journeys.end("") is None
