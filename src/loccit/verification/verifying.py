"""Verifies a sentence against the words it is held against."""

from __future__ import annotations

from dataclasses import dataclass

from loccit.terms import Finding, Verdict
from loccit.verification.checks.substance import are_related
from loccit.verification.comparing import Comparison, Ground, candidates, is_verbatim
from loccit.verification.reading import Reader
from loccit.verification.rules import load_rules
from loccit.verification.verdicts import findings, findings_on, verdict
from loccit.vocabulary import Vocabulary

__all__ = ["Judgement", "Verifier"]


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

    def are_related(self, one: str, other: str) -> bool:
        """Whether two names are of one drug, or of a drug and its class."""
        return are_related(self._vocabulary, one, other)

    def judge(self, claim: str, ground: Ground) -> Judgement:
        """The verdict on ``claim``.

        A copy of whole sentences is right in all but its source. Else the sentence of the ground
        that says most of the claim decides, unless another one that says nearly as much supports
        all of it.
        """
        on_source = tuple(findings_on(ground))
        if is_verbatim(claim, ground.text):
            return Judgement(verdict(on_source), on_source, 1.0, 1.0, verbatim=True)
        cases = candidates(claim, ground, self.reader, self._vocabulary)
        best = cases[0]
        rivals = [c for c in cases[1:] if c.own >= best.own and c.mutual >= best.mutual]
        judged = (_judged(case, on_source) for case in (best, *rivals))
        first = next(judged)
        if first.verdict is Verdict.SUPPORTED:
            return first
        return next((each for each in judged if each.verdict is Verdict.SUPPORTED), first)


def _judged(case: Comparison, on_source: tuple[Finding, ...]) -> Judgement:
    found = (*on_source, *findings(case))
    return Judgement(verdict(found), found, case.about, case.covered, verbatim=False)
