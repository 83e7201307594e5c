"""Every store of turns keeps the same promises; the one in SQLite also forgets in time."""

from __future__ import annotations

import sqlite3

import pytest

from loccit.backends.spared_turns import SparedTurns
from loccit.backends.sqlite_turns import DAYS, MOST, SqliteTurns
from loccit.terms import BaseError, NoSuchTurn
from loccit.testing import TURN_CHECKS, InMemoryTurns, check_turns, small_turn

DAY = 86_400


@pytest.mark.parametrize(
    "check", TURN_CHECKS, ids=lambda check: check.__name__.removeprefix("_check_")
)
def test_the_fake_conforms(check):
    check(InMemoryTurns())


@pytest.mark.parametrize(
    "check", TURN_CHECKS, ids=lambda check: check.__name__.removeprefix("_check_")
)
def test_the_store_conforms(check, tmp_path):
    turns = SqliteTurns(tmp_path / "turns.sqlite")
    check(turns)
    turns.close()


def test_a_store_that_breaks_a_promise_is_named_with_it():
    class Hoarder(InMemoryTurns):
        def forget(self) -> None:
            pass

    with pytest.raises(AssertionError) as caught:
        check_turns(Hoarder)
    assert "_check_forgotten" in caught.value.__notes__[0]


def test_a_turn_outlives_the_process(tmp_path):
    first = SqliteTurns(tmp_path / "turns.sqlite")
    first.keep(small_turn())
    first.close()
    again = SqliteTurns(tmp_path / "turns.sqlite")
    assert again.turn(small_turn().id) == small_turn()
    again.close()


def test_a_turn_that_is_past_cannot_be_followed_and_leaves_with_the_next(tmp_path):
    now = [1_000_000.0]
    turns = SqliteTurns(tmp_path / "turns.sqlite", now=lambda: now[0])
    turns.keep(small_turn("aaaaaaaa"))
    now[0] += DAYS * DAY - 1
    assert turns.turn("aaaaaaaa").id == "aaaaaaaa"
    now[0] += 2
    with pytest.raises(NoSuchTurn, match=f"{DAYS} days"):
        turns.turn("aaaaaaaa")
    turns.keep(small_turn("bbbbbbbb"))
    turns.close()
    with sqlite3.connect(tmp_path / "turns.sqlite") as db:
        assert db.execute("SELECT id FROM turns").fetchall() == [("bbbbbbbb",)]
    db.close()


def test_only_the_last_turns_are_kept(tmp_path):
    turns = SqliteTurns(tmp_path / "turns.sqlite")
    for number in range(MOST + 3):
        turns.keep(small_turn(f"{number:08}"))
    for gone in (0, 1, 2):
        with pytest.raises(NoSuchTurn):
            turns.turn(f"{gone:08}")
    assert turns.turn(f"{3:08}").id == f"{3:08}"
    turns.close()


def test_what_is_forgotten_leaves_no_bytes_behind(tmp_path):
    turns = SqliteTurns(tmp_path / "turns.sqlite")
    turns.keep(small_turn(drug="examplamine"))
    turns.forget()
    turns.close()
    assert all(b"examplamine" not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_turn_of_another_version_is_told_as_such(tmp_path):
    turns = SqliteTurns(tmp_path / "turns.sqlite")
    turns.keep(small_turn("aaaaaaaa"))
    with sqlite3.connect(tmp_path / "turns.sqlite") as db:
        db.execute("UPDATE turns SET question = ?", (b"\x93odd",))
    db.close()
    with pytest.raises(NoSuchTurn, match="another version"):
        turns.turn("aaaaaaaa")
    turns.close()


def test_a_file_that_is_none_of_ours_is_refused(tmp_path):
    (tmp_path / "turns.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(BaseError, match=r"turns\.sqlite"):
        SqliteTurns(tmp_path / "turns.sqlite")


# --- turns that an answer can do without


@pytest.fixture
def warnings():
    return []


@pytest.fixture
def spared(tmp_path, warnings):
    return lambda: SparedTurns(tmp_path / "turns.sqlite", warn=warnings.append)


@pytest.mark.parametrize(
    "check", TURN_CHECKS, ids=lambda check: check.__name__.removeprefix("_check_")
)
def test_the_spared_store_conforms(check, spared, warnings):
    check(spared())
    assert warnings == []


def test_a_damaged_file_is_told_once_and_stops_nothing(tmp_path, spared, warnings):
    (tmp_path / "turns.sqlite").write_bytes(b"not a database" * 100)
    turns = spared()
    turns.keep(small_turn())
    turns.keep(small_turn())
    assert not turns.keeps
    (line,) = warnings
    assert "turns.sqlite" in line
    assert "can be deleted" in line
    with pytest.raises(NoSuchTurn, match="ask the whole question") as refused:
        turns.turn(small_turn().id)
    assert "turns.sqlite" not in str(refused.value)
    assert len(warnings) == 1


def test_damage_that_shows_only_when_it_is_written_is_told_too(tmp_path, spared, warnings):
    before = spared()
    for number in range(30):
        before.keep(small_turn(f"{number:08}"))
    before._turns.close()
    path = tmp_path / "turns.sqlite"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    turns = spared()
    turns.keep(small_turn())
    assert not turns.keeps
    assert len(warnings) == 1


def test_forgetting_removes_a_damaged_file(tmp_path, spared, warnings):
    (tmp_path / "turns.sqlite").write_bytes(b"not a database" * 100)
    (tmp_path / "turns.sqlite-wal").write_bytes(b"examplamine")
    spared().forget()
    assert list(tmp_path.iterdir()) == []
    turns = spared()
    turns.keep(small_turn())
    assert (turns.keeps, warnings) == (True, [])


def test_another_programs_file_is_not_removed(tmp_path, spared):
    with sqlite3.connect(tmp_path / "turns.sqlite") as db:
        db.execute("CREATE TABLE theirs (a)")
    db.close()
    with pytest.raises(BaseError, match="another program"):
        spared().forget()
    assert (tmp_path / "turns.sqlite").exists()
