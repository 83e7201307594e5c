"""Builds the ONNX graphs of a fetched model, tries them, and puts them in the user's folder.

All is written beside the folder and tried there; then each file is moved in by one rename, and
``model.toml``, which names the others, last. A reader finds the old model or the new one, whole.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from loccit.backends.bert_graph import FORMS, bert_graph
from loccit.backends.model_format import (
    MODEL_FILE,
    ModelFile,
    PublishedModel,
    as_toml,
    read_model_file,
)
from loccit.backends.model_sources import Taken
from loccit.backends.onnx_embedder import OnnxEmbedder
from loccit.backends.safetensors_file import read_safetensors
from loccit.terms import LoccitError

__all__ = ["build_model"]

BUILD = "1"
"""Raised when the same weights would be built into graphs that give other vectors."""
ABANDONED_SECONDS = 24 * 3600
"""A half-built model of this age was left by a run that was killed."""


def build_model(models: Path, model: PublishedModel, taken: Taken) -> ModelFile:
    """Build ``model`` in its folder under ``models``; gives what its ``model.toml`` says.

    The 8-bit graph is held against the float32 one on this very machine: where it falls below the
    model's ``least_cosine``, float32 becomes the form used. Raises ``ModelError``.
    """
    models.mkdir(parents=True, exist_ok=True)
    with _workplace(models, model.name) as place:
        built = _written(place, model, taken)
        built = _tried(place, model, built)
        _write(place / MODEL_FILE, as_toml(built).encode())
        _moved_in(place, models / model.name, built)
    return built


@contextmanager
def _workplace(models: Path, name: str) -> Iterator[Path]:
    for left in models.glob(f".{name}-*"):
        if time.time() - left.stat().st_mtime > ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=models))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _written(place: Path, model: PublishedModel, taken: Taken) -> ModelFile:
    version = f"{model.weights.sha256[:12]}.{BUILD}"
    weights = read_safetensors(taken.weights)
    built = ModelFile(
        schema="loccit/model/1",
        name=model.name,
        version=version,
        title=model.title,
        licence=model.licence,
        dimensions=model.dimensions,
        max_tokens=model.max_tokens,
        pooling=model.pooling,
        form="int8",
        tokenizer=f"tokenizer-{version}.json",
        graphs={form: f"{form}-{version}.onnx" for form in FORMS},
    )
    _write(place / built.tokenizer, taken.tokenizer)
    for form in FORMS:
        graph = bert_graph(weights, heads=model.heads, epsilon=model.epsilon, form=form)
        _write(place / built.graphs[form], graph)
    _write(place / MODEL_FILE, as_toml(built).encode())
    return built


def _tried(place: Path, model: PublishedModel, built: ModelFile) -> ModelFile:
    exact, small = (OnnxEmbedder(place, form=form).embed(model.probes) for form in FORMS)
    cosine = min(1.0, float((exact * small).sum(axis=1).min()))
    form = "int8" if cosine >= model.least_cosine else "float32"
    return msgspec.structs.replace(built, form=form, int8_cosine=round(cosine, 4))


def _moved_in(place: Path, folder: Path, built: ModelFile) -> None:
    folder.mkdir(exist_ok=True)
    before = _files_of_earlier(folder)
    files = {built.tokenizer, *built.graphs.values()}
    for name in (*sorted(files), MODEL_FILE):
        (place / name).replace(folder / name)
    for name in before - files:
        (folder / name).unlink(missing_ok=True)


def _files_of_earlier(folder: Path) -> set[str]:
    """Files that an earlier build named, to be dropped once nothing names them any more."""
    try:
        earlier = read_model_file(folder)
    except LoccitError:
        return set()
    return {earlier.tokenizer, *earlier.graphs.values()}


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
