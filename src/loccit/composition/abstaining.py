"""When to stop, and what to give instead of an answer."""

from __future__ import annotations

from loccit.composition.selecting import Pick
from loccit.terms import (
    Abstention,
    Citation,
    ConceptKind,
    Evidence,
    Nearest,
    ScoredRecord,
)
from loccit.vocabulary.lexicon import words_of

__all__ = ["abstention", "reason_to_stop"]

MOST_NEAREST = 5
ENOUGH = 0.5
"""Share of a condition's own words that a passage on it has, where it is not known to name it."""
ENOUGH_WORDS = 0.34
"""Share of the telling words of a question in which no name was recognised."""
STEM = 6
"""Letters by which two forms of a word are taken for the same."""


def reason_to_stop(evidence: Evidence, picked: list[Pick]) -> str:
    """Why no article may be written, or nothing."""
    question = evidence.question
    drugs = question.asked_drugs
    if absent := [name for name in drugs if name in evidence.missing]:
        return f"the evidence base holds nothing on {', '.join(absent)}"
    if question.unknown and not question.concepts:
        return f"no source in the evidence base uses the word {question.unknown[0]!r}"
    conditions = question.names(ConceptKind.CONDITION)
    absent_condition = conditions and all(name in evidence.missing for name in conditions)
    named = max((_shared(" ".join(conditions), pick) for pick in picked), default=0.0)
    if named < ENOUGH and absent_condition and not drugs:
        return f"the evidence base holds nothing on {', '.join(conditions)}"
    shared = max((_shared(question.terms, pick) for pick in picked), default=0.0)
    if not picked or (not question.concepts and shared < ENOUGH_WORDS):
        return "no passage in the evidence base speaks directly to this question"
    return ""


def _shared(terms: str, pick: Pick) -> float:
    """The share of these words that a picked passage has, title and all."""
    record = pick.chosen.record
    place = " ".join((record.card.title, *record.passage.locator.section))
    words = {word.folded[:STEM] for word in words_of(place)} | {w[:STEM] for w in pick.words}
    asked = {word.folded[:STEM] for word in words_of(terms)}
    return len(asked & words) / len(asked) if asked else 0.0


def abstention(evidence: Evidence, reason: str) -> Abstention:
    """The stop, with the nearest passages and how to go on."""
    return Abstention(
        question=evidence.question,
        reason=reason,
        nearest=tuple(_nearest(each) for each in evidence.records[:MOST_NEAREST]),
        how_to_widen=tuple(_advice(evidence)),
        coverage=evidence.coverage,
        evidence_digest=evidence.base_digest,
    )


def _nearest(each: ScoredRecord) -> Nearest:
    passage = each.record.passage
    citation = Citation(passage=passage.id, locator=passage.locator, quote=passage.text)
    return Nearest(citation=citation, card=each.record.card)


def _advice(evidence: Evidence) -> list[str]:
    question = evidence.question
    drugs = [n for n in question.names(ConceptKind.DRUG) if n in evidence.missing]
    advice = [f"add a label of {drug}: loccit add PATH_OF_THE_LABEL" for drug in drugs]
    if not question.concepts:
        advice.append("name the drug or the condition, as a label or guideline would")
    advice.append("add guidelines or literature on the subject: loccit add FOLDER")
    return advice
