"""When to stop, and what to give instead of an answer."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from loccit.composition.bearing import doubted, is_about, off_the_point
from loccit.composition.gate import gives_more
from loccit.composition.selecting import Pick
from loccit.composition.stopping_rules import load_stopping_rules
from loccit.terms import (
    Abstention,
    Citation,
    ConceptKind,
    Evidence,
    Form,
    Nearest,
    Question,
    QuestionKind,
    ScoredRecord,
)
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import words_of

__all__ = ["abstention", "reason_to_stop"]

MOST_NEAREST = 5
ENOUGH = 0.5
"""Share of a condition's own words that a passage on it has, where it is not known to name it."""
ENOUGH_WORDS = 0.34
"""Share of the telling words of a question in which no name was recognised."""
STATES = {
    "hepatic": "hepatic impairment",
    "renal": "renal impairment",
    "pregnancy": "pregnancy",
    "lactation": "lactation",
}
"""States of a patient on which a drug's use turns, by axis of population."""
TURNS_ON_STATE = frozenset({QuestionKind.DOSING, QuestionKind.DOSING_ORGAN, QuestionKind.SAFETY})
"""Kinds of question that words on the drug alone, in other patients, do not answer."""
ASIDE = frozenset({Form.METHODS, Form.BACKGROUND, Form.SHORT_FORM, Form.REFERENCES})
STEM = 6
"""Letters by which two forms of a word are taken for the same."""


def reason_to_stop(evidence: Evidence, picked: list[Pick], vocabulary: Vocabulary) -> str:
    """Why no article may be written, or nothing."""
    question = evidence.question
    drugs = question.asked_drugs
    if not any(map(str.isalpha, question.text)):
        return "a question in words is needed"
    if beyond := load_stopping_rules().beyond_sources(question):
        return beyond.reason
    if absent := [name for name in drugs if name in evidence.missing]:
        return f"the evidence base holds nothing on {', '.join(absent)}"
    if word := _unknown_word(question):
        return f"no source in the evidence base uses the word {word!r}"
    if unmet := _unmet(question, picked):
        return f"no passage that was found speaks of {', '.join(drugs)} in {unmet}"
    if reason := off_the_point(evidence, vocabulary):
        return reason
    conditions = question.names(ConceptKind.CONDITION)
    absent_condition = conditions and all(name in evidence.missing for name in conditions)
    named = max((_shared(" ".join(conditions), pick) for pick in picked), default=0.0)
    if named < ENOUGH and absent_condition and not drugs:
        return f"the evidence base holds nothing on {', '.join(conditions)}"
    shared = max((_shared(question.terms, pick) for pick in picked), default=0.0)
    if not picked or (not question.concepts and shared < ENOUGH_WORDS):
        return "no passage in the evidence base speaks directly to this question"
    return doubted(evidence)


def _unknown_word(question: Question) -> str:
    """A word without which the question is not understood, and that no source uses."""
    if question.unknown and not question.concepts:
        return question.unknown[0]
    return load_stopping_rules().unknown_drug(question)


def _unmet(question: Question, picked: list[Pick]) -> str:
    """The patient's state that the question turns on and no chosen passage speaks of."""
    if question.kind not in TURNS_ON_STATE or not question.asked_drugs:
        return ""
    asked = [STATES[axis] for axis in _axes(question.population) if axis in STATES]
    axes, drugs = _axes(question.population), frozenset(question.asked_drugs)
    met = any(
        is_about(pick.chosen, drugs) and _speaks_of_state(pick.chosen, axes) for pick in picked
    )
    return "" if met else " and ".join(asked)


def _axes(population: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(group.partition(":")[0] for group in population))


def _speaks_of_state(each: ScoredRecord, asked: list[str]) -> bool:
    """A study's methods name a state to leave such patients out, not to say what holds for them."""
    says = each.record.description
    shared = {*_axes(says.population)} & {*asked} & STATES.keys()
    return (bool(shared) or "band" in each.parts) and ASIDE.isdisjoint(says.forms)


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
        nearest=tuple(_nearest(each) for each in _related(evidence)[:MOST_NEAREST]),
        how_to_widen=tuple(_advice(evidence)),
        coverage=evidence.coverage,
        evidence_digest=evidence.base_digest,
    )


def _related(evidence: Evidence) -> tuple[ScoredRecord, ...]:
    """What is said of the drugs asked about; where there is nothing, what came nearest.

    No dose where too much was taken.
    """
    question = evidence.question
    drugs = frozenset(question.asked_drugs)
    shown = tuple(each for each in evidence.records if not gives_more(question, each.record))
    return tuple(each for each in shown if is_about(each, drugs)) or shown


def _nearest(each: ScoredRecord) -> Nearest:
    passage = each.record.passage
    citation = Citation(passage=passage.id, locator=passage.locator, quote=passage.text)
    return Nearest(citation=citation, card=each.record.card)


def _from_dailymed(drug: str) -> str:
    """What ``loccit add`` takes to fetch the drug's label, as a shell reads it."""
    return shlex.quote(f"dailymed:{drug}")


def _advice(evidence: Evidence) -> list[str]:
    question = evidence.question
    if beyond := load_stopping_rules().beyond_sources(question):
        return [beyond.advice]
    documented = {drug for each in evidence.records for drug in each.record.description.subjects}
    drugs = [drug for drug in question.names(ConceptKind.DRUG) if drug not in documented]
    advice = [
        f"add a label of {drug}: loccit add {_from_dailymed(drug)} (asks DailyMed), "
        "or loccit add PATH_OF_THE_LABEL"
        for drug in drugs
    ]
    if word := _unknown_word(question):
        advice.append(f"check how {word!r} is spelt, or give the drug's generic name")
    about = ", ".join(question.asked_drugs)
    if about and evidence.absent_product:
        product = evidence.absent_product
        advice.append(
            f"add the label of {product}: loccit add PATH_OF_THE_LABEL, or ask of {about} alone"
        )
    if about and evidence.unspoken:
        point = evidence.unspoken[0]
        advice.append(f"add a source that speaks of {about} and {point}, or ask of {about} alone")
    if evidence.unsaid and about and not evidence.unspoken:
        advice.append(
            f"say {evidence.unsaid[0]!r} in the words of a label, or ask of {about} alone"
        )
    if not question.concepts:
        advice.append("name the drug or the condition, as a label or guideline would")
    advice.append("add guidelines or literature on the subject: loccit add FOLDER")
    return advice
