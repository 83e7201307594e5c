"""Cuts words where they differ: from the offsets of findings to stretches that can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loccit.publication.reports.page import Stretch, Words
from loccit.publication.showing import unmasked
from loccit.terms import CheckedPart, Claim, Witness

__all__ = ["differing_in_claim", "differing_in_part", "differing_in_source", "stretches"]

Place = tuple[int, int]


def differing_in_claim(part: CheckedPart, within: Claim) -> tuple[Place, ...]:
    """Words of a sentence that its deciding passage does not carry, as offsets in the sentence."""
    shift = part.claim.start - within.start
    return _joined((start + shift, end + shift) for start, end in differing_in_part(part))


def differing_in_part(part: CheckedPart) -> tuple[Place, ...]:
    """The same words as offsets in the text of ``part``; nothing where all of it is supported."""
    if not part.witnesses or part.witnesses[0].verdict != part.verdict:
        return ()
    return _joined(each.span for each in part.witnesses[0].findings if each.span)


def differing_in_source(witness: Witness) -> tuple[Place, ...]:
    """Words of a passage that its findings point to, as offsets in its quote.

    A finding that speaks of the whole passage points to no words.
    """
    whole = witness.citation.locator
    return _joined(
        (place.start - whole.start, place.end - whole.start)
        for place in (each.locator for each in witness.findings)
        if place
        and place.sha256 == whole.sha256
        and whole.start <= place.start < place.end <= whole.end
        and (place.start, place.end) != (whole.start, whole.end)
    )


def _joined(places: Iterable[Place]) -> tuple[Place, ...]:
    """In order, those that overlap or touch made one."""
    out: list[Place] = []
    for start, end in sorted(places):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def stretches(text: str, differing: Iterable[Place]) -> Words:
    """The text cut at the marks; hidden characters are named after the cutting, so marks hold."""
    return tuple(
        Stretch(unmasked(text[start:end]), differs)
        for start, end, differs in _cut(len(text), differing)
        if start < end
    )


def _cut(length: int, differing: Iterable[Place]) -> Iterator[tuple[int, int, bool]]:
    at = 0
    for start, end in differing:
        start, end = max(start, at), min(end, length)  # noqa: PLW2901 - kept inside the text
        if start < end:
            yield at, start, False
            yield start, end, True
            at = end
    yield at, length, False
