"""Puts the verdicts on a text's claims together into a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from loccit.terms import Checked, CheckedPart, Claim, Passage, Record, Report, Verdict
from loccit.verification.choosing import check_claim
from loccit.verification.claims import ClaimFinder
from loccit.verification.verifying import Verifier

__all__ = ["report_on"]

NOTHING = "nothing to check"
Search = Callable[[Claim], tuple[Sequence[Record], Sequence[Record]]]
"""The passages that a claim cites, and those found for it."""


def report_on(
    name: str, text: str, passages: Iterable[Passage], search: Search, verifier: Verifier
) -> Report:
    """Check every sentence of ``passages``, which were cut from ``text``."""
    sentences = tuple(
        _checked(claim, parts, search, verifier)
        for claim, parts in ClaimFinder(verifier.reader).find(passages)
    )
    counts = Counter(str(each.verdict) if each.verdict else NOTHING for each in sentences)
    return Report(name=name, text=text, sentences=sentences, counts=dict(sorted(counts.items())))


def _checked(claim: Claim, parts: tuple[Claim, ...], search: Search, verifier: Verifier) -> Checked:
    if not parts:
        return Checked(claim=claim, verdict=None)
    done = tuple(check_claim(part, *search(part), verifier) for part in parts)
    return Checked(claim=claim, verdict=_together(done), parts=done)


def _together(parts: tuple[CheckedPart, ...]) -> Verdict:
    """A sentence is contradicted when a part of it is, and supported only when all of it is."""
    verdicts = {part.verdict for part in parts}
    if Verdict.CONTRADICTED in verdicts:
        return Verdict.CONTRADICTED
    if len(verdicts) == 1:
        return verdicts.pop()
    return Verdict.PARTLY
