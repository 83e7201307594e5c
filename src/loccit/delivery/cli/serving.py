"""Commands that open the pages, say who may sign in to them, and check packs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from loccit.delivery.cli.group import ANSWERED, FAILED, base_option
from loccit.terms import Duty

__all__ = ["COMMANDS"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)
@click.option(
    "--name", "names", multiple=True, help="Further name that browsers reach these pages by."
)
@base_option
def serve(host: str, port: int, names: tuple[str, ...], base: Path | None) -> None:
    """Open the pages in a browser on this machine."""
    from loccit.delivery.serving import run

    run(host, port, base, names)


@click.group()
def pack() -> None:
    """Evidence packs: folders of summaries that people write and review."""


@pack.command("check")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def pack_check(folder: Path) -> None:
    """Check the pack in FOLDER and name every fault with its file and place."""
    from loccit.wiring import check_pack

    faults = check_pack(folder)
    for fault in faults:
        click.echo(fault)
    click.echo(f"{len(faults)} faults")
    sys.exit(FAILED if faults else ANSWERED)


person_argument = click.argument("person", metavar="PERSON")


@click.group()
def account() -> None:
    """Who can sign in to the pages. Passwords are typed or read from standard input, never told.

    In the terminal no sign-in is needed: whoever can write to the folder can decide.
    """


@account.command()
@person_argument
@click.option("--name", "called", default="", help="The full name, as articles show it.")
@click.option(
    "--duty",
    "duties",
    multiple=True,
    type=click.Choice([str(each) for each in Duty if each is not Duty.PROGRAM]),
    help="A role; may be given several times.",
)
@click.option("--code", is_flag=True, help="Print a one-time code instead of asking a password.")
@base_option
def add(
    person: str,
    called: str,
    duties: tuple[str, ...],
    code: bool,  # noqa: FBT001 - click calls it
    base: Path | None,
) -> None:
    """Give PERSON an account, and enter them where they are not known yet.

    PERSON is the name to sign in with, and the id in the record of each decision.
    """
    from loccit.delivery.admitting import added, added_with_password

    held = frozenset(map(Duty, duties))
    if code:
        click.echo(added(person, called, held, base))
    else:
        added_with_password(person, called, held, base)


@account.command()
@person_argument
@base_option
def password(person: str, base: Path | None) -> None:
    """Set the password of PERSON, and end their sessions."""
    from loccit.delivery.admitting import set_password

    set_password(person, base)


@account.command()
@person_argument
@base_option
def code(person: str, base: Path | None) -> None:
    """Print a one-time code by which PERSON chooses a password on the page /welcome."""
    from loccit.delivery.admitting import invited

    click.echo(invited(person, base))


@account.command()
@person_argument
@base_option
def lock(person: str, base: Path | None) -> None:
    """Let nobody in by the account of PERSON, and end its sessions."""
    from loccit.delivery.admitting import members_of

    members_of(base).lock(person)


@account.command()
@person_argument
@base_option
def unlock(person: str, base: Path | None) -> None:
    """Open the account of PERSON again, and forget its failures."""
    from loccit.delivery.admitting import members_of

    members_of(base).unlock(person)


@account.command("list")
@base_option
def list_accounts(base: Path | None) -> None:
    """List everybody, with their roles and how they sign in."""
    from loccit.delivery.admitting import account_lines

    for line in account_lines(base):
        click.echo(line)


COMMANDS = (account, pack, serve)
"""What this file adds to the group."""
