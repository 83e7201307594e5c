"""``loccit add`` of what public interfaces have: listed, chosen, loaded, once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import loccit
from local_web import LocalWeb, Reply
from loccit.backends.connectors import opening
from loccit.delivery import fetching
from loccit.delivery.cli import main
from loccit.terms import LOCAL, Abstention
from loccit.wiring import bases, connecting, connector_asked, open_base
from published import (
    DAILYMED,
    DISCLAIMER,
    SET_IDS,
    as_xml,
    dailymed,
    entrez,
    medline,
    openfda,
    spl,
)

ANSWERED, FAILED, USAGE, ABSTAINED = 0, 1, 2, 3
SRC = Path(loccit.__file__).parents[1]
SETTINGS = ("LOCCIT_CONTACT", "LOCCIT_NCBI_KEY", "LOCCIT_OPENFDA_KEY", "LOCCIT_HOSTS")


@pytest.fixture
def net(web, monkeypatch, tmp_path) -> LocalWeb:
    """All interfaces have something, the base is empty, and the command knows no other network.

    Only the wire and the clock of the client are replaced, where it is put together.
    """
    packs = tmp_path / "packs"
    (packs / "musculoskeletal" / "sources").mkdir(parents=True)
    monkeypatch.setattr(bases, "files", lambda _: packs)
    monkeypatch.setenv("LOCCIT_HOME", str(tmp_path / "home"))
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(opening, "Wire", lambda limits: web.wire())
    monkeypatch.setattr(opening, "Pace", web.pace)
    dailymed(web)
    openfda(web)
    entrez(web)
    return web


def run(*args: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=typed)


def added(result: Result) -> tuple[int, int, int]:
    """Documents added, known, refused."""
    found = re.search(
        r"added (\d+) documents .*; (\d+) known already; (\d+) refused", result.stdout
    )
    assert found, result.output
    return tuple(map(int, found.groups()))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("dailymed:cyclobenzaprine", ("dailymed", "cyclobenzaprine")),
        ("DailyMed:x", ("dailymed", "x")),
        ('pubmed:a:b AND "c"', ("pubmed", 'a:b AND "c"')),
        ("https://www.cdc.gov/a", ("https", "//www.cdc.gov/a")),
        ("./dailymed:x", None),
        ("dailymed", None),
        ("C:\\labels", None),
        ("", None),
    ],
)
def test_what_stands_before_the_colon_says_who_is_asked(text, asked):
    assert connector_asked(text) == asked


def test_a_label_is_listed_chosen_with_a_reason_and_loaded(net):
    result = run("add", "dailymed:examplamine")
    assert result.exit_code == ANSWERED, result.output
    assert added(result) == (1, 0, 0)
    lines = result.stdout.splitlines()
    assert lines[0] == "dailymed:examplamine: 5 found at dailymed.nlm.nih.gov"
    assert lines[1] == (
        "* 2026-05-25  version 12  SOOTHAMINE (EXAMPLAMINE HYDROCHLORIDE) TABLET  NEW HOUSE LLC  "
        + SET_IDS[1]
    )
    assert lines[2].startswith("  2025-01-02  version 3  EXAMPLAMINE HYDROCHLORIDE")
    assert lines[6] == f"chosen: {SET_IDS[1]}, the newest prescription label of examplamine alone (2 found)"  # fmt: skip
    assert result.stderr == "asking dailymed.nlm.nih.gov\n"


def test_what_was_loaded_answers_and_says_where_it_is_from(net):
    run("add", "dailymed:examplamine")
    (card,) = open_base().cards()
    document = open_base().document(card.id)
    assert document.id == f"set_id:{SET_IDS[1]}@12"
    assert document.url == f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={SET_IDS[1]}"
    assert document.retrieved_at == "2027-01-15T08:00:01Z"
    assert document.licence is not None
    assert document.licence.redistributable
    assert run("verify-base").exit_code == ANSWERED
    answer = run("ask", "What are the contraindications of examplamine?").stdout
    assert "imaginary heart block" in " ".join(answer.split())


def test_adding_again_adds_nothing_and_asks_nobody(net):
    run("add", "dailymed:examplamine")
    asked = len(net.asked)
    again = run("add", "dailymed:examplamine")
    assert (again.exit_code, added(again)) == (ANSWERED, (0, 1, 0))
    assert len(net.asked) == asked


def test_a_newer_edition_supersedes_the_one_that_is_here(net):
    run("add", f"dailymed:{SET_IDS[1]}")
    net.clock.time += 100_000
    net.pages[f"{DAILYMED}spls/{SET_IDS[1]}.xml"] = as_xml(spl(SET_IDS[1], 13, words="Examplamine has a new warning."))  # fmt: skip
    assert added(run("add", f"dailymed:{SET_IDS[1]}")) == (1, 0, 0)
    listed = run("sources", "--all").stdout
    assert f"{SET_IDS[1]}@12" in listed
    assert f"{SET_IDS[1]}@13" in run("sources").stdout
    assert f"{SET_IDS[1]}@12" not in run("sources").stdout


def test_list_shows_and_loads_nothing(net):
    result = run("add", "--list", "dailymed:examplamine", "openfda:examplamine")
    assert result.exit_code == ANSWERED
    assert result.stdout.count("chosen: ") == 2
    assert "added" not in result.stdout
    assert run("sources").stdout == ""


def test_list_shows_all_where_add_shows_the_first(net):
    rows = [(f"{n:08x}-0000-4000-8000-000000000000", "EXAMPLAMINE (EXAMPLAMINE) TABLET [X]", n, "Jan 01, 2026") for n in range(25)]  # fmt: skip
    dailymed(net, labels=rows)
    assert "  … 15 more; --list shows them\n" in run("add", "dailymed:examplamine").stdout
    assert run("add", "--list", "dailymed:examplamine").stdout.count(" TABLET ") == 25


def test_list_is_not_for_paths(net, tmp_path):
    result = run("add", "--list", "dailymed:examplamine", tmp_path)
    assert result.exit_code == USAGE
    assert "--list is for connectors" in result.stderr
    assert net.asked == []


def test_what_openfda_wants_shown_is_shown(net):
    result = run("add", "openfda:examplamine")
    assert added(result) == (1, 0, 0)
    assert f"api.fda.gov says: {DISCLAIMER}\n" in result.stdout
    (card,) = open_base().cards()
    assert card.id == f"set_id:{SET_IDS[1]}@12"
    assert "drugInfo.cfm" in open_base().document(card.id).url


def test_citations_are_listed_and_loaded_together(net):
    result = run("add", "pubmed:made-up spasm[ti] AND guideline[pt]")
    assert added(result) == (2, 0, 0)
    assert "chosen: 2, all that were found with an abstract" in result.stdout
    assert "Practice Guideline" in result.stdout
    documents = [open_base().document(card.id) for card in open_base().cards()]
    assert {each.url for each in documents} == {"https://pubmed.ncbi.nlm.nih.gov/40000001/", "https://pubmed.ncbi.nlm.nih.gov/40000002/"}  # fmt: skip
    assert all(each.retrieved_at and each.licence for each in documents)


def test_an_article_is_loaded_in_full_with_its_licence(net):
    assert added(run("add", "pmc:PMC7000001")) == (1, 0, 0)
    (card,) = open_base().cards()
    document = open_base().document(card.id)
    assert "61 improved on examplamine" in document.text
    assert document.licence is not None
    assert document.licence.name == "CC BY 4.0"
    assert document.url == "https://pmc.ncbi.nlm.nih.gov/articles/PMC7000001/"


def pdf() -> bytes:
    words = b"BT /F1 12 Tf 72 720 Td (Give examplamine 5 mg for acute made-up spasm.) Tj ET"
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources %s >>"
        % font,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (table, len(data))  # fmt: skip


HTML = b"<!doctype html><html><body><h1>A guide</h1><p>Give examplamine 5 mg for acute made-up spasm.</p></body></html>"  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "series"),
    [
        (Reply(HTML, type="text/html; charset=utf-8"), "url:www.cdc.gov/guide"),
        (Reply(pdf(), type="application/pdf"), "url:www.cdc.gov/guide"),
        (Reply(pdf(), type="application/octet-stream"), "url:www.cdc.gov/guide"),
        (Reply(medline("40000009").encode(), type="text/xml"), "pmid:40000009"),
        (Reply(b"# A guide\n\nGive examplamine 5 mg.\n", type="text/plain"), "url:www.cdc.gov/guide"),
    ],
)  # fmt: skip
def test_a_page_of_a_publisher_is_read_by_its_content(net, reply, series):
    net.pages["www.cdc.gov/guide"] = reply
    result = run("add", "https://www.cdc.gov/guide")
    assert added(result) == (1, 0, 0), result.output
    (card,) = open_base().cards()
    document = open_base().document(card.id)
    assert document.series == series
    assert document.url == "https://www.cdc.gov/guide"
    assert document.retrieved_at == "2027-01-15T08:00:00Z"
    assert "examplamine 5 mg" in document.text
    again = run("add", "https://www.cdc.gov/guide")
    assert added(again) == (0, 1, 0)
    assert again.stdout.startswith("chosen: https://www.cdc.gov/guide, the address given\nadded 0")


def test_a_page_for_people_who_log_in_first_is_refused_or_read_for_what_it_is(net):
    net.pages["www.cdc.gov/guide"] = Reply(b"<!doctype html><html><body></body></html>")
    result = run("add", "https://www.cdc.gov/guide")
    assert (result.exit_code, added(result)) == (FAILED, (0, 0, 1))
    assert "a page without text of its own" in result.stderr


def test_one_that_fails_does_not_stop_the_others(net, tmp_path):
    (tmp_path / "guide.md").write_text("# A protocol\n\nGive examplamine 5 mg.\n", "utf-8")
    result = run("add", "dailymed:nothingamine", tmp_path / "guide.md", "https://unlisted.example.org/", "pmc:PMC7000001")  # fmt: skip
    assert (result.exit_code, added(result)) == (FAILED, (2, 0, 2))
    refusals = [line for line in result.stderr.splitlines() if line.startswith("refused: ")]
    assert refusals[0].startswith("refused: dailymed:nothingamine: dailymed.nlm.nih.gov has no label of 'nothingamine'")  # fmt: skip
    assert refusals[1].startswith("refused: https://unlisted.example.org/: unlisted.example.org is not on the list")  # fmt: skip


@pytest.mark.parametrize("options", [[], ["--list"], ["--yes"]])
def test_offline_it_says_who_would_be_asked(net, options):
    net.names.clear()
    result = run("add", *options, "dailymed:cyclobenzaprine")
    assert result.exit_code == FAILED
    assert (
        "refused: dailymed:cyclobenzaprine: this asks dailymed.nlm.nih.gov; there is no network; "
        "connect and try again, or add a file that you have\n"
    ) in result.stderr
    assert "Traceback" not in result.output


def test_a_connector_that_does_not_exist_is_told_before_anything_is_loaded(net, tmp_path):
    result = run("add", "dailymed:examplamine", "dailmed:examplamine")
    assert result.exit_code == USAGE
    assert "no connector 'dailmed' (dailymed, openfda, pubmed, pmc, https)" in result.stderr
    assert (net.asked, run("sources").stdout) == ([], "")


def test_what_holds_in_the_own_house_is_marked_so(net):
    net.pages["guidelines.example.org/x"] = Reply(HTML)
    run("add", "dailymed:examplamine")
    result = CliRunner().invoke(main, ["add", "--local", "https://guidelines.example.org/x"], env={"LOCCIT_HOSTS": "guidelines.example.org"})  # fmt: skip
    assert added(result) == (1, 0, 0)
    documents = [open_base().document(card.id) for card in open_base().cards()]
    assert {each.jurisdiction for each in documents} == {"US", LOCAL}


def test_a_path_with_a_colon_is_a_path(net, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("note:one.md").write_text("# A note\n\nGive examplamine 5 mg.\n", "utf-8")
    assert added(run("add", "note:one.md")) == (1, 0, 0)


def test_an_http_address_is_told_that_only_https_is_used(net):
    result = run("add", "http://www.cdc.gov/guide")
    assert result.exit_code == USAGE
    assert "only https is used" in result.stderr
    assert net.asked == []


# --- at a terminal


@pytest.fixture
def terminal(net, monkeypatch):
    """As if a person sat there."""

    class Screen:
        def isatty(self) -> bool:
            return True

    class Seen:
        stdin = stderr = Screen()

    monkeypatch.setattr(fetching, "sys", Seen)
    return net


def test_a_person_is_asked_before_one_of_several_is_loaded(terminal):
    result = run("add", "dailymed:examplamine", typed="n\n")
    assert "Load what is chosen (*)? [Y/n]" in result.stderr
    assert added(result) == (0, 0, 0)
    assert added(run("add", "dailymed:examplamine", typed="\n")) == (1, 0, 0)


def test_yes_and_a_choice_of_one_are_not_asked_about(terminal):
    for args in (["--yes", "dailymed:examplamine"], [f"dailymed:{SET_IDS[0]}"]):
        result = run("add", *args, typed="")
        assert "Load what" not in result.stderr
        assert added(result) == (1, 0, 0)


# --- settings, memory, privacy


def test_settings_of_the_environment_are_used_and_never_shown(net, monkeypatch):
    monkeypatch.setenv("LOCCIT_CONTACT", "library@example.org")
    monkeypatch.setenv("LOCCIT_NCBI_KEY", "n0tshown")
    monkeypatch.setenv("LOCCIT_OPENFDA_KEY", "n0teither")
    monkeypatch.setenv("LOCCIT_HOSTS", "guidelines.example.org, www.example.org")
    net.pages["guidelines.example.org/x"] = Reply(HTML)
    result = run("add", "pubmed:spasm", "openfda:examplamine", "https://guidelines.example.org/x")
    assert added(result) == (4, 0, 0)
    assert {each.query.get("api_key") for each in net.asked} == {"n0tshown", "n0teither", None}
    assert all("library@example.org" in each.headers["user-agent"] for each in net.asked)
    kept = [file.read_bytes() for file in Path(os.environ["LOCCIT_HOME"]).rglob("*") if file.is_file()]  # fmt: skip
    assert len(kept) > 5
    for secret in ("n0tshown", "n0teither"):
        assert secret not in result.output
        assert all(secret.encode() not in data for data in kept)


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_that_cannot_be_is_wrong_use_and_nobody_is_asked(net, monkeypatch, name):
    monkeypatch.setenv(name, "hunter2 \x07&x")
    result = run("add", "pubmed:spasm")
    assert result.exit_code == USAGE
    assert name in result.stderr
    assert net.asked == []


def test_the_cache_is_shown_and_cleared_and_sources_stay(net):
    run("add", "dailymed:examplamine")
    assert re.fullmatch(r"2 answers, 0\.0 MB\n", run("cache", "show").stdout)
    assert re.fullmatch(r"dropped 2 answers, 0\.0 MB\n", run("cache", "clear").stdout)
    assert run("cache", "show").stdout == "0 answers, 0.0 MB\n"
    assert "examplamine" in run("sources").stdout.casefold()
    asked = len(net.asked)
    assert added(run("add", "dailymed:examplamine")) == (0, 1, 0)
    assert len(net.asked) == asked + 2


def test_a_base_of_ones_own_keeps_its_own_answers(net, tmp_path):
    run("add", "dailymed:examplamine", "--base", tmp_path / "other")
    assert run("cache", "show").stdout.startswith("0 answers")
    assert run("cache", "show", "--base", tmp_path / "other").stdout.startswith("2 answers")


# --- what an abstention promises


def test_a_stop_for_want_of_a_label_names_the_command_that_fetches_it(net, starter_engine):
    answer = starter_engine.ask("What is the starting dose of metformin?")
    assert isinstance(answer, Abstention)
    (command,) = [found[1] for line in answer.how_to_widen if (found := re.search(r"loccit add (dailymed:\S+)", line))]  # fmt: skip
    assert command == "dailymed:metformin"
    dailymed(net, labels=[(SET_IDS[0], "METFORMIN (METFORMIN HYDROCHLORIDE) TABLET [X]", 1, "Jan 01, 2026")])  # fmt: skip
    net.pages[f"{DAILYMED}spls/{SET_IDS[0]}.xml"] = as_xml(spl(SET_IDS[0], 1, "Metformin hydrochloride"))  # fmt: skip
    assert added(run("add", command)) == (1, 0, 0)
    answered = run("ask", "What are the contraindications of metformin?")
    assert answered.exit_code == ANSWERED
    assert "imaginary heart block" in " ".join(answered.stdout.split())


# --- nothing is contacted unless it is asked for

WATCH = (
    "import socket, sys\n"
    "def refuse(*a, **k): raise SystemExit('a socket was opened')\n"
    "socket.socket.__init__ = socket.getaddrinfo = refuse\n"
)
NETWORK = ("http.client", "ssl", "loccit.backends.connectors.web", "urllib3", "httpx", "httpx2")


def process(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SRC), "LOCCIT_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )


def test_importing_everything_opens_no_socket(tmp_path):
    modules = sorted(
        ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")
        for path in (SRC / "loccit").rglob("*.py")
        if "packs" not in path.parts
    )
    loaded = ", ".join(name for name in modules if "onnx" not in name and "bert" not in name and "model_building" not in name and name != "loccit.testing.embedding")  # fmt: skip
    result = process(f"{WATCH}import {loaded}", tmp_path)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "args",
    [
        ["ask", "What are the contraindications of cyclobenzaprine?"],
        ["sources"],
        ["check", "NOTE"],
        ["add", "NOTE"],
        ["cache", "show"],
        ["cache", "clear"],
        ["forget"],
        ["verify-base"],
    ],
    ids=" ".join,
)
def test_no_other_command_opens_a_socket_or_loads_what_could(args, tmp_path, starter_base):
    note = tmp_path / "note.md"
    note.write_text("# A note\n\nCyclobenzaprine is taken for up to 2 or 3 weeks.\n", "utf-8")
    argv = ["loccit", *(str(note) if arg == "NOTE" else arg for arg in args)]
    writes = {"add", "forget"} & set(args)  # what they leave would be another test's
    home = tmp_path / "home" if writes else starter_base.folder
    code = (
        f"{WATCH}sys.argv = {argv!r}\n"
        "from loccit.delivery.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code in (0, None), end.code\n"
        f"print([each for each in {NETWORK!r} if each in sys.modules])"
    )
    result = process(code, home)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "[]", result.stdout[-300:]  # fmt: skip


# --- the page on connectors

PAGE = (Path(__file__).parents[2] / "docs" / "connectors.md").read_text(encoding="utf-8")


def timeless(text: str) -> str:
    return re.sub(r"in [\d.]+ s;", "in 0.1 s;", text)


def test_the_session_on_the_page_is_what_the_program_prints(net):
    shown = PAGE.split("```\n$ loccit add dailymed:examplamine\n", 1)[1].split("```", 1)[0]
    result = run("add", "dailymed:examplamine")
    printed = timeless(result.stderr + result.stdout)
    first, last = shown.split("[…]\n")
    assert printed.startswith(first)
    assert printed.endswith(last)


def test_the_offline_message_on_the_page_is_the_programs(net):
    net.names.clear()
    result = run("add", "dailymed:cyclobenzaprine")
    (line,) = re.findall(r"^refused: .*$", PAGE, re.MULTILINE)
    assert line in result.stderr


def test_the_page_states_the_limits_and_names_that_hold(net):
    from loccit.backends.connectors.rules import load_rules

    rules = load_rules()
    for name in (*SETTINGS, *(host.name for host in rules.hosts)):
        assert f"`{name}`" in PAGE, name
    for name in connecting.CONNECTORS:
        assert re.search(rf"^\| `{name}:", PAGE, re.MULTILINE), name
    limits = rules.limits
    for words in (
        f"at most {limits.redirects} redirects",
        f"{limits.tries} times in all",
        f"up to {limits.longest_pause_seconds:.0f} seconds",
        f"more than {limits.whole_seconds:.0f} seconds or is silent for {limits.silence_seconds:.0f}",
        f"{rules.content('json').megabytes} MB (JSON)",
        f"or {rules.content('page').megabytes} MB",
        f"the {rules.entrez.most} newest citations",
    ):
        assert words in " ".join(PAGE.split()), words
    assert {rules.content("xml").megabytes, rules.content("page").megabytes} == {64}
    assert all(host.fresh_seconds == rules.pages.fresh_seconds == 3600 for host in rules.hosts)
