"""What guidelines offer instead of a blocked drug, and which of them recommend it all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from loccit.composition.cues import load_cues
from loccit.composition.gate.judgement import Judgement
from loccit.composition.gate.rules import load_gate_rules
from loccit.terms import (
    Axis,
    ConceptKind,
    Evidence,
    PassageKind,
    Record,
    Role,
    ScoredRecord,
    Slot,
    StatementKind,
)

__all__ = ["Weighed", "aims_of", "others_in", "with_advice"]

MOST, MOST_OTHERS = 3, 4
"""Statements of each kind, and drugs offered instead that are held against the facts too."""
FOR = (StatementKind.RECOMMENDATION_FOR,)
CHILDREN = frozenset({"age:neonate", "age:infant", "age:child", "age:adolescent"})
"""What a label is for in grown people is no aim in these."""
INSTEAD = Slot(
    name="instead", heading="What guidelines offer instead", kinds=FOR, most=MOST, role=Role.REASON
)
ALL_THE_SAME = Slot(
    name="all-the-same",
    heading="Guidelines that recommend it all the same",
    kinds=FOR,
    most=MOST,
    role=Role.CAVEAT,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """What sources say of each drug, what of it the stated facts meet, and what is offered."""

    judgement: Judgement = field(default_factory=Judgement)
    said: dict[str, list[Record]] = field(default_factory=dict)
    instead: tuple[Record, ...] = ()
    all_the_same: tuple[Record, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """All that an article may cite of it."""
        said = (record for records in self.said.values() for record in records)
        return (*said, *self.instead, *self.all_the_same)

    def beside(self) -> Iterator[tuple[Slot, list[ScoredRecord]]]:
        """The sections that stand beside what blocks."""
        for slot, records in ((INSTEAD, self.instead), (ALL_THE_SAME, self.all_the_same)):
            yield slot, [ScoredRecord(record=record, score=0.0) for record in records]


def aims_of(judgement: Judgement, evidence: Evidence) -> tuple[str, ...]:
    """What a blocked drug was to be given for: as asked, else as its label says for grown people.

    A condition of the patient's own that bars the drug is no aim.
    """
    rules = load_gate_rules()
    if not judgement.drugs or not judgement.asked:
        return ()
    barring = {m.fact.value for m in judgement.blocks if m.fact.axis is Axis.CONDITION}
    question = evidence.question
    named = question.names(ConceptKind.CONDITION, ConceptKind.FINDING)
    own = {*question.patient.history, *question.patient.family, *barring}
    aims = tuple(name for name in named if name not in own | rules.no_aims)
    if aims or any(group in CHILDREN for group in question.population):
        return aims
    return tuple(dict.fromkeys(_labelled(judgement, evidence)))


def _labelled(judgement: Judgement, evidence: Evidence) -> Iterator[str]:
    blocked = frozenset(judgement.drugs)
    for each in evidence.records:
        says = each.record.description
        if says.kinds[0] is StatementKind.INDICATION and blocked.intersection(says.subjects):
            yield from says.conditions


def others_in(
    advised: Iterable[Record], judgement: Judgement, evidence: Evidence
) -> tuple[str, ...]:
    """The drugs that are recommended and not blocked: they are held against the facts as well."""
    barred = {*judgement.drugs, *judgement.wider, *evidence.question.patient.drugs}
    named = (name for record in advised for name in record.description.drugs)
    return tuple(name for name in dict.fromkeys(named) if name not in barred)[:MOST_OTHERS]


def with_advice(weighed: Weighed, advised: tuple[Record, ...], also: Weighed) -> Weighed:
    """With what may be offered instead: nothing that names a drug which is blocked or unweighed.

    ``also`` is what was found of the drugs that are offered; one without a label here cannot be
    weighed. What names a class is not offered: each drug of it would have to be weighed.
    """
    barred = {*weighed.judgement.drugs, *weighed.judgement.wider}
    free = {name for name in also.judgement.passed if _is_labelled(name, also.said)} - barred
    instead = [r for r in advised if _offers(r) and free.issuperset(r.description.drugs)]
    nonetheless = [r for r in advised if not barred.isdisjoint(r.description.drugs)]
    return replace(
        weighed,
        instead=tuple(sorted(instead, key=_first_line)[:MOST]),
        all_the_same=tuple(nonetheless[:MOST]),
    )


def _is_labelled(drug: str, said: dict[str, list[Record]]) -> bool:
    return any(drug in record.description.subjects for record in said.get(drug, ()))


def _offers(record: Record) -> bool:
    """Whether it names something to do that is no test, in a guideline's own recommendation."""
    says, cues = record.description, load_cues()
    care = set(says.procedures) - cues.imaging - cues.circumstantial
    return bool(says.drugs or care) and record.passage.kind is PassageKind.RECOMMENDATION


def _first_line(record: Record) -> bool:
    note = record.passage.annotation
    return not (note and note.line == "first")
