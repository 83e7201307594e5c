"""Measuring claims from the command line: the sums, the JSON of the contract, and bad rows."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from loccit.delivery import benching
from loccit.delivery.cli import main

DONE, FAILED, USAGE = 0, 1, 2
SOURCE = "Give examplamine 5 mg once daily. Do not use examplamine in renal failure."
ROWS = [
    {"claim": "Give examplamine 5 mg once daily.", "label": "SUPPORT", "kind": "dose"},
    {"claim": "Give examplamine 50 mg once daily.", "label": "CONTRADICT", "kind": "dose"},
    {"claim": "Use examplamine in renal failure.", "label": "CONTRADICT", "kind": "use"},
    {"claim": "Warfarin needs weekly tests of clotting.", "label": "NEI"},
    {"claim": "Bananas are yellow.", "label": "SUPPORT", "kind": "use"},
]


@pytest.fixture
def claims(tmp_path):
    def written(*rows, name="claims.jsonl"):
        lines = [each if isinstance(each, str) else json.dumps({"evidence": SOURCE} | each)
                 for each in rows]  # fmt: skip
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
        return tmp_path / name

    return written


def run(*args):
    return CliRunner().invoke(main, ["bench", "claims", *map(str, args)])


def test_the_json_is_that_of_the_contract(claims):
    result = run("--claims", claims(*ROWS), "--json")
    assert result.exit_code == DONE, result.output
    assert result.stderr == ""
    assert json.loads(result.stdout) == {
        "n": 5,
        "macro_f1": 0.7778,  # F1 of 2/3, 1 and 2/3
        "labels": {
            "SUPPORT": {"precision": 1.0, "recall": 0.5},
            "CONTRADICT": {"precision": 1.0, "recall": 1.0},
            "NEI": {"precision": 0.5, "recall": 1.0},
        },
        "kinds": {"dose": {"n": 2, "correct": 2}, "use": {"n": 2, "correct": 1}},
    }


def test_the_table_says_the_same(claims):
    shown = run("--claims", claims(*ROWS)).stdout
    assert shown.startswith("5 claims; macro-F1 0.778 over the labels present\n")
    assert re.search(r"^SUPPORT +2 +1\.000 +0\.500 +0\.667$", shown, re.MULTILINE)
    assert re.search(r"^use +2 +1 +50\.0%$", shown, re.MULTILINE)


def test_labels_and_kinds_that_no_row_has_are_absent(claims):
    result = run("--claims", claims(ROWS[3]), "--json")
    assert json.loads(result.stdout) == {
        "n": 1,
        "macro_f1": 1.0,
        "labels": {"NEI": {"precision": 1.0, "recall": 1.0}},
        "kinds": {},
    }


def test_what_the_evidence_is_about_and_stands_under_is_read(claims):
    row = {"claim": "The dose of tizanidine is 5 mg.", "evidence": "The dose is 5 mg.",
           "label": "SUPPORT"}  # fmt: skip
    alone = json.loads(run("--claims", claims(row), "--json").stdout)
    about = json.loads(run("--claims", claims(row | {"subject": "Zanaflex"}), "--json").stdout)
    assert (alone["macro_f1"], about["macro_f1"]) == (0, 1)


def test_bad_rows_are_named_the_others_are_summed_and_the_exit_tells(claims):
    path = claims(ROWS[0], "{", ROWS[1] | {"label": "TRUE"}, ROWS[1])
    result = run("--claims", path, "--json")
    assert result.exit_code == FAILED
    assert json.loads(result.stdout)["n"] == 2
    second, third, sums = result.stderr.splitlines()
    assert second.startswith(f"refused: {path}, row 2: ")
    assert third.startswith(f"refused: {path}, row 3: ")
    assert sums.startswith(f"loccit: {path}: 2 of 4 rows could not be read; ")


def test_a_set_without_rows_is_a_failure(claims):
    result = run("--claims", claims("", ""))
    assert result.exit_code == FAILED
    assert re.search(r"^loccit: [^\n]*claims\.jsonl: holds no rows; [^\n]*\n$", result.stderr)


@pytest.mark.parametrize("args", [(), ("--claims", "/nowhere.jsonl"), ("--claims", "/")])
def test_no_set_is_wrong_use(args):
    assert run(*args).exit_code == USAGE


def test_no_base_is_needed_and_none_is_made(claims, tmp_path, monkeypatch):
    monkeypatch.setenv("LOCCIT_HOME", str(tmp_path / "home"))
    assert run("--claims", claims(*ROWS)).exit_code == DONE
    assert not (tmp_path / "home").exists()


def test_progress_is_shown_on_a_terminal_only(claims, capfd, monkeypatch):
    path = claims(*ROWS)
    monkeypatch.setattr(benching, "TICK", 0.0)
    benching.claim_sums(path)
    assert capfd.readouterr().err == ""
    monkeypatch.setattr(benching.sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(benching, "TICK", 1e-9)
    benching.claim_sums(path)
    shown = capfd.readouterr()
    assert re.search(r"\r5 rows, [\d,]+ rows/s ", shown.err)
    assert shown.out == ""
