"""``loccit diff``: two editions of a label, for a reader and as data."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import made_up_citations as made_up
from loccit.delivery.cli import ANSWERED, FAILED, USAGE, main

SET_ID = "00000000-0000-0000-0000-000000000007"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A base with three editions of one label and one of another."""
    tmp = tmp_path_factory.mktemp("diff")
    label = made_up.label(7)
    newer = label | {
        "version": "2",
        "effective_time": "20210304",
        "boxed_warning": ["WARNING: HEART BLOCK Drug7 has caused heart block."],
        "indications_and_usage": ['Drug7 is indicated for severe [pain] in "adults" {a\\b}.'],
    }
    newest = newer | {"version": "3", "effective_time": "20220101"}
    lines = [json.dumps(each) for each in (newest, label, newer, made_up.label(8))]
    (tmp / "labels.jsonl").write_text("\n".join(lines), "utf-8")
    done = CliRunner().invoke(main, ["add", str(tmp / "labels.jsonl"), "--base", str(tmp / "b")])
    assert "added 4 documents" in done.output
    return tmp / "b"


@pytest.fixture
def run(folder):
    return lambda *words: CliRunner().invoke(main, ["diff", *words, "--base", str(folder)])


def test_what_is_shown(run):
    result = run(SET_ID.upper(), "--from", "1", "--to", "2")
    assert result.exit_code == ANSWERED
    lines = result.output.splitlines()
    assert lines[0] == "Brand7 (drug7), prescribing information"
    assert lines[1] == f"older edition: set_id:{SET_ID}@1, 2020-01-02, superseded"
    assert lines[2] == f"newer edition: set_id:{SET_ID}@2, 2021-03-04, superseded"
    assert lines[3] == "1 added, 0 removed, 1 changed"
    assert lines[5] == "BOXED WARNING (not in the older edition)"
    assert "HEART BLOCK" in lines[7]
    assert result.output.index("BOXED WARNING") < result.output.index("INDICATIONS (changed)")
    assert "for {+severe+} [pain]" in " ".join(result.output.split())


def test_the_passages_shown_can_be_opened(run, folder):
    data = json.loads(run(SET_ID, "--from", "1", "--to", "2", "--format", "json").output)
    for change in data["changes"]:
        for excerpt in filter(None, (change["before"], change["after"])):
            opened = CliRunner().invoke(main, ["show", excerpt["passage"], "--base", str(folder)])
            assert opened.exit_code == ANSWERED
            assert excerpt["text"].split()[0] in opened.output


def test_the_data(run):
    data = json.loads(run(f"set_id:{SET_ID}", "--from", "2020-01-02", "--format", "json").output)
    assert data["schema"] == "loccit/changes/1"
    assert (data["before"]["version"], data["after"]["version"]) == ("1", "3")
    assert data["after"]["standing"] == "current"
    assert data["counts"] == {"added": 1, "removed": 0, "changed": 1}
    assert data["groups"]["boxed_warning"] == "added"
    assert data["groups"]["contraindication"] == "unchanged"
    boxed, changed = data["changes"]
    assert (boxed["change"], boxed["group"], boxed["before"]) == ("added", "boxed_warning", None)
    assert {"change": "added", "text": "severe"} in changed["words"]


def test_editions_that_do_not_differ(run):
    result = run(SET_ID)
    assert result.exit_code == ANSWERED
    assert "no text differs" in result.output


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nothing",), FAILED, "no source is called 'nothing'"),
        ((made_up.label(8)["set_id"],), FAILED, "add another edition"),
        ((SET_ID, "--from", "9"), USAGE, "no edition is called '9'"),
        ((SET_ID, "--to", "1"), USAGE, "no edition is older"),
        ((), USAGE, "SOURCE"),
    ],
)
def test_what_cannot_be_compared_is_told(run, words, code, told):
    result = run(*words)
    assert result.exit_code == code
    assert told in result.output
