"""Makes strings of sources fit to be shown: no hidden character acts, no address is a trap."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = [
    "is_web_address",
    "joined",
    "on_one_line",
    "section_name",
    "short_id",
    "unmasked",
    "visible",
]

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters: a terminal obeys them
    "\u202a-\u202e\u2066-\u2069"  # bidirectional overrides: 51 shown as 15
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"  # what no reader can see
)
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0080-\U000e0fff]"
)
"""Takes no room: it parts a word or hides one from a reader, and turns the way that text runs."""
SHORT = 8
"""Characters of a passage's id that are printed; a base resolves an unambiguous beginning."""


def visible(text: str) -> str:
    """The text with each hidden, acting character named in brackets, e.g. ``[U+202E]``."""
    return _HIDDEN.sub(_named, text)


def unmasked(text: str) -> str:
    """As ``visible``, with characters named too that take no room, such as ``[U+200B]``.

    For texts of unknown origin, where such a character is a finding; sources use some of them to
    set type.
    """
    return _UNSEEN.sub(_named, visible(text))


def _named(match: re.Match[str]) -> str:
    character = match.group()
    return " " if character.isspace() else f"[U+{ord(character):04X}]"


def on_one_line(text: str) -> str:
    """The text, visible, with single spaces."""
    return " ".join(visible(text).split())


def joined(separator: str, *parts: object) -> str:
    """Those parts that say something, each on one line."""
    return separator.join(on_one_line(str(part)) for part in parts if part)


def section_name(path: tuple[str, ...]) -> str:
    """A section path on one line; a numbered section gets its sign."""
    name = " \u203a ".join(" ".join(visible(part).split()) for part in path)
    return f"§ {name}" if name[:1].isdigit() else name


def short_id(passage: str) -> str:
    """The beginning of a passage's id, as typed after ``loccit show``."""
    return re.sub(r"[^\w-]", "", visible(passage))[:SHORT]


def is_web_address(url: str) -> bool:
    """Whether a page may link there: plain ``http`` or ``https``, with a host, on one line."""
    if re.search(r"[\s\x00-\x20\x7f]", url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
