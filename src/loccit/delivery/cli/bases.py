"""Commands that fill, show and prove the evidence base."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from loccit.delivery.cli.group import ANSWERED, FAILED, base_option

__all__ = ["COMMANDS"]


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="PATH|CONNECTOR:ID|URL...")
@click.option(
    "--list",
    "listed",
    is_flag=True,
    help="Show what a connector has and which it would load; load nothing.",
)
@click.option(
    "--local",
    is_flag=True,
    help="They hold in your own house (protocols, formulary) and rank before all other sources.",
)
@click.option("--yes", "sure", is_flag=True, help="Load what a connector chooses without asking.")
@base_option
def add(sources: tuple[str, ...], base: Path | None, *, listed: bool, **how: bool) -> None:
    """Load files, folders and archives, or what a public interface has.

    Labels (SPL, openFDA), MEDLINE, JATS, DocBook, HTML, Markdown, text, PDF and pack files are
    recognised by their content. What is in the base already is passed over; an interrupted run is
    taken up where it stopped by running it again. A source added again with or without --local is
    marked as it was added last.

    These ask the network, and nothing else does: dailymed:NAME and openfda:NAME (the newest label
    of a drug, or a set id), pubmed:"QUERY" (or numbers), pmc:PMC1234567, and https://… of a
    publisher on the list. LOCCIT_CONTACT, LOCCIT_NCBI_KEY, LOCCIT_OPENFDA_KEY and LOCCIT_HOSTS
    say who asks and which further publishers you trust.
    """
    from loccit.delivery.loading import add_sources, list_offers

    refused = list_offers(sources, base) if listed else add_sources(sources, base, **how)
    sys.exit(FAILED if refused else ANSWERED)


@click.group()
def cache() -> None:
    """What public interfaces answered, kept so that they are asked less. Optional."""


@cache.command("show")
@base_option
def cache_show(base: Path | None) -> None:
    """Say how many answers are kept and how large they are."""
    from loccit.wiring import cache_of

    count, size = cache_of(base).size()
    click.echo(f"{count} answers, {size / 1e6:.1f} MB")


@cache.command("clear")
@base_option
def cache_clear(base: Path | None) -> None:
    """Drop all answers that are kept; loaded sources stay."""
    from loccit.wiring import cache_of

    count, size = cache_of(base).clear()
    click.echo(f"dropped {count} answers, {size / 1e6:.1f} MB")


@click.command()
@click.option("--all", "everything", is_flag=True, help="Superseded editions too.")
@base_option
def sources(everything: bool, base: Path | None) -> None:  # noqa: FBT001 - click calls it
    """List the sources of the evidence base."""
    from loccit.delivery.listing import list_sources

    for line in list_sources(base, everything=everything):
        click.echo(line)


@click.command()
@click.argument("source")
@click.option("--from", "older", default="", help="The older edition: its version, day or id.")
@click.option("--to", "newer", default="", help="The newer edition; the newest when left out.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the changes are written.",
)
@base_option
def diff(source: str, older: str, newer: str, form: str, base: Path | None) -> None:
    """Show what changed between two editions of SOURCE: a set id, a PMID or a series.

    By section and by what is stated, boxed warnings first. The newest edition is held against the
    one before it when no others are named; text that has only moved is no change.
    """
    from loccit.delivery.differing import compared, written

    click.echo(written(compared(source, base, older=older, newer=newer), form), nl=False)


@click.command()
@click.argument("passage")
@base_option
def show(passage: str, base: Path | None) -> None:
    """Show PASSAGE (its id, or the first letters of it) in its place in the source."""
    from loccit.delivery.listing import show_passage

    click.echo(show_passage(passage, base))


@click.command()
@click.argument("document")
@base_option
def remove(document: str, base: Path | None) -> None:
    """Remove DOCUMENT (its id, as `loccit sources` prints it) from the evidence base."""
    from loccit.terms import DocumentId
    from loccit.wiring import open_base

    opened = open_base(base)
    opened.remove(DocumentId(document))
    opened.settle()
    click.echo(f"removed {document}")


@click.command()
@base_option
def reindex(base: Path | None) -> None:
    """Describe all sources anew, after a new version brought new names or rules."""
    from loccit.delivery.loading import reindex_base

    click.echo(reindex_base(base))


@click.command()
@click.option(
    "--threads",
    type=click.IntRange(min=0),
    default=0,
    help="Passages embedded at once; one for each core when left out.",
)
@base_option
def embed(threads: int, base: Path | None) -> None:
    """Give every passage a vector, by which it is found when its words are not the question's.

    Needs the embedding model (`loccit model fetch`). It steps back behind other work and can be
    stopped at any time: run again, it goes on where it stopped. The base can be asked, and sources
    added, while it runs; after sources were added, run it again: only what is new is embedded.
    """
    from loccit.delivery.embedding import embed_base

    click.echo(embed_base(base, threads))


@click.command("verify-base")
@base_option
def verify_base(base: Path | None) -> None:
    """Prove every stored passage against its document's hash."""
    from loccit.wiring import open_base

    opened = open_base(base)
    faults = 0
    for fault in opened.verify():
        click.echo(fault)
        faults += 1
    coverage = opened.coverage()
    click.echo(f"{coverage.documents} documents, {coverage.passages} passages, {faults} faults")
    sys.exit(FAILED if faults else ANSWERED)


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
    day, _, time = restored.made_at.partition("T")
    click.echo(f"restored the state of {day} {time[:5]} UTC: {_told(restored.rows)}")
    if restored.lost:
        click.echo(f"{restored.lost} decisions that were in the database are not in the backup")


def _told(rows: dict[str, int]) -> str:
    """How much it is, in words that a reader of the pages knows."""
    counts = (
        ("decisions", rows.get("decisions", 0)),
        ("texts", rows.get("texts", 0)),
        ("people", rows.get("people", 0)),
        ("accounts", rows.get("accounts", 0)),
        ("kept answers", rows.get("versions", 0)),
        ("in the library", rows.get("library", 0)),
    )
    return ", ".join(f"{count} {name}" for name, count in counts)


COMMANDS = (add, backup, cache, diff, embed, reindex, remove, restore, show, sources, verify_base)
"""What this file adds to the group."""
