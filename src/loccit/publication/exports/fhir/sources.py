"""Each source of an edition as a FHIR Citation, and where in it a sentence's words stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loccit.publication.exports.citations import csl_items
from loccit.publication.exports.fhir.approved import ApprovedEdition
from loccit.publication.exports.fhir.elements import (
    SYSTEM,
    Resource,
    concept,
    full,
    identified,
    paragraph,
    resource,
    said,
    timed,
    urn,
)
from loccit.publication.showing import is_web_address, joined, on_one_line, section_name
from loccit.publication.words import load_words
from loccit.terms import Citation, CitationRole, DocumentCard, Reference

__all__ = ["cited", "sources"]

SYSTEMS = {"pmid": "https://pubmed.ncbi.nlm.nih.gov", "doi": "https://doi.org"}
"""Names that HL7's own examples give these; others get one of ours."""
_RELATED = {CitationRole.SUPPORTS: "supported-with"}
"""Types of ``RelatedArtifact``; a source that qualifies or contradicts is just cited."""


def sources(edition: ApprovedEdition) -> Iterator[tuple[str, Resource]]:
    """Each source with its name, in the order of the reference list."""
    items = csl_items(edition.text)
    for reference, item in zip(edition.text.references, items, strict=True):
        yield source_name(edition, reference.number), _source(edition, reference, item)


def source_name(edition: ApprovedEdition, number: int) -> str:
    """The name of the source of this number."""
    return urn(edition, f"source {number}")


def _source(edition: ApprovedEdition, reference: Reference, item: dict[str, Any]) -> Resource:
    card = reference.card
    title = item.get("title") or card.id
    line = joined(", ", f"[{reference.number}] {title}", card.publisher, card.version, card.url)
    return resource(
        "Citation",
        paragraph(line),
        identifier=[identified(f"{SYSTEM}:document", card.id)],
        title=on_one_line(title).strip(),
        status="active",
        date=timed(edition),
        citedArtifact=_artifact(card, item, title),
    )


def _artifact(card: DocumentCard, item: dict[str, Any], title: str) -> Resource:
    known = {**card.original_identifiers, **card.identifiers}
    return full(
        {
            "identifier": [
                identified(SYSTEMS.get(name, f"{SYSTEM}:{name}"), known[name])
                for name in sorted(known)
                if known[name].strip()
            ],
            "title": [{"text": on_one_line(title).strip()}],
            "version": full({"value": on_one_line(card.version).strip()}),
            "currentState": [concept(load_words().of("standing", card.standing))],
            "publicationForm": [_form(card, item)] if _form(card, item) else [],
            "webLocation": [{"url": card.url}] if is_web_address(card.url) else [],
            "classification": [
                {
                    "type": concept(said("kind_of_source")),
                    "classifier": [concept(load_words().of("source_kind", card.evidence_kind))],
                }
            ],
            "note": [{"text": item["note"]}] if item.get("note") else [],
        }
    )


def _form(card: DocumentCard, item: dict[str, Any]) -> Resource:
    publisher = on_one_line(card.publisher).strip()
    day = card.effective_on.isoformat() if card.effective_on else str(card.year or "")
    return full(
        {
            "publishedIn": full({"publisher": {"display": publisher}}) if publisher else {},
            "articleDate": day if len(day) >= len("2026") else "",
            "publicationDateText": day,
            "accessionNumber": item.get("PMCID", ""),
            "copyright": on_one_line(card.licence).strip(),
        }
    )


def cited(edition: ApprovedEdition, citation: Citation) -> Resource:
    """One citation of a sentence: the exact words, their place, and the source that has them."""
    cards = {each.number: each.card for each in edition.text.references}
    card = cards.get(citation.reference)
    place = section_name(citation.locator.section)
    return full(
        {
            "extension": [_locator(citation)],
            "type": _RELATED.get(citation.role, "cites"),
            "classifier": [concept(load_words().of("citation_role", citation.role))],
            "label": f"[{citation.reference}]",
            "display": on_one_line(card.title).strip() if card else "",
            "citation": citation.quote if citation.quote.strip() else "",
            "document": full(
                {
                    "url": card.url if card and is_web_address(card.url) else "",
                    "title": on_one_line(place).strip(),
                }
            ),
            "resourceReference": {"reference": source_name(edition, citation.reference)}
            if card
            else {},
        }
    )


def _locator(citation: Citation) -> Resource:
    """The exact place: which edition of which text, and the characters from and to."""
    place = citation.locator
    numbers = {"start": place.start, "end": place.end, "page": place.page}
    texts = {
        "document": place.document,
        "sha256": place.sha256,
        "passage": citation.passage,
        "section": " > ".join(place.section),
        "prefix": place.prefix,
        "suffix": place.suffix,
    }
    parts: list[Resource] = [{"url": k, "valueString": v} for k, v in texts.items() if v.strip()]
    parts += [{"url": k, "valueInteger": v} for k, v in numbers.items() if v is not None]
    return {"url": f"{SYSTEM}:locator", "extension": parts}
