"""Whether citations open at the words they quote, in the edition they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from loccit.terms import (
    Checked,
    Citation,
    Finding,
    LocatorMismatch,
    Record,
    Report,
    SourceDocument,
    Verdict,
)
from loccit.verification.articles import LOCATOR
from loccit.verification.reporting import counted

__all__ = ["Opened", "with_faults_of_citations"]

SHOWN = 8
"""Characters of a passage's id in a message."""


class Opened(NamedTuple):
    """What a base holds of a citation: the passage and its document, or neither."""

    record: Record | None
    document: SourceDocument | None


def with_faults_of_citations(report: Report, opened: Callable[[Citation], Opened]) -> Report:
    """The report with a remark for each citation that fails, and no such sentence supported.

    Every sentence of ``report`` is expected to cite; one that does not is told too.
    """
    sentences = tuple(_told(each, opened) for each in report.sentences)
    return replace(report, sentences=sentences, counts=counted(sentences))


def _told(checked: Checked, opened: Callable[[Citation], Opened]) -> Checked:
    faults = tuple(_faults(checked.claim.cites, opened))
    if not faults:
        return checked
    supported = checked.verdict is Verdict.SUPPORTED
    return replace(
        checked,
        verdict=Verdict.PARTLY if supported else checked.verdict,
        remarks=(*checked.remarks, *faults),
    )


def _faults(
    citations: tuple[Citation, ...], opened: Callable[[Citation], Opened]
) -> Iterator[Finding]:
    if not citations:
        yield Finding(check=LOCATOR, verdict=Verdict.NOT_FOUND, message="it cites nothing")
    for citation in citations:
        fault = _fault(citation, *opened(citation))
        if fault:
            yield Finding(check=LOCATOR, verdict=Verdict.NOT_FOUND, message=fault)


def _fault(citation: Citation, record: Record | None, document: SourceDocument | None) -> str:
    """Why the citation fails, or nothing."""
    code, place = citation.passage[:SHOWN], citation.locator
    if record is None or document is None:
        return (
            f"the cited passage {code} is not in this base: it is of a source or an edition "
            "that the base does not hold"
        )
    if place.document != document.id:
        return f"the cited passage {code} is of {document.id}, not of {place.document}"
    try:
        words = place.resolve(document)
    except LocatorMismatch as error:
        return f"the cited passage {code} is of another edition: {error}"
    held = record.passage.locator
    if not held.start <= place.start < place.end <= held.end:
        return f"the place cited lies outside the cited passage {code}"
    if words.split() != citation.quote.split():
        return f"the words quoted are not those of the cited passage {code}"
    return ""
