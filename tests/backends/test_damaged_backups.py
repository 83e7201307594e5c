"""Backups that are damaged, or made to deceive: nothing of them is taken back."""

import gzip
import os
from base64 import b64encode
from zlib import compress

import pytest
from backups import filled, forged, lines_of, saved_to, taken_from
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Boolean, Column, MetaData, String, Table

from databases import asked_by_hand
from loccit.backends.archive import backup_format
from loccit.backends.archive.backup_format import FREE, BackupReader
from loccit.backends.archive.backup_rows import plain_row, stored_row
from loccit.backends.archive.opening import beside
from loccit.terms import BaseError, Unreadable
from loccit.wiring.saving import restore_database
from review_kills import content


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A backup that is only read, of an SQLite database."""
    folder = tmp_path_factory.mktemp("saved")
    filled(beside(folder))
    saved_to(beside(folder), folder / "good.backup")
    return folder / "good.backup"


# --- what is damaged, or lies


def _refused(saved, tmp_path, values, match):
    url = beside(tmp_path)
    filled(url, seed=3)
    before = content(url)
    with pytest.raises((Unreadable, BaseError), match=match):
        taken_from(url, forged(tmp_path / "forged", values), replace=True)
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
            taken_from(url, tmp_path / "broken")


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
        taken_from(beside(tmp_path), tmp_path / "broken")


def test_a_file_that_is_cut_off_is_refused_wherever_it_ends(saved, tmp_path):
    whole = saved.read_bytes()
    url = beside(tmp_path)
    for end in (0, 1, 9, 20, len(whole) // 2, len(whole) - 9, len(whole) - 1):
        (tmp_path / "cut").write_bytes(whole[:end])
        with pytest.raises(Unreadable, match="line"):
            taken_from(url, tmp_path / "cut")
    lines = gzip.decompress(whole).splitlines(keepends=True)
    (tmp_path / "cut").write_bytes(gzip.compress(b"".join(lines[:-1])))
    with pytest.raises(Unreadable, match=f"line {len(lines)}: it is cut off"):
        taken_from(url, tmp_path / "cut")


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
    assert rows == [tuple(each) for each in lines_of(saved)[1:-1]]


def test_a_decision_that_was_changed_with_all_digests_made_anew_is_found_by_its_seal(
    saved, tmp_path
):
    values = lines_of(saved)
    changed = _changed(values, "decisions", reason="nothing was read", number=1)
    url = beside(tmp_path)
    with pytest.raises(BaseError, match="broken at decision 1"):
        restore_database(forged(tmp_path / "forged", changed), tmp_path, replace=False)
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
    _refused(saved, tmp_path, _changed(lines_of(saved), table, **changes), match)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"drop": "table"}, "people has no drop"),
        ({"name": None}, "name is missing"),
        ({"name": 7}, "name is no text"),
        ({"id": "x" * 65}, "id is longer than 64"),
        ({"declared_on": "soon"}, "cannot be read"),
        ({"duties": "program reviewer"}, "the program is no person"),
    ],
)
def test_a_field_that_fits_no_column_is_refused(saved, tmp_path, changes, match):
    _refused(saved, tmp_path, _changed(lines_of(saved), "people", **changes), match)


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
    _refused(saved, tmp_path, _changed(lines_of(saved), "texts", body=body), match)


def test_tables_and_rows_that_do_not_belong_are_refused(saved, tmp_path):
    values = lines_of(saved)
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
        taken_from(beside(tmp_path), bomb)


def test_many_small_lines_cannot_unfold_without_end_either(saved, tmp_path, monkeypatch):
    monkeypatch.setattr(backup_format, "FREE", 1000)
    monkeypatch.setattr(backup_format, "RATIO", 1)
    with pytest.raises(Unreadable, match="unfolds to more"):
        taken_from(beside(tmp_path), saved)


def test_a_text_that_unfolds_without_end_is_not_unfolded(saved, tmp_path):
    body = b64encode(compress(bytes(300 * 1024**2), 9)).decode()
    _refused(saved, tmp_path, _changed(lines_of(saved), "texts", body=body), "too large")


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, "/dev/zero"):
        with pytest.raises(Unreadable, match="it is no file"):
            BackupReader(path)
    (tmp_path / "text").write_text("Not a backup.", encoding="utf-8")
    with pytest.raises(Unreadable, match="line 1"):
        BackupReader(tmp_path / "text")
