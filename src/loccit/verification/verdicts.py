"""The list of checks, and from their remarks to a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from loccit.terms import Finding, Verdict
from loccit.verification.checks.attribution import attribution, subject
from loccit.verification.checks.polarity import direction, negation
from loccit.verification.checks.population import population
from loccit.verification.checks.quantity import quantity
from loccit.verification.checks.relation import order
from loccit.verification.checks.result import result
from loccit.verification.checks.standing import standing
from loccit.verification.checks.strength import certainty, superlative
from loccit.verification.checks.substance import condition, drug
from loccit.verification.comparing import Comparison
from loccit.verification.remarks import Remark

__all__ = ["CHECKS", "Check", "findings", "verdict"]


class Check(NamedTuple):
    """One check: ``name/version`` stands in every finding it makes."""

    name: str
    version: int
    run: Callable[[Comparison], Iterator[Remark]]
    on_copies: bool = False
    """Whether it also looks at sentences that are copied whole."""

    @property
    def label(self) -> str:
        """Name and version."""
        return f"{self.name}/{self.version}"


CHECKS: tuple[Check, ...] = (
    Check("standing", 1, standing, on_copies=True),
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
"""In the order in which their findings are shown."""

_ORDER = (Verdict.NOT_FOUND, Verdict.CONTRADICTED, Verdict.PARTLY)


def findings(case: Comparison) -> Iterator[Finding]:
    """What the checks find wrong. A sentence copied whole is right in all but its source."""
    place = case.ground.ground.locator
    for check in CHECKS:
        if check.on_copies or not case.verbatim:
            for remark in check.run(case):
                yield remark.finding(check.label, place)


def verdict(found: tuple[Finding, ...]) -> Verdict:
    """The verdict that findings add up to.

    A source that does not speak of the sentence cannot contradict it; else any contradiction
    decides, else anything that goes beyond the source.
    """
    says = {finding.verdict for finding in found}
    return next((each for each in _ORDER if each in says), Verdict.SUPPORTED)
