"""Backups: one state, proven, whole or not there; taken back as a whole, or not at all."""

import stat
import threading

import pytest
from backups import NOON, filled, lines_of, saved_to, taken_from
from click.testing import CliRunner

from databases import asked_by_hand, changed_by_hand
from loccit.backends.archive import backup_format
from loccit.backends.archive.backing_up import back_up
from loccit.backends.archive.opening import beside
from loccit.backends.archive.sql_articles import SqlArticles
from loccit.backends.archive.sql_ledgers import SqlLedgers
from loccit.backends.archive.tables import LEFT_OUT, METADATA, SAVED
from loccit.delivery.cli import ANSWERED, FAILED, USAGE, main
from loccit.terms import LibraryRequest, Unreadable, UsageError
from loccit.testing import small_article
from loccit.wiring.saving import backup_database, restore_database
from review_histories import history
from review_kills import content


@pytest.fixture
def full(database):
    filled(database)
    return database


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A backup that is only read, of an SQLite database."""
    folder = tmp_path_factory.mktemp("saved")
    filled(beside(folder))
    saved_to(beside(folder), folder / "good.backup")
    return folder / "good.backup"


# --- there and back


def test_every_table_is_saved_or_left_out_for_a_reason():
    assert {each.name for each in SAVED} | LEFT_OUT == set(METADATA.tables)
    assert not {each.name for each in SAVED} & LEFT_OUT
    order = [each.name for each in SAVED]
    for table in SAVED:
        for key in table.foreign_keys:
            assert order.index(key.column.table.name) < order.index(table.name)


def test_what_is_taken_back_is_what_was_saved(full, tmp_path):
    before, path = content(full), tmp_path / "a.backup"
    saved = saved_to(full, path)
    assert saved.rows["library"] == 2
    other = beside(tmp_path / "other")
    (tmp_path / "other").mkdir()
    assert taken_from(other, path).rows == saved.rows
    assert content(other) == before


@pytest.mark.parametrize("there", ["sqlite", "postgresql"])
def test_a_backup_goes_from_either_database_into_either_and_back(full, there, tmp_path, request):
    (tmp_path / "other").mkdir()
    other = (
        beside(tmp_path / "other")
        if there == "sqlite"
        else request.getfixturevalue("postgres").new_database()
    )
    before = content(full)
    saved_to(full, tmp_path / "one.backup")
    taken_from(other, tmp_path / "one.backup")
    assert content(other) == before
    saved_to(other, tmp_path / "two.backup")
    changed_by_hand(full, "DELETE FROM people")
    taken_from(full, tmp_path / "two.backup", replace=True)
    assert content(full) == before
    assert lines_of(tmp_path / "one.backup") == lines_of(tmp_path / "two.backup")


def test_the_same_state_gives_the_same_bytes(full, tmp_path):
    one, two = (saved_to(full, tmp_path / name) for name in ("one", "two"))
    assert one == two
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_numbers_go_on_after_all_that_were_ever_given(full, tmp_path):
    """The third article was removed: its number is in no row, and is not given again."""
    path = tmp_path / "a.backup"
    saved_to(full, path)
    taken_from(full, path, replace=True)
    articles = SqlArticles(full)
    articles.publish(articles.keep(small_article("New?"), key="new").place.article, 1)
    numbers = [card.number for card in articles.library(LibraryRequest())]
    changes = [each.number for each in articles.changes(limit=99)]
    articles.close()
    assert numbers == [4, 2, 1]
    assert changes == sorted(set(changes), reverse=True)
    assert changes[0] > 4


def test_an_empty_database_can_be_saved_and_taken_back(database, tmp_path):
    saved_to(database, tmp_path / "none.backup")
    assert taken_from(database, tmp_path / "none.backup").rows == {}
    articles = SqlArticles(database)
    articles.publish(articles.keep(small_article(), key="one").place.article, 1)
    assert [card.number for card in articles.library(LibraryRequest())] == [1]
    articles.close()


def test_one_state_is_saved_while_others_write(database, tmp_path):
    """Each backup holds of each ledger a beginning of what it became, with every text and person."""
    ledgers, stop, written = SqlLedgers(database), threading.Event(), []

    def write():
        for seed in range(1000):
            history(ledgers, seed, written.append)
            if stop.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    paths = [tmp_path / f"{number}.backup" for number in range(5)]
    for path in paths:
        saved_to(database, path)
    stop.set()
    writer.join()
    final = {each.article: each.decisions for each in ledgers.ledgers()}
    ledgers.close()
    (tmp_path / "other").mkdir()
    counts = []
    for path in paths:
        taken_from(beside(tmp_path / "other"), path, replace=True)
        other = SqlLedgers(beside(tmp_path / "other"))
        taken = list(other.ledgers())
        other.close()
        for each in taken:
            assert each.decisions == final[each.article][: len(each.decisions)]
        counts.append(sum(len(each.decisions) for each in taken))
    assert counts == sorted(counts)
    assert len(written) >= counts[-1]


# --- nothing is written over


def test_a_file_that_is_there_is_never_written_over(full, tmp_path):
    path = tmp_path / "a.backup"
    path.write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for each in (path, tmp_path / "link"):
        with pytest.raises(UsageError, match="is there already"):
            saved_to(full, each)
    with pytest.raises(UsageError, match="make it first"):
        saved_to(full, tmp_path / "no" / "folder")
    assert path.read_text(encoding="utf-8") == "mine"
    assert not list(tmp_path.glob(".*.part"))


def test_a_file_that_came_while_the_backup_was_written_is_not_written_over(full, tmp_path):
    path = tmp_path / "a.backup"

    def prove(_ledgers):
        path.write_text("mine", encoding="utf-8")

    with pytest.raises(UsageError, match="is there already"):
        back_up(full, path, made_at=NOON, made_by="test", prove=prove)
    assert path.read_text(encoding="utf-8") == "mine"
    assert not list(tmp_path.glob(".*.part"))


def test_only_its_owner_may_read_it(full, tmp_path):
    saved_to(full, tmp_path / "a.backup")
    assert stat.S_IMODE((tmp_path / "a.backup").stat().st_mode) == 0o600


def test_a_database_that_holds_anything_is_left_alone(full, saved):
    before = content(full)
    with pytest.raises(UsageError, match=r"holds .* decisions, .*--replace"):
        taken_from(full, saved)
    assert content(full) == before


def test_decisions_that_go_are_counted(database, saved, tmp_path):
    filled(database, seed=2)
    gone = asked_by_hand(database, "SELECT count(*) FROM decisions")[0][0]
    assert taken_from(database, saved, replace=True).lost == gone > 0
    assert taken_from(database, saved, replace=True).lost == 0


def test_a_row_that_is_too_large_to_be_read_again_is_not_saved(full, tmp_path, monkeypatch):
    monkeypatch.setattr(backup_format, "LONGEST", 300)
    with pytest.raises(Unreadable, match="too large for a backup"):
        saved_to(full, tmp_path / "a.backup")
    assert list(tmp_path.glob("*a.backup*")) == []


# --- commands


@pytest.fixture
def run(database, tmp_path, monkeypatch):
    monkeypatch.setenv("LOCCIT_DATABASE", database.render_as_string(hide_password=False))

    def run(*args, code=ANSWERED):
        result = CliRunner().invoke(main, [*args, "--base", str(tmp_path)])
        assert result.exit_code == code, result.output
        assert "secret" not in result.output
        return result.output

    return run


def test_the_commands_save_and_take_back(run, database, tmp_path):
    filled(database)
    before, path = content(database), str(tmp_path / "a.backup")
    told = run("backup", path)
    assert "4 people" in told
    assert "SHA-256 " in told
    assert "is there already" in run("backup", path, code=USAGE)
    assert "--replace" in run("restore", path, code=USAGE)
    ledgers = SqlLedgers(database)
    history(ledgers, 77, lambda _decision: None)
    ledgers.close()
    assert "are not in the backup" in run("restore", path, "--replace")
    assert content(database) == before
    assert "No such file" in run("restore", str(tmp_path / "absent"), code=FAILED)


def test_a_database_with_a_broken_ledger_is_not_saved(run, database, tmp_path):
    filled(database)
    changed_by_hand(database, "UPDATE decisions SET reason = 'nothing was read' WHERE number = 2")
    told = run("backup", str(tmp_path / "a.backup"), code=FAILED)
    assert "broken at decision 2" in told
    assert list(tmp_path.glob("*a.backup*")) == []


def test_a_backup_is_made_and_taken_through_one_call(tmp_path):
    url = beside(tmp_path)
    filled(url)
    saved = backup_database(tmp_path / "a.backup", tmp_path)
    assert restore_database(tmp_path / "a.backup", tmp_path, replace=True).rows == saved.rows
