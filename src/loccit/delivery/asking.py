"""Asking from the command line, and writing the answer in the form asked for."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from pathlib import Path

from loccit.terms import Abstention, Article, Audience
from loccit.wiring import make_engine, open_base

__all__ = ["answer", "written"]


def answer(
    text: str, *, audience: Audience, patient: str, base: Path | None
) -> Article | Abstention:
    """The answer to ``text`` for a reader and a patient. Raises ``UsageError``."""
    from loccit.questions import patient_from_option

    engine = make_engine(open_base(base))
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
