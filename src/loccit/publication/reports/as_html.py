"""The report as one HTML file that needs nothing else: no script, no request, no other file."""

from __future__ import annotations

from loccit.publication.as_html import self_contained
from loccit.publication.reports.laying_out import lay_out
from loccit.terms import Report

__all__ = ["as_html"]


def as_html(report: Report) -> str:
    """A self-contained page: each sentence beside the words that decide it."""
    return self_contained("report.html", page=lay_out(report))
