"""A new file that two processes open at once is written ahead by both, and neither is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from loccit.backends import database
from loccit.backends.database import written_ahead


def _mode(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA journal_mode").fetchone()[0]


def test_whoever_is_told_that_the_file_is_locked_asks_again(tmp_path, monkeypatch):
    path, pauses = tmp_path / "new.sqlite", []
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as ours,
    ):
        other.execute("BEGIN EXCLUSIVE")

        def passes(seconds):
            pauses.append(seconds)
            if other.in_transaction and len(pauses) > 1:
                other.execute("COMMIT")

        monkeypatch.setattr(database.time, "sleep", passes)
        written_ahead(ours)
    assert pauses == [database.AGAIN] * 2
    assert _mode(path) == "wal"


def test_a_file_that_stays_locked_is_given_up(tmp_path, monkeypatch):
    path, moments = tmp_path / "new.sqlite", iter((0.0, 1.0, 99.0))
    monkeypatch.setattr(database.time, "monotonic", lambda: next(moments))
    monkeypatch.setattr(database.time, "sleep", lambda _: None)
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as ours,
    ):
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            written_ahead(ours)


def test_another_refusal_is_not_asked_about_again(tmp_path, monkeypatch):
    (tmp_path / "no.sqlite").write_bytes(b"this is no database at all" * 99)
    monkeypatch.setattr(database.time, "sleep", lambda _: pytest.fail("it waited"))
    with (
        closing(sqlite3.connect(tmp_path / "no.sqlite")) as ours,
        pytest.raises(sqlite3.DatabaseError),
    ):
        written_ahead(ours)
