"""Puts the verdicts on a text's claims together into a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from loccit.terms import Checked, CheckedPart, Claim, Passage, Record, Report, Verdict
from loccit.verification.choosing import check_claim
from loccit.verification.claims import ClaimFinder
from loccit.verification.verifying import Verifier

__all__ = ["counted", "report_on", "report_on_claims"]

NOTHING = "nothing to check"
Search = Callable[[Claim], tuple[Sequence[Record], Sequence[Record]]]
"""The passages that a claim cites, and those found for it."""


def report_on(
    name: str, text: str, passages: Iterable[Passage], search: Search, verifier: Verifier
) -> Report:
    """Check every sentence of ``passages``, which were cut from ``text``."""
    found = ClaimFinder(verifier.reader).find(passages)
    return _report(name, text, found, search, verifier)


def report_on_claims(
    name: str, text: str, claims: Iterable[Claim], search: Search, verifier: Verifier
) -> Report:
    """As ``report_on``, for claims that were made elsewhere: each is checked whole."""
    return _report(name, text, ((claim, (claim,)) for claim in claims), search, verifier)


def _report(
    name: str,
    text: str,
    claims: Iterable[tuple[Claim, tuple[Claim, ...]]],
    search: Search,
    verifier: Verifier,
) -> Report:
    sentences = tuple(_checked(claim, parts, search, verifier) for claim, parts in claims)
    return Report(name=name, text=text, sentences=sentences, counts=counted(sentences))


def counted(sentences: Iterable[Checked]) -> dict[str, int]:
    """Sentences by verdict, and those that claim nothing."""
    counts = Counter(str(each.verdict) if each.verdict else NOTHING for each in sentences)
    return dict(sorted(counts.items()))


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
