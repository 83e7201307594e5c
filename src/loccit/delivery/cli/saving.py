"""Commands that save the decisions and take them back."""

from __future__ import annotations

from pathlib import Path

import click

from loccit.delivery.cli.group import base_option

__all__ = ["COMMANDS"]

file_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.command()
@file_argument
@base_option
def backup(file: Path, base: Path | None) -> None:
    """Save all decisions, texts, people and kept answers to FILE, one state of them.

    Others may go on writing meanwhile. Every ledger is proven first, and FILE is read back before
    it gets its name; a file that is there is never written over. Keep it as you keep the database:
    it holds names, questions and hashes of passwords. The evidence base is not in it, since its
    sources can be loaded again; nor are review.toml and accounts.toml.
    """
    from loccit.wiring.saving import backup_database

    saved = backup_database(file, base)
    click.echo(f"{file}: {_told(saved.rows)}; {saved.size / 1e6:.1f} MB")
    click.echo(f"SHA-256 {saved.sha256}")


@click.command()
@file_argument
@click.option("--replace", is_flag=True, help="Put it in place of what the database holds now.")
@base_option
def restore(file: Path, base: Path | None, *, replace: bool) -> None:
    """Take back what `loccit backup` saved to FILE, from either kind of database into either.

    All of it or nothing: every line of FILE and every ledger in it is proven before the old state
    goes. A database that holds anything is left alone unless you give --replace.
    """
    from loccit.wiring.saving import restore_database

    restored = restore_database(file, base, replace=replace)
    click.echo(f"restored the state of {restored.made_at}: {_told(restored.rows)}")
    if restored.lost:
        click.echo(f"{restored.lost} decisions that were in the database are not in the backup")


def _told(rows: dict[str, int]) -> str:
    """How much it is, in words that a reader of the pages knows."""
    counts = (
        ("decisions", rows.get("decisions", 0)),
        ("texts", rows.get("texts", 0)),
        ("people", rows.get("people", 0)),
        ("kept answers", rows.get("versions", 0)),
        ("in the library", rows.get("library", 0)),
    )
    return ", ".join(f"{count} {name}" for name, count in counts)


COMMANDS = (backup, restore)
"""What this file adds to the group."""
