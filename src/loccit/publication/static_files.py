"""The files that pages ask for by name: one style sheet and a few scripts, all of our own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["SCRIPTS", "StaticFile", "static_file", "style_sheet"]

STYLES = (
    *("tokens", "base", "frame", "answer", "sentences", "drawer", "passage", "sources"),
    *("pictures", "forms", "people", "report", "desk", "print"),
)
"""Parts of the style sheet, in the order in which they hold."""
STYLE_SHEET = "style.css"
ICON = "icon.svg"
SCRIPTS = ("page.js", "drawer.js", "passages.js", "copying.js", "asking.js")
"""ES modules; ``page.js`` is the one that a page names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StaticFile:
    """A file and its media type."""

    text: str
    media_type: str


@cache
def static_file(name: str) -> StaticFile | None:
    """The file of this name, or nothing: no other name leads to a file."""
    if name == STYLE_SHEET:
        return StaticFile(text=style_sheet(), media_type="text/css")
    if name == ICON:
        return StaticFile(text=_read("pictures", name), media_type="image/svg+xml")
    if name in SCRIPTS:
        return StaticFile(text=_read("scripts", name), media_type="text/javascript")
    return None


@cache
def style_sheet() -> str:
    """The style sheet of files and of the site."""
    return "\n".join(_read("styles", f"{part}.css") for part in STYLES)


def _read(folder: str, name: str) -> str:
    return (files("loccit.publication") / folder / name).read_text(encoding="utf-8")
