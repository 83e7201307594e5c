"""Verifies a sentence against the words it is held against."""

from __future__ import annotations

from dataclasses import dataclass, replace

from loccit.stances import Spoken, StanceReader, load_stance_rules, oppositions
from loccit.terms import Finding, Verdict
from loccit.verification.checks.substance import are_related
from loccit.verification.comparing import Comparison, candidates
from loccit.verification.grounds import LONGEST, Ground, is_verbatim
from loccit.verification.legible import Legible, legible
from loccit.verification.reading import Reader
from loccit.verification.rules import load_rules
from loccit.verification.verdicts import findings, findings_on, verdict
from loccit.vocabulary import Vocabulary

__all__ = ["Judgement", "Verifier"]

TOO_LONG = Finding(
    check="subject/1",
    verdict=Verdict.NOT_FOUND,
    message=f"longer than a sentence ({LONGEST} telling words): only a copy of it is found",
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of one sentence on one ground.

    ``about`` is how far they speak of the same, ``covered`` how much of the sentence the ground
    says, both from 0 to 1; ``verbatim`` tells that the sentence is copied whole.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    about: float
    covered: float
    verbatim: bool


class Verifier:
    """Holds sentences against grounds; remembers what it has read."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.reader = Reader(vocabulary, load_rules())
        self._stances = StanceReader(vocabulary)

    def are_related(self, one: str, other: str) -> bool:
        """Whether two names are of one drug, or of a drug and its class."""
        return are_related(self._vocabulary, one, other)

    def opposition(self, one: str, other: str) -> str:
        """What two sentences advise that cannot both be kept, or nothing."""
        mine, theirs = (self._stances.read(Spoken(text=text)) for text in (one, other))
        found = oppositions(mine, theirs, self._vocabulary)
        words = (f"{' and '.join(why.act)}: {load_stance_rules().means[why.by]}" for why in found)
        return next(words, "")

    def judge(self, claim: str, ground: Ground, topic: str = "") -> Judgement:
        """The verdict on ``claim``, which is about ``topic`` where it leaves its subject out.

        A copy of whole sentences is right in all but its source. Else the sentence of the ground
        that says most of the claim decides, unless another one that says nearly as much supports
        all of it. Both are compared as they read; findings point into both as they were written.
        """
        seen, source = legible(claim), legible(ground.text)
        read = seen.text.replace("\n", " ")
        judged = self._judge(read, _as_it_reads(ground, source), legible(topic).text)
        if seen.places is source.places is None or not judged.findings:
            return judged
        found = (_as_written(each, seen, source, ground) for each in judged.findings)
        return replace(judged, findings=tuple(found))

    def _judge(self, claim: str, ground: Ground, topic: str) -> Judgement:
        on_source = tuple(findings_on(ground))
        if is_verbatim(claim, ground.text):
            return Judgement(verdict(on_source), on_source, 1.0, 1.0, verbatim=True)
        if len(self.reader.read(claim).tokens) > LONGEST:
            return Judgement(Verdict.NOT_FOUND, (*on_source, TOO_LONG), 0.0, 0.0, verbatim=False)
        led = f"{topic} " if topic else ""
        cases = candidates(f"{led}{claim}", ground, self.reader, self._vocabulary, len(led))
        best = cases[0]
        rivals = [c for c in cases[1:] if c.own >= best.own and c.mutual >= best.mutual]
        judged = (_judged(case, on_source, len(led)) for case in (best, *rivals))
        first = next(judged)
        if first.verdict is Verdict.SUPPORTED:
            return first
        return next((each for each in judged if each.verdict is Verdict.SUPPORTED), first)


def _judged(case: Comparison, on_source: tuple[Finding, ...], led: int) -> Judgement:
    found = (*on_source, *(replace(f, span=_shifted(f.span, led)) for f in findings(case)))
    return Judgement(verdict(found), found, case.about, case.covered, verbatim=False)


def _shifted(span: tuple[int, int] | None, led: int) -> tuple[int, int] | None:
    """A span of the words as read, in the words as written; none where nobody wrote them."""
    return (span[0] - led, span[1] - led) if span and span[0] >= led else None


def _as_it_reads(ground: Ground, source: Legible) -> Ground:
    context = legible(ground.context)
    if source.places is context.places is None:
        return ground
    return replace(ground, text=source.text, context=context.text)


def _as_written(finding: Finding, claim: Legible, source: Legible, ground: Ground) -> Finding:
    """The finding with its places in the claim and the ground as they were written."""
    span = claim.original(*finding.span) if finding.span else None
    place, whole = finding.locator, ground.locator
    if place and whole and place != whole:
        ends = source.original(place.start - whole.start, place.end - whole.start)
        place = whole.within(*(whole.start + end for end in ends))
    return replace(finding, span=span, locator=place)
