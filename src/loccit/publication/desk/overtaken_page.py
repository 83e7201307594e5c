"""The page for who decided while somebody else did: what was decided, and the words kept."""

from __future__ import annotations

from collections.abc import Mapping

from loccit.publication.as_html import filled
from loccit.publication.desk.differences_page import Differences
from loccit.publication.showing import visible
from loccit.publication.words import load_site_words

__all__ = ["overtaken_page"]

KEPT = ("words", "reason", "due", "target", "passage")


def overtaken_page(since: Differences, head: str, typed: Mapping[str, str]) -> str:
    """What was decided since the form was read, and the form again, on what stands now."""
    action = typed.get("action", "")
    names = load_site_words().tables["step"]
    return filled(
        "desk_overtaken.html",
        since=since,
        head=head,
        title=visible(since.title),
        action=action,
        what=names.get(action, action),
        typed={name: visible(typed[name]) for name in KEPT if typed.get(name)},
    )
