"""Small documents about drugs that do not exist."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from loccit.terms import (
    DescribedDocument,
    Description,
    DocumentId,
    Locator,
    Passage,
    PassageId,
    PassageKind,
    Section,
    SourceDocument,
    SourceKind,
    StatementKind,
)

__all__ = ["described", "small_document"]

DOSE = "Take 5 mg of examplamine once a day with water."
WARNING = "Stop examplamine when the skin turns green."


def small_document(
    name: str = "examplamine", *blocks: str, heading: str = "2 Dosage", **facts: Any
) -> SourceDocument:
    """A document of one section with these blocks; ``facts`` are any of its other fields."""
    text = "\n\n".join((heading, *(blocks or (DOSE, WARNING))))
    document = SourceDocument(
        id=DocumentId(f"{name}@1"),
        series=name,
        kind=SourceKind.LABEL,
        title=f"{name} tablets",
        text=text,
        sections=(Section(path=(heading,), start=0, end=len(text), code="34068-7"),),
        parser="made-up/1",
        effective_on=date(2024, 1, 1),
        year=2024,
        identifiers={"set_id": name},
    )
    facts.setdefault("sha256", "")
    return replace(document, **facts)


def described(document: SourceDocument, **says: Any) -> DescribedDocument:
    """The document with a passage for each block under its heading, all described alike.

    ``says`` are fields of ``Description``; ``subjects`` is also the document's.
    """
    description = Description(**{"kinds": (StatementKind.DOSE,), **says})
    passages = tuple((passage, description) for passage in _passages(document))
    return DescribedDocument(document=document, subjects=description.subjects, passages=passages)


def _passages(document: SourceDocument) -> Iterator[Passage]:
    for block in re.finditer(r"[^\n]+", document.text):
        section = next(each for each in document.sections if each.end >= block.end())
        if block.group() != section.heading:
            place = f"{document.id}\0{document.sha256}:{block.start()}"
            yield Passage(
                id=PassageId(hashlib.sha256(place.encode()).hexdigest()[:16]),
                locator=Locator(
                    document=document.id,
                    sha256=document.sha256,
                    start=block.start(),
                    end=block.end(),
                    section=section.path,
                ),
                text=block.group(),
                kind=PassageKind.PROSE,
                code=section.code,
            )
