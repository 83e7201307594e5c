"""Asking from the command line, and writing the answer in the form asked for."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from pathlib import Path

import click

from loccit.terms import Abstention, Article, Audience
from loccit.wiring import is_outdated, make_engine, open_base

__all__ = ["answer", "written"]


def answer(
    text: str, *, audience: Audience, patient: str, base: Path | None
) -> Article | Abstention:
    """The answer to ``text`` for a reader and a patient. Raises ``UsageError``."""
    from loccit.questions import patient_from_option

    opened = open_base(base)
    if is_outdated(opened):
        click.echo(
            "loccit: this base was described by an earlier version; run: loccit reindex", err=True
        )
    engine = make_engine(opened)
    return engine.ask(text, audience=audience, given=partial(patient_from_option, patient))


def written(answer: Article | Abstention, form: str) -> str:
    """The answer as ``text``, ``md``, ``json`` or ``html``; text fits the terminal."""
    from loccit import publication

    if form == "json":
        return publication.as_json(answer)
    if form == "md":
        return publication.as_markdown(answer)
    if form == "html":
        return publication.as_html(answer)
    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    return publication.as_text(answer, width=width, colour=sys.stdout.isatty())
