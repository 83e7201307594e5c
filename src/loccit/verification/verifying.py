"""Verifies a sentence against the words it is held against."""

from __future__ import annotations

from dataclasses import dataclass

from loccit.terms import Finding, Verdict
from loccit.verification.comparing import Comparison, Ground, candidates
from loccit.verification.reading import Reader
from loccit.verification.rules import load_rules
from loccit.verification.verdicts import findings, verdict
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

    def judge(self, claim: str, ground: Ground) -> Judgement:
        """The verdict on ``claim``.

        The sentence of the ground that says most of it decides, unless another one that says
        nearly as much supports all of it.
        """
        judged = [_judged(case) for case in self._cases(claim, ground)]
        return next((each for each in judged if each.verdict is Verdict.SUPPORTED), judged[0])

    def _cases(self, claim: str, ground: Ground) -> list[Comparison]:
        return candidates(claim, ground, self.reader, self._vocabulary)


def _judged(case: Comparison) -> Judgement:
    found = tuple(findings(case))
    return Judgement(verdict(found), found, case.about, case.covered, case.verbatim)
