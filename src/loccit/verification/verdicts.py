"""The list of checks, and from their remarks to a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from loccit.terms import Finding, Verdict
from loccit.verification.checks.attribution import attribution, subject
from loccit.verification.checks.direction import direction
from loccit.verification.checks.negation import negation
from loccit.verification.checks.population import population
from loccit.verification.checks.quantity import quantity
from loccit.verification.checks.relation import order
from loccit.verification.checks.result import result
from loccit.verification.checks.standing import standing
from loccit.verification.checks.strength import certainty, superlative
from loccit.verification.checks.substance import condition, drug
from loccit.verification.comparing import Comparison
from loccit.verification.grounds import Ground
from loccit.verification.remarks import Remark

__all__ = ["CHECKS", "STANDING", "Check", "findings", "findings_on", "verdict"]


class Check(NamedTuple):
    """A check of a sentence beside its ground: ``name/version`` stands in every finding."""

    name: str
    version: int
    run: Callable[[Comparison], Iterator[Remark]]

    @property
    def label(self) -> str:
        """Name and version."""
        return f"{self.name}/{self.version}"


CHECKS: tuple[Check, ...] = (
    Check("subject", 1, subject),
    Check("quantity", 1, quantity),
    Check("drug", 1, drug),
    Check("condition", 1, condition),
    Check("negation", 1, negation),
    Check("direction", 1, direction),
    Check("result", 1, result),
    Check("order", 1, order),
    Check("population", 1, population),
    Check("certainty", 1, certainty),
    Check("superlative", 1, superlative),
    Check("attribution", 1, attribution),
)
"""What is asked of a sentence that is no copy, in the order in which findings are shown."""
STANDING = "standing/1"
"""Asked of every source, whether the sentence is a copy or not."""

_ORDER = (Verdict.NOT_FOUND, Verdict.CONTRADICTED, Verdict.PARTLY)


def findings(case: Comparison) -> Iterator[Finding]:
    """What the checks find wrong with a sentence beside its ground."""
    place = case.ground.ground.locator
    for check in CHECKS:
        for remark in check.run(case):
            yield remark.finding(check.label, place)


def findings_on(ground: Ground) -> Iterator[Finding]:
    """What is wrong with a source, whatever is said of it."""
    for remark in standing(ground):
        yield remark.finding(STANDING, ground.locator)


def verdict(found: tuple[Finding, ...]) -> Verdict:
    """The verdict that findings add up to.

    A source that does not speak of the sentence cannot contradict it; else any contradiction
    decides, else anything that goes beyond the source.
    """
    says = {finding.verdict for finding in found}
    return next((each for each in _ORDER if each in says), Verdict.SUPPORTED)
