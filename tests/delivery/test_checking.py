"""``loccit check``: what is read, what is refused, and how it ends."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from loccit.delivery import checking
from loccit.delivery.cli import main

NOT_CONTRADICTED, FAILED, USAGE, NOTHING, CONTRADICTED = 0, 1, 2, 3, 4
TRUE = "Cyclobenzaprine is contraindicated in hyperthyroidism."
FALSE = "Cyclobenzaprine is limited to short courses of up to 6 weeks."
IDLE = "Hello there. Thank you for reading."
Check = Callable[..., Result]


@pytest.fixture
def check(starter_base, monkeypatch, tmp_path) -> Check:
    """Checks a text, given as the content of a file, on the starter base."""
    monkeypatch.setenv("LOCCIT_HOME", str(starter_base.folder))

    def run(content: str | bytes, *args: str, name: str = "note") -> Result:
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        return CliRunner().invoke(main, ["check", str(tmp_path / name), *args])

    return run


@pytest.fixture
def article(starter_base, monkeypatch) -> dict:
    monkeypatch.setenv("LOCCIT_HOME", str(starter_base.folder))
    asked = ["ask", "What are the contraindications of cyclobenzaprine?", "--format", "json"]
    return json.loads(CliRunner().invoke(main, asked).stdout)


def sentences(result: Result) -> list[dict]:
    return json.loads(result.stdout)["sentences"]


# --- how it ends


def test_a_true_text_ends_well(check):
    result = check(TRUE)
    assert (result.exit_code, result.stderr) == (NOT_CONTRADICTED, "")
    assert "1. SUPPORTED" in result.stdout


def test_a_contradicted_sentence_has_a_code_of_its_own(check):
    result = check(f"{TRUE}\n\n{FALSE}")
    assert (result.exit_code, result.stderr) == (CONTRADICTED, "")
    assert "2. CONTRADICTED" in result.stdout
    assert "~~~^" in result.stdout


@pytest.mark.parametrize("text", [IDLE, "Zebrafil cures 80% of lunar fever within an hour."])
def test_a_text_that_the_base_cannot_speak_to_is_an_honest_stop(check, text):
    assert check(text).exit_code == NOTHING


# --- what is read


@pytest.mark.parametrize("form", ["text", "md", "json", "html"])
def test_every_form_is_written(check, form):
    result = check(FALSE, "--format", form)
    assert result.exit_code == CONTRADICTED
    assert "up to 2 or 3 weeks" in re.sub(r"<[^>]+>|\*\*", "", result.stdout)


WRITINGS = {
    "page.html": f"<!doctype html><html><body><h1>Note</h1><p>{FALSE}</p></body></html>",
    "note.md": f"# Note\n\n- {FALSE}\n- **Thank you** for reading.\n",
    "note.txt": FALSE,
    "note.txt.gz": gzip.compress(FALSE.encode()),
    "windows": f"\ufeffNote\r\n\r\n{FALSE}\r\n",
}


@pytest.mark.parametrize("name", WRITINGS)
def test_the_format_is_known_by_the_content(check, name):
    result = check(WRITINGS[name], "--format", "json", name="any")
    assert result.exit_code == CONTRADICTED, result.output
    assert FALSE in [each["text"] for each in sentences(result)]


def test_a_line_without_a_file_is_the_standard_input(starter_base, monkeypatch):
    monkeypatch.setenv("LOCCIT_HOME", str(starter_base.folder))
    result = CliRunner().invoke(main, ["check", "-"], input=FALSE)
    assert result.exit_code == CONTRADICTED


def test_hidden_characters_of_a_text_do_not_reach_the_terminal(check):
    result = check(f"\u202eNote\x1b[31m\u200b\n\n{FALSE[:-1]}\u200b.")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e]", result.stdout)


def test_two_checks_give_the_same_bytes(check):
    first, second = (check(f"{TRUE} {FALSE}", "--format", "json") for _ in range(2))
    assert first.stdout == second.stdout


# --- an article of our own


def test_our_own_article_is_supported_by_what_it_cites(check, article):
    result = check(json.dumps(article), "--format", "json")
    assert result.exit_code == NOT_CONTRADICTED
    for sentence in sentences(result):
        assert (sentence["verdict"], sentence["remarks"]) == ("supported", [])
        cited = {each["passage"] for each in sentence["citations"]}
        for part in sentence["parts"]:
            assert {each["passage"] for each in part["witnesses"]} <= cited


def test_a_citation_that_does_not_open_is_told_and_not_replaced_in_silence(check, article):
    article["bottom_line"]["citations"][0]["passage"] = "0" * 16
    first, *others = sentences(check(json.dumps(article), "--format", "json"))
    assert first["verdict"] == "partly"
    assert [each["check"] for each in first["remarks"]] == ["locator/1"]
    assert all(each["remarks"] == [] for each in others)
    shown = check(json.dumps(article))
    assert "the cited passage 00000000 is not in this base" in " ".join(shown.stdout.split())


def test_a_changed_quote_is_told(check, article):
    article["bottom_line"]["citations"][0]["quote"] += " Or not."
    first = sentences(check(json.dumps(article), "--format", "json"))[0]
    assert first["verdict"] == "partly"
    assert "the words quoted are not those" in first["remarks"][0]["message"]


def test_an_honest_stop_claims_nothing(check, starter_base):
    asked = ["ask", "Dose of rivaroxaban?", "--format", "json", "--base", str(starter_base.folder)]
    assert check(CliRunner().invoke(main, asked).stdout).exit_code == NOTHING


# --- what is refused

REFUSED = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t ", "is empty"),
    "binary": (b"\x00\x01\x02" * 99, "binary"),
    "image": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "a PNG image"),
    "office": (b"\xd0\xcf\x11\xe0" + b"\x00" * 99, "Office"),
    "not UTF-8": ("Caf\xe9 notes".encode("latin-1"), "not valid UTF-8"),
    "other JSON": (b'{"a": 1}', "JSON"),
    "a report": (b'{"schema": "loccit/report/1"}', "loccit/report/1"),
    "a broken article": (
        b'{"schema": "loccit/article/1", "bottom_line": {"text": 5}}',
        r"$.bottom_line.text",
    ),
    "a broken page": (b"<html><body></body></html>", ""),
    "too long": (b"word " * 400_001, "2,000,000"),
    "too many sentences": (b"He ate it. " * 20_001, "20,000 are checked"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_checked_is_one_line_that_names_the_file(check, name):
    content, cause = REFUSED[name]
    result = check(content, name="given")
    assert result.exit_code == FAILED, result.output
    assert result.stdout == ""
    assert re.fullmatch(r"loccit: [^\n]*given[^\n]*\n", result.stderr)
    assert cause in result.stderr


def test_a_file_that_is_too_large_is_not_read_to_its_end(check, monkeypatch):
    monkeypatch.setattr(checking, "MOST_BYTES", 1024**2)
    result = check(b"a" * (1024**2 + 1))
    assert result.exit_code == FAILED
    assert "is larger than 1 MiB" in result.stderr


NOT_FILES = {
    "/nowhere/at/all": "/nowhere/at/all: there is no such file; give the path of a text",
    "/": "/: is a folder; give the path of one text in it",
    "": "no file is named; give the path of a text, or - for the standard input",
}


@pytest.mark.parametrize("path", NOT_FILES, ids=repr)
def test_what_is_no_file_is_one_line_that_says_what_to_give(path):
    result = CliRunner().invoke(main, ["check", path])
    assert result.exit_code == FAILED
    assert re.fullmatch(rf"loccit: {NOT_FILES[path]}[^\n]*\n", result.stderr)


@pytest.mark.parametrize("args", [(), ("a", "b"), ("a", "--format", "pdf"), ("a", "--loud")])
def test_wrong_use_has_its_code(args):
    assert CliRunner().invoke(main, ["check", *args]).exit_code == USAGE


def test_the_help_states_the_limits_and_the_codes():
    told = " ".join(CliRunner().invoke(main, ["check", "--help"]).stdout.split())
    assert f"{checking.MOST_CHARACTERS:,} characters" in told
    assert f"{checking.MOST_SENTENCES:,} sentences" in told
    assert "4 a sentence is contradicted" in told
