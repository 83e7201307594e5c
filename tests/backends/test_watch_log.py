"""The log of watches: one turn at a time, over when its process is, and how the last one went."""

import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import loccit
from loccit.backends.watch_log import WatchLog
from loccit.terms import BaseError, Watch, Watching

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
WENT = Watch(
    began_at=NOON,
    ended_at=NOON.replace(hour=13),
    base_digest="b",
    fetched=True,
    opened=3,
    suggested=2,
    passed_over=1,
)
HOLDER = """
import sys
from pathlib import Path
from loccit.backends.watch_log import WatchLog
with WatchLog(Path(sys.argv[1])).turn():
    print("mine", flush=True)
    sys.stdin.read()
"""


def test_nothing_is_told_and_no_file_made_before_the_first_turn(tmp_path):
    assert WatchLog(tmp_path).last() is None
    assert list(tmp_path.iterdir()) == []


def test_what_a_turn_did_is_read_by_others(tmp_path):
    with WatchLog(tmp_path).turn() as done:
        done.append(WENT)
    assert WatchLog(tmp_path).last() == WENT
    with WatchLog(tmp_path).turn():
        pass
    assert WatchLog(tmp_path).last() == WENT


def test_one_that_failed_is_noted_too(tmp_path):
    failed = replace(WENT, failure="the disk is full")
    with suppress(ZeroDivisionError), WatchLog(tmp_path).turn() as done:
        done.append(failed)
        raise ZeroDivisionError
    assert WatchLog(tmp_path).last() == failed


def test_a_second_turn_is_refused_while_the_first_lasts_and_reading_is_not(tmp_path):
    WatchLog(tmp_path).write(WENT)
    with WatchLog(tmp_path).turn():
        with pytest.raises(Watching, match="another process"), WatchLog(tmp_path).turn():
            pytest.fail("two at once")
        assert WatchLog(tmp_path).last() == WENT
    with WatchLog(tmp_path).turn():
        pass


def test_the_turn_of_a_process_that_was_killed_is_over(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(Path(loccit.__file__).parents[1])},
    ) as holder:
        assert holder.stdout.readline() == b"mine\n"
        with pytest.raises(Watching), WatchLog(tmp_path).turn():
            pytest.fail("two at once")
        holder.kill()
        holder.wait()
    with WatchLog(tmp_path).turn() as done:
        done.append(WENT)
    assert WatchLog(tmp_path).last() == WENT


def test_a_file_that_is_none_of_ours_is_told_with_its_name_and_what_to_do(tmp_path):
    (tmp_path / "watch.sqlite").write_bytes(b"nothing of a database" * 99)
    with pytest.raises(BaseError, match=r"watch\.sqlite.*delete the file"):
        WatchLog(tmp_path).last()
    with pytest.raises(BaseError), WatchLog(tmp_path).turn():
        pytest.fail("opened")


def test_a_record_of_another_version_is_as_none(tmp_path):
    import sqlite3

    WatchLog(tmp_path).write(WENT)
    with sqlite3.connect(tmp_path / "watch.sqlite") as database:
        database.execute("UPDATE watches SET record = '{}'")
    database.close()
    assert WatchLog(tmp_path).last() is None


def test_while_ledgers_are_replaced_nobody_watches_and_then_nothing_is_known(tmp_path):
    log = WatchLog(tmp_path)
    with log.held():
        assert not list(tmp_path.iterdir())
    log.write(WENT)
    with log.held(), pytest.raises(Watching), log.turn():
        pass
    assert log.last() is None
    with log.turn() as done, pytest.raises(Watching), log.held():
        pass
    assert done == []
