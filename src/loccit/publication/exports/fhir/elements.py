"""Parts that many resources have: concepts, references, narratives, and marks of an experiment."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from typing import Any

from loccit.publication.exports.fhir.approved import ApprovedEdition
from loccit.publication.showing import on_one_line
from loccit.publication.words import load_words

__all__ = [
    "SYSTEM",
    "Resource",
    "concept",
    "full",
    "identified",
    "instant",
    "listed",
    "narrative",
    "paragraph",
    "resource",
    "said",
    "timed",
    "urn",
]

Resource = dict[str, Any]
SYSTEM = "urn:loccit:fhir"
"""The beginning of the names of our own codes, identifiers and extensions."""
EXPERIMENTAL = "http://hl7.org/fhir/StructureDefinition/artifact-experimental"
_NAMESPACE = uuid.UUID("6b1f4c52-8f0e-5d0b-9a54-3c6f0a2f8f11")
"""Names of resources are made from what they are of, so that the same edition gives the same."""


def said(key: str) -> str:
    """A fixed word of these exports."""
    return load_words().of("fhir", key)


def urn(edition: ApprovedEdition, part: str) -> str:
    """The name of one resource of an edition."""
    of = "\0".join((edition.name, str(edition.number), edition.completed.seal, part))
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, of)}"


def resource(kind: str, *told: str, **fields: Any) -> Resource:
    """A resource with its narrative, marked as an experiment as far as it can say so."""
    marked = {"code": "experimental", "display": said("experimental")}
    made = {
        "resourceType": kind,
        "meta": {"tag": [{"system": f"{SYSTEM}:tag", **marked}]},
        "language": "en",
        "text": narrative(paragraph(said("note")), *told),
        **({"experimental": True} if kind == "Citation" else {}),
    }
    extensions = list(fields.pop("extension", ()))
    if kind != "Citation":
        extensions.insert(0, {"url": EXPERIMENTAL, "valueBoolean": True})
    return made | ({"extension": extensions} if extensions else {}) | full(fields)


def full(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something: FHIR knows no empty ones."""
    return {name: value for name, value in fields.items() if value not in ("", None, [], {}, ())}


def concept(text: str, *, system: str = "", code: str = "") -> Resource:
    """A concept in words, with a code where there is one."""
    coding = [{"system": system, "code": code}] if code else []
    return full({"coding": coding, "text": on_one_line(text).strip()})


def identified(system: str, value: str) -> Resource:
    """An identifier in a system of names."""
    return {"system": system, "value": value}


def instant(at: datetime) -> str:
    """A time to the second, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def timed(edition: ApprovedEdition) -> str:
    """When the edition was published."""
    return instant(edition.published_at)


def narrative(*parts: str) -> Resource:
    """What a person reads, from parts that are XHTML already."""
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(parts)}</div>'
    return {"status": "generated", "div": div}


def paragraph(text: str) -> str:
    """A text as a paragraph of XHTML."""
    return f"<p>{_plain(text)}</p>"


def listed(texts: Iterable[str]) -> str:
    """Texts as a list of XHTML; nothing for none."""
    rows = "".join(f"<li>{_plain(text)}</li>" for text in texts)
    return f"<ul>{rows}</ul>" if rows else ""


def _plain(text: str) -> str:
    return escape(on_one_line(text), quote=False)
