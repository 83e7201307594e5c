"""The form of ``models.toml`` (what can be fetched) and of ``model.toml`` (what is here)."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from loccit.terms import DataFileError, ModelError

__all__ = [
    "MODEL_FILE",
    "Catalogue",
    "ModelFile",
    "PublishedFile",
    "PublishedModel",
    "as_toml",
    "load_catalogue",
    "published",
    "read_model_file",
]

MODEL_FILE = "model.toml"

Name = Annotated[str, Meta(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
FileName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Words = Annotated[str, Meta(min_length=1)]
Positive = Annotated[int, Meta(gt=0)]
Cosine = Annotated[float, Meta(ge=-1, le=1)]
Pooling = Literal["mean", "first", "none"]
"""How token vectors become one: their mean, that of the first token, or done by the graph."""


class Checked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a data file; a field that is not named here is a fault."""


class PublishedFile(Checked, frozen=True, kw_only=True):
    """A file as its publisher lists it."""

    name: FileName
    bytes: Positive
    sha256: Sha256


class PublishedModel(Checked, frozen=True, kw_only=True):
    """A model of the BERT family whose weights can be fetched and built."""

    name: Name
    title: Words
    licence: Words
    hub: Annotated[str, Meta(pattern=r"^https?://\S+/$")]
    index: Words
    pooling: Pooling
    dimensions: Positive
    max_tokens: Positive
    heads: Positive
    epsilon: Annotated[float, Meta(gt=0)]
    least_cosine: Cosine
    probes: Annotated[tuple[Words, ...], Meta(min_length=1)]
    weights: PublishedFile
    tokenizer: PublishedFile


class Catalogue(Checked, frozen=True, kw_only=True):
    """All models that can be fetched; ``default`` is the one meant when none is named."""

    schema: Literal["loccit/models/1"]
    default: Name
    models: tuple[PublishedModel, ...]


class ModelFile(Checked, frozen=True, kw_only=True):
    """A model in its folder: what it is, and how its ONNX graphs are to be fed and read.

    ``graphs`` gives a file for each numeric form (``int8``, ``float32``); ``form`` is the one used
    when none is asked for. ``version`` changes whenever the vectors would.
    """

    schema: Literal["loccit/model/1"]
    name: Name
    version: Name
    title: Words
    licence: Words
    dimensions: Positive
    max_tokens: Positive
    pooling: Pooling
    form: Name
    tokenizer: FileName = "tokenizer.json"
    output: str = ""
    question_prefix: str = ""
    passage_prefix: str = ""
    int8_cosine: Cosine | None = None
    graphs: Annotated[dict[Name, FileName], Meta(min_length=1)]


_Table = TypeVar("_Table", bound=Checked)


@cache
def load_catalogue() -> Catalogue:
    """The models that ship as known."""
    text = (files("loccit.backends") / "models.toml").read_text(encoding="utf-8")
    return _decode(text, Catalogue, "backends/models.toml")


def published(name: str = "") -> PublishedModel:
    """The model of that name, or the default one. Raises ``ModelError`` when none is known."""
    catalogue = load_catalogue()
    wanted = name or catalogue.default
    for each in catalogue.models:
        if each.name == wanted:
            return each
    known = ", ".join(each.name for each in catalogue.models)
    raise ModelError(f"no model {wanted!r} is known; known are: {known}")


def read_model_file(folder: Path) -> ModelFile:
    """The description of the model in ``folder``.

    Raises ``ModelError`` when there is none, ``DataFileError`` when it breaks its form.
    """
    path = folder / MODEL_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise ModelError(
            f"there is no embedding model at {folder}; fetch one with: loccit model fetch --from …"
        ) from None
    except UnicodeDecodeError as error:
        raise DataFileError(f"{path}: is no UTF-8 text ({error.reason})") from None
    found = _decode(text, ModelFile, str(path))
    if found.form not in found.graphs:
        raise DataFileError(f"{path}: form {found.form!r} has no graph")
    return found


def as_toml(model: ModelFile) -> str:
    """The text of a ``model.toml``; JSON's way of writing strings and numbers is TOML's too."""
    fields = {key: value for key, value in msgspec.to_builtins(model).items() if value is not None}
    graphs = fields.pop("graphs")
    lines = ["# Written by `loccit model fetch`; docs/embedding.md explains the fields."]
    lines += [f"{key} = {_value(value)}" for key, value in fields.items()]
    lines += ["", "[graphs]", *(f"{key} = {_value(value)}" for key, value in graphs.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _decode(text: str, form: type[_Table], where: str) -> _Table:
    try:
        return msgspec.convert(tomllib.loads(text), form)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataFileError(f"{where}: {error}") from None
