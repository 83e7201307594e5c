"""Sources from public interfaces on the command line: what was found, what is chosen, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from loccit.filling import Loaded
from loccit.ports import Connector, EvidenceBase
from loccit.terms import Offer, Offers, Unfetched
from loccit.wiring import load_offers, open_connector

__all__ = ["fetched", "show_offers"]

MOST_SHOWN = 10
"""Offers listed where one is to be loaded; ``--list`` shows all."""


def fetched(
    base: EvidenceBase, folder: Path | None, name: str, asked: str, *, local: bool, sure: bool
) -> Iterator[Loaded]:
    """Ask, show what was found, load what is chosen; a refusal comes as a record that is refused.

    At a terminal the user is asked before anything is loaded out of several, unless ``sure``.
    """
    try:
        connector, offers = _found(folder, name, asked)
    except Unfetched as error:
        yield Loaded(name=f"{name}:{asked}", refused=error)
        return
    _show(f"{name}:{asked}", offers, most=MOST_SHOWN)
    if sure or _agreed(offers):
        yield from load_offers(base, connector, offers.chosen, local=local)


def show_offers(folder: Path | None, name: str, asked: str) -> None:
    """List everything that was found and what would be chosen. Raises ``Unfetched``."""
    _, offers = _found(folder, name, asked)
    _show(f"{name}:{asked}", offers, most=len(offers.found))


def _found(folder: Path | None, name: str, asked: str) -> tuple[Connector, Offers]:
    connector = open_connector(name, folder, announce=_told)
    try:
        return connector, connector.find(asked)
    except Unfetched as error:
        raise error.at(f"{name}:{asked}") from None


def _show(asked: str, offers: Offers, *, most: int) -> None:
    if offers.total:
        click.echo(f"{asked}: {offers.total} found at {offers.host}")
        for offer in offers.found[:most]:
            click.echo(_line(offer, chosen=offer in offers.chosen))
        if len(offers.found) > most:
            click.echo(f"  … {len(offers.found) - most} more; --list shows them")
    several = len(offers.chosen) > 1
    click.echo(f"chosen: {len(offers.chosen) if several else offers.chosen[0].id}, {offers.why}")
    if offers.notice:
        click.echo(f"{offers.host} says: {offers.notice}")


def _line(offer: Offer, *, chosen: bool) -> str:
    day = offer.published_on.isoformat() if offer.published_on else "no date"
    version = f"version {offer.version}" if offer.version else ""
    facts = (day, version, offer.title, offer.publisher, offer.detail, offer.id)
    return f"{'*' if chosen else ' '} " + "  ".join(dict.fromkeys(filter(None, facts)))


def _agreed(offers: Offers) -> bool:
    """Whether the user wants what was chosen; asked only where somebody can answer."""
    if len(offers.found) == 1 or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    return click.confirm("Load what is chosen (*)?", default=True, err=True)


def _told(line: str) -> None:
    click.echo(line, err=True)
