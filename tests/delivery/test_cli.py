"""The command line: help, answers, exit codes, and errors in one line."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import loccit
from loccit import __version__
from loccit.delivery import listing, loading
from loccit.delivery.cli import main
from loccit.terms import SearchRequest, Standing
from loccit.wiring import bases

ANSWERED, FAILED, USAGE, ABSTAINED = 0, 1, 2, 3
SRC = Path(loccit.__file__).parents[1]
ASKED = "What are the contraindications of cyclobenzaprine?"
Run = Callable[..., Result]

GUIDE = """# A made-up protocol

## Treatment

Give examplamine 5 mg once a day for acute low back pain.
"""


def command(args: tuple[object, ...]) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def run(starter_base, monkeypatch) -> Run:
    """Runs a command that only reads, on the starter base as ``LOCCIT_HOME``."""
    monkeypatch.setenv("LOCCIT_HOME", str(starter_base.folder))
    return lambda *args: command(args)


@pytest.fixture
def run_empty(monkeypatch, tmp_path) -> Run:
    """Runs a command on a base of its own, with an empty starter pack."""
    packs = tmp_path / "packs"
    (packs / "musculoskeletal" / "sources").mkdir(parents=True)
    monkeypatch.setattr(bases, "files", lambda _: packs)
    monkeypatch.setenv("LOCCIT_HOME", str(tmp_path / "home"))
    return lambda *args: command(args)


def commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, each in group.commands.items():
        yield (*path, name), each
        if isinstance(each, click.Group):
            yield from commands(each, (*path, name))


ALL = dict(commands(main))


# --- help


def test_the_commands_of_the_contract_are_there():
    contract = {"ask", "add", "check", "sources", "show", "remove", "verify-base", "serve", "pack",
                "bench"}  # fmt: skip
    assert contract <= {path[0] for path in ALL}


@pytest.mark.parametrize("path", ALL, ids=" ".join)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help(path, flag):
    result = command((*path, flag))
    assert result.exit_code == ANSWERED
    assert result.stdout.startswith("Usage:")


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_and_option_says_what_it_does(path):
    each = ALL[path]
    assert each.help
    assert each.help.strip().endswith(".")
    for parameter in each.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
        else:
            assert re.search(r"[A-Z]{3,}", parameter.make_metavar(click.Context(each)))


def test_the_version_is_told():
    result = command(("--version",))
    assert result.stdout.strip() == f"loccit, version {__version__}"


# --- asking


def test_text_is_the_default_and_ends_in_a_line(run):
    result = run("ask", ASKED)
    assert result.exit_code == ANSWERED
    assert result.stderr == ""
    assert "hyperthyroidism" in result.stdout
    assert "\x1b[" not in result.stdout
    assert result.stdout.endswith("\n")


def test_the_question_may_stand_without_quotes(run):
    assert run("ask", *ASKED.split()).stdout == run("ask", ASKED).stdout


def test_json_has_the_shape_of_the_contract(run):
    article = json.loads(run("ask", ASKED, "--format", "json").stdout)
    assert article["schema"] == "loccit/article/1"
    needed = {"id", "title", "audience", "question", "status", "bottom_line", "sections", "safety",
              "conflicts", "recommendations", "coverage", "follow_ups", "references", "evidence",
              "abstention", "disclaimer", "composed_by"}  # fmt: skip
    assert needed <= set(article)
    assert article["abstention"] is None
    assert article["references"]


def test_markdown_and_html_are_written(run):
    markdown = run("ask", ASKED, "--format", "md")
    page = run("ask", ASKED, "--format", "html")
    assert markdown.exit_code == page.exit_code == ANSWERED
    assert markdown.stdout.startswith("#")
    assert page.stdout.lstrip().lower().startswith("<!doctype html>")


@pytest.mark.parametrize("form", ["text", "md", "json", "html"])
def test_a_stop_is_written_in_every_form_with_its_own_code(run, form):
    result = run("ask", "Dose of rivaroxaban?", "--format", form)
    assert result.exit_code == ABSTAINED
    assert "rivaroxaban" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("audience", ["clinician", "pharmacist", "student", "patient"])
def test_every_reader_is_answered(run, audience):
    result = run("ask", ASKED, "--audience", audience, "--format", "json")
    assert result.exit_code == ANSWERED
    assert json.loads(result.stdout)["audience"] == audience


def test_facts_of_the_patient_are_read(run):
    result = run(
        "ask", ASKED, "--patient", "age=71,hepatic=moderate,drug=Zoloft", "--format", "json"
    )
    patient = json.loads(result.stdout)["question"]["patient"]
    assert patient["age"] == 71
    assert "sertraline" in str(patient)


# --- showing


def test_an_answer_opens_at_its_source(run):
    article = json.loads(run("ask", ASKED, "--format", "json").stdout)
    first = article["bottom_line"]
    line = first[0] if isinstance(first, list) else first
    passage = line["citations"][0]["passage"]
    whole, short = run("show", passage), run("show", passage[:8])
    assert whole.exit_code == short.exit_code == ANSWERED
    assert whole.stdout == short.stdout
    assert "«" in whole.stdout
    quoted = whole.stdout.partition("«")[2].partition("»")[0]
    assert quoted.split() == line["citations"][0]["quote"].split()


def test_the_words_around_a_passage_are_whole(run, starter_base):
    card = max(starter_base.cards(), key=lambda card: card.passages)
    document = starter_base.document(card.id)
    whole = {word.strip("«»") for word in re.split(r"[\s«»]+", document.text)}
    request = SearchRequest(words="", documents=(card.id,), limit=20)
    for found in starter_base.search(request):
        shown = run("show", found.record.passage.id).stdout
        around = shown[shown.index("Place:") :].partition("\n")[2].split()
        cut = [word for word in around if word.strip("«»") not in whole and "«" not in word]
        assert not [word for word in cut if "»" not in word], cut


def test_sources_are_listed_one_a_line(run, starter_base):
    result = run("sources")
    assert result.exit_code == ANSWERED
    lines = result.stdout.splitlines()
    current = [card for card in starter_base.cards() if card.standing is not Standing.SUPERSEDED]
    assert [line.split("\t")[0] for line in lines] == [card.id for card in current]
    assert all(len(line.split("\t")) == 6 for line in lines)
    assert len(run("sources", "--all").stdout.splitlines()) == len(starter_base.cards())


def test_the_base_is_proved(run):
    result = run("verify-base")
    assert result.exit_code == ANSWERED
    assert re.search(r"\d+ documents, \d+ passages, 0 faults\n$", result.stdout)


def test_loccit_home_is_the_base_and_an_option_goes_before_it(run_empty, tmp_path):
    (tmp_path / "guide.md").write_text(GUIDE, "utf-8")
    assert run_empty("add", tmp_path / "guide.md").exit_code == ANSWERED
    assert (tmp_path / "home" / "base.sqlite").exists()
    assert run_empty("sources").stdout.count("\n") == 1
    assert run_empty("sources", "--base", tmp_path / "other").stdout == ""
    assert (tmp_path / "other" / "base.sqlite").exists()


# --- adding and removing


def test_adding_is_idempotent(run_empty, tmp_path):
    (tmp_path / "guide.md").write_text(GUIDE, "utf-8")
    first = run_empty("add", tmp_path / "guide.md")
    assert re.search(r"added 1 documents with \d+ passages in [\d.]+ s; 0 known already; 0 refused", first.stdout)  # fmt: skip
    again = run_empty("add", tmp_path / "guide.md")
    assert again.exit_code == ANSWERED
    assert "added 0 documents with 0 passages" in again.stdout
    assert "1 known already; 0 refused" in again.stdout


def test_refusals_are_told_and_counted_and_the_rest_is_added(run_empty, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "guide.md").write_text(GUIDE, "utf-8")
    (tmp_path / "in" / "broken.xml").write_text("<article><front></article>", "utf-8")
    result = run_empty("add", tmp_path / "in", tmp_path / "nowhere")
    assert result.exit_code == FAILED
    refusals = [line for line in result.stderr.splitlines() if line.startswith("refused: ")]
    assert len(refusals) == 2
    assert any("broken.xml" in line for line in refusals)
    assert any("nowhere" in line for line in refusals)
    assert "added 1 documents" in result.stdout
    assert "2 refused" in result.stdout
    assert "Traceback" not in result.output


def test_what_was_added_answers_and_what_was_removed_does_not(run_empty, tmp_path):
    (tmp_path / "guide.md").write_text(GUIDE, "utf-8")
    run_empty("add", tmp_path / "guide.md")
    assert "examplamine 5 mg" in run_empty("ask", "Treatment of acute low back pain?").stdout
    document = run_empty("sources").stdout.split("\t")[0]
    removed = run_empty("remove", document)
    assert (removed.exit_code, removed.stdout) == (ANSWERED, f"removed {document}\n")
    assert run_empty("sources").stdout == ""
    assert run_empty("ask", "Treatment of acute low back pain?").exit_code == ABSTAINED
    assert run_empty("verify-base").stdout.endswith("0 documents, 0 passages, 0 faults\n")


def test_a_lost_index_is_told_and_made_anew_by_the_command_it_names(run_empty, tmp_path):
    (tmp_path / "guide.md").write_text(GUIDE, "utf-8")
    run_empty("add", tmp_path / "guide.md")
    shutil.rmtree(tmp_path / "home" / "index")
    asked = run_empty("ask", "Treatment of acute low back pain?")
    assert (asked.exit_code, asked.stdout) == (FAILED, "")
    assert re.fullmatch(r"loccit: [^\n]*index[^\n]*`loccit reindex`[^\n]*\n", asked.stderr)
    assert "loccit reindex" in run_empty("verify-base").stdout
    assert run_empty("reindex").exit_code == ANSWERED
    assert "examplamine 5 mg" in run_empty("ask", "Treatment of acute low back pain?").stdout
    assert run_empty("verify-base").exit_code == ANSWERED


# --- packs


def test_the_shipped_pack_is_checked():
    result = command(("pack", "check", SRC / "loccit" / "packs" / "musculoskeletal"))
    assert (result.exit_code, result.stdout) == (ANSWERED, "0 faults\n")


def test_a_faulty_pack_is_told_by_file(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "bad.toml").write_text('schema = "other"\n', "utf-8")
    result = command(("pack", "check", tmp_path))
    assert result.exit_code == FAILED
    assert "bad.toml" in result.stdout
    assert re.search(r"^[1-9]\d* faults$", result.stdout, re.MULTILINE)


# --- errors


def test_a_question_that_is_too_long_is_told_its_length_and_the_limit(run):
    result = run("ask", "x" * 9000)
    assert re.fullmatch(r"loccit: [^\n]*9,000 characters[^\n]*8,000[^\n]*\n", result.stderr)


def test_a_load_that_is_interrupted_says_how_to_go_on(run_empty, tmp_path, monkeypatch):
    def interrupted(*_: object, **__: object) -> Iterator[None]:
        raise KeyboardInterrupt
        yield

    (tmp_path / "guide.md").write_text(GUIDE, "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(loading, "load_paths", interrupted)
        result = run_empty("add", tmp_path / "guide.md")
    assert result.exit_code == FAILED
    assert result.stderr == (
        "loccit: stopped; run the same command again, and it goes on where it stopped\n"
    )
    assert run_empty("add", tmp_path / "guide.md").exit_code == ANSWERED


WRONG = [
    ((), USAGE),
    (("sing",), USAGE),
    (("ask",), USAGE),
    (("ask", ""), USAGE),
    (("ask", " \u200b "), USAGE),
    (("ask", "x" * 9000), USAGE),
    (("ask", ASKED, "--format", "pdf"), USAGE),
    (("ask", ASKED, "--audience", "king"), USAGE),
    (("ask", ASKED, "--patient", "age=old"), USAGE),
    (("ask", ASKED, "--patient", "shoe=43"), USAGE),
    (("ask", ASKED, "--loud"), USAGE),
    (("show",), USAGE),
    (("show", "zzzz"), FAILED),
    (("show", "%"), FAILED),
    (("show", ""), FAILED),
    (("remove", "nothing"), FAILED),
    (("add",), USAGE),
    (("pack",), USAGE),
    (("bench",), USAGE),
    (("bench", "claims"), USAGE),
    (("pack", "check", "/nowhere"), USAGE),
    (("serve", "--port", "99999"), USAGE),
    (("serve", "--port", "-1"), USAGE),
]


@pytest.mark.parametrize(("args", "code"), WRONG, ids=lambda each: str(each)[:50])
def test_wrong_use_ends_with_its_code_and_without_a_traceback(run, args, code):
    result = run(*args)
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit | type(None))
    assert "Traceback" not in result.output


OURS = [
    ("ask", " "),
    ("ask", ASKED, "--patient", "age=old"),
    ("show", "zzzz"),
    ("remove", "nothing"),
]


@pytest.mark.parametrize("args", OURS, ids=" ".join)
def test_our_errors_are_one_line_on_stderr(run, args):
    result = run(*args)
    assert result.stdout == ""
    assert re.fullmatch(r"loccit: [^\n]+\n", result.stderr)


@pytest.mark.parametrize("name", ["ask", "sources", "verify-base", "show"])
def test_a_folder_that_is_no_base_is_named_in_one_line(run_empty, tmp_path, name):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "base.sqlite").write_bytes(b"no database at all" * 100)
    args = {"ask": ("ask", ASKED), "show": ("show", "abcd")}.get(name, (name,))
    result = run_empty(*args, "--base", tmp_path / "broken")
    assert result.exit_code == FAILED
    assert re.fullmatch(r"loccit: [^\n]*broken[^\n]*\n", result.stderr)


def test_a_file_as_base_is_wrong_use(run, tmp_path):
    (tmp_path / "file").write_text("x")
    result = run("sources", "--base", tmp_path / "file")
    assert result.exit_code == USAGE
    assert "file" in result.stderr


def test_serving_without_its_parts_says_what_to_install(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = run("serve")
    assert result.exit_code == FAILED
    assert re.fullmatch(r"loccit: [^\n]*uvicorn[^\n]*loccit\[web\][^\n]*\n", result.stderr)


def test_a_port_in_use_is_told_in_one_line_before_anything_is_announced(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--port", port)
    assert result.exit_code == FAILED
    assert result.stdout == ""
    address = f"http://127.0.0.1:{port}/"
    assert re.fullmatch(rf"loccit: {address} [^\n]*in use; [^\n]*--port[^\n]*\n", result.stderr)


def test_an_address_that_is_not_here_is_told_in_one_line(run):
    result = run("serve", "--host", "192.0.2.1")
    assert result.exit_code == FAILED
    assert re.fullmatch(r"loccit: http://192\.0\.2\.1:8000/ [^\n]*--host\n", result.stderr)


def test_a_fault_of_the_disk_is_one_line(run, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "loccit.db")

    monkeypatch.setattr(listing, "open_base", full)
    result = run("sources")
    assert result.exit_code == FAILED
    assert result.stderr == "loccit: No space left on device: loccit.db\n"


# --- as a process


def process(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SRC), **env}
    return subprocess.run(
        [sys.executable, *args], capture_output=True, text=True, env=environment, check=False
    )


HEAVY = (
    "numpy",
    "onnxruntime",
    "lxml",
    "fastapi",
    "starlette",
    "pypdfium2",
    "jinja2",
    "tantivy",
    "msgspec",
    "sqlite3",
)
RUN = "from loccit.delivery.cli import main; main()"


def test_the_command_starts_without_what_only_some_commands_need():
    code = f"import sys, loccit.delivery.cli; print([n for n in {HEAVY!r} if n in sys.modules])"
    assert process("-c", code).stdout == "[]\n"


def test_asking_needs_neither_pages_nor_readers(starter_base):
    code = (
        "import sys, runpy\n"
        f"sys.argv = ['loccit', 'ask', {ASKED!r}]\n"
        "try:\n    from loccit.delivery.cli import main; main()\n"
        "except SystemExit: pass\n"
        "print([n for n in ('fastapi', 'uvicorn', 'pypdfium2', 'lxml', 'jinja2') if n in sys.modules])"
    )
    result = process("-c", code, LOCCIT_HOME=str(starter_base.folder))
    assert result.stdout.endswith("[]\n"), result.stdout[-200:] + result.stderr


def test_two_processes_give_the_same_bytes(starter_base):
    question = "Is cyclobenzaprine safe in a 71 year old with cirrhosis on sertraline?"
    home = str(starter_base.folder)
    first, second = (
        process("-c", RUN, "ask", question, "--format", "json", LOCCIT_HOME=home, PYTHONHASHSEED=seed)
        for seed in ("1", "4242")
    )  # fmt: skip
    assert first.returncode == second.returncode == ANSWERED
    assert first.stdout == second.stdout
    assert len(first.stdout) > 5000


def test_no_socket_is_opened_to_answer(starter_base):
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise SystemExit('a socket was opened')\n"
        "socket.socket.__init__ = refuse\n"
        f"sys.argv = ['loccit', 'ask', {ASKED!r}]\n"
        "from loccit.delivery.cli import main; main()"
    )
    result = process("-c", code, LOCCIT_HOME=str(starter_base.folder))
    assert result.returncode == ANSWERED, result.stderr


def test_a_reader_that_goes_away_is_no_error(starter_base):
    command_line = f"{sys.executable} -c '{RUN}' ask '{ASKED}' --format json | head -c 1"
    environment = {**os.environ, "PYTHONPATH": str(SRC), "LOCCIT_HOME": str(starter_base.folder)}
    result = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command_line}"],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert result.stdout == "{"
    assert "Traceback" not in result.stderr
