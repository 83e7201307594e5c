"""Ledgers in an SQL database: written once, by one at a time, and never half."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from loccit.backends.archive.opening import beside
from loccit.backends.archive.sql_ledgers import SqlLedgers
from loccit.terms import BaseError, Overtaken
from loccit.testing import (
    LEDGER_CHECKS,
    InMemoryLedgers,
    check_ledgers,
    small_article,
    small_decision,
)


@pytest.fixture
def ledgers(tmp_path):
    opened = SqlLedgers(beside(tmp_path))
    yield opened
    opened.close()


@pytest.mark.parametrize("check", LEDGER_CHECKS, ids=lambda check: check.__name__)
def test_sql_ledgers_pass(ledgers, check):
    check(ledgers)


def test_the_fake_passes():
    check_ledgers(InMemoryLedgers)


def test_of_many_who_decide_at_once_one_is_heard(tmp_path):
    def decide(number):
        opened = SqlLedgers(beside(tmp_path))
        try:
            opened.append(replace(small_decision(), seal=f"seal-{number}"), small_article())
        except Overtaken:
            return False
        finally:
            opened.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(decide, range(24))) == 1


def test_a_text_is_stored_once(ledgers):
    previous = ""
    for number in range(1, 6):
        ledgers.append(small_decision(number, previous=previous), small_article())
        previous = f"a1-{number}"
    with ledgers._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM texts").scalar() == 1


def test_another_process_reads_what_was_decided(tmp_path, ledgers):
    ledgers.append(small_decision(), small_article())
    again = SqlLedgers(beside(tmp_path))
    assert again.ledger("a1") == ledgers.ledger("a1")
    again.close()


def test_a_damaged_text_is_told(ledgers):
    ledgers.append(small_decision(), small_article())
    with ledgers._engine.connect() as connection:
        connection.exec_driver_sql("UPDATE texts SET body = x'00'")
        connection.exec_driver_sql("COMMIT")
    with pytest.raises(BaseError):
        ledgers.text("a1")


@pytest.mark.parametrize("change", ["action = 'bless'", "duty = 'king'", "at = 'soon'"])
def test_a_line_that_nobody_can_have_written_is_named(ledgers, change):
    ledgers.append(small_decision(), small_article())
    with ledgers._engine.connect() as connection:
        connection.exec_driver_sql(f"UPDATE decisions SET {change}")
        connection.exec_driver_sql("COMMIT")
    with pytest.raises(BaseError, match="a1: decision 1"):
        ledgers.ledger("a1")
