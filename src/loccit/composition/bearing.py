"""Whether what was found on the drugs asked about bears on what is asked of them."""

from __future__ import annotations

from itertools import combinations, islice

from loccit.composition.stopping_rules import load_stopping_rules
from loccit.terms import (
    ConceptKind,
    Evidence,
    Question,
    QuestionKind,
    Record,
    ScoredRecord,
    SourceKind,
)
from loccit.vocabulary import Vocabulary

__all__ = ["doubted", "is_about", "off_the_point", "unmet_words"]

IN_PASSING = 0.25
"""Share of the question's words below which a passage that names a drug names it in passing."""
TOLD = frozenset({"condition", "mention", "band"})
"""Parts of a score by which a passage meets what is asked in other words."""
MOST_SISTERS = 3
"""Labels of other products that are named when the one asked about is not there."""
LEFT_OUT = "left out by the label"
"""The verdict on a use that a label excludes (``questions/excluded_uses.toml``)."""
AILMENTS, CARE = (ConceptKind.CONDITION, ConceptKind.FINDING), (ConceptKind.PROCEDURE,)
"""What a drug is given for; what is done beside it is a use only where a label's is asked for."""
MANY = 12
"""Narrower names from which on a wider one, such as *infection*, tells no use."""
ENOUGH = 0.5
"""Share of the question's words at which a passage may answer without naming a test."""


def off_the_point(evidence: Evidence, vocabulary: Vocabulary) -> str:
    """Why the passages on the drugs asked about do not answer, or nothing."""
    drugs = evidence.question.asked_drugs
    if not drugs:
        return ""
    about = [each for each in evidence.records if is_about(each, frozenset(drugs))]
    named = ", ".join(drugs)
    if evidence.absent_product:
        return (
            f"the evidence base has no source on {named} as {evidence.absent_product}, "
            f"only on {_sisters(evidence)}"
        )
    if evidence.unspoken:
        return f"nothing on {named} in the evidence base speaks of {evidence.unspoken[0]}"
    if evidence.never_together:
        return f"no source in the evidence base speaks of {' and '.join(evidence.never_together)}"
    if _in_passing(evidence, about):
        return f"the evidence base names {named} only in passing"
    if use := _unknown_use(evidence, about):
        return f"no passage that was found speaks of {named} in {use}"
    if use := _unlabelled_use(evidence, about, vocabulary):
        return f"no source that was found gives {named} for {use}"
    if _never_weighed(evidence, about):
        return f"no passage that was found speaks of {named} together"
    return ""


def doubted(evidence: Evidence) -> str:
    """Why it is likely, by all signs together, that nothing found answers; or nothing."""
    if evidence.doubt <= load_stopping_rules().most_doubt or _asks_a_kind_that_is_there(evidence):
        return ""
    named = ", ".join(evidence.question.asked_drugs)
    on = f" on {named}" if named else ""
    words = f": none has the word {evidence.unsaid[0]!r}" if evidence.unsaid else ""
    return f"no passage that was found{on} bears closely enough on what is asked{words}"


def _asks_a_kind_that_is_there(evidence: Evidence) -> bool:
    """Only a kind of statement is asked for of a drug, and a passage on it states that kind.

    "How long can I prescribe it?" is answered by a duration, whatever words it has. Nor is a drug
    doubted for the words of a question that names nothing else but what the patient takes.
    """
    question = evidence.question
    drugs = frozenset(question.asked_drugs)
    if question.patient.drugs and all(
        concept.name in drugs.union(question.patient.drugs) for concept in question.concepts
    ):
        return True
    if not question.asks or any(concept.name not in drugs for concept in question.concepts):
        return False
    return any("asked" in each.parts for each in evidence.records if is_about(each, drugs))


def unmet_words(evidence: Evidence) -> str:
    """What no passage on the drugs asked about was found to say, or nothing.

    It may be said in words that were not thought of: a reason to warn, not to refuse.
    """
    drugs = evidence.question.asked_drugs
    if not drugs:
        return ""
    about = [each for each in evidence.records if is_about(each, frozenset(drugs))]
    named = ", ".join(drugs)
    if beside := _never_beside(evidence, about):
        return f"No passage that was found speaks of {named} and {beside}."
    if _unsaid(evidence, about):
        return f"Nothing on {named} in the evidence base says what is asked in these words."
    if evidence.doubt > load_stopping_rules().some_doubt and evidence.unsaid:
        word = evidence.unsaid[0]
        return f"No passage that was found on {named} has the word {word!r}: this may not answer."
    return ""


def _sisters(evidence: Evidence) -> str:
    """Titles of the labels that the base has of the drugs asked about."""
    asked = set(evidence.question.asked_drugs)
    cards = (e.record.card for e in evidence.records if asked & {*e.record.description.subjects})
    titles = dict.fromkeys(c.title for c in cards if c.evidence_kind is SourceKind.LABEL)
    return "; ".join(islice(titles, MOST_SISTERS))


def is_about(each: ScoredRecord, drugs: frozenset[str]) -> bool:
    """Whether a passage names one of the drugs, or its document is about one."""
    return "subject" in each.parts or not drugs.isdisjoint(each.record.description.drugs)


def _in_passing(evidence: Evidence, about: list[ScoredRecord]) -> bool:
    """No document is about the drugs, and where they are named next to nothing asked is said.

    A drug's part in an interaction is told in the other drug's label.
    """
    rules, kind = load_stopping_rules(), evidence.question.kind
    if kind is QuestionKind.INTERACTION or kind not in rules.about_a_drug | rules.of_a_use:
        return False
    if any("subject" in each.parts for each in about):
        return False
    asks_more = any(each.covered for each in evidence.records)
    return asks_more and all(each.covered < IN_PASSING for each in about)


def _unknown_use(evidence: Evidence, about: list[ScoredRecord]) -> str:
    """The condition that the drugs are asked about for and that nothing on them names."""
    question = evidence.question
    rules = load_stopping_rules()
    if question.kind not in rules.of_a_use:
        return ""
    conditions = _asked(question, ConceptKind.CONDITION)
    asked = [name for name in conditions if name not in question.patient.conditions]
    named = any(
        "condition" in each.parts and each.record.description.kinds[0] not in rules.no_use
        for each in about
    )
    return "" if named else " or ".join(asked)


def _unlabelled_use(evidence: Evidence, about: list[ScoredRecord], vocabulary: Vocabulary) -> str:
    """The condition that the drugs are asked about as its treatment and that no use of them names.

    A label tells its uses in some sections only; elsewhere it names what it harms or was tried on.
    Of a drug without sources of its own its uses are not known; a use that the label leaves out in
    so many words is told before the answer.
    """
    rules, question = load_stopping_rules(), evidence.question
    held = {name for each in about for name in each.record.description.subjects}
    told = any(premise.verdict == LEFT_OUT for premise in question.premises)
    if told or not held.issuperset(question.asked_drugs):
        return ""
    by_label = rules.by_label.search(question.text) is not None
    for name in _asked(question, *AILMENTS, *(CARE if by_label else ())):
        texts = {c.text for c in question.concepts if c.name == name}
        if not any(rules.asks_use(question.text, text) for text in texts):
            continue
        uses = (each.record for each in about if _is_use(each.record, by_label=by_label))
        if not any(_names_use(record, name, vocabulary) for record in uses):
            return name
    return ""


def _is_use(record: Record, *, by_label: bool) -> bool:
    """Whether a passage may tell what a drug is given for; ``by_label`` only a label's counts."""
    rules = load_stopping_rules()
    if record.description.kinds[0] in rules.no_use:
        return False
    if record.card.evidence_kind is not SourceKind.LABEL:
        return not by_label
    return bool(rules.uses.search(" ".join(record.passage.locator.section)))


def _names_use(record: Record, name: str, vocabulary: Vocabulary) -> bool:
    """By its own name, a narrower one, or a wider one that still says something.

    What is for "infections" is not thereby for influenza.
    """
    says, vague = record.description, load_stopping_rules().vague
    title = (c.name for c in vocabulary.lexicon.find(record.card.title))
    denied = load_stopping_rules().no_use_words.search(record.passage.text)
    if denied:
        before = record.passage.text[: denied.start()]
        named = {c.name for c in vocabulary.lexicon.find(before)}
    else:
        named = {*says.conditions, *says.procedures, *title}
    if any(name in vocabulary.lineage(each) for each in named):
        return True
    wider = named.intersection(vocabulary.lineage(name)) - vague
    return any(vocabulary.narrower(each) < MANY for each in wider)


def _never_beside(evidence: Evidence, about: list[ScoredRecord]) -> str:
    """The tests that no passage of the drug's documents names, by their name or by their class.

    A kidney's function is told in many words: it is looked for as a state of the patient.
    """
    question = evidence.question
    if any(group.startswith("renal:") for group in question.population):
        return ""
    own = [each for each in about if "subject" in each.parts]
    told = any("mention" in each.parts or each.covered >= ENOUGH for each in own)
    return "" if told or not own else " or ".join(_asked(question, ConceptKind.PROCEDURE))


def _unsaid(evidence: Evidence, about: list[ScoredRecord]) -> bool:
    """Other passages have the words asked with, and those on the drugs next to none of them.

    States of a patient, conditions and drugs are told in many words: where the passages on the
    drugs meet one of these, words decide nothing.
    """
    if evidence.question.population or any(TOLD.intersection(each.parts) for each in about):
        return False
    said = max((each.covered for each in about), default=0.0)
    return said < IN_PASSING and any(each.covered >= ENOUGH for each in evidence.records)


def _asked(question: Question, *kinds: ConceptKind) -> list[str]:
    """Names of these kinds that belong to what is asked."""
    found = (c.name for c in question.concepts if c.kind in kinds and question.asks_of(c.text))
    return list(dict.fromkeys(found))


def _never_weighed(evidence: Evidence, about: list[ScoredRecord]) -> bool:
    """Two drugs are compared, and no passage that names both compares anything."""
    question, rules = evidence.question, load_stopping_rules()
    drugs = question.asked_drugs
    if len(drugs) < 2 or not rules.weighs.search(question.text):  # noqa: PLR2004
        return False
    pairs = [frozenset(pair) for pair in combinations(drugs, 2)]
    comparing = (e.record for e in about if rules.compares.search(e.record.passage.text))
    spoken = [{*r.description.drugs, *r.description.subjects} for r in comparing]
    return not any(pair <= names for pair in pairs for names in spoken)
