"""The page on which a text is pasted, and what comes of each of its sentences."""

from __future__ import annotations

from loccit.publication.as_html import filled
from loccit.publication.reports.laying_out import lay_out
from loccit.publication.showing import visible
from loccit.terms import Report

__all__ = ["check_page"]


def check_page(report: Report | None = None, *, text: str = "", most: int, error: str = "") -> str:
    """The form, and above it the report on what was pasted last."""
    return filled(
        "site_check.html",
        page=lay_out(report) if report else None,
        text=visible(text),
        most=most,
        error=visible(error),
    )
