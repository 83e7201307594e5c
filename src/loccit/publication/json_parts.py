"""What articles and reports have in common as data, and how data is written."""

from __future__ import annotations

import json
import re
from typing import Any

from loccit.terms import Citation, DocumentCard, Finding, Locator

__all__ = ["card_data", "citation_data", "dumped", "finding_data", "locator_data"]

_ACTING = re.compile(
    "[\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Written as escapes: they would steer a terminal, cannot be seen, or are no UTF-8; a reader gets
them back."""


def dumped(data: dict[str, Any]) -> str:
    """Indented JSON that ends in a newline; equal data give equal bytes."""
    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
    return _ACTING.sub(lambda match: json.dumps(match.group())[1:-1], text) + "\n"


def finding_data(finding: Finding) -> dict[str, Any]:
    """What one check says, and of which words on both sides."""
    return {
        "check": finding.check,
        "verdict": str(finding.verdict),
        "message": finding.message,
        "locator": locator_data(finding.locator) if finding.locator else None,
        "span": list(finding.span) if finding.span else None,
    }


def citation_data(citation: Citation) -> dict[str, Any]:
    """A citation with its place."""
    return {
        "reference": citation.reference,
        "passage": citation.passage,
        "quote": citation.quote,
        "role": str(citation.role),
        "locator": locator_data(citation.locator),
    }


def locator_data(locator: Locator) -> dict[str, Any]:
    """A place in one edition of a document."""
    return {
        "document": locator.document,
        "sha256": locator.sha256,
        "start": locator.start,
        "end": locator.end,
        "section": " > ".join(locator.section),
        "page": locator.page,
        "section_path": list(locator.section),
        "prefix": locator.prefix,
        "suffix": locator.suffix,
    }


def card_data(card: DocumentCard) -> dict[str, Any]:
    """A source, without its number in a list."""
    return {
        "document": card.id,
        "kind": str(card.kind),
        "title": card.title,
        "publisher": card.publisher,
        "year": card.year,
        "version": card.version,
        "effective_on": card.effective_on.isoformat() if card.effective_on else None,
        "url": card.url,
        "standing": str(card.standing),
        "licence": card.licence,
        "original_kind": str(card.original_kind) if card.original_kind else None,
        "jurisdiction": card.jurisdiction,
        "identifiers": dict(sorted(card.identifiers.items())),
        "original_identifiers": dict(sorted(card.original_identifiers.items())),
        "series": card.series,
        "sha256": card.sha256,
    }
