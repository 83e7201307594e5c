"""Whether a follow-up follows at all, or begins a new topic."""

from __future__ import annotations

from loccit.questions.follow_facts import is_other_person
from loccit.questions.follow_rules import FollowRules
from loccit.questions.follow_subject import CONDITIONS, DRUGS, names_measured
from loccit.terms import ConceptKind, Question
from loccit.vocabulary import Vocabulary

__all__ = ["is_new_topic"]


def is_new_topic(
    before: Question, said: Question, rules: FollowRules, vocabulary: Vocabulary
) -> bool:
    """Whether the words stand on their own, so that nothing said before may be used.

    They say so outright; they turn to another person and another subject; or they ask in full
    about something that was not spoken of, with no word that ties them to what was said.
    """
    text = rules.phrases["courtesy"].sub("", said.text)
    of_patient = {*said.patient.drugs, *said.patient.allergies}
    named, conditions = set(said.names(*DRUGS)), set(said.names(*CONDITIONS))
    named -= names_measured(said, rules)
    drugs = named - of_patient
    names = drugs | conditions
    if rules.says("new_topic", text):
        return not rules.says("same_person", text)
    of_condition = rules.says("asks_of_condition", text)
    if is_other_person(before, text, rules) and (
        named | conditions if of_condition else named
    ) - _known(before):
        return True
    if not names or rules.says("ties", text) or _is_related(before, names, rules, vocabulary):
        return False
    if _is_of_what_was_asked(before, drugs, conditions, rules):
        return False
    if not drugs:
        return of_condition
    return rules.says("asks_in_full", text) or bool(
        conditions and rules.says("for_condition", text)
    )


def _is_of_what_was_asked(
    before: Question, drugs: set[str], conditions: set[str], rules: FollowRules
) -> bool:
    """Whether what is named now belongs to it: a drug for a condition, a drug's own toxicity."""
    if drugs and not conditions:
        return not before.names(ConceptKind.DRUG) and bool(before.concepts)
    return bool(before.names(*DRUGS)) and not drugs and conditions <= rules.of_drug


def _known(before: Question) -> set[str]:
    """Names that were spoken of."""
    patient = before.patient
    held = {concept.name for concept in before.concepts}
    return held.union(patient.drugs, patient.conditions, patient.allergies)


def _is_related(
    before: Question, names: set[str], rules: FollowRules, vocabulary: Vocabulary
) -> bool:
    """Whether a name was spoken of; or is wider or of one class with what was asked about."""
    if names & _known(before):
        return True
    asked = {*before.asked_drugs, *before.names(ConceptKind.DRUG_CLASS, *CONDITIONS)}
    near = {wider for name in asked for wider in _wider(name, rules, vocabulary)}
    return any(not near.isdisjoint(_wider(name, rules, vocabulary)) for name in names)


def _wider(name: str, rules: FollowRules, vocabulary: Vocabulary) -> set[str]:
    classes = vocabulary.classes.get(name, ())
    telling = [each for each in classes if not rules.says("loose_classes", each)]
    return {wider for each in (name, *telling) for wider in (each, *vocabulary.lineage(each))}
