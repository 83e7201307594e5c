"""Accounts in the terminal: passwords that are typed or piped, never told."""

import sys

import pytest
from click.testing import CliRunner

from loccit.delivery import serving
from loccit.delivery.cli import main
from loccit.terms import Duty, NotAdmitted
from loccit.wiring import open_ledgers
from loccit.wiring.admitting import open_admission

ADA, RUT, NEW = "seven quiet herons", "nine brown kettles", "four slow barges sing"


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A folder with an administrator and a reviewer; its tests leave both as they are."""
    folder = tmp_path_factory.mktemp("base")
    assert run(folder, "add", "ada", "--name", "Ada Example", "--duty", "admin", typed=ADA) == ""
    added = ("add", "rut", "--name", "Rut Example", "--duty", "reviewer", "--duty", "author")
    assert run(folder, *added, typed=RUT) == ""
    return folder


def run(folder, *arguments, typed="", code=0):
    """What a command prints; ``typed`` is its standard input."""
    asked = ["account", *arguments, "--base", str(folder)]
    done = CliRunner().invoke(main, asked, input=f"{typed}\n" if typed else "")
    assert done.exit_code == code, done.output
    return done.output


def person_of(folder, name, password):
    admission = open_admission(folder)
    return admission.person(admission.sign_in(name, password))


def test_who_was_added_can_sign_in(founded):
    assert person_of(founded, "ada", ADA).duties == {Duty.ADMIN}
    rut = person_of(founded, "Rut", RUT)
    assert (rut.name, rut.duties) == ("Rut Example", {Duty.REVIEWER, Duty.AUTHOR})


def test_everybody_is_listed(founded):
    lines = run(founded, "list").splitlines()
    assert lines == [
        "ada; Ada Example; admin; password",
        "rut; Rut Example; author, reviewer; password",
    ]


def test_no_password_is_kept_as_it_is(founded):
    kept = b"".join(path.read_bytes() for path in founded.iterdir() if path.is_file())
    assert b"$argon2id$" in kept
    assert ADA.encode() not in kept
    assert RUT.encode() not in kept


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("add", "eve", "--name", "Eve"), "short", "at least 15"),
        (("add", "eve", "--name", "Eve"), "", "password is needed"),
        (("add", "eve", "--name", "Eve"), "Eve.Loccit.2026.Eve", "names of yours"),
        (("add", "eve"), NEW, "a name is needed"),
        (("add", "e e", "--name", "Eve"), NEW, "small letters"),
        (("add", "rut", "--name", "Rut"), NEW, "already"),
        (("password", "nobody"), NEW, "nobody of this name"),
        (("password", "rut"), "short", "at least 15"),
        (("code", "nobody"), "", "nobody of this name"),
        (("lock", "ada"), "", "another administrator"),
    ],
)
def test_what_is_refused_is_told_in_a_line_and_nothing_is_done(founded, arguments, typed, told):
    before = run(founded, "list")
    said = run(founded, *arguments, typed=typed, code=2)
    assert told in said
    assert said.startswith("loccit: ")
    assert said.count("\n") == 1
    assert not typed or typed == "short" or typed not in said
    assert run(founded, "list") == before


def test_a_code_gives_a_password(tmp_path):
    run(tmp_path, "add", "ada", "--name", "Ada", "--duty", "admin", typed=ADA)
    code = run(tmp_path, "add", "rut", "--name", "Rut", "--code").strip()
    admission = open_admission(tmp_path)
    admission.accept(code, RUT)
    with pytest.raises(NotAdmitted):
        admission.accept(code, NEW)
    again = run(tmp_path, "code", "rut").strip()
    assert admission.accept(again, NEW)
    assert "rut; Rut; password" in run(tmp_path, "list")


def test_a_lock_and_another_password_end_sessions(tmp_path):
    run(tmp_path, "add", "ada", "--name", "Ada", "--duty", "admin", typed=ADA)
    run(tmp_path, "add", "rut", "--name", "Rut", typed=RUT)
    admission = open_admission(tmp_path)
    token = admission.sign_in("rut", RUT)
    assert run(tmp_path, "lock", "rut") == ""
    assert admission.person(token) is None
    assert "rut; Rut; locked" in run(tmp_path, "list")
    run(tmp_path, "unlock", "rut")
    token = admission.sign_in("rut", RUT)
    run(tmp_path, "password", "rut", typed=NEW)
    assert admission.person(token) is None
    assert admission.sign_in("rut", NEW)


def test_roles_given_in_review_end_sessions_too(tmp_path):
    run(tmp_path, "add", "rut", "--name", "Rut", "--duty", "reviewer", typed=RUT)
    admission = open_admission(tmp_path)
    token = admission.sign_in("rut", RUT)
    changed = ["review", "person", "rut", "--duty", "board", "--base", str(tmp_path)]
    assert CliRunner().invoke(main, changed).exit_code == 0
    assert admission.person(token) is None


def test_somebody_from_review_is_given_an_account(tmp_path):
    entered = ["review", "person", "bob", "--name", "Bob", "--duty", "board"]
    assert CliRunner().invoke(main, [*entered, "--base", str(tmp_path)]).exit_code == 0
    assert "bob; Bob; board; no account" in run(tmp_path, "list")
    run(tmp_path, "add", "bob", typed=NEW)
    (bob,) = open_ledgers(tmp_path).people()
    assert (bob.name, bob.duties) == ("Bob", {Duty.BOARD})


def test_in_a_terminal_a_password_is_typed_twice_and_not_shown(monkeypatch, tmp_path):
    import click

    from loccit.delivery import admitting

    asked = []

    def prompt(text, **how):
        asked.append((text, how))
        return NEW

    monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": lambda _: True})())
    monkeypatch.setattr(click, "prompt", prompt)
    admitting.added_with_password("ada", "Ada", frozenset(), tmp_path)
    ((_, how),) = asked
    assert how["hide_input"]
    assert how["confirmation_prompt"]


@pytest.mark.parametrize("command", ["add", "password", "code", "lock", "unlock", "list"])
def test_each_command_has_help(command):
    done = CliRunner().invoke(main, ["account", command, "--help"])
    assert done.exit_code == 0
    assert "PERSON" in done.output or command == "list"
    assert "--password" not in done.output


# --- the first run of the pages


def offered(monkeypatch, capsys, folder, *, tty):
    monkeypatch.setattr(serving.sys, "stdout", sys.stdout)
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: tty, raising=False)
    serving.offer_setup(open_admission(folder), "ABCD-EFGH", "http://127.0.0.1:8000/")
    return capsys.readouterr().out


def test_the_code_is_shown_in_a_terminal_and_nowhere_else(monkeypatch, capsys, tmp_path, founded):
    shown = offered(monkeypatch, capsys, tmp_path, tty=True)
    assert "http://127.0.0.1:8000/setup" in shown
    assert "ABCD-EFGH" in shown
    piped = offered(monkeypatch, capsys, tmp_path, tty=False)
    assert "ABCD" not in piped
    assert "loccit account add" in piped
    assert offered(monkeypatch, capsys, founded, tty=True) == ""
    serving.offer_setup(None, "ABCD", "http://127.0.0.1:8000/")
    assert capsys.readouterr().out == ""


# --- settings of a house


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ("[sessions]\nidle_minutes = 61", "from 1 to 60"),
        ("[sessions]\nlife_minutes = 0", "from 1 to 720"),
        ("[sessions]\nidle_minutes = true", "from 1 to 60"),
        ("[sessions]\ncolour = 1", "life_minutes"),
        ("sessions = 3", "life_minutes"),
        ("[door]\nopen = true", "door"),
        ("not toml", "accounts.toml"),
        ("[oidc]\nissuer = 'https://x.example'", "client_id"),
        ("[oidc]\nissuer = 'http://x.example'\nclient_id = 'c'", "https"),
    ],
)
def test_a_setting_that_cannot_be_is_named(tmp_path, told, cause):
    (tmp_path / "accounts.toml").write_text(told)
    assert cause in run(tmp_path, "list", code=2)


def test_settings_of_a_house_hold(tmp_path, monkeypatch):
    (tmp_path / "accounts.toml").write_text(
        "[sessions]\nidle_minutes = 15\n"
        "[oidc]\nissuer = 'https://login.example.org'\nclient_id = 'c'\nname = 'Clinic'\n"
    )
    monkeypatch.setenv("LOCCIT_OIDC_SECRET", "hidden")
    admission = open_admission(tmp_path)
    assert admission._rules.sessions.idle.total_seconds() == 900
    assert admission._rules.sessions.life.total_seconds() == 43_200
    assert (admission.institution.name, admission.institution.issuer) == (
        "Clinic", "https://login.example.org"
    )  # fmt: skip
    assert admission.institution._settings.secret == "hidden"
    assert open_admission(tmp_path / "elsewhere").institution is None
