"""The article as one HTML file that needs nothing else: no script, no request, no other file."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from loccit.publication.laying_out import lay_out
from loccit.publication.showing import short_id
from loccit.publication.words import load_site_words, load_words
from loccit.terms import Abstention, Article

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["FORM_TOKEN", "as_html", "compile_templates", "filled", "self_contained"]

FORM_TOKEN = "<form-token>"  # noqa: S105 - the place of one
"""Stands in the forms of the site where whoever serves them puts a token. No text of ours or of a
source can hold it: there each ``<`` is escaped."""
SITE_PAGES = {
    "ask": "/",
    "check": "/check",
    "browse": "/browse",
    "account": "/account",
    "policy": "/policy",
    "evidence": "/evidence",
    "review": "/review",
}
"""Pages that the head and foot of the site link to; their names are in ``texts.toml``."""
SHOWN_FIRST = 6
"""Sentences of a section in sight; the others unfold. Safety and the bottom line are not folded."""
CONFLICTS_FIRST = 3
SOURCES_FIRST = 10


def as_html(answer: Article | Abstention) -> str:
    """The answer as a self-contained page."""
    from loccit.publication.pictured import illustrated  # noqa: PLC0415 - only HTML draws

    return self_contained("answer.html", page=illustrated(lay_out(answer), answer))


def self_contained(body: str, **values: Any) -> str:
    """A page around the template ``body``; its own policy allows its one style sheet, no more."""
    from loccit.publication.static_files import style_sheet  # noqa: PLC0415 - only HTML needs it

    css = style_sheet()
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return filled("file.html", body=body, css=css, css_digest=f"sha256-{digest}", **values)


def filled(template: str, **values: Any) -> str:
    """A template with its values, each escaped."""
    words = load_words()
    return _templates().get_template(template).render(word=words.of, **values)


def compile_templates() -> None:
    """Compile all templates now, which otherwise happens when each is first filled."""
    for name in _templates().list_templates():
        _templates().get_template(name)


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only HTML needs it

    templates = Environment(
        loader=PackageLoader("loccit.publication"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["short_id"] = short_id
    templates.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    templates.globals["site_pages"] = SITE_PAGES
    templates.globals["shown_first"] = SHOWN_FIRST
    templates.globals["conflicts_first"] = CONFLICTS_FIRST
    templates.globals["sources_first"] = SOURCES_FIRST
    templates.globals["site_word"] = load_site_words().of
    return templates
