"""Proves what is stored of a document: its passages against its text, its text against its hash."""

from __future__ import annotations

from collections.abc import Iterator

from loccit.backends.store_reading import Kept
from loccit.backends.stored_forms import (
    decoded_card,
    decoded_document,
    decoded_passage,
    fingerprint_of,
    seal_of,
)
from loccit.terms import BaseError, text_digest

__all__ = ["faults"]


def faults(kept: Kept) -> Iterator[str]:
    """What is wrong with one stored document, in words that follow its id."""
    cure = "remove it and add it again"
    try:
        card, document = decoded_card(kept.card), decoded_document(kept.body)
    except BaseError as error:
        yield str(error)
        return
    if not text_digest(document.text) == document.sha256 == card.sha256:
        yield f"the text does not match its hash; {cure}"
    elif fingerprint_of(document) != kept.fingerprint:
        yield f"what is said of the document is not what was added; {cure}"
    for passage, stored in kept.rows:
        try:
            found = decoded_passage(stored)
        except BaseError as error:
            yield str(error)
            continue
        if document.text[found.start : found.end] != found.text:
            yield f"passage {passage} is not what its place holds; {cure}"
    if len(kept.rows) != kept.passages:
        yield f"{len(kept.rows)} passages stored, {kept.passages} expected; {cure}"
    elif seal_of(kept.card, kept.rows) != kept.seal:
        yield f"its card or its passages are not as they were stored; {cure}"
