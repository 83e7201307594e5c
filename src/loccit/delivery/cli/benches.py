"""Commands that measure on sets of the user's own."""

from __future__ import annotations

from pathlib import Path

import click

from loccit.delivery.cli.group import base_option

__all__ = ["COMMANDS"]


@click.group()
def bench() -> None:
    """Measure what the checks and the search find, on sets of your own."""


@bench.command("claims")
@click.option(
    "--claims",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The claim set, as JSON lines.",
)
@click.option("--json", "data", is_flag=True, help="The sums as JSON.")
def bench_claims(claims: Path, data: bool) -> None:  # noqa: FBT001 - click calls it
    """Hold each claim of a set against its evidence and sum up how often the verdict is right.

    A row is {"claim", "evidence", "label"}, with label SUPPORT, CONTRADICT or NEI, and may have
    "kind" (the family to sum by), "subject" (the drugs that the document is about) and "context"
    (the headings above the evidence). Supported counts as SUPPORT, contradicted as CONTRADICT,
    partly and not found as NEI. Needs no evidence base.

    A row that cannot be read is named, the others go on, and the exit code is 1.
    """
    from loccit.delivery.benching import as_data, as_table, claim_sums

    sums = claim_sums(claims)
    click.echo(as_data(sums) if data else as_table(sums))
    if fault := sums.fault(claims):
        raise fault


@bench.command("retrieval")
@click.option(
    "--dataset",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A collection in the layout of BEIR: corpus.jsonl, queries.jsonl, qrels/test.tsv.",
)
@click.option(
    "--distractors",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Further documents, as JSON lines like those of corpus.jsonl; may be given several times.",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where what was loaded and embedded stays; the folder bench in your data when left out.",
)
@click.option("--json", "data", is_flag=True, help="The figures as JSON.")
def bench_retrieval(
    dataset: Path,
    distractors: tuple[Path, ...],
    keep: Path | None,
    data: bool,  # noqa: FBT001 - click calls it
) -> None:
    """Search a collection with its own queries and sum up how high the relevant documents come.

    By words (bm25) and, where the embedding model is, by meaning (dense) and by both (hybrid).
    Embedding can be stopped at any time; run again, it goes on. A second run over the same files
    loads and embeds nothing.
    """
    from loccit.delivery.benching_retrieval import as_data, as_table, search_figures

    figures = search_figures(dataset, distractors, keep)
    click.echo(as_data(figures) if data else as_table(figures))


@bench.command("speed")
@click.option(
    "--passages",
    "sizes",
    multiple=True,
    type=click.IntRange(min=100, max=10_000_000),
    default=(10_000, 200_000),
    show_default=True,
    help="How many passages the measured base has; may be given several times.",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the bases made stay; the folder bench in your data when left out.",
)
@click.option("--json", "data", is_flag=True, help="The figures as JSON.")
@base_option
def bench_speed(
    sizes: tuple[int, ...],
    keep: Path | None,
    data: bool,  # noqa: FBT001 - click calls it
    base: Path | None,
) -> None:
    """Time whole answers and each stage on bases of several sizes made of your own sources.

    A smaller base has some of your sources; a larger one has all of them, and copies with other
    drugs, numbers and orders of words. Two million passages take 2 GB of disk and some minutes to
    make, once: a second run finds them.
    """
    from loccit.delivery.benching_speed import as_data, as_table, speed_figures

    figures = speed_figures(base, sizes, keep)
    click.echo(as_data(figures) if data else as_table(figures))


COMMANDS = (bench,)
"""What this file adds to the group."""
