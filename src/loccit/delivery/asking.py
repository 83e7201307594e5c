"""Asking from the command line, and writing the answer in the form asked for."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from loccit.terms import Abstention, Article, Audience
from loccit.wiring import is_outdated, make_engine, open_base, open_turns

__all__ = ["Request", "answer", "written"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What is asked, for whom, of which patient, after which answer, and whether it is kept."""

    text: str
    audience: Audience | None = None
    patient: str = ""
    follows: str = ""
    keep: bool = True


def answer(request: Request, base: Path | None) -> Article | Abstention:
    """The answer from the base. Raises ``UsageError``, and ``NoSuchTurn`` for what is past."""
    from loccit.questions import patient_from_option

    opened = open_base(base)
    if is_outdated(opened):
        click.echo(
            "loccit: this base was described by an earlier version; run: loccit reindex", err=True
        )
    turns = open_turns(opened.folder) if request.keep or request.follows else None
    return make_engine(opened, turns=turns).ask(
        request.text,
        audience=request.audience,
        given=partial(patient_from_option, request.patient),
        follows=request.follows,
        keep=request.keep,
    )


def written(answer: Article | Abstention, form: str, *, kept: bool = False) -> str:
    """The answer as ``text``, ``md``, ``json`` or ``html``; text fits the terminal.

    Text ends with how to ask further about an answer that was ``kept``.
    """
    from loccit import publication

    if form == "json":
        return publication.as_json(answer)
    if form == "md":
        return publication.as_markdown(answer)
    if form == "html":
        return publication.as_html(answer)
    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    text = publication.as_text(answer, width=width, colour=sys.stdout.isatty())
    return text + publication.how_to_follow(answer) if kept else text
