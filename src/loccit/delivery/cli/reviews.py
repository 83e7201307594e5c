"""Commands of review: all that the pages do, and what keeps it safe, in the terminal."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from loccit.delivery.cli.group import ANSWERED, FAILED, base_option
from loccit.terms import Action, Audience, Duty, Person, State, UsageError

__all__ = ["COMMANDS"]

BY_PROGRAM = (Action.REANCHOR, Action.SUGGEST)
BY_PEOPLE = tuple(each for each in Action if each not in (Action.SUBMIT, *BY_PROGRAM))
DUTIES = tuple(str(each) for each in Duty if each is not Duty.PROGRAM)
STATES = ("all", *(each.replace("_", "-") for each in State if each is not State.UNSUBMITTED))
who_option = click.option("--as", "who", required=True, metavar="PERSON", help="Who decides.")


@click.group()
def review() -> None:
    """Named people review articles: submit, comment, change, approve. Nothing else approves."""


@review.command()
@click.argument("question", nargs=-1)
@who_option
@click.option("--kept", default="", metavar="ID", help="An answer that the pages keep, instead.")
@click.option("--version", type=click.IntRange(min=0), default=0, help="Of it; the newest if 0.")
@click.option(
    "--audience", type=click.Choice([str(each) for each in Audience]), help="Whom it is for."
)
@click.option("--patient", default="", metavar="FACTS", help='Such as "age=71,hepatic=moderate".')
@base_option
def submit(question: tuple[str, ...], who: str, base: Path | None, **how: Any) -> None:
    """Answer QUESTION and submit the article for review, or one that is kept. Prints its id."""
    from loccit.delivery.reviewing import person_of, submitted, submitted_kept

    person = person_of(who, base)
    if how["kept"]:
        click.echo(submitted_kept(how["kept"], how["version"], person, base))
        return
    if not question:
        raise UsageError("a question is needed, or --kept with the id of an answer")
    audience = Audience(how["audience"]) if how["audience"] else None
    words = " ".join(question)
    click.echo(submitted(words, person, base, audience=audience, patient=how["patient"]))


@review.command()
@click.argument(
    "action", metavar="ACTION", type=click.Choice([each.replace("_", "-") for each in BY_PEOPLE])
)
@click.argument("article")
@who_option
@click.option(
    "--duty",
    default="",
    type=click.Choice(["", *DUTIES]),
    metavar="ROLE",
    help="In which role; one that may take the step if left out.",
)
@click.option("--sentence", default="", help="The id of the sentence that is meant.")
@click.option(
    "--to",
    "assignee",
    default="",
    metavar="ID",
    help="To whom it is assigned, or the article that takes its place.",
)
@click.option("--words", default="", help="A comment, or the words that take a sentence's place.")
@click.option("--reason", default="", help="Why, for those who read the ledger later.")
@click.option(
    "--passage",
    default="",
    help="The passage to add, or a suggested one to dismiss.",
)
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="When an assigned review is due.")
@base_option
def decide(action: str, article: str, who: str, base: Path | None, **how: Any) -> None:
    """Take ACTION on ARTICLE and write it down for good.

    ACTION is assign, begin, accept, comment, edit, strike, add, request-changes, resubmit, approve,
    reject, withdraw, reopen, supersede or dismiss. A refusal says which rule forbids it. An edited
    sentence must be carried by what it cites.
    """
    from loccit.delivery.reviewing import decided, duty_of, opened, person_of
    from loccit.editorial import Asked

    person, step = person_of(who, base), Action(action.replace("-", "_"))
    asked = Asked(
        action=step,
        person=person,
        duty=duty_of(person, step, opened(base), how["duty"]),
        reason=how["reason"],
        words=how["words"],
        target=how["assignee"] or how["sentence"],
        passage=how["passage"],
        due=how["due"].date() if how["due"] else None,
    )
    click.echo(decided(article, asked, base).state.replace("_", " "))


@review.command()
@click.option(
    "--state", type=click.Choice(STATES), default="all", help="Only those that stand there."
)
@click.option(
    "--assigned",
    default="",
    metavar="PERSON",
    help='Only those that PERSON has, or "nobody".',
)
@click.option("--overdue", is_flag=True, help="Only those whose day has passed.")
@base_option
def queue(state: str, assigned: str, base: Path | None, *, overdue: bool) -> None:
    """List the articles in review: those due first, then the oldest."""
    from loccit.delivery.review_lines import queue_lines
    from loccit.publication.desk import Looking

    looking = Looking(state=state.replace("-", "_"), assigned=assigned, overdue=overdue)
    for line in queue_lines(base, looking):
        click.echo(line)


@review.command()
@click.argument("article")
@click.option("--edition", type=click.IntRange(min=1), help="An approved edition.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "fhir"]),
    default="text",
    help="How it is written; fhir (experimental) is for approved editions, the newest if left out.",
)
@base_option
def show(article: str, edition: int | None, form: str, base: Path | None) -> None:
    """Show the text of ARTICLE as it stands, then each sentence with what was said of it."""
    if form == "fhir":
        from loccit.delivery.exporting import fhir_of

        click.echo(fhir_of(article, base, edition=edition or 0), nl=False)
        return
    from loccit.delivery.asking import in_text
    from loccit.delivery.review_lines import sentence_lines, waiting_lines
    from loccit.delivery.reviewing import standing

    text, reviewed = standing(article, base, edition=edition or 0)
    click.echo(in_text(text, reviewed), nl=False)
    if edition:
        return
    click.echo()
    for line in sentence_lines(article, base):
        click.echo(line)
    for line in waiting_lines(article, base):
        click.echo(line)


@review.command()
@click.argument("article")
@base_option
def log(article: str, base: Path | None) -> None:
    """Print the ledger of ARTICLE: who decided what, when and why."""
    from loccit.delivery.reviewing import history

    for line in history(article, base):
        click.echo(line)


@review.command("diff")
@click.argument("article")
@click.option(
    "--from", "older", type=click.IntRange(min=1), default=1, help="After which decision."
)
@click.option("--to", "newer", type=click.IntRange(min=0), default=0, help="The last if left out.")
@base_option
def review_diff(article: str, older: int, newer: int, base: Path | None) -> None:
    """Show which sentences of ARTICLE changed between two decisions, and in which words."""
    from loccit.delivery.review_lines import difference_lines

    for line in difference_lines(article, base, older=older, newer=newer):
        click.echo(line)


@review.command()
@click.argument("article")
@base_option
def editions(article: str, base: Path | None) -> None:
    """List the approved editions of ARTICLE: who signed each, and what changed since the last."""
    from loccit.delivery.review_lines import edition_lines

    for line in edition_lines(article, base):
        click.echo(line)


@review.command()
@click.argument("article")
@base_option
def near(article: str, base: Path | None) -> None:
    """List other articles in review on the same drugs and conditions as ARTICLE."""
    from loccit.delivery.review_lines import near_lines

    for line in near_lines(article, base):
        click.echo(line)


@review.command()
@click.argument("article")
@click.argument("words", nargs=-1, required=True)
@base_option
def find(article: str, words: tuple[str, ...], base: Path | None) -> None:
    """Find passages with WORDS in the sources of ARTICLE, for `decide add --passage`."""
    from loccit.delivery.review_lines import passage_lines

    lines = list(passage_lines(article, " ".join(words), base))
    for line in lines or ["none of its sources has these words"]:
        click.echo(line)


@review.command()
@base_option
def conflicts(base: Path | None) -> None:
    """List statements of different articles that cannot both hold, with their sources.

    Two sources can both be right of different patients: what is listed is to be read.
    """
    from loccit.delivery.review_lines import conflict_lines

    for line in list(conflict_lines(base)) or ["no statements of different articles contradict"]:
        click.echo(line)


@review.command()
@base_option
def audit(base: Path | None) -> None:
    """Prove that no decision and no text decided on was changed since; point at the first."""
    from loccit.delivery.reviewing import audited

    whole = True
    for line, is_whole in audited(base):
        click.echo(line)
        whole = whole and is_whole
    sys.exit(ANSWERED if whole else FAILED)


@review.command()
@base_option
def people(base: Path | None) -> None:
    """List everybody who may decide."""
    from loccit.delivery.reviewing import people_lines

    for line in people_lines(base):
        click.echo(line)


@review.command()
@click.argument("name", metavar="PERSON")
@click.option("--name", "called", default="", help="The full name, as articles show it.")
@click.option(
    "--duty",
    "duties",
    multiple=True,
    type=click.Choice(DUTIES),
    help="A role; may be given several times.",
)
@click.option("--credentials", default="", help="Such as MD, PharmD; an approval needs them.")
@click.option("--interests", default="", help='Conflicting interests in own words, or "none".')
@base_option
def person(name: str, called: str, duties: tuple[str, ...], base: Path | None, **told: str) -> None:
    """Enter somebody who may decide, or change what is known of them."""
    from loccit.delivery.reviewing import enter_person

    today: date = datetime.now(UTC).date()
    entered = Person(
        id=name,
        name=called,
        duties=frozenset(map(Duty, duties)),
        credentials=told["credentials"],
        interests=told["interests"],
        declared_on=today if told["interests"] else None,
    )
    click.echo(enter_person(entered, base).name)


@click.command()
@click.option(
    "--fetch",
    is_flag=True,
    help="Ask the public interfaces for newer editions first; nothing else uses the network.",
)
@click.option(
    "--feed",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write what became of approved articles to this file, as an Atom feed.",
)
@click.option(
    "--site",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Address of the pages that the feed leads to.",
)
@click.option("--polite", is_flag=True, help="Step back behind other work of this machine.")
@base_option
def watch(*, fetch: bool, feed: Path | None, site: str, polite: bool, base: Path | None) -> None:
    """Hold every article in review against its sources as they are now.

    Words that stand unchanged in a newer edition are anchored there. An article whose cited words
    were changed, moved or are gone, whose source was withdrawn, retracted or corrected, whose
    summary was outrun by its original, or whose review is due is opened again, with the old words
    and the new. What the base would now say besides is offered, and nothing of it applied.
    """
    from loccit.delivery.watching import lines_of, step_back, watched, write_feed

    if polite:
        step_back()
    for line in lines_of(watched(base, fetch=fetch, tell=click.echo)):
        click.echo(line)
    if feed:
        write_feed(feed, base, root=site.rstrip("/"))


COMMANDS = (review, watch)
"""What this file adds to the group."""
