"""The server watches by itself where it is asked to; nothing that goes wrong takes it down."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from loccit.delivery import background
from loccit.delivery.background import Background, command_of
from loccit.terms import BaseError, Watch

NOW = datetime.now(UTC)
FRESH = Watch(began_at=NOW, ended_at=NOW)
OLD = Watch(began_at=NOW - timedelta(hours=9), ended_at=NOW - timedelta(hours=9))
WRITES = "import pathlib, sys; pathlib.Path(sys.argv[1]).touch()"


class Log:
    """A log in memory; ``then`` is what the process that is run would have written."""

    def __init__(self, last, then=None):
        self.entries, self.then = [last], then

    def last(self):
        if isinstance(self.entries[-1], Exception):
            raise self.entries[-1]
        return self.entries[-1]

    def write(self, watch):
        self.entries.append(watch)


@pytest.fixture
def told():
    return []


def _background(log, told, code, *args, hours=6):
    command = [sys.executable, "-c", code, *map(str, args)]
    return Background(log, command, hours=hours, warn=told.append)


@pytest.mark.parametrize(("last", "runs"), [(None, True), (OLD, True), (FRESH, False)])
def test_it_watches_when_the_last_time_is_long_ago(last, runs, told, tmp_path):
    mark = tmp_path / "ran"
    _background(Log(last), told, WRITES, mark).look()
    assert mark.exists() is runs
    assert told == []


def test_a_process_that_dies_is_noted_and_told(told):
    log = Log(OLD)
    _background(log, told, "raise SystemExit(7)").look()
    assert "ended with code 7" in log.last().failure
    assert told == [f"the sources could not be watched: {log.last().failure}"]
    _background(log, told, "raise SystemExit(7)").look()
    assert len(told) == 1  # it is tried again only after the hours that were asked for


def test_one_that_noted_its_failure_itself_is_told(told, monkeypatch):
    log, failed = Log(OLD), replace(FRESH, failure="no network")

    class Process:
        def __init__(self, *args, **kwargs):
            log.write(failed)

        def __enter__(self):
            return self

        def __exit__(self, *error):
            pass

        def wait(self):
            return 1

    monkeypatch.setattr(background.subprocess, "Popen", Process)
    _background(log, told, "").look()
    assert log.last() == failed
    assert told == ["the sources could not be watched: no network"]


def test_what_it_prints_is_in_no_log(told, capfd):
    _background(Log(None), told, "print('words of an article'); import sys; sys.stderr.write('x')").look()  # fmt: skip
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("error", [BaseError("watch.sqlite: is damaged"), OSError("no such program")])  # fmt: skip
def test_a_log_that_cannot_be_read_is_told_and_raises_nothing(error, told):
    _background(Log(error), told, "").look()
    assert told == [f"the sources could not be watched: {error}"]


def test_a_command_that_is_not_there_is_told(told, tmp_path):
    Background(Log(None), [str(tmp_path / "none")], hours=1, warn=told.append).look()
    assert len(told) == 1


def test_stopping_ends_what_runs(told, monkeypatch):
    """A watch that would last for ever ends with the server."""
    monkeypatch.setattr(background, "FIRST", 0.0)
    began, popen = background.threading.Event(), background.subprocess.Popen
    running = []

    def started(*args, **kwargs):
        running.append(popen(*args, **kwargs))
        began.set()
        return running[0]

    monkeypatch.setattr(background.subprocess, "Popen", started)
    made = _background(Log(None), told, "import threading; threading.Event().wait()")
    made.start()
    assert began.wait(30)
    made.stop()
    assert running[0].wait(30) != 0
    assert told == []


def test_it_fetches_only_where_that_is_asked_for(tmp_path):
    assert "--fetch" not in command_of(tmp_path, fetch=False)
    assert "--fetch" in command_of(tmp_path, fetch=True)
    assert command_of(tmp_path, fetch=False)[2:4] == ["loccit", "watch"]
