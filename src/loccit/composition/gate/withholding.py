"""What of a blocked drug is left out: how much to give, and how well it works."""

from __future__ import annotations

from loccit.composition.gate.judgement import Judgement
from loccit.composition.gate.rules import load_gate_rules
from loccit.terms import Axis, Question, Record, ScoredRecord, Severity, SourceKind, StatementKind

__all__ = ["gives_more", "is_beside_the_block", "is_withheld"]

USES = frozenset(
    {
        StatementKind.DOSE,
        StatementKind.DOSE_ADJUSTMENT,
        StatementKind.DURATION,
        StatementKind.INDICATION,
        StatementKind.EFFICACY,
        StatementKind.RECOMMENDATION_FOR,
    }
)
"""Kinds of statement that speak for giving a drug, or tell how: none answers for a blocked one."""
BANS = frozenset({StatementKind.CONTRAINDICATION, StatementKind.BOXED_WARNING})
"""What else bars the drug stands in the panel on its safety; here only what is met."""
AMOUNTS = frozenset({"mg", "mcg", "g", "unit", "mL", "tablet", "mg/kg", "mg/day", "mg/dose"})
"""Units of an amount to give: beside what forbids a drug, none is told in the bottom line."""
MEETS = ("population", "band")
"""Parts of relevance by which a passage meets what was stated of the patient."""
ASIDE = frozenset(
    {
        StatementKind.EFFICACY,
        StatementKind.EPIDEMIOLOGY,
        StatementKind.EVIDENCE_QUALITY,
        StatementKind.DEFINITION,
        StatementKind.MECHANISM,
        StatementKind.OTHER,
    }
)
"""Kinds of statement that answer nothing where every drug asked about is blocked."""
FINAL = frozenset({Severity.CONTRAINDICATED, Severity.BOXED_WARNING})
ADJUSTED = {
    "renal": Axis.RENAL,
    "hepatic": Axis.HEPATIC,
    "age": Axis.AGE,
    "pregnancy": Axis.PREGNANCY,
    "lactation": Axis.LACTATION,
}


def is_withheld(judgement: Judgement, record: Record, *, answering: bool) -> bool:
    """Whether a record may not stand in the bottom line, or, unless ``answering``, anywhere.

    Below the bottom line only doses are left out. What the label gives for the very state of the
    patient stays there, unless it forbids the drug outright.
    """
    kind = record.description.kinds[0]
    blocked = _blocked(judgement, record)
    if not blocked:
        return False
    if answering:
        return kind in {*USES, *BANS} or any(
            q.unit in AMOUNTS for q in record.description.quantities
        )
    if kind is StatementKind.DOSE:
        return True
    return kind is StatementKind.DOSE_ADJUSTMENT and not _is_open(judgement, record, blocked)


def gives_more(question: Question, record: Record) -> bool:
    """Whether it tells how much to give where the question tells of too much taken."""
    if load_gate_rules().overdose_flags.isdisjoint(question.red_flags):
        return False
    says = record.description
    return says.kinds[0] in USES or any(q.unit in AMOUNTS for q in says.quantities)


def is_beside_the_block(judgement: Judgement, each: ScoredRecord) -> bool:
    """Whether it is on a drug that a fact bars, and on nothing that was stated.

    What a label says of milk is no answer where the kidneys bar the drug, nor is what names no drug
    asked about, unless it recommends another for the condition. After an overdose only what speaks
    of one is.
    """
    if judgement.after_overdose:
        words = load_gate_rules().too_much
        is_told = each.record.description.kinds[0] is StatementKind.OVERDOSE
        return not (is_told or words.search(each.record.passage.text))
    if all(met.fact.axis is Axis.OVERDOSE for met in judgement.blocks):
        return False
    says = each.record.description
    if judgement.all_blocked:
        if _offers_another(judgement, each):
            return False
        foreign = _is_of_a_stranger(judgement, each.record)
        return foreign or says.kinds[0] in ASIDE or not _meets(judgement, each)
    return bool(_blocked(judgement, each.record)) and not _meets(judgement, each)


def _offers_another(judgement: Judgement, each: ScoredRecord) -> bool:
    """Whether it recommends something else for what was asked: that is what a block leaves."""
    says = each.record.description
    spoken = {*says.subjects, *says.drugs}
    advised = says.kinds[0] is StatementKind.RECOMMENDATION_FOR
    apart = spoken.isdisjoint({*judgement.drugs, *judgement.wider})
    return advised and apart and each.parts.get("condition", 0.0) > 0


def _meets(judgement: Judgement, each: ScoredRecord) -> bool:
    """Whether it is on a blocked drug and on what was stated: the patient, or another drug."""
    says = each.record.description
    spoken = {*says.subjects, *says.drugs}
    taken = {fact.value for fact in judgement.facts if fact.axis is Axis.DRUG}
    if spoken.isdisjoint(judgement.drugs):
        return False
    together = len(spoken & {*judgement.drugs, *taken}) > 1
    return together or any(each.parts.get(part, 0.0) > 0 for part in MEETS)


def _is_of_a_stranger(judgement: Judgement, record: Record) -> bool:
    """In the label of a drug that is neither asked about nor taken."""
    taken = {fact.value for fact in judgement.facts if fact.axis is Axis.DRUG}
    known = {*judgement.drugs, *judgement.wider, *taken}
    subjects = record.description.subjects
    is_label = record.card.evidence_kind is SourceKind.LABEL
    return is_label and bool(subjects) and known.isdisjoint(subjects)


def _blocked(judgement: Judgement, record: Record) -> frozenset[str]:
    """The blocked drugs that a record is about: all it names, where it is no label."""
    says, barred = record.description, frozenset(judgement.drugs)
    if record.card.evidence_kind is SourceKind.LABEL:
        advised = says.kinds[0] is StatementKind.RECOMMENDATION_FOR
        return barred.intersection((*says.subjects, *(says.drugs if advised else ())))
    named = frozenset(says.drugs) or frozenset(says.subjects)
    return barred & named if named and named <= barred | judgement.wider else frozenset()


def _is_open(judgement: Judgement, record: Record, drugs: frozenset[str]) -> bool:
    """Whether the block leaves room for a dose made for the patient's state."""
    axes = {ADJUSTED.get(group.partition(":")[0]) for group in record.description.population}
    met = [m for m in judgement.blocks if m.drug in drugs]
    return all(m.severity not in FINAL for m in met) and any(m.fact.axis in axes for m in met)
