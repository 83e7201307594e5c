"""The form of an evidence pack's files (docs/packs.md), from which packs/schema.json is made."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from loccit.terms import StatementKind, Unreadable

__all__ = [
    "MANIFEST_SCHEMA",
    "POPULATION",
    "SOURCE_SCHEMA",
    "Checked",
    "OriginalWork",
    "PackManifest",
    "PackSource",
    "PackStatement",
    "decode",
    "json_schema",
]

SOURCE_SCHEMA = "loccit/pack-source/1"
MANIFEST_SCHEMA = "loccit/pack/1"

POPULATION: dict[str, tuple[str, ...]] = {
    "course": ("acute", "subacute", "chronic"),
    "age": ("neonate", "infant", "child", "adolescent", "adult", "older_adult"),
    "pregnancy": ("any", "first_trimester", "second_trimester", "third_trimester"),
    "lactation": ("any",),
    "hepatic": ("mild", "moderate", "severe", "any"),
    "renal": ("mild", "moderate", "severe", "dialysis", "any"),
    "severity": ("mild", "moderate", "severe"),
    "setting": ("emergency", "inpatient", "outpatient"),
    "sex": ("female", "male"),
}
"""The axes by which a statement's population is limited, and their values."""

_POPULATIONS = "|".join(f"{axis}:({'|'.join(values)})" for axis, values in POPULATION.items())

Name = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="lower case, hyphens")]
Lower = Annotated[str, Meta(pattern=r"^[^A-Z\s]([^A-Z]*[^A-Z\s])?$", description="lower case")]
Population = Annotated[str, Meta(pattern=f"^({_POPULATIONS})$", description="axis:value")]
Address = Annotated[str, Meta(pattern=r"^https?://\S+$")]
Words = Annotated[str, Meta(min_length=1, pattern=r"\S")]
Year = Annotated[int, Meta(ge=1800, le=2200)]
Jurisdiction = Annotated[
    str,
    Meta(
        pattern="^([A-Z]{2}|INT|LOCAL)$",
        description="ISO country, INT, or LOCAL for what holds in the own house",
    ),
]
OriginalKind = Literal[
    "label", "guideline", "systematic_review", "trial", "abstract", "article", "protocol"
]
StandingName = Literal[
    "current", "draft", "superseded", "withdrawn", "retracted", "expression_of_concern"
]


class Checked(Struct, frozen=True, forbid_unknown_fields=True):
    """A public page at which a fact was read, and when."""

    url: Address
    on: date


class OriginalWork(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The work whose content the statements say in our own words."""

    kind: OriginalKind
    title: Words
    issuer: Words
    jurisdiction: Jurisdiction
    url: Address
    standing: StandingName
    year: Year | None = None
    version: str = ""
    effective_on: date | None = None
    licence: str = ""
    identifiers: dict[str, str] = {}


class PackStatement(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One fact of the original, for clinicians and in plain words."""

    id: Name
    section: Words
    kind: StatementKind
    text: Words
    plain: Words
    checked: Annotated[tuple[Checked, ...], Meta(min_length=1)]
    drugs: tuple[Lower, ...] = ()
    conditions: tuple[Lower, ...] = ()
    interventions: tuple[Lower, ...] = ()
    population: tuple[Population, ...] = ()
    line: Literal["", "first", "second", "reserve"] = ""
    strength: str = ""
    certainty: str = ""
    scale: str = ""


class PackSource(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A source file of a pack."""

    schema: Literal["loccit/pack-source/1"]
    id: Name
    original: OriginalWork
    statement: Annotated[tuple[PackStatement, ...], Meta(min_length=1)]
    licence: str = "CC0-1.0"
    """Licence of the summary sentences, which are ours."""


class PackManifest(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A pack's own file, ``pack.toml``."""

    schema: Literal["loccit/pack/1"]
    name: Name
    title: Words
    owner: Words
    licence: Words
    version: Words
    description: str = ""


Form = TypeVar("Form", bound=PackSource | PackManifest)


def decode(data: bytes, form: type[Form]) -> Form:
    """The file's content in its form.

    Raises ``Unreadable`` naming the path of the first fault, e.g. ``statement[3].checked``.
    """
    try:
        values = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        place = f"byte {error.start}"
        raise Unreadable("is not UTF-8", place=place, cure="save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"is no valid TOML ({error})", cure="correct it there") from None
    except RecursionError:
        raise Unreadable("nests too deeply", cure="write it flat, as docs/packs.md shows") from None
    try:
        return msgspec.convert(values, form)
    except msgspec.ValidationError as error:
        cause, _, path = str(error).partition(" - at ")
        place = path.strip("`$.") or "file"
        cause = cause[:1].lower() + cause[1:]
        raise Unreadable(cause, place=place, cure="see docs/packs.md") from None


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a pack's files, as kept in packs/schema.json."""
    forms, components = msgspec.json.schema_components(
        (PackSource, PackManifest), ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Files of a Loccit evidence pack",
        "anyOf": list(forms),
        "$defs": components,
    }
