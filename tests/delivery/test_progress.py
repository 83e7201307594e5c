"""What is seen while sources are loaded."""

from __future__ import annotations

from collections import Counter

import pytest
from click.testing import CliRunner

import made_up_citations as made_up
from loccit.delivery.cli import FAILED, main
from loccit.delivery.progress import SHOWN, Refusals, progress_line
from loccit.terms import NothingToRead, Unreadable


@pytest.mark.parametrize(
    ("seconds", "share", "told"),
    [
        (1.0, 0.5, "[############............]  50%  30 records (30/s)  400 passages"),
        (10.0, 0.5, "30 records (3/s)  400 passages  about 10 s left"),
        (600.0, 0.25, "about 30 min left"),
        (10.0, 0.0, "[........................]   0%"),
        (10.0, 1.0, "[########################] 100%  30 records (3/s)  400 passages"),
    ],
)
def test_the_line(seconds, share, told):
    counts = Counter(documents=20, known=7, refused=3, passages=400)
    assert told in progress_line(counts, seconds, share)


def test_many_refusals_are_summed_by_cause_and_all_stand_in_the_report(tmp_path, capsys):
    refusals = Refusals(tmp_path)
    for number in range(SHOWN + 5):
        refusals.add(NothingToRead("no\tabstract", where="a.xml", place=f"PMID {number}"))
    refusals.add(Unreadable("broken", where="b\nc.xml", cure="fetch it again"))
    refusals.finish()
    told = capsys.readouterr().err
    assert told.count("PMID") == SHOWN
    assert f"{SHOWN + 6} in all" in told
    assert f"{SHOWN + 5} no\tabstract" in told
    rows = [line.split("\t") for line in refusals.path.read_text("utf-8").splitlines()]
    assert {len(row) for row in rows} == {5}
    assert len(rows) == SHOWN + 7
    assert rows[-1] == ["b c.xml", "", "Unreadable", "broken", "fetch it again"]


def test_a_load_that_refuses_nothing_leaves_no_report(tmp_path):
    (tmp_path / "refused.tsv").write_text("of the load before", "utf-8")
    Refusals(tmp_path).finish()
    assert not (tmp_path / "refused.tsv").exists()


def test_the_report_of_a_load_lies_beside_its_base(tmp_path):
    (tmp_path / "many.xml").write_bytes(made_up.citations(21))
    command = ["add", str(tmp_path / "many.xml"), "--base", str(tmp_path / "base")]
    for _ in range(2):  # the second time nothing is read, and the same is told
        result = CliRunner().invoke(main, command)
        assert result.exit_code == FAILED
        assert "3 refused" in result.output
        report = (tmp_path / "base" / "refused.tsv").read_text("utf-8")
        assert report.count("no abstract in English") == 3
        assert "PMID 1006" in report
