"""The form of ``connectors.toml``: hosts, limits and addresses of the public interfaces."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from loccit.terms import DataFileError

__all__ = [
    "Content",
    "DailyMedRules",
    "EntrezRules",
    "Host",
    "Instead",
    "Kind",
    "Limits",
    "OpenFdaRules",
    "PageRules",
    "Rules",
    "load_rules",
]

FILE = "connectors.toml"
HOST_NAME = r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$"
"""A full name in small letters; never an address in numbers."""

HostName = Annotated[str, Meta(pattern=HOST_NAME)]
Words = Annotated[str, Meta(min_length=1)]
Https = Annotated[str, Meta(pattern=r"^https://\S+$")]
Positive = Annotated[int, Meta(gt=0)]
Seconds = Annotated[float, Meta(gt=0)]


class Checked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file; a field that is not named here is a fault."""


class Limits(Checked, frozen=True, kw_only=True):
    """What one request may cost."""

    redirects: Annotated[int, Meta(ge=0, le=10)]
    tries: Positive
    silence_seconds: Seconds
    whole_seconds: Seconds
    first_pause_seconds: Seconds
    longest_pause_seconds: Seconds
    most_unpacked: Positive
    cache_megabytes: Positive


class Content(Checked, frozen=True, kw_only=True):
    """What an answer may be: its types and size."""

    name: Words
    types: tuple[Words, ...]
    megabytes: Positive
    called: Words

    @property
    def most_bytes(self) -> int:
        """The largest answer taken, unpacked."""
        return self.megabytes * 1024**2


class Host(Checked, frozen=True, kw_only=True):
    """A host that may be asked; times in seconds."""

    name: HostName
    publisher: str = ""
    seconds_between: Seconds
    seconds_between_with_key: Seconds | None = None
    fresh_seconds: Annotated[float, Meta(ge=0)]
    source: str = ""
    instead: str = ""
    """The way to ask an interface, which is no place for pages."""


class Instead(Checked, frozen=True, kw_only=True):
    """Pages that are better asked for in another way."""

    host: HostName
    pattern: Words
    ask: Words

    def way(self, host: str, target: str) -> str:
        """What to add instead of the page; nothing where this says nothing of it."""
        found = re.search(self.pattern, target) if host == self.host else None
        return found.expand(self.ask) if found else ""


class PageRules(Checked, frozen=True, kw_only=True):
    """Publishers whose pages are taken."""

    seconds_between: Seconds
    fresh_seconds: Annotated[float, Meta(ge=0)]
    hosts: tuple[HostName, ...]
    instead: tuple[Instead, ...]


class Kind(Checked, frozen=True, kw_only=True):
    """A kind of label, as the interface and as a person calls it."""

    code: Words
    called: Words


class DailyMedRules(Checked, frozen=True, kw_only=True):
    """How DailyMed's web services are asked."""

    services: Https
    page_size: Annotated[int, Meta(gt=0, le=100)]
    most_pages: Positive
    kits: tuple[Words, ...]
    kinds: Annotated[tuple[Kind, ...], Meta(min_length=1)]


class OpenFdaRules(Checked, frozen=True, kw_only=True):
    """How openFDA's drug labels are asked for."""

    labels: Https
    most: Annotated[int, Meta(gt=0, le=1000)]
    kinds: Annotated[tuple[Kind, ...], Meta(min_length=1)]


class EntrezRules(Checked, frozen=True, kw_only=True):
    """How the Entrez utilities are asked."""

    services: Https
    tool: Words
    most: Annotated[int, Meta(gt=0, le=200)]
    longest_query: Positive
    restriction: Words


class Rules(Checked, frozen=True, kw_only=True):
    """The whole file."""

    schema: Literal["loccit/connectors/1"]
    owner: Words
    checked: date
    limits: Limits
    contents: tuple[Content, ...]
    hosts: tuple[Host, ...]
    pages: PageRules
    dailymed: DailyMedRules
    openfda: OpenFdaRules
    entrez: EntrezRules

    def content(self, name: str) -> Content:
        """The content of that name. Raises ``StopIteration`` for one that is not in the file."""
        return next(each for each in self.contents if each.name == name)

    def allowing(self, names: tuple[str, ...]) -> Rules:
        """These rules with further hosts whose pages may be taken."""
        pages = msgspec.structs.replace(self.pages, hosts=(*self.pages.hosts, *names))
        return msgspec.structs.replace(self, pages=pages)

    def allowed(self) -> dict[str, Host]:
        """All hosts that may be asked, by name: publishers of pages, and the interfaces."""
        pages = {
            name: Host(
                name=name,
                seconds_between=self.pages.seconds_between,
                fresh_seconds=self.pages.fresh_seconds,
            )
            for name in self.pages.hosts
        }
        return pages | {host.name: host for host in self.hosts}


@cache
def load_rules() -> Rules:
    """The shipped rules. Raises ``DataFileError`` naming the place of a fault."""
    text = files("loccit.backends.connectors").joinpath(FILE).read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(text), Rules)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise DataFileError(f"{FILE}: {error}") from None
