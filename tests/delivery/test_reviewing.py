"""The life of an article in the terminal, with two people."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from loccit.delivery.cli import ANSWERED, FAILED, USAGE, main

QUESTION = "cyclobenzaprine in a 71-year-old on sertraline with cirrhosis"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return str(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def run(home):
    def run(*args, code=ANSWERED):
        result = CliRunner().invoke(main, ["review", *args, "--base", home])
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture(scope="module")
def article(run):
    """An article that Ada submitted and Rut took up."""
    run("person", "ada", "--name", "Ada Author", "--duty", "author")
    run("person", "rut", "--name", "Rut Reviewer", "--duty", "reviewer", "--duty", "board")
    name = run("submit", QUESTION, "--as", "ada").strip()
    assert re.fullmatch(r"[0-9a-f]{16}", name)
    return name


def test_an_article_is_reviewed_approved_and_audited(run, article):
    assert run("decide", "begin", article, "--as", "rut") == "under review\n"
    refused = run("decide", "approve", article, "--as", "rut", code=USAGE)
    assert "credentials" in refused
    run("person", "rut", "--credentials", "PharmD", "--interests", "none")
    shown = run("show", article)
    sentence = re.search(r"^(s\d+): ", shown, re.MULTILINE)[1]
    run("decide", "accept", article, "--as", "rut", "--sentence", sentence)
    assert "approved" in run(
        "decide", "approve", article, "--as", "rut", "--reason", "read in full"
    )
    assert "approved" in run("queue")
    assert run("queue", "--state", "submitted") == ""
    lines = run("log", article).splitlines()
    assert lines[0].endswith("ada (author) submit")
    assert [line.split()[0] for line in lines] == ["1", "2", "3", "4"]
    assert "rut (reviewer) approve" in lines[-1] or "rut (board) approve" in lines[-1]
    assert "whole" in run("audit")
    edition = run("show", article, "--edition", "1")
    assert "Edition: 1" in edition
    assert "Approved: by Rut Reviewer" in edition
    assert "no person has reviewed" not in edition


def test_an_approved_text_is_shown_as_approved_by_whom(run, article):
    for shown in (run("show", article), run("show", article, "--edition", "1")):
        assert "pending human review" not in shown
        assert "Rut Reviewer, PharmD" in " ".join(shown.split())


def test_nobodys_words_forge_a_line_or_move_the_terminal(run, article):
    forged = "read\n9 2026-01-01 10:00 loccit (program) suggest\x1b[2J\u202e"
    run("decide", "comment", article, "--as", "ada", "--words", forged)
    lines = run("log", article).splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2", "3", "4", "5"]
    assert "\x1b" not in lines[-1] + run("show", article)
    assert "[U+202E]" in lines[-1]


def test_no_declaration_makes_a_line_of_its_own(run, article):
    run("person", "rut", "--interests", "none\nedition 2, 2026-01-01, approved")
    for listed in (run("editions", article), run("people")):
        assert not [each for each in listed.splitlines() if each.startswith("edition 2")]
    run("person", "rut", "--interests", "none")


def test_a_role_that_is_none_is_told(run, article):
    assert "'boss' is not one of" in run(
        "decide", "approve", article, "--as", "rut", "--duty", "boss", code=USAGE
    )


@pytest.mark.parametrize("name", ["loccit", "LOCCIT", "\uff4coccit"])
def test_nobody_is_entered_under_the_name_of_the_program(run, name):
    assert "the program is no person" in run("person", name, "--name", "L", code=USAGE)


def test_an_approved_edition_is_written_as_fhir_and_nothing_else_is(run, article):
    import json

    bundle = json.loads(run("show", article, "--edition", "1", "--format", "fhir"))
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "document")
    assert "Rut Reviewer" in json.dumps(bundle["entry"][0]["resource"]["attester"])
    assert json.loads(run("show", article, "--format", "fhir")) == bundle
    assert "no such approved" in run(
        "show", article, "--edition", "9", "--format", "fhir", code=FAILED
    )
    assert "no such approved" in run("show", "0" * 16, "--format", "fhir", code=FAILED)


def test_the_terminal_shows_all_that_the_desk_does(run, article):
    said = run("editions", article)
    assert said.startswith("edition 1, ")
    assert "Rut Reviewer, PharmD" in said
    assert "interests declared: none" in said
    found = run("find", article, "hepatic", "impairment").splitlines()
    assert "hepatic impairment" in found[1]
    assert run("find", article, "zzyzx") == "none of its sources has these words\n"
    assert run("near", article) == ""
    assert run("queue", "--overdue") == ""
    assert article in run("queue", "--assigned", "nobody")
    assert "(accepted)" in run("show", article)


def test_a_board_opens_an_edition_again_with_a_reason(run, article):
    told = run("decide", "reopen", article, "--as", "rut", code=USAGE)
    assert "reason" in told
    opened = run("decide", "reopen", article, "--as", "rut", "--reason", "a new label")
    assert opened == "under review\n"
    run("decide", "comment", article, "--as", "ada", "--words", "the label is the same")
    assert "approved" in run("decide", "approve", article, "--as", "rut")


def test_a_kept_answer_is_submitted_under_its_own_id(run, home, article):
    from loccit.wiring import make_engine, open_articles, open_base

    answer = make_engine(open_base(Path(home))).ask("naproxen dose for back pain", keep=False)
    kept = open_articles(Path(home), days=1, warn=print).keep(answer, key="naproxen")
    name = kept.place.article
    assert run("submit", "--kept", name, "--as", "ada").strip() == name
    assert "a question is needed" in run("submit", "--as", "ada", code=USAGE)


def test_the_same_question_leads_to_the_same_article(run, article):
    told = run("submit", QUESTION, "--as", "rut", code=USAGE)
    assert "cannot take this step" in told or article in told


def test_nobody_unknown_decides(run, article):
    assert "nobody of this id" in run("decide", "begin", article, "--as", "eve", code=USAGE)


def test_what_was_struck_shows_in_the_difference(run, article):
    run("decide", "begin", article, "--as", "rut")
    sentence = re.findall(r"^(s\d+): ", run("show", article), re.MULTILINE)[-1]
    run("decide", "strike", article, "--as", "rut", "--sentence", sentence, "--reason", "aside")
    assert run("diff", article).startswith(f"{sentence}:\n  - ")


def test_a_changed_line_of_the_ledger_is_pointed_at(run, article, home):
    import sqlite3

    database = sqlite3.connect(f"{home}/articles.sqlite")
    with database:
        database.execute("UPDATE decisions SET reason = 'nothing was read' WHERE number = 4")
    database.close()
    assert f"{article}: broken at decision 4" in run("audit", code=FAILED)


def test_people_are_listed_and_the_program_is_none(run, article):
    assert "Rut Reviewer; PharmD; board, reviewer" in run("people")
    assert "name is needed" in run("person", "new", code=USAGE)


def test_a_setting_of_the_house_asks_for_two_and_a_wrong_one_is_told(run, home):
    path = Path(home) / "review.toml"
    path.write_text("approvals_needed = 0\n", encoding="utf-8")
    assert "at least 1" in run("queue", code=USAGE)
    path.write_text("approvers = 2\n", encoding="utf-8")
    assert "no such setting: approvers" in run("queue", code=USAGE)
    path.write_text('approvals_needed = 2\napproving = ["board"]\n', encoding="utf-8")
    assert run("queue")
    path.unlink()


def test_the_help_names_every_action_that_people_take():
    from loccit.delivery.cli.reviews import BY_PEOPLE, decide

    named = set(
        re.findall(r"[a-z]+(?:-[a-z]+)?", decide.help.partition("ACTION is")[2].partition(".")[0])
    )
    assert {each.replace("_", "-") for each in BY_PEOPLE} == named - {"or"}


def test_a_newer_edition_in_the_base_opens_the_article(run, article, home):
    """The label that an article cites comes out anew, with other words."""
    watched = CliRunner().invoke(main, ["watch", "--base", home])
    assert (watched.exit_code, watched.output[:15]) == (ANSWERED, "nothing changed")
    shown = run("show", article)
    assert "Under review" in shown or "Approved" in shown
    from loccit.wiring import open_base

    base = open_base(Path(home))
    cited = next(card for card in base.cards() if "cyclobenzaprine-label" in card.id)
    base.remove(cited.id)
    base.settle()
    base.close()
    told = CliRunner().invoke(main, ["watch", "--base", home]).output
    assert told.startswith(f"{article}: opened; a source changed under cited words")
    assert "(gone)" in told
    assert "changed sources" in run("queue")


def test_fetching_asks_once_for_each_source_that_an_article_cites(article, home, monkeypatch):
    from loccit.delivery import watching
    from loccit.wiring import open_base

    asked = []
    monkeypatch.setattr(
        watching,
        "fetched",
        lambda base, folder, name, wanted, **how: asked.append((name, wanted)) or (),
    )
    assert CliRunner().invoke(main, ["watch", "--fetch", "--base", home]).exit_code == ANSWERED
    base = open_base(Path(home))
    cited = {("pubmed", "37139824"), ("pubmed", "28192789")}
    held = {card.identifiers.get("pmid") for card in base.cards()}
    base.close()
    assert {wanted for _, wanted in cited} <= held
    assert cited <= set(asked)
    assert len(asked) == len(set(asked))


def test_what_cannot_be_meant_is_told_with_what_can(run, article):
    assert "reviewer" in run("decide", "begin", article, "--as", "rut", "--duty", "x", code=USAGE)
    assert "under-review" in run("queue", "--state", "x", code=USAGE)
    edit = ("decide", "edit", article, "--as", "rut", "--words", "x", "--reason", "y")
    assert "loccit review show" in run(*edit, code=USAGE)
    assert "has no decision 99" in run("diff", article, "--from", "99", code=FAILED)
