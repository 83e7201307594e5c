"""Holds every stated fact against every safety statement of every drug of the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from loccit.composition.gate.facts import Stated, is_part_of, overdosed, stated_facts
from loccit.composition.gate.fits import Fit
from loccit.composition.gate.judgement import Judgement, Met, strictest
from loccit.composition.gate.lines import Line, lines_of
from loccit.composition.gate.meeting import Meeting
from loccit.composition.gate.prospects import may_speak
from loccit.composition.gate.rules import Span, load_gate_rules
from loccit.terms import (
    Axis,
    ConceptKind,
    Fact,
    Form,
    Question,
    QuestionKind,
    Record,
    Severity,
    SourceKind,
    StatementKind,
)
from loccit.vocabulary import Vocabulary

__all__ = ["Judge"]

CHILD = 18.0
GROWN = Span(CHILD, 130)
AMOUNTS = frozenset({StatementKind.DOSE, StatementKind.DOSE_ADJUSTMENT})
TOLD_APART = AMOUNTS | {StatementKind.SPECIFIC_POPULATION}
ADVISED = frozenset({Severity.NOT_RECOMMENDED, Severity.NOT_ESTABLISHED})
DOSED = frozenset({Axis.AGE, Axis.RENAL, Axis.HEPATIC})
"""Facts for which labels give doses of their own."""
NAMED = frozenset({Axis.DRUG, Axis.CONDITION})
EXPECTING = frozenset({Axis.PREGNANCY, Axis.LACTATION})
"""Facts for which labels bar a drug in one use and not in another."""
AILING = frozenset({Axis.CONDITION, Axis.HISTORY})
CAUTIONS = {
    StatementKind.BOXED_WARNING: Severity.BOXED_WARNING,
    StatementKind.INTERACTION: Severity.INTERACTION,
    StatementKind.WARNING: Severity.WARNING,
}
"""Kinds of statement that warn without forbidding."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One drug and the facts that it is held against."""

    drug: str
    own: frozenset[str]
    """Its own names: the drug and its classes."""
    taken: frozenset[str]
    """Names of the drugs that it is combined with."""
    facts: tuple[Stated, ...]
    ages: Span
    states: frozenset[Axis]
    """The states of the patient that were stated."""
    ailments: frozenset[str] = frozenset()
    """All conditions that the question names, and their wider names."""
    asked: frozenset[str] = frozenset()
    """These conditions by their own names alone."""
    modified: bool = False
    """Whether the question names a form of modified release."""
    several_forms: bool = False
    """Whether there are labels of the drug that are on no such form."""


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
        aside = {*question.patient.drugs, *question.patient.allergies}
        gated = tuple(drug for drug in drugs if drug not in aside) or drugs
        met = [
            m
            for drug in gated
            for m in self._of_drug(self._case(drug, facts, question, said), said)
        ]
        if question.kind is QuestionKind.SWITCHING:
            met = [_in_turn(each) for each in met]
        told = question.kind is not QuestionKind.EMERGENCY
        too_much = overdosed(question, drugs, self._rules)
        for drug in too_much:
            met.append(self._overdose(drug, said.get(drug, []) if told else []))
        blocks = tuple(strictest(m for m in met if m.blocks))
        barred = {(m.drug, m.fact) for m in blocks}
        cautions = (m for m in met if not m.blocks and (m.drug, m.fact) not in barred)
        blocked = tuple(dict.fromkeys(m.drug for m in blocks))
        return Judgement(
            facts=tuple(each.fact for each in facts),
            own=frozenset(each.fact for each in facts if each.own),
            blocks=blocks,
            cautions=tuple(strictest(cautions)),
            drugs=blocked,
            wider=frozenset(name for drug in blocked for name in self._own(drug)),
            passed=tuple(drug for drug in gated if drug not in blocked),
            all_blocked=bool(question.asked_drugs) and {*question.asked_drugs} <= {*blocked},
            after_overdose=bool(too_much) and told,
            asked=bool(question.asked_drugs),
        )

    def _case(
        self,
        drug: str,
        facts: tuple[Stated, ...],
        question: Question,
        said: dict[str, list[Record]],
    ) -> Case:
        modified = self._rules.words["modified"]
        titles = {r.card.title for r in said.get(drug, ()) if drug in r.description.subjects}
        named = question.names(ConceptKind.CONDITION, ConceptKind.FINDING)
        others = [f for f in facts if f.fact.axis is Axis.DRUG]
        ages = next((f.span for f in facts if f.fact.axis is Axis.AGE and f.span), GROWN)
        return Case(
            drug=drug,
            own=self._own(drug),
            taken=frozenset(name for each in others for name in each.names),
            facts=tuple(f for f in facts if f not in others or not is_part_of(f.fact.value, drug)),
            ages=ages,
            states=frozenset(f.fact.axis for f in facts),
            ailments=frozenset(wide for name in named for wide in self._vocabulary.lineage(name)),
            asked=frozenset(named),
            modified=modified.search(question.text) is not None,
            several_forms=not all(modified.search(title) for title in titles),
        )

    def _own(self, drug: str) -> frozenset[str]:
        """The names of the drug: its own and its classes'."""
        classes = self._vocabulary.classes.get(drug, ())
        wider = (name for each in classes for name in self._vocabulary.lineage(each))
        return frozenset({drug, *wider})

    # --- one drug

    def _of_drug(self, case: Case, said: dict[str, list[Record]]) -> Iterator[Met]:
        records = said.get(case.drug, [])
        found = [met for record in records for met in self._of_record(record, case)]
        found = [self._spared(met, case, records) for met in found]
        found = [self._with_row(met, case, records) for met in found]
        for each in case.facts:
            if each.fact.axis is Axis.DRUG:
                found += self._other_label(case, each, said)
            if each.fact.axis is Axis.ALLERGY and each.fact.value in case.own:
                known = any(m.fact == each.fact and m.blocks for m in found)
                found += [] if known else [_allergic(case.drug, each.fact)]
        yield from found

    def _other_label(
        self, case: Case, other: Stated, said: dict[str, list[Record]]
    ) -> Iterator[Met]:
        """What the label of a drug that is taken says of the drug asked about."""
        itself = Stated(Fact(axis=Axis.DRUG, value=case.drug), names=case.own)
        theirs = replace(
            case,
            drug=other.fact.value,
            own=self._own(other.fact.value),
            taken=case.own,
            facts=(itself,),
        )
        for record in said.get(other.fact.value, ()):
            if other.fact.value in record.description.subjects:
                for met in self._of_record(record, theirs):
                    doubted = self._spared(met, theirs, said[other.fact.value])
                    yield replace(doubted, drug=case.drug, fact=other.fact)

    def _spared(self, met: Met, case: Case, records: list[Record]) -> Met:
        """What is said of a class, doubted where the source lets off the very drug."""
        name, record = met.fact.value, met.record
        if met.fact.axis is not Axis.DRUG or not record:
            return met
        stated = next(each for each in case.facts if each.fact == met.fact)
        meets, spares = self._meeting.names_itself, self._meeting.spares
        if any(e.severity and meets(e, stated) and not spares(e, stated) for e in lines_of(record)):
            return met
        naming = (r for r in records if name in r.description.drugs)
        let_off = any(spares(line, stated) for r in naming for line in lines_of(r))
        return replace(met, fit=Fit.PERHAPS) if let_off else met

    def _with_row(self, met: Met, case: Case, records: list[Record]) -> Met:
        """What is advised against in general, doubted where the label gives a dose for the fact.

        Where a degree was not stated, a dose for one of them settles nothing.
        """
        general = met.severity in ADVISED and met.fact.axis in DOSED and not met.specific
        if not general or not met.blocks:
            return met
        stated = next(each for each in case.facts if each.fact == met.fact)
        if stated.degree == "any" and stated.span is None:
            return met
        own = (r for r in records if case.drug in r.description.subjects)
        rows = (r for r in own if r.description.kinds[0] in AMOUNTS and r is not met.record)
        given = any(self._gives(record, stated, case) for record in rows)
        return replace(met, fit=Fit.PERHAPS) if given else met

    def _gives(self, record: Record, stated: Stated, case: Case) -> bool:
        """Whether a passage gives an amount for the very fact."""
        return may_speak(record, stated, case.own) and any(
            line.severity is None
            and self._rules.amount.search(line.text)
            and self._meeting.fit(line, stated, case.own, case.taken) >= Fit.LIKELY
            for line in lines_of(record)
        )

    def _overdose(self, drug: str, records: list[Record]) -> Met:
        """Too much was taken: what its label says to do, where it says something."""
        manages = self._rules.words["manages"]
        told = [r for r in records if r.description.kinds[0] is StatementKind.OVERDOSE]
        own = [r for r in told if drug in r.description.subjects]
        acts = [r for r in own if manages.search(r.passage.text)] or own
        return Met(
            drug=drug,
            fact=Fact(axis=Axis.OVERDOSE, value=drug),
            severity=Severity.OVERDOSE,
            fit=Fit.MET,
            record=min(acts, key=lambda r: r.passage.locator.start, default=None),
        )

    # --- one record

    def _of_record(self, record: Record, case: Case) -> Iterator[Met]:
        says, kind = record.description, record.description.kinds[0]
        facts = [each for each in case.facts if may_speak(record, each, case.own)]
        if not facts or Form.SHORT_FORM in says.forms:
            return
        is_label = record.card.evidence_kind is SourceKind.LABEL
        is_own = is_label and case.drug in says.subjects
        for line in lines_of(record):
            severity = line.severity or CAUTIONS.get(kind)
            if severity is None or not (line.severity or is_own):
                continue
            for stated in facts:
                if self._counts(line, kind, stated, case, is_own=is_own):
                    fit = self._fit(record, line, stated, case)
                    if fit:
                        yield Met(
                            drug=case.drug,
                            fact=stated.fact,
                            severity=severity,
                            fit=fit,
                            record=record,
                            forbids=line.severity is not None,
                            specific=self._meeting.is_specific(line, stated),
                        )

    def _counts(
        self, line: Line, kind: StatementKind, stated: Stated, case: Case, *, is_own: bool
    ) -> bool:
        """Whether a line may be held against a fact.

        What only warns counts for what it names, and in boxes for all: labels warn of much. Other
        sources must name the drug, and speak of what is the patient's own; the condition that a
        guideline is on is what the drug would be for.
        """
        if not line.severity and kind is not StatementKind.BOXED_WARNING:
            return stated.fact.axis in NAMED
        if line.severity is Severity.GUIDELINE_AGAINST and stated.fact.axis in AILING:
            return False
        return is_own or (stated.own and self._meeting.names(line, case.own - stated.names))

    def _fit(self, record: Record, line: Line, stated: Stated, case: Case) -> Fit:
        fit = self._meeting.fit(line, stated, case.own, case.taken)
        if fit is Fit.NONE:
            return fit
        if stated.fact.axis is not Axis.AGE:
            headings = record.passage.locator.section[-2:]
            if self._meeting.is_of_another_age(line, headings, case.ages):
                return Fit.NONE
        elif self._is_of_another_case(record, line, case):
            return Fit.PERHAPS
        of_a_form = record.description.kinds[0] in AMOUNTS and self._meeting.is_of_a_form(line)
        apart = of_a_form or self._is_of_another_form(record, stated, case)
        return Fit.PERHAPS if apart or self._is_of_another_use(line, stated, case) else fit

    def _is_of_another_form(self, record: Record, stated: Stated, case: Case) -> bool:
        """Whether an age is barred by the label of a modified-release form not asked about."""
        if stated.fact.axis is not Axis.AGE or not case.several_forms or case.modified:
            return False
        is_label = record.card.evidence_kind is SourceKind.LABEL
        return is_label and bool(self._rules.words["modified"].search(record.card.title))

    def _is_of_another_use(self, line: Line, stated: Stated, case: Case) -> bool:
        """Whether a line bars the drug for a use only, and another one was asked about."""
        if stated.fact.axis not in EXPECTING or not case.asked:
            return False
        return self._meeting.is_for_another_use(line, case.asked, case.ailments)

    def _is_of_another_case(self, record: Record, line: Line, case: Case) -> bool:
        """Whether a line on an age is one on a state or a use that was not stated."""
        says = record.description
        if says.kinds[0] in TOLD_APART and _is_of_a_state(says.population, case.states):
            return True
        of_a_use = line.severity is Severity.NOT_ESTABLISHED and bool(case.ailments)
        return of_a_use and self._meeting.is_of_another_ailment(line, case.ailments)


def _is_of_a_state(groups: tuple[str, ...], states: frozenset[Axis]) -> bool:
    """Whether a passage is on a state of the organs that was not stated."""
    told = {group.partition(":")[0] for group in groups}
    return bool(told & {"renal", "hepatic"}) and not told & {str(axis) for axis in states}


def _in_turn(met: Met) -> Met:
    """One drug is given up for the other: that both bar each other is a caution."""
    return replace(met, fit=Fit.PERHAPS) if met.fact.axis is Axis.DRUG else met


def _allergic(drug: str, fact: Fact) -> Met:
    return Met(drug=drug, fact=fact, severity=Severity.ALLERGY, fit=Fit.MET, record=None)
