"""What the gate finds: statements that stated facts meet, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loccit.composition.gate.fits import Fit
from loccit.terms import Axis, Fact, Record, Severity

__all__ = ["Judgement", "Met", "strictest"]

RANK = {severity: rank for rank, severity in enumerate(Severity)}
CHILD = 18.0
OUTRIGHT = frozenset({Severity.CONTRAINDICATED, Severity.BOXED_WARNING})


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """A statement on a drug that a stated fact meets, and how far."""

    drug: str
    fact: Fact
    severity: Severity
    fit: Fit
    record: Record | None
    forbids: bool = True
    """Whether the line forbids the drug, and does not only warn of it."""
    specific: bool = False
    """Whether the line names an age in figures, a degree or a band."""

    @property
    def blocks(self) -> bool:
        """Whether it keeps the drug out of the bottom line."""
        if not self.forbids:
            return False
        if self.severity is Severity.NOT_ESTABLISHED:
            return self.fact.axis is Axis.AGE and self.fit >= Fit.LIKELY and _is_child(self.fact)
        return self.fit >= Fit.LIKELY


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What blocks, what only warns: the strictest statement on each fact and drug first."""

    facts: tuple[Fact, ...] = ()
    own: frozenset[Fact] = frozenset()
    """Those that are said of the patient."""
    blocks: tuple[Met, ...] = ()
    cautions: tuple[Met, ...] = ()
    drugs: tuple[str, ...] = ()
    """The drugs that are blocked."""
    wider: frozenset[str] = frozenset()
    """Their classes."""
    passed: tuple[str, ...] = ()
    """The drugs that were held against the facts and are not blocked."""
    all_blocked: bool = False
    """Whether every drug asked about is."""
    after_overdose: bool = False
    """Whether too much was taken, and the question is on something else than what to do."""
    asked: bool = True
    """Whether the drugs are those asked about, and not those that guidelines lead to."""

    @property
    def bars(self) -> bool:
        """Whether all drugs asked about are blocked, at least once for the very fact stated."""
        return self.asked and self.all_blocked and any(m.fit is Fit.MET for m in self.blocks)

    @property
    def answers(self) -> bool:
        """Whether a label forbids every drug asked about outright: that answers by itself.

        Only for what the patient is said to be or to have: what is named beside a drug may be what
        the question takes for granted.
        """
        met = (m for m in self.blocks if m.severity in OUTRIGHT and m.fit is Fit.MET)
        outright = {m.drug for m in met if m.fact in self.own}
        return self.all_blocked and set(self.drugs) <= outright


def _is_child(fact: Fact) -> bool:
    value = fact.value
    return float(value) < CHILD if value.replace(".", "", 1).isdigit() else value != "older_adult"


def strictest(found: Iterable[Met]) -> Iterator[Met]:
    """The strictest of each drug and fact from labels, and one from guidelines beside it."""
    seen: set[tuple[str, Fact, bool]] = set()
    for met in sorted(found, key=_order):
        key = (met.drug, met.fact, met.severity is Severity.GUIDELINE_AGAINST)
        if key not in seen:
            seen.add(key)
            yield met


def _order(met: Met) -> tuple[int, int, int, str]:
    """The surest and strictest first; of equal ones the shortest, which says it most plainly.

    A boxed warning is told by its first sentence.
    """
    record = met.record
    if record is None:
        return -met.fit, RANK[met.severity], 0, ""
    in_box = not met.forbids and met.severity is Severity.BOXED_WARNING
    rank = record.passage.locator.start if in_box else len(record.passage.text)
    return -met.fit, RANK[met.severity], rank, record.passage.id
