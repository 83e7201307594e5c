"""Compares two editions from the command line."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from loccit.publication.changes import as_json, as_text
from loccit.terms import Comparison, NotInBase
from loccit.wiring import make_engine, open_base

__all__ = ["compared", "written"]

SERIES = ("{}", "set_id:{}", "pmid:{}", "pmcid:{}")
"""What an identifier may stand for."""


def compared(source: str, base: Path | None, *, older: str = "", newer: str = "") -> Comparison:
    """What differs between two editions of ``source``: a set id, a PMID, or the name of a series.

    Raises ``NotInBase`` where the base holds no two editions, ``UsageError`` for an edition named
    that is not there.
    """
    opened = open_base(base)
    names = dict.fromkeys(
        form.format(name) for name in (source.strip(), source.strip().lower()) for form in SERIES
    )
    series = next((name for name in names if opened.cards(series=name)), "")
    if not series:
        raise NotInBase(f"no source is called {source!r}; `loccit sources --all` lists them")
    return make_engine(opened).compare(series, older=older, newer=newer)


def written(comparison: Comparison, form: str) -> str:
    """The comparison as ``text`` or ``json``; text fits the terminal."""
    if form == "json":
        return as_json(comparison)
    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    return as_text(comparison, width=width, colour=sys.stdout.isatty())
