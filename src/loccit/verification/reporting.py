"""Puts the verdicts on a text's claims together into a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from loccit.terms import Checked, CheckedPart, Claim, Finding, Passage, Record, Report, Verdict
from loccit.verification.arithmetic import arithmetic
from loccit.verification.choosing import check_claim
from loccit.verification.claims import ClaimFinder
from loccit.verification.consistency import disagreements
from loccit.verification.grounds import is_verbatim
from loccit.verification.legible import legible
from loccit.verification.verifying import Verifier

__all__ = ["counted", "report_on", "report_on_claims"]

NOTHING = "nothing to check"
ARITHMETIC, CONSISTENCY = "arithmetic/1", "consistency/1"
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
    checked = [_checked(claim, parts, search, verifier) for claim, parts in claims]
    sentences = tuple(_with_disagreements(checked, verifier))
    return Report(name=name, text=text, sentences=sentences, counts=counted(sentences))


def counted(sentences: Iterable[Checked]) -> dict[str, int]:
    """Sentences by verdict, and those that claim nothing."""
    counts = Counter(str(each.verdict) if each.verdict else NOTHING for each in sentences)
    return dict(sorted(counts.items()))


def _checked(claim: Claim, parts: tuple[Claim, ...], search: Search, verifier: Verifier) -> Checked:
    if not parts:
        return Checked(claim=claim, verdict=None)
    copied = _copied(claim, search, verifier) if len(parts) > 1 else None
    done = (copied,) if copied else tuple(check_claim(p, *search(p), verifier) for p in parts)
    sums = tuple(_sums(claim.text))
    wrong = any(finding.verdict is Verdict.CONTRADICTED for finding in sums)
    verdict = Verdict.CONTRADICTED if wrong else _together(done)
    return Checked(claim=claim, verdict=verdict, parts=done, remarks=sums)


def _copied(claim: Claim, search: Search, verifier: Verifier) -> CheckedPart | None:
    """The verdict on a sentence that stands so in a passage: its pieces may be read wrongly."""
    seen = legible(claim.text).text
    cited, found = (
        [each for each in records if is_verbatim(seen, each.passage.text)]
        for records in search(claim)
    )
    return check_claim(claim, cited, found, verifier) if cited or found else None


def _sums(text: str) -> Iterator[Finding]:
    """What does not add up in the text as it reads, with its place in the text as written."""
    seen = legible(text)
    for remark in arithmetic(seen.text):
        place = seen.original(*remark.claim) if remark.claim else None
        yield remark._replace(claim=place).finding(ARITHMETIC, None)


def _with_disagreements(sentences: list[Checked], verifier: Verifier) -> list[Checked]:
    """Note on both sides where sentences of the text contradict each other."""
    told: dict[int, list[Finding]] = {}
    at = [number for number, each in enumerate(sentences) if each.verdict]
    texts = [legible(sentences[number].claim.text).text for number in at]
    for one, other, why in disagreements(texts, verifier):
        both_cite = sentences[at[one]].claim.cites and sentences[at[other]].claim.cites
        if both_cite and why.check == CONSISTENCY:
            continue  # sources that disagree are set side by side there
        for here, there in ((one, other), (other, one)):
            message = f"disagrees with “{texts[there]}”: {why.message}"
            told.setdefault(at[here], []).append(
                Finding(check=CONSISTENCY, verdict=Verdict.PARTLY, message=message)
            )
    return [
        replace(each, remarks=(*each.remarks, *told.get(number, ())))
        for number, each in enumerate(sentences)
    ]


def _together(parts: tuple[CheckedPart, ...]) -> Verdict:
    """A sentence is contradicted when a part of it is, and supported only when all of it is."""
    verdicts = {part.verdict for part in parts}
    if Verdict.CONTRADICTED in verdicts:
        return Verdict.CONTRADICTED
    if len(verdicts) == 1:
        return verdicts.pop()
    return Verdict.PARTLY
