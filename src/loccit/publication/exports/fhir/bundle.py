"""Puts an edition together as a FHIR document, and has it validated before anybody gets it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from loccit.publication.exports.fhir.approved import ApprovedEdition
from loccit.publication.exports.fhir.assessing import approval, evidence, provenance
from loccit.publication.exports.fhir.composing import composition
from loccit.publication.exports.fhir.elements import (
    SYSTEM,
    Resource,
    identified,
    said,
    timed,
    urn,
)
from loccit.publication.exports.fhir.sources import sources
from loccit.publication.json_parts import dumped
from loccit.terms import LoccitError

__all__ = ["as_fhir", "document"]

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What FHIR's strings, which are those of XML, cannot hold."""


def as_fhir(edition: ApprovedEdition) -> str:
    """The edition as JSON of a FHIR R5 Bundle; equal editions give equal bytes.

    Raises ``LoccitError`` where the library is missing, or finds that it is no such document.
    """
    made = document(edition)
    _validate(made)
    return dumped(made)


def document(edition: ApprovedEdition) -> Resource:
    """The Bundle, not validated yet: the Composition first, then all that it points to."""
    marked = {"code": "experimental", "display": said("experimental")}
    made = {
        "resourceType": "Bundle",
        "meta": {"tag": [{"system": f"{SYSTEM}:tag", **marked}]},
        "language": "en",
        "identifier": identified("urn:ietf:rfc:3986", urn(edition, "bundle")),
        "type": "document",
        "timestamp": timed(edition),
        "entry": [{"fullUrl": name, "resource": each} for name, each in _entries(edition)],
    }
    cleaned = _cleaned(made)
    assert isinstance(cleaned, dict)
    return cleaned


def _entries(edition: ApprovedEdition) -> Iterator[tuple[str, Resource]]:
    yield urn(edition, "composition"), composition(edition)
    yield from sources(edition)
    yield urn(edition, "evidence"), evidence(edition)
    yield urn(edition, "approval"), approval(edition)
    yield urn(edition, "provenance"), provenance(edition)


def _cleaned(value: Any) -> Any:
    """With a sign of its own in place of each that no text of FHIR can hold."""
    if isinstance(value, str):
        return _NO_TEXT.sub("\ufffd", value)
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {name: _cleaned(each) for name, each in value.items()}
    return value


def _validate(made: Resource) -> None:
    try:
        from fhir.resources.bundle import Bundle  # noqa: PLC0415 - 0.5 s, for this form alone
    except ImportError as missing:
        raise LoccitError(
            f"FHIR needs {missing.name}, which is not installed; "
            "install loccit with its extra: loccit[fhir]"
        ) from None
    try:
        Bundle.model_validate(made)
    except ValueError as error:
        place = str(error).splitlines()[1:2]  # what follows repeats the value
        raise LoccitError(
            f"this edition cannot be written as FHIR, for its {''.join(place)}; please report it"
        ) from error
