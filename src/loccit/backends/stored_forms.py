"""What the embedded base writes for a document, and how it reads it back.

Pure functions between the field's values and bytes. A document's *fingerprint* names exactly that
document with all its facts; its *seal* is a digest of everything derived from it that is stored
beside it, so that no byte can change unnoticed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import replace

import msgspec

from loccit.terms import (
    Annotation,
    BaseError,
    DescribedDocument,
    Description,
    DocumentCard,
    DocumentId,
    Locator,
    Passage,
    PassageId,
    PassageKind,
    Record,
    SourceDocument,
    Standing,
)

__all__ = [
    "StoredDocument",
    "StoredPassage",
    "card_of",
    "decoded_card",
    "decoded_document",
    "decoded_passage",
    "encoded_card",
    "encoded_document",
    "encoded_passage",
    "fingerprint_of",
    "record_of",
    "seal_of",
    "stored_document",
]

CURE = "`loccit verify-base` names the document: remove it and add it again"


class StoredPassage(msgspec.Struct, array_like=True, frozen=True):
    """A passage without what its row and its document's card already say."""

    start: int
    end: int
    prefix: str
    suffix: str
    section: tuple[str, ...]
    page: int | None
    text: str
    kind: PassageKind
    code: str
    context: str
    annotation: Annotation | None
    description: Description


class StoredDocument(msgspec.Struct, tag="stored", array_like=True, frozen=True):
    """A described document as it is stored, so that whoever describes it can encode it too."""

    id: DocumentId
    series: str
    standing: Standing
    fingerprint: str
    seal: str
    card: bytes
    body: bytes
    passages: list[tuple[PassageId, bytes]]


LEVEL = 3
"""Of compression: half the time of the usual 6, for a twentieth more bytes."""
_DAMAGE = (msgspec.MsgspecError, zlib.error, ValueError)
"""What decoding damaged bytes raises; ``ValueError`` where text is no UTF-8."""
_encoder = msgspec.msgpack.Encoder()
_exact_encoder = msgspec.msgpack.Encoder(order="deterministic")
_card_decoder = msgspec.msgpack.Decoder(DocumentCard)
_document_decoder = msgspec.msgpack.Decoder(SourceDocument)
_passage_decoder = msgspec.msgpack.Decoder(StoredPassage)


def fingerprint_of(document: SourceDocument) -> str:
    """Digest of the document with all its facts; when it was fetched does not matter."""
    plain = document
    if document.retrieved_at or document.findings:
        plain = replace(document, retrieved_at="", findings=())
    return hashlib.sha256(_exact_encoder.encode(plain)).hexdigest()


def seal_of(card: bytes, passages: Iterable[tuple[str, bytes]]) -> str:
    """Digest of a stored card and the stored passages with their ids, in order."""
    summed = hashlib.sha256(card)
    for passage, stored in passages:
        summed.update(passage.encode() + len(stored).to_bytes(8, "big") + stored)
    return summed.hexdigest()


def stored_document(described: DescribedDocument) -> StoredDocument:
    """A described document with everything encoded."""
    document, card = described.document, encoded_card(card_of(described))
    passages = [
        (passage.id, encoded_passage(passage, description))
        for passage, description in described.passages
    ]
    return StoredDocument(
        id=document.id,
        series=document.series,
        standing=document.standing,
        fingerprint=fingerprint_of(document),
        seal=seal_of(card, passages),
        card=card,
        body=encoded_document(document),
        passages=passages,
    )


def card_of(described: DescribedDocument) -> DocumentCard:
    """The card of a described document."""
    document, original = described.document, described.document.summarises
    return DocumentCard(
        id=document.id,
        series=document.series,
        kind=document.kind,
        title=document.title,
        publisher=document.publisher,
        jurisdiction=document.jurisdiction,
        version=document.version,
        year=document.year or (document.effective_on.year if document.effective_on else None),
        effective_on=document.effective_on,
        url=document.url,
        standing=document.standing,
        licence=document.licence.name if document.licence else "",
        sha256=document.sha256,
        parser=document.parser,
        identifiers=document.identifiers,
        subjects=described.subjects,
        original_kind=original.kind if original else None,
        original_identifiers=original.identifiers if original else {},
        passages=len(described.passages),
    )


def encoded_card(card: DocumentCard) -> bytes:
    """A card as stored."""
    return _encoder.encode(card)


def decoded_card(stored: bytes) -> DocumentCard:
    """A card read back. Raises ``BaseError`` when the bytes are damaged."""
    try:
        return _card_decoder.decode(stored)
    except _DAMAGE as error:
        raise BaseError(f"a document's card is damaged ({error}); {CURE}") from error


def encoded_document(document: SourceDocument) -> bytes:
    """A document as stored."""
    return zlib.compress(_encoder.encode(document), LEVEL)


def decoded_document(stored: bytes) -> SourceDocument:
    """A document read back. Raises ``BaseError`` when the bytes are damaged."""
    try:
        return _document_decoder.decode(zlib.decompress(stored))
    except _DAMAGE as error:
        raise BaseError(f"a document's text is damaged ({error}); {CURE}") from error


def encoded_passage(passage: Passage, description: Description) -> bytes:
    """A passage with its description as stored."""
    place = passage.locator
    return _encoder.encode(
        StoredPassage(
            start=place.start,
            end=place.end,
            prefix=place.prefix,
            suffix=place.suffix,
            section=place.section,
            page=place.page,
            text=passage.text,
            kind=passage.kind,
            code=passage.code,
            context=passage.context,
            annotation=passage.annotation,
            description=description,
        )
    )


def decoded_passage(stored: bytes) -> StoredPassage:
    """A passage read back. Raises ``BaseError`` when the bytes are damaged."""
    try:
        return _passage_decoder.decode(stored)
    except _DAMAGE as error:
        raise BaseError(f"a passage is damaged ({error}); {CURE}") from error


def record_of(passage: PassageId, stored: StoredPassage, card: DocumentCard) -> Record:
    """The record that a stored passage and its document's card make up."""
    locator = Locator(
        document=card.id,
        sha256=card.sha256,
        start=stored.start,
        end=stored.end,
        prefix=stored.prefix,
        suffix=stored.suffix,
        section=stored.section,
        page=stored.page,
    )
    return Record(
        passage=Passage(
            id=passage,
            locator=locator,
            text=stored.text,
            kind=stored.kind,
            code=stored.code,
            context=stored.context,
            annotation=stored.annotation,
        ),
        description=stored.description,
        card=card,
    )
