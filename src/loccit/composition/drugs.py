"""Which drugs an article is about: those asked for, else those its guidelines point to."""

from __future__ import annotations

from collections import Counter

from loccit.composition.cues import load_cues
from loccit.terms import (
    ConceptKind,
    Evidence,
    QuestionKind,
    ScoredRecord,
    SourceKind,
    StatementKind,
)
from loccit.vocabulary import Vocabulary

__all__ = ["drugs_of"]

MOST_DRUGS = 3
ENOUGH = 0.2
"""Share of the leading drug's evidence that another must have to be worth naming beside it."""
SPEAKS_FOR = frozenset(
    {StatementKind.INDICATION, StatementKind.EFFICACY, StatementKind.RECOMMENDATION_FOR}
)
SPEAKS_AGAINST = StatementKind.RECOMMENDATION_AGAINST


def drugs_of(evidence: Evidence, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Drugs of the question, in its order.

    For a treatment question that names none, drugs that guidelines recommend by name or by class,
    those with most evidence for the condition first.
    """
    question = evidence.question
    named = tuple(dict.fromkeys((*question.asked_drugs, *question.names(ConceptKind.DRUG))))
    if named or question.kind is not QuestionKind.TREATMENT:
        return named
    recommended = _recommended(evidence)
    if not recommended:
        return ()
    prominent = _prominence(evidence)
    taken: list[str] = []
    for name in recommended:
        members = vocabulary.members.get(name, (name,))
        known = sorted(drug for drug in members if prominent[drug] > 0)
        leading = max(known, key=lambda drug: prominent[drug], default="")
        if leading and leading not in taken:
            taken.append(leading)
    ranked = sorted(taken, key=lambda drug: (-prominent[drug], drug))
    least = ENOUGH * prominent[ranked[0]] if ranked else 0
    return tuple(drug for drug in ranked[:MOST_DRUGS] if prominent[drug] >= least)


def _recommended(evidence: Evidence) -> tuple[str, ...]:
    """Drugs and classes that guidelines on the condition recommend, best evidence first."""
    return tuple(
        dict.fromkeys(
            name
            for each in evidence.records
            if StatementKind.RECOMMENDATION_FOR in each.record.description.kinds[:1]
            and each.record.card.evidence_kind is SourceKind.GUIDELINE
            and each.parts.get("condition", 0) > 0
            and each.fits
            for name in each.record.description.drugs
        )
    )


def _prominence(evidence: Evidence) -> Counter[str]:
    """How much the evidence on the condition speaks of each drug, for it rather than against."""
    weight: Counter[str] = Counter()
    for each in evidence.records:
        if each.parts.get("condition", 0) <= 0 or not each.fits:
            continue
        for drug in _drugs(each):
            weight[drug] += _voice(each)
    return weight


def _drugs(each: ScoredRecord) -> tuple[str, ...]:
    says = each.record.description
    return tuple(dict.fromkeys((*says.subjects, *says.drugs)))


def _voice(each: ScoredRecord) -> int:
    """Thousandths of relevance, so that sums do not depend on the order of adding."""
    kind = each.record.description.kinds[0]
    if kind not in SPEAKS_FOR and kind is not SPEAKS_AGAINST:
        return 0
    null = kind is StatementKind.EFFICACY and load_cues().null_result.search(
        each.record.passage.text
    )
    return round(each.score * 1000) * (-1 if null or kind is SPEAKS_AGAINST else 1)
