"""The figures on claims: sums and baselines against values worked out by hand, and the page."""

from __future__ import annotations

import json
import sys
from math import inf
from pathlib import Path

import pytest

import claims
from claim_baselines import answers_from, best_threshold, cosines, overlaps
from claim_speed import Unread, seconds_each
from claim_sums import by_half, of_faults
from claim_tables import BEGIN, END, tables, with_tables
from loccit.measuring import ClaimRow, Label
from loccit.testing.embedding import HashedWords

BENCH = Path(claims.__file__).parent
S, C, N = Label.SUPPORT, Label.CONTRADICT, Label.NEI


def row(label=S, **given):
    return ClaimRow(**({"claim": "Take 5 mg.", "evidence": "5 mg is taken.", "label": label,
                        "split": "dev"} | given))  # fmt: skip


# --- sums


def test_the_sums_of_a_half_are_those_worked_out_by_hand():
    rows = [row(S), row(S), row(C), row(C), row(N), row(C, split="held_out")]
    halves = by_half(rows, [S, N, C, S, N, N])
    # F1: SUPPORT 2*1/(2+2), CONTRADICT 2*1/(2+1), NEI 2*1/(1+2)
    assert halves["dev"] == {
        "n": 5,
        "macro_f1": round((0.5 + 2 / 3 + 2 / 3) / 3, 4),
        "contradiction_recall": 0.5,
        "false_alarm_rate": 0.5,
        "decided": 0.6,
        "right_of_decided": round(2 / 3, 4),
    }
    assert halves["held_out"] == {
        "n": 1, "macro_f1": 0, "contradiction_recall": 0, "false_alarm_rate": None,
        "decided": 0, "right_of_decided": None,
    }  # fmt: skip


def test_a_fault_is_caught_when_not_supported_and_named_when_the_label_is_said():
    rows = [row(C, kind="number", fault="tenth")] * 3 + [row(S, kind="untouched", fault="window")]
    counted = of_faults(rows, [C, N, S, N])
    assert counted["families"] == {
        "number": {"label": "CONTRADICT", "dev": {"n": 3, "caught": 2, "named_right": 1}},
        "untouched": {"label": "SUPPORT", "dev": {"n": 1, "caught": 1, "named_right": 0}},
    }
    assert list(counted["faults"]) == ["number/tenth", "untouched/window"]


# --- baselines


def test_the_overlap_is_the_share_of_words_that_the_evidence_or_its_headings_have():
    rows = [
        row(claim="Take 5 mg of the examplamine.", evidence="Examplamine: 5 mg"),  # take is not
        row(claim="Examplamine dose", evidence="5 mg", context="Dose"),
        row(claim="The and of", evidence="anything"),
    ]
    assert overlaps(rows) == [3 / 4, 1 / 2, 0]


def test_the_cosine_of_the_same_words_is_one():
    same, other = cosines(
        [row(claim="pain", evidence="pain"), row(claim="pain", evidence="dose")], HashedWords()
    )
    assert same == pytest.approx(1)
    assert other < 0.5


def test_the_threshold_has_the_best_macro_f1():
    # from 0.8 on: F1 of 4/5 and 4/5; from 0.6 on: 6/7 and 2/3
    assert best_threshold([S, S, N, S, N], [0.9, 0.8, 0.7, 0.6, 0.1]) == 0.8
    # from 0.9 on: 2/3 and 4/5; from 0.8 on: 4/5 and 2/3
    assert best_threshold([S, S, N, N], [0.9, 0.8, 0.8, 0.1]) == 0.9
    assert best_threshold([N, N], [0.9, 0.8]) == inf


def test_the_threshold_is_chosen_on_the_dev_half_alone():
    rows = [row(S), row(N), row(N, split="held_out"), row(S, split="held_out")]
    answers, threshold = answers_from(rows, [0.8, 0.4, 0.9, 0.3])
    assert threshold == 0.8
    assert answers == [S, N, S, N]


# --- time


def test_what_was_read_before_is_not_timed_again():
    unread = Unread()
    first = [row(claim="a", evidence="x"), row(claim="b", evidence="x")]
    assert [each.claim for each in unread.of(first)] == ["a"]
    assert list(unread.of([row(claim="a", evidence="y")])) == []
    assert [each.claim for each in unread.of([row(claim="b", evidence="y")])] == ["b"]


def test_every_reading_and_model_has_its_time():
    rows = [row(claim=f"Take {n} mg.", evidence=f"{n} mg is taken.") for n in range(60)]
    timed = seconds_each(rows, Unread(), {"int8": HashedWords()})
    assert timed["pairs"] == 10
    assert min(timed["cold"], timed["warm"], timed["int8"]) > 0


# --- the run and its page


@pytest.fixture
def sets(tmp_path):
    for name in claims.FILES:
        rows = [
            {"claim": f"Give {n} mg.", "evidence": f"Give {m} mg.", "split": split, "fault": "tenth",
             "label": "SUPPORT" if n == m else "CONTRADICT", "id": f"{n}{m}{split}",
             "kind": "untouched" if n == m else "number"}
            for n in (5, 50) for m in (5, 50) for split in ("dev", "held_out")
        ]  # fmt: skip
        lines = "\n".join(map(json.dumps, rows))
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "page.md").write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    return tmp_path


def run(monkeypatch, folder):
    args = ["--claims", folder, "--models", folder, "--json", folder / "out.json", "--readme",
            folder / "page.md"]  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["claims.py", *map(str, args)])
    return claims.main()


def test_a_run_without_a_model_measures_the_rest(sets, monkeypatch, capsys):
    assert run(monkeypatch, sets) == 0
    report = json.loads((sets / "out.json").read_text(encoding="utf-8"))
    assert report["model"] is None
    planted = report["sets"]["planted_faults"]
    assert set(planted["systems"]) == {"loccit", "overlap"}
    assert planted["systems"]["loccit"]["dev"]["contradiction_recall"] == 1
    assert planted["systems"]["loccit"]["held_out"]["false_alarm_rate"] == 0
    assert set(planted["planted"]["loccit"]["families"]) == {"number", "untouched"}
    assert "sample" not in planted
    page = (sets / "page.md").read_text(encoding="utf-8")
    assert page == f"before\n{BEGIN}\n{tables(report)}\n{END}\nafter\n"
    assert "without the embedding model" in capsys.readouterr().err


def test_with_a_model_all_systems_are_measured_on_the_same_rows(sets, monkeypatch):
    monkeypatch.setattr(claims, "open_embedder", lambda **_: HashedWords())
    monkeypatch.setattr(claims, "MOST_SAMPLED", 6)
    assert run(monkeypatch, sets) == 0
    report = json.loads((sets / "out.json").read_text(encoding="utf-8"))
    sample = report["sets"]["healthver"]["sample"]
    assert set(sample) == {"loccit", "overlap", "cosine"}
    sizes = [[half["n"] for half in each.values()] for each in sample.values()]
    assert sizes == [sizes[0]] * 3
    assert sum(sizes[0]) == 6
    assert "cosine" in report["sets"]["healthver"]["thresholds"]


def test_without_the_sets_it_says_how_to_write_them(tmp_path, monkeypatch):
    with pytest.raises(SystemExit, match="make bench-claims"):
        run(monkeypatch, tmp_path)


def test_the_tables_on_the_page_are_those_of_the_last_run():
    report = json.loads((BENCH / "results" / "claims.json").read_text(encoding="utf-8"))
    page = (BENCH / "README.md").read_text(encoding="utf-8")
    assert with_tables(page, report) == page
    assert "tuned on" in page
