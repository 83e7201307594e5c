"""An answer as bytes, losslessly, and the words that the library finds it by."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

import msgspec

from loccit.terms import Abstention, Article, BaseError, DocumentId

__all__ = [
    "FORM",
    "columns_of",
    "decoded_answer",
    "documents_of",
    "encoded_answer",
    "folded",
    "plain_of",
]

FORM = {Article: "article/1", Abstention: "stop/1"}
"""How each sort of answer is written: MessagePack of the value, compressed."""
LEVEL = 3
MOST = 256 * 1024**2
"""Bytes of an answer; a body that unfolds to more was not written by us."""
_UNSTORABLE = dict.fromkeys((0, *range(0xD800, 0xE000)), "\ufffd")
_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_decoders: dict[str, msgspec.msgpack.Decoder[Any]] = {
    name: msgspec.msgpack.Decoder(kind) for kind, name in FORM.items()
}


def encoded_answer(answer: Article | Abstention) -> bytes:
    """The answer as bytes; equal answers give equal bytes."""
    return _encode(answer)


def decoded_answer(form: str, body: bytes) -> Article | Abstention:
    """An answer read back. Raises ``BaseError`` for damaged bytes or a form of another version."""
    try:
        found = _decoders[form].decode(plain_of(body))
    except KeyError:
        raise BaseError(
            f"a kept answer is written as {form}, which this version cannot read; ask again"
        ) from None
    except (msgspec.MsgspecError, ValueError) as error:
        raise BaseError(f"a kept answer is damaged ({error}); ask the question again") from error
    assert isinstance(found, Article | Abstention)
    return found


def plain_of(body: bytes) -> bytes:
    """The encoded form of a stored body. Raises ``ValueError`` where it is damaged or too large."""
    unfolding = zlib.decompressobj()
    try:
        plain = unfolding.decompress(body, MOST)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unfolding.eof or unfolding.unused_data:
        raise ValueError("it is cut off, too large, or followed by something else")
    return plain


def columns_of(answer: Article | Abstention, plain: bytes) -> dict[str, Any]:
    """What is stored of an answer besides its place; ``plain`` is its encoded form."""
    title = answer.title if isinstance(answer, Article) else answer.question.text
    lines = answer.bottom_line if isinstance(answer, Article) else ()
    return {
        "digest": hashlib.sha256(plain).hexdigest(),
        "evidence_digest": answer.evidence_digest,
        "form": FORM[type(answer)],
        "kind": str(answer.question.kind),
        "audience": str(answer.question.audience),
        "title": _storable(title),
        "words": _storable(folded("\n".join((title, *(line.text for line in lines))))),
        "body": zlib.compress(plain, LEVEL),
    }


def documents_of(answer: Article | Abstention) -> tuple[DocumentId, ...]:
    """The documents that an answer stands on, once each, in the order of its references."""
    references = answer.references if isinstance(answer, Article) else ()
    return tuple(dict.fromkeys(reference.card.id for reference in references))


def _storable(text: str) -> str:
    """Text without what PostgreSQL takes in no column; the body holds every sign."""
    return text.translate(_UNSTORABLE)


def folded(text: str) -> str:
    """Words as they are compared: case and runs of blanks make no difference."""
    return " ".join(text.casefold().split())
