"""What the README and the docs say is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from examples import CHECKED, FOLDER, FOLLOWED, FOLLOWING, QUESTIONS, printed
from loccit.delivery import checking
from loccit.delivery.cli import main
from loccit.terms import Verdict
from loccit.verification import CHECKS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "bench" / "README.md"]


@pytest.mark.parametrize("name", [*QUESTIONS, *CHECKED])
def test_an_example_is_what_the_program_prints(starter_engine, name):
    kept = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert printed(starter_engine, name) == kept, "renew it with: make examples"


def test_the_answer_in_the_readme_is_the_beginning_of_the_example():
    shown = README.split("```\n$ loccit ask", 1)[1].split("\n```", 1)[0]
    whole = (FOLDER / "lumbar-muscle-spasm.txt").read_text(encoding="utf-8")
    for part in shown.split("\n[…]\n"):
        assert part.strip("\n") in whole, part


@pytest.mark.parametrize("page", FOLLOWING, ids=lambda page: page.name)
def test_the_answer_that_is_followed_has_the_id_shown(starter_engine, page):
    asked, name = FOLLOWED.findall(page.read_text(encoding="utf-8"))[0]
    assert starter_engine.ask(asked).id.startswith(name)


def test_the_report_in_the_readme_is_that_of_the_example():
    shown = README.split("```\n$ loccit check", 1)[1].split("\n```", 1)[0]
    whole = (FOLDER / "checked-note.txt").read_text(encoding="utf-8")
    for part in shown.split("\n[…]"):
        assert part.strip("\n") in whole, part


def test_the_page_on_checking_names_every_check_and_verdict():
    page = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    within = {"arithmetic", "consistency", "locator", "standing"}
    assert {check.name for check in CHECKS} | within == set(
        re.findall(r"^\| `(\w+)`", page, re.MULTILINE)
    )
    for verdict in Verdict:
        assert re.search(rf"^\| {verdict} \|", page, re.MULTILINE)


def test_the_page_on_checking_states_the_limits():
    page = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    assert (
        f"{checking.MOST_CHARACTERS:,} characters and {checking.MOST_SENTENCES:,} sentences" in page
    )
    assert f"{checking.MOST_BYTES // 1024**2} MiB" in page


def test_the_passage_in_the_readme_is_shown_so(starter_base):
    from loccit.delivery.listing import show_passage

    block = README.split("```\n$ loccit show ", 1)[1].split("\n```", 1)[0]
    passage, _, shown = block.partition("\n")
    assert shown.split("\n[…]")[0] in show_passage(passage.strip(), starter_base.folder)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_project_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_screen_is_there_at_each_width_in_both_themes_and_told_of():
    folder = ROOT / "docs" / "screens"
    told = re.findall(
        r"^\| `([\w-]+)`", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    wanted = {
        f"{n}-{w}-{t}.webp" for n in told for w in (360, 768, 1440) for t in ("light", "dark")
    }
    found = {each.name: each.stat().st_size for each in folder.glob("*.webp")}
    assert set(found) == wanted
    assert sum(found.values()) < 3_000_000


def test_the_page_on_pages_names_every_key_of_the_drawer():
    page = (ROOT / "docs" / "pages.md").read_text(encoding="utf-8")
    script = (ROOT / "src/loccit/publication/scripts/drawer.js").read_text(encoding="utf-8")
    keys = set(re.findall(r"^\s+(\w+): \(\) =>", script, re.MULTILINE))
    assert keys == {"n", "p", "c", "escape"}
    for row in ("| N, P in the drawer |", "| C in the drawer |", "| Esc |"):
        assert row in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_are_shown_exist(page):
    text = page.read_text(encoding="utf-8")
    for name, then in re.findall(r"(?:^|[\s`/])loccit ([a-z][a-z-]+)(?: ([a-z-]+))?", text):
        assert name in main.commands or name in {"answers", "is"}, name
        group = main.commands.get(name)
        if then and isinstance(group, click.Group):
            assert then in group.commands, f"{name} {then}"


def test_make_targets_that_are_shown_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in PAGES:
        for target in re.findall(r"`make ([a-z]+(?:-[a-z]+)*)", page.read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), (page.name, target)


def _commands(group: click.Group):
    for command in group.commands.values():
        yield command
        if isinstance(command, click.Group):
            yield from _commands(command)


@pytest.mark.parametrize("command", list(_commands(main)), ids=lambda command: command.name)
def test_every_command_and_option_has_help(command):
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name


def test_the_project_speaks_of_itself_alone():
    """No address of a package registry and no machine's path stands in what is shipped."""
    told = [*(ROOT / "src").rglob("*.py"), *PAGES, *(ROOT / "requirements").glob("*.txt")]
    for file in (*told, ROOT / "Makefile", ROOT / "pyproject.toml"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"pypi\.org|files\.pythonhosted|/work/main|/tmp/probe", text), file
