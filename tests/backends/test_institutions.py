"""Signing in at an institution, against a provider on this machine and each of its faults."""

import pytest

from institution_server import (
    CLAIMS,
    CLIENT,
    PUBLISHED,
    SECRET,
    SIGNING,
    WAYS,
    Provider,
    browsed,
    parameters,
)
from loccit.backends.institutions.oidc import OpenId
from loccit.backends.institutions.settings import oidc_settings
from loccit.terms import Duty, NotAdmitted, Unfetched, UsageError

BACK = "http://localhost:8000/sign-in/back"
BASE = {"issuer": "https://login.example.org", "client_id": "c"}


@pytest.fixture(scope="module")
def running():
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running):
    running.fault, running.user = "", {"sub": "subject-1", "name": "Ina Inst"}
    running.methods = ["client_secret_basic", "client_secret_post"]
    running.asked.clear()
    yield running
    assert running.broken == []


def openid(provider, secret=SECRET, **told):
    settings = {"issuer": provider.issuer, "client_id": CLIENT, **told}
    return OpenId(oidc_settings(settings, secret=secret, where="accounts.toml"))


def arrived(institution, **changes):
    """Whom the institution names after a whole journey; ``changes`` are made to what comes back."""
    journey = institution.begin(BACK)
    said = {**parameters(browsed(journey.address)), **changes}
    return institution.arrive(journey, {k: v for k, v in said.items() if v is not None})


def test_a_whole_journey_names_somebody(provider):
    found = arrived(openid(provider))
    assert (found.issuer, found.subject, found.name) == (provider.issuer, "subject-1", "Ina Inst")
    assert found.duties is None
    assert provider.asked == [
        "/.well-known/openid-configuration", "/authorize", "/token", "/jwks"
    ]  # fmt: skip


def test_each_journey_has_secrets_of_its_own(provider):
    institution = openid(provider)
    one, other = institution.begin(BACK), institution.begin(BACK)
    for name in ("state", "nonce", "verifier"):
        assert getattr(one, name) != getattr(other, name)
        assert len(getattr(one, name)) >= 43
    sent = parameters(one.address)
    assert one.verifier not in one.address
    assert sent["redirect_uri"] == BACK
    assert sent["code_challenge_method"] == "S256"
    assert SECRET not in one.address


@pytest.mark.parametrize("fault", [*CLAIMS, *SIGNING, *WAYS])
def test_nobody_is_named_by_what_does_not_hold(provider, fault):
    provider.fault = fault
    with pytest.raises(NotAdmitted) as caught:
        arrived(openid(provider))
    assert "subject-1" not in str(caught.value)


@pytest.mark.parametrize("fault", [*CLAIMS, *SIGNING, *WAYS])
def test_a_fault_before_does_no_harm_to_who_comes_after(provider, fault):
    institution = openid(provider)
    provider.fault = fault
    with pytest.raises(NotAdmitted):
        arrived(institution)
    provider.fault = ""
    assert arrived(institution).subject == "subject-1"


@pytest.mark.parametrize("fault", PUBLISHED)
def test_what_is_published_wrongly_is_not_followed(provider, fault):
    provider.fault = fault
    with pytest.raises(Unfetched):
        arrived(openid(provider))
    asked = set(provider.asked) - {"/.well-known/openid-configuration", "/authorize"}
    assert asked <= ({"/token", "/jwks"} if fault.startswith("keys") else set())
    assert not (fault == "keys elsewhere" and "/jwks" in asked)


def test_a_code_is_good_once(provider):
    institution = openid(provider)
    journey = institution.begin(BACK)
    said = parameters(browsed(journey.address))
    assert institution.arrive(journey, said)
    with pytest.raises(NotAdmitted):
        institution.arrive(journey, said)


def test_a_code_of_another_journey_is_good_for_nothing(provider):
    """Its verifier is another: what was overheard cannot be used."""
    institution = openid(provider)
    mine, theirs = institution.begin(BACK), institution.begin(BACK)
    stolen = parameters(browsed(theirs.address))
    with pytest.raises(NotAdmitted):
        institution.arrive(mine, {**stolen, "state": mine.state})


@pytest.mark.parametrize(
    "changes", [{"code": None}, {"code": "guessed"}, {"state": "é"}, {"state": ""}]
)
def test_what_was_changed_on_the_way_is_refused(provider, changes):
    with pytest.raises(NotAdmitted):
        arrived(openid(provider), **changes)


def test_without_our_secret_nothing_is_had(provider):
    for secret in ("wrong", ""):
        with pytest.raises(NotAdmitted):
            arrived(openid(provider, secret=secret))


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_the_secret_is_shown_as_the_institution_takes_it(provider, method):
    provider.methods = [method]
    assert arrived(openid(provider)).subject == "subject-1"


def test_a_key_that_is_changed_is_fetched_anew(provider):
    from joserfc.jwk import RSAKey

    institution = openid(provider)
    assert arrived(institution)
    kept, provider.key = provider.key, RSAKey.generate_key(2048, {"kid": "k2"})
    try:
        assert arrived(institution).subject == "subject-1"
    finally:
        provider.key = kept


def test_a_provider_that_is_gone_is_told_without_details():
    gone = Provider()
    gone.stop()
    with pytest.raises(Unfetched, match=r"127\.0\.0\.1 does not answer"):
        openid(gone).begin(BACK)


# --- roles, and whom it is for

ROLES = {
    "roles_claim": "groups",
    "roles": {"med-reviewers": "reviewer", "med-board": ["board", "reviewer"]},
}


@pytest.mark.parametrize(
    ("groups", "duties"),
    [
        (["med-reviewers", "staff"], {Duty.REVIEWER}),
        (["med-board"], {Duty.BOARD, Duty.REVIEWER}),
        ("med-reviewers", {Duty.REVIEWER}),
        (["staff"], {Duty.READER}),
        (["admin", "reviewer"], {Duty.READER}),
        ([], {Duty.READER}),
        (None, {Duty.READER}),
        ({"med-board": 1}, {Duty.READER}),
        ([["med-board"]], {Duty.READER}),
    ],
)
def test_roles_are_those_that_the_settings_name(provider, groups, duties):
    provider.user = {"sub": "s", "groups": groups}
    assert arrived(openid(provider, **ROLES)).duties == duties


def test_without_a_setting_no_claim_gives_a_role(provider):
    provider.user = {"sub": "s", "groups": ["admin"], "roles": ["admin"]}
    assert arrived(openid(provider)).duties is None


def test_accounts_of_other_tenants_are_refused(provider):
    institution = openid(provider, needs={"hd": ["hospital.example", "clinic.example"]})
    provider.user = {"sub": "s", "hd": "hospital.example"}
    assert arrived(institution).subject == "s"
    for hd in ("evil.example", "", None, ["x"], "hospital.example.evil.example"):
        provider.user = {"sub": "s", "hd": hd}
        with pytest.raises(NotAdmitted, match="not one of those"):
            arrived(institution)


@pytest.mark.parametrize("name", [None, 7, ["x"], {"a": 1}])
def test_a_name_that_is_none_is_left_out(provider, name):
    provider.user = {"sub": "s", "name": name}
    assert arrived(openid(provider)).name == ""


# --- settings


def test_settings_are_read():
    told = {
        "issuer": "https://login.example.org/realm/",
        "client_id": "c",
        "hosts": ["Keys.Example.org"],
        "unknown": "reader",
        "address": "https://answers.example.org/",
        **ROLES,
    }
    read = oidc_settings(told, secret="s", where="accounts.toml")
    assert read.issuer == "https://login.example.org/realm/"  # compared to the letter
    assert read.hosts == {"keys.example.org"}
    assert read.address == "https://answers.example.org"
    assert read.roles["med-board"] == {Duty.BOARD, Duty.REVIEWER}


def test_a_secret_can_lie_in_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text("from a file\n")
    read = oidc_settings({**BASE, "secret_file": str(file)}, secret="", where="w")
    assert read.secret == "from a file"


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ({}, "issuer"),
        ({"issuer": "https://x.example"}, "client_id"),
        ({**BASE, "issuer": "http://login.example.org"}, "https"),
        ({**BASE, "issuer": "login.example.org"}, "address"),
        ({**BASE, "issuer": "https://a@b.example"}, "address"),
        ({**BASE, "issuer": "https://b.example/?q"}, "address"),
        ({**BASE, "issuer": 7}, "text"),
        ({**BASE, "unknown": "admin"}, "unknown"),
        ({**BASE, **ROLES, "roles": {"g": "king"}}, "'king' is no role; roles are reader, author"),
        ({**BASE, **ROLES, "roles": {"g": "program"}}, "program"),
        ({**BASE, **ROLES, "roles": []}, "table"),
        ({**BASE, "roles": {"g": "reviewer"}}, "set both"),
        ({**BASE, "roles_claim": "groups"}, "set both"),
        ({**BASE, "hosts": ["https://keys.example.org"]}, "no addresses"),
        ({**BASE, "hosts": [7]}, "text"),
        ({**BASE, "colour": "red"}, "takes"),
        ({**BASE, "secret_file": "/nowhere/at/all"}, "nowhere"),
        ([], "takes"),
    ],
)
def test_a_setting_that_is_wrong_is_named_with_its_file(told, cause):
    with pytest.raises(UsageError, match=cause) as caught:
        oidc_settings(told, secret="hidden words", where="accounts.toml")
    assert "accounts.toml" in str(caught.value)
    assert "hidden" not in str(caught.value)


# --- a provider that others wrote


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_published_provider_is_understood():
    """``oidc-provider-mock`` is a provider for tests, kept by others; it signs with RS256."""
    import http.client

    oidc_provider_mock = pytest.importorskip("oidc_provider_mock")
    with oidc_provider_mock.run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        settings = {"issuer": issuer, "client_id": "loccit"}
        institution = OpenId(oidc_settings(settings, secret="s", where="w"))
        journey = institution.begin(BACK)
        connection = http.client.HTTPConnection("localhost", server.server_port, timeout=10)
        connection.request(
            "POST",
            journey.address.removeprefix(issuer),
            body="sub=somebody",
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        answer = connection.getresponse()
        answer.read()
        connection.close()
        found = institution.arrive(journey, parameters(answer.headers["location"]))
        assert (found.issuer, found.subject) == (issuer, "somebody")
