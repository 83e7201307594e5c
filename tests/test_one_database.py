"""One setting names the database of ledgers and kept answers alike, of either kind."""

import gc
import time

import pytest
from click.testing import CliRunner

from databases import asked_by_hand
from loccit.delivery.cli import ANSWERED, FAILED, USAGE, main
from loccit.terms import Duty, NoSuchArticle, Person
from loccit.testing import small_article, small_decision
from loccit.wiring import forget_articles, open_articles, open_ledgers, remove_article


@pytest.fixture
def named(database, monkeypatch, tmp_path):
    """A database that the setting names, and no file beside the base."""
    if database.get_backend_name() == "sqlite":
        database = database.set(database=str(tmp_path / "elsewhere.sqlite"))
    monkeypatch.setenv("LOCCIT_DATABASE", database.render_as_string(hide_password=False))
    return database


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def _kept(home):
    articles = open_articles(home, days=30, warn=pytest.fail)
    return articles, articles.keep(small_article(), key="one").place.article


def test_ledgers_and_kept_answers_lie_in_the_database_that_is_named(named, home):
    articles, name = _kept(home)
    ledgers = open_ledgers(home)
    ledgers.append(small_decision(), small_article())
    assert articles.answer(name).answer == small_article()
    assert asked_by_hand(named, "SELECT count(*) FROM versions") == [(1,)]
    assert asked_by_hand(named, "SELECT count(*) FROM decisions") == [(1,)]
    assert not (home / "articles.sqlite").exists()
    articles.close()
    ledgers.close()


def test_forgetting_and_removing_follow_the_setting(named, home):
    articles, name = _kept(home)
    remove_article(name, home)
    with pytest.raises(NoSuchArticle):
        articles.answer(name)
    name = articles.keep(small_article(), key="one").place.article
    forget_articles(home)
    with pytest.raises(NoSuchArticle):
        articles.answer(name)
    articles.close()


def test_what_was_kept_before_the_setting_was_made_is_forgotten_too(home, database, monkeypatch):
    articles, name = _kept(home)
    place = database.render_as_string(hide_password=False)
    monkeypatch.setenv("LOCCIT_DATABASE", place)
    assert CliRunner().invoke(main, ["forget", "--base", str(home)]).exit_code == ANSWERED
    with pytest.raises(NoSuchArticle):
        articles.answer(name)
    articles.close()


def test_a_command_reads_the_people_of_the_database_that_is_named(named, home):
    ledgers = open_ledgers(home)
    ledgers.keep_person(Person(id="rut", name="Rut Å", duties=frozenset({Duty.BOARD})))
    ledgers.close()
    told = CliRunner().invoke(main, ["review", "people", "--base", str(home)])
    assert (told.exit_code, told.output) == (ANSWERED, "rut; Rut Å; board\n")


def test_whoever_is_done_leaves_no_connection_open(postgres, home, monkeypatch):
    url = postgres.new_database()
    monkeypatch.setenv("LOCCIT_DATABASE", url.render_as_string(hide_password=False))
    assert open_ledgers(home).people() == []
    gc.collect()
    named = url.query["application_name"]
    counted = f"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{named}'"
    deadline = time.monotonic() + 30  # the server notices in its own time
    while postgres.said(counted) != [(0,)]:
        assert time.monotonic() < deadline


WRONG = [
    "nonsense",
    "://",
    "nosuch://u:secret@host/db",
    "mysql://u:secret@host/db",
    "postgresql+psycopg2://u:secret@host/db",
    "postgresql://u:secret@host:port/db",
    "sqlite://",
    "sqlite:///:memory:",
    "sqlite:////tmp/x?secret=1",
]


@pytest.mark.parametrize("address", WRONG)
def test_an_address_that_nobody_can_open_is_told_without_its_password(address, home, monkeypatch):
    monkeypatch.setenv("LOCCIT_DATABASE", address)
    told = CliRunner().invoke(main, ["review", "people", "--base", str(home)])
    assert told.exit_code == USAGE
    assert "sqlite:////path/to/file" in told.output
    assert "secret" not in told.output
    warned = []
    assert open_articles(home, days=1, warn=warned.append) is None
    assert "secret" not in warned[0]
    assert "no answer is kept" in warned[0]


@pytest.mark.parametrize("more", ["", "?password=secret", "?nosuchoption=secret"])
def test_a_server_that_is_not_there_is_told_without_the_password(more, home, monkeypatch):
    monkeypatch.setenv("LOCCIT_DATABASE", f"postgresql+psycopg://u:secret@127.0.0.1:1/db{more}")
    told = CliRunner().invoke(main, ["review", "people", "--base", str(home)])
    assert told.exit_code == FAILED
    assert "check that it can be reached" in told.output
    assert told.output.count("\n") == 1
    assert "secret" not in told.output


def test_a_driver_that_is_missing_is_named_with_its_extra(home, monkeypatch):
    monkeypatch.setenv("LOCCIT_DATABASE", "postgresql+psycopg://u:secret@127.0.0.1:1/db")
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    told = CliRunner().invoke(main, ["review", "people", "--base", str(home)])
    assert told.exit_code == FAILED
    assert "loccit[postgres]" in told.output
    assert "secret" not in told.output
