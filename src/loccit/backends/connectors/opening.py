"""From settings to a connector: what is told of the user, and how the parts are put together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from loccit.backends.connectors.cache import open_cache
from loccit.backends.connectors.dailymed import DailyMed
from loccit.backends.connectors.entrez import Entrez
from loccit.backends.connectors.exchange import Wire
from loccit.backends.connectors.openfda import OpenFda
from loccit.backends.connectors.pages import Pages
from loccit.backends.connectors.patience import Pace
from loccit.backends.connectors.pmc import Pmc
from loccit.backends.connectors.pubmed import PubMed
from loccit.backends.connectors.rules import HOST_NAME, Rules, load_rules
from loccit.backends.connectors.web import Web
from loccit.ports import Connector
from loccit.terms import UsageError

__all__ = ["Settings", "make_web", "open_connector", "rules_for"]

_CONTACT = re.compile(r"[!-~]{1,200}")
_KEY = re.compile(r"[A-Za-z0-9]{1,128}")
_HOST = re.compile(HOST_NAME)


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What the user says of himself to the interfaces. Raises ``UsageError`` for what is none.

    The error names the setting and never its value; the keys are not shown by ``repr`` either.
    """

    contact: str = ""
    """An e-mail address or a page, by which a publisher can reach who runs this."""
    ncbi_key: str = field(default="", repr=False)
    openfda_key: str = field(default="", repr=False)
    hosts: tuple[str, ...] = ()
    """Further hosts whose pages may be taken."""

    def __post_init__(self) -> None:
        if self.contact and not _CONTACT.fullmatch(self.contact):
            raise UsageError("LOCCIT_CONTACT is no e-mail address or page")
        for name, key in (
            ("LOCCIT_NCBI_KEY", self.ncbi_key),
            ("LOCCIT_OPENFDA_KEY", self.openfda_key),
        ):
            if key and not _KEY.fullmatch(key):
                raise UsageError(f"{name} is no key: letters and digits only")
        for host in self.hosts:
            if not _HOST.fullmatch(host):
                raise UsageError(f"LOCCIT_HOSTS: {host!r} is no host name; separate them by commas")


def open_connector(name: str, web: Web, rules: Rules, settings: Settings) -> Connector:
    """The connector of that name; contacts nothing. Raises ``UsageError`` for an unknown one."""
    match name:
        case "dailymed":
            return DailyMed(web, rules.dailymed)
        case "openfda":
            return OpenFda(web, rules.openfda, key=settings.openfda_key)
        case "pubmed":
            return PubMed(_entrez("pubmed", web, rules, settings))
        case "pmc":
            return Pmc(_entrez("pmc", web, rules, settings))
        case "https":
            return Pages(web, rules)
    raise UsageError(f"there is no connector {name!r}")


def rules_for(settings: Settings) -> Rules:
    """The shipped rules, with the hosts that the user named."""
    return load_rules().allowing(settings.hosts)


def make_web(
    folder: Path, rules: Rules, settings: Settings, *, announce: Callable[[str], None]
) -> Web:
    """The client of the network, with its memory in ``folder``; contacts nothing yet."""
    return Web(
        rules,
        wire=Wire(rules.limits),
        cache=open_cache(folder, rules),
        pace=Pace(folder),
        contact=settings.contact,
        announce=announce,
    )


def _entrez(database: str, web: Web, rules: Rules, settings: Settings) -> Entrez:
    return Entrez(
        web=web,
        rules=rules.entrez,
        database=database,
        contact=settings.contact,
        key=settings.ncbi_key,
    )
