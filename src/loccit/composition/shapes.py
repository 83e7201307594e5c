"""Loads the shapes of articles from their data file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from loccit.composition.holding import HOLDS
from loccit.terms import DataFileError, QuestionKind, Shape, Slot, StatementKind

__all__ = ["load_shapes"]


EVERY = "*"
"""Stands for all statement kinds in a slot."""


@cache
def load_shapes() -> dict[QuestionKind, Shape]:
    """A shape for each kind of question. Raises ``DataFileError`` naming the place of a fault."""
    text = (files("loccit.composition") / "shapes.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    return {kind: _shape(kind, rows.get(kind, {})) for kind in QuestionKind}


def _shape(kind: QuestionKind, row: dict[str, Any]) -> Shape:
    try:
        shape = Shape(
            kind=kind,
            bottom_line=tuple(_slot(slot, role="answer") for slot in row["bottom_line"]),
            sections=tuple(_slot(slot) for slot in row["sections"]),
            source_fit=msgspec.convert(row["source_fit"], dict, strict=False),
            kind_fit=msgspec.convert(row["kind_fit"], dict, strict=False),
        )
    except KeyError as error:
        raise DataFileError(f"composition/shapes.toml: {kind} has no {error}") from error
    except msgspec.ValidationError as error:
        raise DataFileError(f"composition/shapes.toml: {kind}: {error}") from error
    if fault := _fault(shape):
        raise DataFileError(f"composition/shapes.toml: {kind}: {fault}")
    return shape


def _fault(shape: Shape) -> str:
    """What no slot may be like, or nothing."""
    for group in (shape.bottom_line, shape.sections):
        names = [slot.name for slot in group]
        for slot in group:
            if names.count(slot.name) > 1:
                return f"two slots are called {slot.name!r}"
            if unknown := [word for word in slot.holds if word not in HOLDS]:
                return f"{slot.name} holds {unknown[0]!r}; known are {', '.join(HOLDS)}"
    return ""


def _slot(row: dict[str, Any], **more: str) -> Slot:
    if row.get("kinds") == [EVERY]:
        row = {**row, "kinds": list(StatementKind)}
    return msgspec.convert({"heading": "", **row, **more}, Slot)
