"""Publishes an answer: as text, Markdown, JSON or HTML. Every renderer is a pure function."""

from __future__ import annotations

from typing import Literal

from loccit.publication.as_html import as_html
from loccit.publication.as_json import as_json
from loccit.publication.as_markdown import as_markdown
from loccit.publication.as_text import as_text, how_to_follow
from loccit.terms import Abstention, Article

__all__ = [
    "FORMATS",
    "Format",
    "as_html",
    "as_json",
    "as_markdown",
    "as_text",
    "how_to_follow",
    "render",
]

Format = Literal["text", "md", "json", "html"]
FORMATS: tuple[Format, ...] = ("text", "md", "json", "html")
"""The formats of ``render``, the default first."""


def render(
    answer: Article | Abstention, *, to: Format = "text", width: int = 80, colour: bool = False
) -> str:
    """The answer in a format, ending in a newline.

    ``width`` and ``colour`` are the terminal's and matter to text alone.
    """
    match to:
        case "text":
            return as_text(answer, width=width, colour=colour)
        case "md":
            return as_markdown(answer)
        case "json":
            return as_json(answer)
        case "html":
            return as_html(answer)
