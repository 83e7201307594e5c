"""Connectors to public interfaces, with the memory that they share."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from loccit.ports import Connector
from loccit.terms import UsageError
from loccit.wiring.settings import default_folder

if TYPE_CHECKING:
    from loccit.backends.connectors.cache import Cache

__all__ = ["cache_of", "connector_asked", "open_connector"]

CONNECTORS = ("dailymed", "openfda", "pubmed", "pmc", "https")
"""What can stand before a colon. Any of them can ask the network, and nothing else does so."""
CONNECTOR_NAME = re.compile(r"[a-z]{2,20}")
"""One letter before a colon is a drive."""


def connector_asked(text: str) -> tuple[str, str] | None:
    """The connector that ``text`` names before a colon, and what it is asked; nothing for a path.

    Raises ``UsageError`` for an address that is not https, and for a connector that does not exist
    where no path of that name does either.

    >>> connector_asked("dailymed:cyclobenzaprine")
    ('dailymed', 'cyclobenzaprine')
    """
    name, colon, asked = text.partition(":")
    name = name.lower()
    if colon and name in CONNECTORS:
        return name, asked
    if name == "http" and asked.startswith("//"):
        raise UsageError(f"{text}: only https is used")
    if colon and CONNECTOR_NAME.fullmatch(name) and not Path(text).exists():
        known = ", ".join(CONNECTORS)
        raise UsageError(f"{text}: there is no such path, and no connector {name!r} ({known})")
    return None


def open_connector(
    name: str, folder: Path | None = None, *, announce: Callable[[str], None]
) -> Connector:
    """The connector of that name, with its memory beside the evidence base in ``folder``.

    Nothing is contacted yet; ``announce`` hears of each host before it is. Raises ``UsageError``
    when a setting of the user cannot be what it should.
    """
    from loccit.backends.connectors import opening

    settings = opening.Settings(
        contact=os.environ.get("LOCCIT_CONTACT", "").strip(),
        ncbi_key=os.environ.get("LOCCIT_NCBI_KEY", "").strip(),
        openfda_key=os.environ.get("LOCCIT_OPENFDA_KEY", "").strip(),
        hosts=tuple(re.findall(r"[^\s,]+", os.environ.get("LOCCIT_HOSTS", ""))),
    )
    rules = opening.rules_for(settings)
    web = opening.make_web(_memory(folder), rules, settings, announce=announce)
    return opening.open_connector(name, web, rules, settings)


def cache_of(folder: Path | None = None) -> Cache:
    """The answers of public interfaces that are kept beside the evidence base in ``folder``."""
    from loccit.backends.connectors.cache import open_cache

    return open_cache(_memory(folder))


def _memory(folder: Path | None) -> Path:
    return (folder or default_folder()) / "cache"
