"""Fetches the embedding model from the command line and says what is here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from loccit.wiring import ModelHere, fetch_model, models_folder, models_here

__all__ = ["fetch", "show"]

MEGABYTE = 1e6


def fetch(source: str, models: Path | None, name: str) -> str:
    """Fetch a model and build it; a line on what came of it."""
    here = fetch_model(source, folder=models, name=name, announce=_told)
    return "\n".join(("the model is ready", *_lines(here)))


def show(models: Path | None) -> Iterator[str]:
    """Lines on each model in the folder."""
    folder = models or models_folder()
    found = models_here(folder)
    if not found:
        yield f"no embedding model at {folder}; fetch one with: loccit model fetch --from …"
    for here in found:
        yield from _lines(here)


def _told(line: str) -> None:
    click.echo(line, err=True)


def _lines(here: ModelHere) -> Iterator[str]:
    model = here.model
    yield f"{model.name}\t{model.title}, {model.licence}; version {model.version}"
    yield f"  place\t{here.folder}"
    yield (
        f"  vectors\t{model.dimensions} dimensions; {model.pooling} pooling; "
        f"reads {model.max_tokens} tokens"
    )
    for form, size in here.sizes.items():
        used = ", used" if form == model.form else ""
        tried = f", cosine to float32 at least {model.int8_cosine} as tried here"
        close = tried if form == "int8" and model.int8_cosine is not None else ""
        yield f"  {form}\t{size / MEGABYTE:.1f} MB{used}{close}"
    if here.lacks:
        yield f"  lacks\t{here.lacks}; install it with: pip install 'loccit[model]'"
