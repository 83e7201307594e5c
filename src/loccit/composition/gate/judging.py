"""Holds every stated fact against every safety statement of every drug of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loccit.composition.gate.facts import Stated, overdosed, stated_facts
from loccit.composition.gate.lines import lines_of
from loccit.composition.gate.meeting import Fit, Meeting
from loccit.composition.gate.rules import load_gate_rules
from loccit.terms import (
    Axis,
    Fact,
    Form,
    Question,
    Record,
    Severity,
    SourceKind,
    StatementKind,
)
from loccit.vocabulary import Vocabulary

__all__ = ["Judge", "Judgement", "Met"]

RANK = {severity: rank for rank, severity in enumerate(Severity)}
CHILD = 18.0
CAUTIONS = {
    StatementKind.BOXED_WARNING: Severity.BOXED_WARNING,
    StatementKind.INTERACTION: Severity.INTERACTION,
    StatementKind.WARNING: Severity.WARNING,
}
"""Kinds of statement that warn without forbidding."""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What blocks, what only warns: the strictest statement on each fact and drug first."""

    facts: tuple[Fact, ...] = ()
    blocks: tuple[Met, ...] = ()
    cautions: tuple[Met, ...] = ()
    overdosed: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    """The drugs that are blocked."""
    wider: frozenset[str] = frozenset()
    """Their classes."""
    asked: bool = True
    """Whether the drugs are those asked about, and not those that guidelines lead to."""


class Judge:
    """Judges the drugs of an answer."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary, self._rules = vocabulary, load_gate_rules()
        self._meeting = Meeting(vocabulary, self._rules)

    def judge(
        self, question: Question, drugs: tuple[str, ...], said: dict[str, list[Record]]
    ) -> Judgement:
        """What of ``said``, the safety statements of each drug, the stated facts meet."""
        facts = stated_facts(question, self._vocabulary, self._rules)
        gated = tuple(drug for drug in drugs if drug not in question.patient.drugs) or drugs
        too_much = overdosed(question, drugs, self._rules)
        met = [m for drug in gated for m in self._of_drug(drug, facts, said)]
        met += [_overdose(drug, said.get(drug, [])) for drug in too_much]
        blocks = tuple(_strictest(m for m in met if _blocks(m)))
        barred = {(m.drug, m.fact) for m in blocks}
        cautions = (m for m in met if not _blocks(m) and (m.drug, m.fact) not in barred)
        blocked = tuple(dict.fromkeys(m.drug for m in blocks))
        return Judgement(
            facts=tuple(each.fact for each in facts),
            blocks=blocks,
            cautions=tuple(_strictest(cautions)),
            overdosed=too_much,
            asked=bool(question.asked_drugs),
            drugs=blocked,
            wider=frozenset(name for drug in blocked for name in self._own(drug)),
        )

    def _of_drug(
        self, drug: str, facts: tuple[Stated, ...], said: dict[str, list[Record]]
    ) -> Iterator[Met]:
        own = self._own(drug)
        taken = frozenset(
            name for each in facts if each.fact.axis is Axis.DRUG for name in each.names
        )
        facts = tuple(f for f in facts if not (f.fact.axis is Axis.DRUG and f.fact.value == drug))
        found = [
            met
            for record in said.get(drug, ())
            for met in self._of_record(record, drug, facts, (own, taken))
        ]
        for each in facts:
            if each.fact.axis is Axis.DRUG:
                found += self._other_label(drug, each, said)
            if each.fact.axis is Axis.ALLERGY and each.fact.value in own:
                known = any(m.fact == each.fact and _blocks(m) for m in found)
                found += [] if known else [_allergic(drug, each.fact)]
        yield from found

    def _own(self, drug: str) -> frozenset[str]:
        """The names of the drug: its own and its classes'."""
        classes = self._vocabulary.classes.get(drug, ())
        return frozenset(
            {drug, *(wider for each in classes for wider in self._vocabulary.lineage(each))}
        )

    def _other_label(
        self, drug: str, other: Stated, said: dict[str, list[Record]]
    ) -> Iterator[Met]:
        """What the label of a drug that is taken says of the drug asked about."""
        names = self._own(drug)
        itself = Stated(Fact(axis=Axis.DRUG, value=drug), names=names)
        theirs = self._own(other.fact.value)
        for record in said.get(other.fact.value, ()):
            if record.card.evidence_kind is not SourceKind.LABEL:
                continue
            for met in self._of_record(record, drug, (itself,), (theirs, names)):
                yield Met(
                    drug=drug,
                    fact=other.fact,
                    severity=met.severity,
                    fit=met.fit,
                    record=record,
                    forbids=met.forbids,
                )

    def _of_record(
        self,
        record: Record,
        drug: str,
        facts: tuple[Stated, ...],
        names: tuple[frozenset[str], frozenset[str]],
    ) -> Iterator[Met]:
        own, taken = names
        says, kind = record.description, record.description.kinds[0]
        is_own = record.card.evidence_kind is SourceKind.LABEL and not own.isdisjoint(says.subjects)
        for line in lines_of(record):
            severity = line.severity or CAUTIONS.get(kind)
            if severity is None or (not line.severity and not is_own):
                continue
            if not is_own and not self._meeting.names(line, own):
                continue
            for stated in facts:
                if not line.severity and not _may_warn(stated, kind):
                    continue
                if not is_own and not stated.own:
                    continue
                fit = self._meeting.fit(line, stated, own, taken)
                if fit:
                    yield Met(
                        drug=drug,
                        fact=stated.fact,
                        severity=severity,
                        fit=fit,
                        record=record,
                        forbids=line.severity is not None,
                    )


def _may_warn(stated: Stated, kind: StatementKind) -> bool:
    """Statements that only warn count for what they name: drugs and ailments, and in boxes all."""
    if kind is StatementKind.BOXED_WARNING:
        return True
    return stated.fact.axis in (Axis.DRUG, Axis.CONDITION)


def _blocks(met: Met) -> bool:
    if not met.forbids:
        return False
    if met.severity is Severity.NOT_ESTABLISHED:
        return met.fact.axis is Axis.AGE and met.fit >= Fit.LIKELY and _is_child(met.fact)
    return met.fit >= Fit.LIKELY


def _is_child(fact: Fact) -> bool:
    value = fact.value
    return float(value) < CHILD if value.replace(".", "", 1).isdigit() else value != "older_adult"


def _strictest(found: Iterable[Met]) -> Iterator[Met]:
    """The strictest of each drug and fact from labels, and one from guidelines beside it."""
    seen: set[tuple[str, Fact, bool]] = set()
    for met in sorted(found, key=_order):
        of_guideline = met.severity is Severity.GUIDELINE_AGAINST
        if (met.drug, met.fact, of_guideline) not in seen:
            seen.add((met.drug, met.fact, of_guideline))
            yield met


def _order(met: Met) -> tuple[int, int, int, int, str]:
    record = met.record
    if record is None:
        return -met.fit, RANK[met.severity], 0, 0, ""
    short = Form.SHORT_FORM in record.description.forms
    return -met.fit, RANK[met.severity], short, len(record.passage.text), record.passage.id


def _allergic(drug: str, fact: Fact) -> Met:
    return Met(drug=drug, fact=fact, severity=Severity.ALLERGY, fit=Fit.MET, record=None)


def _overdose(drug: str, records: list[Record]) -> Met:
    """Too much was taken: what the label says of it, where it says something."""
    told = (r for r in records if r.description.kinds[0] is StatementKind.OVERDOSE)
    best = min(told, key=lambda r: r.passage.locator.start, default=None)
    return Met(
        drug=drug,
        fact=Fact(axis=Axis.OVERDOSE, value=drug),
        severity=Severity.OVERDOSE,
        fit=Fit.MET,
        record=best,
    )
