"""Ledgers in an SQL database: written once, by one at a time, and never half."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from sqlalchemy import text

from databases import PASSWORD, asked_by_hand, changed_by_hand
from loccit.backends.archive import opening, stored_answers
from loccit.backends.archive.sql_ledgers import SqlLedgers
from loccit.terms import BaseError, Overtaken, Person, UsageError
from loccit.testing import (
    LEDGER_CHECKS,
    InMemoryLedgers,
    check_ledgers,
    small_article,
    small_decision,
)


@pytest.fixture
def ledgers(database):
    opened = SqlLedgers(database)
    yield opened
    opened.close()


@pytest.mark.parametrize("check", LEDGER_CHECKS, ids=lambda check: check.__name__)
def test_sql_ledgers_pass(ledgers, check):
    check(ledgers)


def test_the_fake_passes():
    check_ledgers(InMemoryLedgers)


def test_of_many_who_decide_at_once_one_is_heard(database):
    def decide(number):
        opened = SqlLedgers(database)
        try:
            opened.append(replace(small_decision(), seal=f"seal-{number}"), small_article())
        except Overtaken:
            return False
        finally:
            opened.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(decide, range(24))) == 1


def test_those_who_are_overtaken_read_and_decide_again_and_no_decision_is_lost(database):
    """Four people write five lines each to one ledger, each as often as it takes."""
    ledgers = SqlLedgers(database)

    def decide(who):
        written = overtaken = 0
        while written < 5:
            lines = ledgers.ledger("a1")
            line = small_decision(len(lines.decisions) + 1, previous=lines.head)
            seal = f"{who}-{written}-{line.number}"
            try:
                ledgers.append(replace(line, who=f"p{who}", seal=seal), small_article())
                written += 1
            except Overtaken:
                overtaken += 1
        return overtaken

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(decide, range(4)))
    lines = ledgers.ledger("a1").decisions
    ledgers.close()
    assert [each.number for each in lines] == list(range(1, 21))
    assert [each.previous for each in lines] == ["", *(each.seal for each in lines[:-1])]
    assert {who: sum(each.who == who for each in lines) for who in ("p0", "p1", "p2", "p3")} == (
        dict.fromkeys(("p0", "p1", "p2", "p3"), 5)
    )


PROCESS = """
import sys
from dataclasses import replace
from sqlalchemy import make_url
from loccit.backends.archive.sql_ledgers import SqlLedgers
from loccit.terms import Overtaken
from loccit.testing import small_article, small_decision
ledgers = SqlLedgers(make_url(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
heard = 0
for number in range(1, 21):
    previous = f"line-{number - 1}" if number > 1 else ""
    try:
        ledgers.append(small_decision(number, previous=previous), small_article())
        heard += 1
    except Overtaken:
        pass
print(heard)
"""


def test_of_two_processes_one_is_heard_and_the_other_is_overtaken(database):
    """Both write the same lines at once: of each line, one process is told that it wrote it."""
    script = PROCESS.replace(
        "small_decision(number, previous=previous)",
        'replace(small_decision(number, previous=previous), seal=f"line-{number}")',
    )
    address = database.render_as_string(hide_password=False)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, address],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for each in started:
        assert each.stdout.readline() == "ready\n"
    for each in started:
        each.stdin.write("\n")
        each.stdin.flush()
    heard = [int(each.communicate(timeout=60)[0]) for each in started]
    assert sum(heard) == 20
    ledgers = SqlLedgers(database)
    assert [each.seal for each in ledgers.ledger("a1").decisions] == [
        f"line-{number}" for number in range(1, 21)
    ]
    ledgers.close()


def test_a_text_is_stored_once(database, ledgers):
    previous = ""
    for number in range(1, 6):
        ledgers.append(small_decision(number, previous=previous), small_article())
        previous = f"a1-{number}"
    assert asked_by_hand(database, "SELECT count(*) FROM texts") == [(1,)]


def test_another_process_reads_what_was_decided(database, ledgers):
    ledgers.append(small_decision(), small_article())
    again = SqlLedgers(database)
    assert again.ledger("a1") == ledgers.ledger("a1")
    again.close()


def test_a_damaged_text_is_told(database, ledgers):
    ledgers.append(small_decision(), small_article())
    changed_by_hand(database, "UPDATE texts SET body = :body", body=b"\0")
    with pytest.raises(BaseError):
        ledgers.text("a1")


def test_a_text_that_unfolds_to_more_than_an_article_is_not_unfolded(
    database, ledgers, monkeypatch
):
    ledgers.append(small_decision(), small_article())
    monkeypatch.setattr(stored_answers, "MOST", 100)
    with pytest.raises(BaseError, match="too large"):
        ledgers.text("a1")


@pytest.mark.parametrize("change", ["action = 'bless'", "duty = 'king'", "at = 'soon'"])
def test_a_line_that_nobody_can_have_written_is_named(database, ledgers, change):
    ledgers.append(small_decision(), small_article())
    changed_by_hand(database, f"UPDATE decisions SET {change}")
    with pytest.raises(BaseError, match="a1: decision 1"):
        ledgers.ledger("a1")


def test_a_person_that_nobody_can_have_entered_is_named(database, ledgers):
    ledgers.keep_person(Person(id="rut", name="Rut"))
    changed_by_hand(database, "UPDATE people SET duties = 'king'")
    with pytest.raises(BaseError, match="rut"):
        ledgers.people()


def test_ledgers_come_in_one_order_whatever_the_database_makes_of_letters(ledgers):
    for name in ("b1", "B2", "a-1", "a1", "\u00e91", "_1"):
        ledgers.append(small_decision(article=name), small_article())
    names = [each.article for each in ledgers.ledgers()]
    assert names == sorted(names)


def test_a_sign_that_no_column_takes_is_refused_and_nothing_is_written(database, ledgers):
    """SQLite takes a NUL, PostgreSQL does not; neither takes half of a surrogate pair."""
    with suppress(UsageError):
        ledgers.append(replace(small_decision(), words="a\0b"), small_article())
    with pytest.raises(UsageError, match="cannot be stored"):
        ledgers.append(
            replace(small_decision(article="a2"), words="a\ud800"), small_article(evidence="late")
        )
    assert ledgers.ledger("a2").decisions == ()
    assert asked_by_hand(database, "SELECT count(*) FROM texts")[0][0] <= 1


def test_sqlite_waits_for_the_disk_before_it_says_that_a_decision_is_written(tmp_path):
    ledgers = SqlLedgers(opening.beside(tmp_path))
    with ledgers._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    ledgers.close()


# --- connections that break


def test_a_connection_lost_while_idle_is_made_anew(postgres):
    url = postgres.new_database()
    ledgers = SqlLedgers(url)
    ledgers.append(small_decision(), small_article())
    postgres.cut(url)
    assert len(ledgers.ledger("a1").decisions) == 1
    postgres.cut(url)
    ledgers.append(small_decision(2, previous="a1-1"), small_article())
    assert len(ledgers.ledger("a1").decisions) == 2
    ledgers.close()


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_connection_lost_at_the_commit_neither_loses_nor_doubles_the_decision(
    postgres, monkeypatch, moment
):
    """The server commits and its answer is lost, or it never hears of the commit."""
    url = postgres.new_database()
    ledgers = SqlLedgers(url)
    dialect, cuts = ledgers._engine.dialect, []
    plain = dialect.do_commit

    def breaking(connection):
        if cuts:
            return plain(connection)
        cuts.append(moment)
        if moment == "after":
            plain(connection)
        postgres.cut(url)
        return connection.execute("SELECT 1")

    monkeypatch.setattr(dialect, "do_commit", breaking)
    ledgers.append(small_decision(), small_article())
    assert ledgers.ledger("a1").decisions == (small_decision(),)
    ledgers.close()
    assert cuts == [moment]


def test_a_connection_that_breaks_every_time_is_told_without_the_password(postgres, monkeypatch):
    url = postgres.new_database()
    ledgers = SqlLedgers(url)
    monkeypatch.setattr(
        ledgers._engine.dialect,
        "do_commit",
        lambda connection: (postgres.cut(url), connection.execute("SELECT 1")),
    )
    with pytest.raises(BaseError, match="try again") as told:
        ledgers.append(small_decision(), small_article())
    assert PASSWORD not in str(told.value)
    assert "secret" not in str(told.value)
    monkeypatch.undo()
    assert ledgers.ledger("a1").decisions == ()
    ledgers.close()


def test_what_postgresql_undid_for_another_is_tried_again(postgres, monkeypatch):
    """Whoever writes without our lock can make the server undo our transaction (SQLSTATE 40001)."""
    ledgers = SqlLedgers(postgres.new_database())
    plain, undone = opening.writing, []

    @contextmanager
    def undoing(engine):
        with plain(engine) as connection:
            yield connection
            if not undone:
                undone.append(1)
                connection.execute(text(
                    "DO $$ BEGIN RAISE EXCEPTION 'undone' USING ERRCODE = '40001'; END $$"
                ))  # fmt: skip

    monkeypatch.setattr(opening, "writing", undoing)
    ledgers.append(small_decision(), small_article())
    assert undone == [1]
    assert ledgers.ledger("a1").decisions == (small_decision(),)
    ledgers.close()


def test_a_server_that_fell_and_came_back_has_all_that_was_decided(postgres):
    url = postgres.new_database()
    ledgers = SqlLedgers(url)
    ledgers.append(small_decision(), small_article())
    postgres.stop("immediate")
    with pytest.raises(BaseError, match="check that it can be reached") as told:
        ledgers.ledger("a1")
    assert "secret" not in str(told.value)
    postgres.start()
    assert ledgers.ledger("a1").decisions == (small_decision(),)
    ledgers.close()


@pytest.mark.parametrize("query", [{}, {"password": "p@ss:word/secret"}])
def test_no_refusal_shows_the_password(postgres, query):
    wrong = postgres.url("nowhere").update_query_dict(query)
    absent = wrong.set(host="127.0.0.1", port=1, query=query)
    for url in (wrong, postgres.url(password="wrong-secret"), absent):
        with pytest.raises(BaseError) as told:
            SqlLedgers(url)
        assert "secret" not in str(told.value)
        assert "\n" not in str(told.value)


def test_whoever_writes_for_too_long_is_not_waited_for(postgres, monkeypatch):
    url = postgres.new_database()
    ledgers = SqlLedgers(url)
    monkeypatch.setattr(opening, "WAIT", 50)
    with (
        opening.writing(ledgers._engine),
        pytest.raises(BaseError, match="another process writes"),
    ):
        ledgers.append(small_decision(), small_article())
    ledgers.close()
