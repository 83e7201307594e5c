"""Asking from the command line, and writing the answer in the form asked for."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from loccit.terms import Abstention, Article, Audience, Reviewed, UsageError
from loccit.wiring import default_jurisdiction, is_outdated, make_engine, open_base, open_turns

__all__ = ["Answered", "Request", "answer", "warn", "written"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What is asked, for whom, of which patient, where, after which answer, and if it is kept."""

    text: str
    audience: Audience | None = None
    patient: str = ""
    jurisdiction: str = ""
    follows: str = ""
    keep: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """The answer, and whether it was kept so that another question can follow it."""

    answer: Article | Abstention
    kept: bool


def warn(line: str) -> None:
    """Tell of what went wrong without stopping the answer."""
    click.echo(f"loccit: {line}", err=True)


def answer(request: Request, base: Path | None) -> Answered:
    """The answer from the base. Raises ``UsageError``, and ``NoSuchTurn`` for what is past."""
    from loccit.questions import jurisdiction_from, patient_from_option

    _refuse_long(request.text)
    opened = open_base(base)
    if is_outdated(opened):
        warn("this base was described by an earlier version; run: loccit reindex")
    wanted = request.keep or request.follows
    turns = open_turns(opened.folder, warn=warn) if wanted else None
    found = make_engine(opened, turns=turns).ask(
        request.text,
        audience=request.audience,
        given=partial(patient_from_option, request.patient),
        jurisdiction=jurisdiction_from(request.jurisdiction or default_jurisdiction()),
        follows=request.follows,
        keep=request.keep,
    )
    return Answered(answer=found, kept=request.keep and turns is not None and turns.keeps)


def _refuse_long(text: str) -> None:
    """Say how long a question is that is not read, before anything is opened for it."""
    from loccit.questions.reading import LONGEST

    if len(text) > LONGEST:
        raise UsageError(
            f"the question has {len(text):,} characters, and at most {LONGEST:,} are read; "
            "shorten it, or hold a long text against the sources with `loccit check`"
        )


def written(
    answer: Article | Abstention,
    form: str,
    *,
    kept: bool = False,
    reviewed: Reviewed | None = None,
) -> str:
    """The answer as ``text``, ``md``, ``json`` or ``html``; text fits the terminal.

    Text ends with how to ask further about an answer that was ``kept``, and tells where it stands
    when that was ``reviewed``.
    """
    from loccit import publication

    if form == "json":
        return publication.as_json(answer)
    if form == "md":
        return publication.as_markdown(answer)
    if form == "html":
        return publication.as_html(answer)
    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    text = publication.as_text(answer, reviewed, width=width, colour=sys.stdout.isatty())
    return text + publication.how_to_follow(answer) if kept else text
