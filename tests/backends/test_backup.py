"""Backups: one state, proven, whole or not there; taken back as a whole, or not at all."""

import gzip
import json
import os
import stat
import threading
from base64 import b64encode
from datetime import UTC, datetime
from zlib import compress

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Boolean, Column, MetaData, String, Table

from databases import asked_by_hand, changed_by_hand
from loccit.backends.archive import backup_format
from loccit.backends.archive.backing_up import back_up
from loccit.backends.archive.backup_format import FREE, BackupReader
from loccit.backends.archive.backup_rows import plain_row, stored_row
from loccit.backends.archive.opening import beside
from loccit.backends.archive.restoring import restore
from loccit.backends.archive.sql_articles import SqlArticles
from loccit.backends.archive.sql_ledgers import SqlLedgers
from loccit.backends.archive.tables import LEFT_OUT, METADATA, SAVED
from loccit.delivery.cli import ANSWERED, FAILED, USAGE, main
from loccit.review import proved
from loccit.terms import BaseError, LibraryRequest, Unreadable, UsageError
from loccit.testing import small_article, small_stop
from loccit.wiring.saving import backup_database, restore_database
from review_histories import history
from review_kills import content

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)


def _prove(ledgers):
    assert all(broken is None for _, broken in proved(ledgers))


def _fill(url, seed=1):
    """Ledgers, people, a library of two with a removed third, and a stop."""
    ledgers = SqlLedgers(url)
    history(ledgers, seed, lambda _decision: None)
    ledgers.close()
    articles = SqlArticles(url)
    for title in ("How much?", "How often?", "At what age?"):
        name = articles.keep(small_article(title), key=title).place.article
        articles.publish(name, 1)
    articles.remove(name)
    articles.keep(small_stop(), key="stop")
    articles.close()


def _save(url, path):
    return back_up(url, path, made_at=NOON, made_by="test", prove=_prove)


def _take(url, path, *, replace=False):
    return restore(url, path, replace=replace, prove=_prove)


@pytest.fixture
def full(database):
    _fill(database)
    return database


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A backup that is only read, of an SQLite database."""
    folder = tmp_path_factory.mktemp("saved")
    _fill(beside(folder))
    _save(beside(folder), folder / "good.backup")
    return folder / "good.backup"


def _lines(path):
    """The values of a backup, without their digests."""
    return [json.loads(line.partition(" ")[2]) for line in gzip.open(path, "rt", encoding="utf-8")]


def _forged(path, values):
    """Write values as whoever knows the form can: every digest holds."""
    digest, lines = "", []
    for value in values:
        said = json.dumps(value, ensure_ascii=False).encode()
        digest = backup_format._linked(digest, said)
        lines.append(digest.encode() + b" " + said + b"\n")
    path.write_bytes(gzip.compress(b"".join(lines)))
    return path


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
    saved = _save(full, path)
    assert saved.rows["library"] == 2
    other = beside(tmp_path / "other")
    (tmp_path / "other").mkdir()
    assert _take(other, path).rows == saved.rows
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
    _save(full, tmp_path / "one.backup")
    _take(other, tmp_path / "one.backup")
    assert content(other) == before
    _save(other, tmp_path / "two.backup")
    changed_by_hand(full, "DELETE FROM people")
    _take(full, tmp_path / "two.backup", replace=True)
    assert content(full) == before
    assert _lines(tmp_path / "one.backup") == _lines(tmp_path / "two.backup")


def test_the_same_state_gives_the_same_bytes(full, tmp_path):
    one, two = (_save(full, tmp_path / name) for name in ("one", "two"))
    assert one == two
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_numbers_go_on_after_all_that_were_ever_given(full, tmp_path):
    """The third article was removed: its number is in no row, and is not given again."""
    path = tmp_path / "a.backup"
    _save(full, path)
    _take(full, path, replace=True)
    articles = SqlArticles(full)
    articles.publish(articles.keep(small_article("New?"), key="new").place.article, 1)
    numbers = [card.number for card in articles.library(LibraryRequest())]
    changes = [each.number for each in articles.changes(limit=99)]
    articles.close()
    assert numbers == [4, 2, 1]
    assert changes == sorted(set(changes), reverse=True)
    assert changes[0] > 4


def test_an_empty_database_can_be_saved_and_taken_back(database, tmp_path):
    _save(database, tmp_path / "none.backup")
    assert _take(database, tmp_path / "none.backup").rows == {}
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
        _save(database, path)
    stop.set()
    writer.join()
    final = {each.article: each.decisions for each in ledgers.ledgers()}
    ledgers.close()
    (tmp_path / "other").mkdir()
    counts = []
    for path in paths:
        _take(beside(tmp_path / "other"), path, replace=True)
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
            _save(full, each)
    with pytest.raises(UsageError, match="make it first"):
        _save(full, tmp_path / "no" / "folder")
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
    _save(full, tmp_path / "a.backup")
    assert stat.S_IMODE((tmp_path / "a.backup").stat().st_mode) == 0o600


def test_a_database_that_holds_anything_is_left_alone(full, saved):
    before = content(full)
    with pytest.raises(UsageError, match=r"holds .* decisions, .*--replace"):
        _take(full, saved)
    assert content(full) == before


def test_decisions_that_go_are_counted(database, saved, tmp_path):
    _fill(database, seed=2)
    gone = asked_by_hand(database, "SELECT count(*) FROM decisions")[0][0]
    assert _take(database, saved, replace=True).lost == gone > 0
    assert _take(database, saved, replace=True).lost == 0


# --- what is damaged, or lies


def _refused(saved, tmp_path, values, match):
    url = beside(tmp_path)
    _fill(url, seed=3)
    before = content(url)
    with pytest.raises((Unreadable, BaseError), match=match):
        _take(url, _forged(tmp_path / "forged", values), replace=True)
    assert content(url) == before


def _first(values, table):
    return next(n for n, each in enumerate(values) if isinstance(each, list) and each[0] == table)


def _changed(values, table, **changes):
    place = _first(values, table)
    values[place][1].update(changes)
    return values


def test_the_line_that_was_changed_is_named(saved, tmp_path):
    lines = gzip.decompress(saved.read_bytes()).splitlines(keepends=True)
    url = beside(tmp_path)
    for number in {1, 2, len(lines) // 2, len(lines) - 1, len(lines)}:
        broken = list(lines)
        broken[number - 1] = broken[number - 1].replace(b'"', b"'", 1)
        (tmp_path / "broken").write_bytes(gzip.compress(b"".join(broken)))
        with pytest.raises(Unreadable, match=f"line {number}: this line was changed"):
            _take(url, tmp_path / "broken")


@pytest.mark.parametrize("change", ["left out", "moved", "twice"])
def test_a_line_that_was_left_out_moved_or_doubled_is_named(saved, tmp_path, change):
    lines = gzip.decompress(saved.read_bytes()).splitlines(keepends=True)
    if change == "left out":
        del lines[4]
    elif change == "moved":
        lines[4], lines[5] = lines[5], lines[4]
    else:
        lines.insert(4, lines[3])
    (tmp_path / "broken").write_bytes(gzip.compress(b"".join(lines)))
    with pytest.raises(Unreadable, match="line 5"):
        _take(beside(tmp_path), tmp_path / "broken")


def test_a_file_that_is_cut_off_is_refused_wherever_it_ends(saved, tmp_path):
    whole = saved.read_bytes()
    url = beside(tmp_path)
    for end in (0, 1, 9, 20, len(whole) // 2, len(whole) - 9, len(whole) - 1):
        (tmp_path / "cut").write_bytes(whole[:end])
        with pytest.raises(Unreadable, match="line"):
            _take(url, tmp_path / "cut")
    lines = gzip.decompress(whole).splitlines(keepends=True)
    (tmp_path / "cut").write_bytes(gzip.compress(b"".join(lines[:-1])))
    with pytest.raises(Unreadable, match=f"line {len(lines)}: it is cut off"):
        _take(url, tmp_path / "cut")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_file_changes_nothing_or_is_whole_all_the_same(saved, tmp_path, data):
    """Some bytes of the envelope (its time, its system) mean nothing; all others are proven."""
    whole = bytearray(saved.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    damaged = tmp_path / "damaged"
    damaged.write_bytes(whole)
    try:
        with BackupReader(damaged) as reader:
            rows = list(reader.rows())
    except Unreadable:
        return
    assert rows == [tuple(each) for each in _lines(saved)[1:-1]]


def test_a_decision_that_was_changed_with_all_digests_made_anew_is_found_by_its_seal(
    saved, tmp_path
):
    values = _lines(saved)
    changed = _changed(values, "decisions", reason="nothing was read", number=1)
    url = beside(tmp_path)
    with pytest.raises(BaseError, match="broken at decision 1"):
        restore_database(_forged(tmp_path / "forged", changed), tmp_path, replace=False)
    assert asked_by_hand(url, "SELECT count(*) FROM people") == [(0,)]


FORGED = {
    "texts": ({"body": b64encode(compress(b"\x80")).decode()}, "not the one that its digest names"),
    "versions": ({"title": "Another title"}, "title is not that of the answer"),
    "articles": ({"id": "../../etc/passwd"}, "id is no name of an article"),
    "cited": ({"place": "first"}, "place is no whole number"),
    "people": ({"duties": "king"}, "cannot be read"),
    "library": ({"version": 7}, "versions of"),
    "changes": ({"at": -1}, "at is no whole number"),
}


@pytest.mark.parametrize("table", FORGED)
def test_a_row_that_no_program_of_ours_wrote_is_refused(saved, tmp_path, table):
    changes, match = FORGED[table]
    _refused(saved, tmp_path, _changed(_lines(saved), table, **changes), match)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"drop": "table"}, "people has no drop"),
        ({"name": None}, "name is missing"),
        ({"name": 7}, "name is no text"),
        ({"id": "x" * 65}, "id is longer than 64"),
        ({"declared_on": "soon"}, "cannot be read"),
    ],
)
def test_a_field_that_fits_no_column_is_refused(saved, tmp_path, changes, match):
    _refused(saved, tmp_path, _changed(_lines(saved), "people", **changes), match)


def test_a_table_of_any_columns_can_be_saved_and_what_fits_none_is_refused():
    """Tables to come need no more than their place in the list of what is saved."""
    table = Table(
        "made_up",
        MetaData(),
        Column("name", String(4), primary_key=True),
        Column("locked", Boolean, nullable=False),
        Column("at", BigInteger, nullable=True),
    )
    row = {"name": "rut", "locked": True, "at": 1 << 40}
    assert stored_row(table, plain_row(row)) == row
    assert stored_row(table, {"name": "rut", "locked": False})["at"] is None
    for wrong in ({"locked": 1}, {"locked": "true"}, {"at": True}, {"at": 1 << 63}, {"name": True}):
        with pytest.raises(ValueError):
            stored_row(table, row | wrong)


@pytest.mark.parametrize(
    ("body", "match"), [("*", "not in base64"), ("eJw", "not in base64"), ("eJw=", "cut off")]
)
def test_a_body_that_is_none_is_refused(saved, tmp_path, body, match):
    _refused(saved, tmp_path, _changed(_lines(saved), "texts", body=body), match)


def test_tables_and_rows_that_do_not_belong_are_refused(saved, tmp_path):
    values = _lines(saved)
    place = _first(values, "people")
    counted = {**values[-1], "rows": {**values[-1]["rows"], "people": 5}}
    for number, (changed, match) in enumerate(
        (
            ([*values[:place], ["sqlite_master", {}], *values[place:]], "no table 'sqlite_master'"),
            ([*values[:place], values[place], *values[place:-1], counted], "comes twice"),
            ([each for each in values if not isinstance(each, list) or each[0] != "texts"], "points to what is not there"),
            (values[:-1], "cut off"),
            ([*values, values[-1]], "goes on after its end"),
            ([*values[:-1], {"rows": {"people": 1}}], "another number of rows"),
            ([*values[:-1], values[-1] | {"numbers": {"library": 10**30}}], "line"),
            ([{"format": "loccit/backup/9"} | {k: v for k, v in values[0].items() if k != "format"}, *values[1:]], "no backup of a form"),
            ([values[0] | {"revision": "9999"}, *values[1:]], "later version"),
            ([["people", {}], *values[1:]], "does not say what a backup says"),
            ([values[0], ["people", {"name": [[]]}]], "does not say what a backup says"),
            ([values[0], ["people"]], "does not say what a backup says"),
        )
    ):  # fmt: skip
        (tmp_path / str(number)).mkdir()
        _refused(saved, tmp_path / str(number), changed, match)


def test_a_file_that_unfolds_without_end_is_not_unfolded(tmp_path, monkeypatch):
    bomb = tmp_path / "bomb"
    with gzip.open(bomb, "wb", compresslevel=1) as out:
        for _ in range(3):
            out.write(bytes(FREE))
    assert bomb.stat().st_size < FREE // 50
    with pytest.raises(Unreadable, match="unfolds to more"):
        _take(beside(tmp_path), bomb)


def test_many_small_lines_cannot_unfold_without_end_either(saved, tmp_path, monkeypatch):
    monkeypatch.setattr(backup_format, "FREE", 1000)
    monkeypatch.setattr(backup_format, "RATIO", 1)
    with pytest.raises(Unreadable, match="unfolds to more"):
        _take(beside(tmp_path), saved)


def test_a_text_that_unfolds_without_end_is_not_unfolded(saved, tmp_path):
    body = b64encode(compress(bytes(300 * 1024**2), 9)).decode()
    _refused(saved, tmp_path, _changed(_lines(saved), "texts", body=body), "too large")


def test_a_row_that_is_too_large_to_be_read_again_is_not_saved(full, tmp_path, monkeypatch):
    monkeypatch.setattr(backup_format, "LONGEST", 300)
    with pytest.raises(Unreadable, match="too large for a backup"):
        _save(full, tmp_path / "a.backup")
    assert list(tmp_path.glob("*a.backup*")) == []


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, "/dev/zero"):
        with pytest.raises(Unreadable, match="it is no file"):
            BackupReader(path)
    (tmp_path / "text").write_text("Not a backup.", encoding="utf-8")
    with pytest.raises(Unreadable, match="line 1"):
        BackupReader(tmp_path / "text")


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
    _fill(database)
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
    _fill(database)
    changed_by_hand(database, "UPDATE decisions SET reason = 'nothing was read' WHERE number = 2")
    told = run("backup", str(tmp_path / "a.backup"), code=FAILED)
    assert "broken at decision 2" in told
    assert list(tmp_path.glob("*a.backup*")) == []


def test_a_backup_is_made_and_taken_through_one_call(tmp_path):
    url = beside(tmp_path)
    _fill(url)
    saved = backup_database(tmp_path / "a.backup", tmp_path)
    assert restore_database(tmp_path / "a.backup", tmp_path, replace=True).rows == saved.rows
