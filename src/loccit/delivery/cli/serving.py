"""Commands that open the pages and check packs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from loccit.delivery.cli.group import ANSWERED, FAILED, base_option

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


COMMANDS = (pack, serve)
"""What this file adds to the group."""
