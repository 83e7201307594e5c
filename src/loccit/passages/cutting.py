"""From a document to its passages.

A block is what stands between blank lines. Blocks under a span (list item, table row, boxed
warning) are one passage each; prose is cut into groups of whole sentences. Headings are not
passages: they stand in the locator's section path.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator

from loccit.sentences import sentences
from loccit.terms import (
    Annotation,
    Locator,
    Passage,
    PassageId,
    PassageKind,
    Section,
    SourceDocument,
    Span,
)

__all__ = ["cut"]

BREAK = "\n\n"
GROUP = 380
"""Characters a group of sentences may reach: two or three sentences, short enough to read in one
look beside a statement, long enough to hold a pronoun together with what it stands for."""
WHOLE = 900
"""A list item or table row up to this length stays one passage."""
CONTEXT = 32
LEANING = (
    "it ", "this ", "these ", "those ", "they ", "such ", "however", "therefore", "in addition",
    "if so", "otherwise", "the latter", "both ", "thereafter", "then ", "also ", "see ",
)  # fmt: skip
"""Beginnings of sentences that lean on the one before, and stay with it."""


def cut(document: SourceDocument) -> Iterator[Passage]:
    """The passages of a document, in order; what a person annotated stays whole.

    Every character of the text that is neither white space nor heading is in exactly one passage.
    """
    spans = {span.start: span for span in document.spans}
    annotations = {note.start: note for note in document.annotations}
    for section in document.sections:
        lead = ""
        for start, end in _blocks(document.text, section):
            span = spans.get(start)
            whole = _is_whole(span, annotations.get(start), start, end)
            pieces = [(start, end)] if whole else _groups(document.text, start, end)
            for place in pieces:
                yield _passage(document, section, place, span, lead, annotations.get(place[0]))
            if not span:
                block = document.text[start:end]
                lead = _last_sentence(block) if block.endswith(":") else ""


def _blocks(text: str, section: Section) -> Iterator[tuple[int, int]]:
    """Start and end of each block of a section, its heading left out."""
    start, first = section.start, True
    while start < section.end:
        found = text.find(BREAK, start, section.end)
        end = section.end if found < 0 else found
        stripped = len(text[start:end].rstrip())
        is_heading = first and section.heading and text[start:end].strip() == section.heading
        if stripped and not is_heading:
            yield start, start + stripped
        start, first = end + len(BREAK), False


def _last_sentence(block: str) -> str:
    return [block[start:end] for start, end in sentences(block)][-1]


def _is_whole(span: Span | None, note: Annotation | None, start: int, end: int) -> bool:
    """Whether a block stays one passage: a list item or row, unless long; what is annotated."""
    if note and note.end >= end:
        return True
    return bool(span and span.kind is not PassageKind.BOXED_WARNING and end - start <= WHOLE)


def _groups(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Groups of whole sentences of at most ``GROUP`` characters (one sentence may be longer)."""
    first = last = -1
    for begins, ends in sentences(text[start:end]):
        low, high = begins + start, ends + start
        if first >= 0 and (high - first <= GROUP or _leans_on(text, low, high - first)):
            last = high
            continue
        if first >= 0:
            yield first, last
        first, last = low, high
    if first >= 0:
        yield first, last


def _leans_on(text: str, start: int, length: int) -> bool:
    """Whether the sentence at ``start`` stays with those before: leaning, and not too long."""
    return length <= 2 * GROUP and text[start : start + 16].casefold().startswith(LEANING)


def _passage(
    document: SourceDocument,
    section: Section,
    place: tuple[int, int],
    span: Span | None,
    lead: str,
    annotation: Annotation | None,
) -> Passage:
    start, end = place
    text = document.text
    locator = Locator(
        document=document.id,
        sha256=document.sha256,
        start=start,
        end=end,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        section=section.path,
        page=_page(document, start),
    )
    return Passage(
        id=_passage_id(document, start, end),
        locator=locator,
        text=text[start:end],
        kind=span.kind if span else PassageKind.PROSE,
        code=section.code,
        context=(span.context or lead) if span else "",
        annotation=annotation,
    )


def _page(document: SourceDocument, start: int) -> int | None:
    return bisect_right(document.page_starts, start) if document.page_starts else None


def _passage_id(document: SourceDocument, start: int, end: int) -> PassageId:
    """The same place of the same text of the same document has the same id, in every base.

    The document's id is part of it: repackagers publish the same words under ids of their own.
    """
    place = f"{document.id}\0{document.sha256}:{start}:{end}"
    return PassageId(hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:16])
