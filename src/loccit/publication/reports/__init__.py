"""Publishes the report on a checked text. Every renderer is a pure function."""

from __future__ import annotations

from loccit.publication.reports.as_html import as_html
from loccit.publication.reports.as_json import as_json
from loccit.publication.reports.as_markdown import as_markdown
from loccit.publication.reports.as_text import as_text
from loccit.terms import Report

__all__ = ["as_html", "as_json", "as_markdown", "as_text", "render"]


def render(report: Report, *, to: str = "text", width: int = 80, colour: bool = False) -> str:
    """The report as ``text``, ``md``, ``json`` or ``html``, ending in a newline.

    ``width`` and ``colour`` are the terminal's and matter to text alone.
    """
    match to:
        case "md":
            return as_markdown(report)
        case "json":
            return as_json(report)
        case "html":
            return as_html(report)
        case _:
            return as_text(report, width=width, colour=colour)
