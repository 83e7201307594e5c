"""Commands that answer a question and check a text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from loccit.delivery.cli.group import ABSTAINED, ANSWERED, BLOCKED, base_option
from loccit.delivery.collecting import uncollected
from loccit.terms import Audience

__all__ = ["COMMANDS"]


@click.command()
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--audience",
    type=click.Choice([str(each) for each in Audience]),
    help="Who reads the answer: clinician when left out, or the reader of the answer followed.",
)
@click.option(
    "--patient",
    default="",
    metavar="FACTS",
    help='Facts of the case, as "age=71,hepatic=moderate,drug=sertraline".',
)
@click.option(
    "--jurisdiction",
    default="",
    metavar="COUNTRY",
    help="Where sources hold that rank first on like evidence: GB, US, …, or INT; "
    "LOCCIT_JURISDICTION when left out. Local sources rank before them.",
)
@click.option(
    "--follow",
    "follows",
    default="",
    metavar="ANSWER",
    help="The id of an answer that QUESTION follows, or the first six letters of it.",
)
@click.option(
    "--no-keep",
    is_flag=True,
    help="Keep nothing of QUESTION: its answer cannot be followed.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "json", "html"]),
    default="text",
    help="How the answer is written.",
)
@base_option
def ask(question: tuple[str, ...], form: str, base: Path | None, **asked: Any) -> None:
    """Answer QUESTION from the evidence base.

    With --follow, what still holds of an earlier question is carried over, and shown.
    """
    with uncollected():
        from loccit.delivery.asking import Request, answer, written
        from loccit.terms import Article

        request = Request(
            text=" ".join(question),
            audience=Audience(asked["audience"]) if asked["audience"] else None,
            patient=asked["patient"],
            jurisdiction=asked["jurisdiction"],
            follows=asked["follows"],
            keep=not asked["no_keep"],
        )
        found = answer(request, base)
        click.echo(written(found.answer, form, kept=found.kept), nl=False)
    if not isinstance(found.answer, Article):
        sys.exit(ABSTAINED)
    sys.exit(BLOCKED if found.answer.gate.closed else ANSWERED)


@click.command()
@click.option("--article", help="Drop this one alone (its id in the address), library or not.")
@base_option
def forget(article: str | None, base: Path | None) -> None:
    """Drop all that is kept of earlier questions; no answer can be followed any more.

    Answers that the pages keep go too, unless somebody put them into the library.
    """
    from loccit.delivery.asking import warn
    from loccit.wiring import forget_articles, open_turns, remove_article

    if article:
        remove_article(article, base)
        click.echo("forgotten")
        return
    open_turns(base, warn=warn).forget()
    forget_articles(base)
    click.echo("forgotten")


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "md"]),
    default="text",
    help="How the report is written.",
)
@base_option
def check(file: str, form: str, base: Path | None) -> None:
    """Check every sentence of FILE, or of the standard input (-), against the evidence base.

    HTML, Markdown, plain text, PDF and the other formats of `loccit add` are recognised by their
    content, of up to 2,000,000 characters and 20,000 sentences. In an article that
    `loccit ask --format json` wrote, each statement is held against what it cites.

    Exit codes: 0 nothing is contradicted, 4 a sentence is contradicted, 3 nothing in the text
    could be checked against this base, 2 wrong use, 1 failure.
    """
    from loccit.delivery.checking import checked, is_answered, written
    from loccit.terms import Verdict

    report = checked(file, base)
    click.echo(written(report, form), nl=False)
    if any(each.verdict is Verdict.CONTRADICTED for each in report.sentences):
        sys.exit(BLOCKED)
    sys.exit(ANSWERED if is_answered(report) else ABSTAINED)


COMMANDS = (ask, check, forget)
"""What this file adds to the group."""
