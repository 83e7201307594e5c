"""A question that follows another: what it carries over, and what it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from loccit.questions.comparing import compared
from loccit.questions.denying import Denial, denial_in
from loccit.questions.follow_facts import is_other_person, merged_facts, merged_population
from loccit.questions.follow_kinds import follow_kind
from loccit.questions.follow_rules import load_follow_rules
from loccit.questions.follow_subject import Subject, merged_subject, no_longer_taken
from loccit.questions.premises import with_premises
from loccit.questions.reading import QuestionReader
from loccit.questions.topics import is_new_topic
from loccit.terms import (
    Audience,
    ConceptKind,
    Following,
    PatientFacts,
    Question,
    QuestionKind,
    Turn,
)
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import words_of

__all__ = ["Follower"]

MOST_ALSO = 3
NAMED = ("drugs", "conditions", "allergies", "history", "family", "past_drugs")
"""Facts of the patient that are names; only those that the vocabulary knows are kept."""
Given = Callable[[PatientFacts], PatientFacts]


class Follower:
    """Reads a question in the light of the one before it."""

    def __init__(self, vocabulary: Vocabulary, reader: QuestionReader) -> None:
        self._vocabulary = vocabulary
        self._reader = reader
        self._rules = load_follow_rules()

    def follow(
        self,
        before: Turn,
        text: str,
        *,
        audience: Audience = Audience.CLINICIAN,
        given: Given = lambda facts: facts,
    ) -> Question:
        """The question as understood after ``before``; a new topic is read as if asked first.

        The same turn and the same words give the same question. Raises ``UsageError`` as
        ``QuestionReader.read`` does.
        """
        said = self._reader.read(text, audience=audience, given=given)
        fresh = is_new_topic(before.question, said, self._rules, self._vocabulary)
        read = said if fresh else self._joined(before.question, said, given)
        following = replace(compared(before.question, read), new_topic=fresh)
        return replace(read, follows=before.id, following=following)

    def kept(self, name: str, question: Question) -> Turn:
        """The turn to be kept under an answer's id: what was read, and no words of the asker."""
        patient = question.patient
        known: dict[str, Any] = {
            field: tuple(n for n in getattr(patient, field) if self._vocabulary.lexicon.get(n))
            for field in NAMED
        }
        words = (word for word in question.terms.split() if word.casefold() in self._rules.kept)
        stripped = replace(
            question,
            text="",
            terms=" ".join(words),
            clause="",
            concepts=tuple(replace(c, start=0, end=0) for c in question.concepts),
            patient=replace(patient, **known, stages=()),
            premises=(),
            corrections=(),
            unknown=(),
            removed=(),
            also_asked=(),
            follows="",
            following=Following(),
            pico={},
        )
        return Turn(id=name, question=stripped)

    # --- joining

    def _joined(self, before: Question, said: Question, given: Given) -> Question:
        text = self._rules.phrases["wished_for"].sub("", said.text).strip()
        denial = denial_in(text, before, self._rules, self._reader.read)
        rest = self._rest(said, denial, before.kind, given)
        out = no_longer_taken(before, rest, self._rules, self._vocabulary)
        out |= _left(before, rest)
        denial = replace(denial, names=denial.names | out)
        subject = merged_subject(before, rest, denial.names, self._rules, self._vocabulary)
        patient = merged_facts(before, rest, denial, self._rules)
        patient = _with_conditions(patient, subject)
        if denial.names & set(before.patient.drugs) and self._rules.says("came_for", said.text):
            patient = _with_drugs(patient, rest)
        patient = replace(patient, planned=tuple({*patient.planned, *said.patient.planned}))
        other = is_other_person(before, said.text, self._rules)
        joined = replace(
            said,
            concepts=subject.concepts,
            patient=patient,
            population=merged_population(before, rest, patient, other=other),
            negated=_negated(before, said, subject, denial),
            red_flags=tuple(dict.fromkeys((*(() if other else before.red_flags), *said.red_flags))),
            premises=(),
            assumed=(),
        )
        return with_premises(self._with_kind(before, joined, subject), self._vocabulary)

    def _rest(self, said: Question, denial: Denial, kind: QuestionKind, given: Given) -> Question:
        """What the words say beside what they deny."""
        if denial.rest == said.text:
            return said
        if not words_of(denial.rest):
            return Question(text=said.text, kind=kind, patient=given(PatientFacts()))
        return self._reader.read(denial.rest, audience=said.audience, given=given)

    def _with_kind(self, before: Question, joined: Question, subject: Subject) -> Question:
        """The question with its kind, and with the words that go with it."""
        kind, in_words = follow_kind(before, joined, told=subject.told, rules=self._rules)
        near = (before.kind, joined.kind, *before.also, *joined.also)
        return replace(
            joined,
            kind=kind,
            also=tuple(each for each in dict.fromkeys(near) if each is not kind)[:MOST_ALSO],
            likely=_likely(kind, before, joined),
            figures=joined.figures or (before.figures and not in_words),
            asks=joined.asks or (() if in_words else before.asks),
            terms=_terms(before, joined, with_words=not in_words),
        )


def _left(before: Question, said: Question) -> frozenset[str]:
    """Drugs that the words say are stopped; not the only one that is asked about."""
    named = before.names(ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
    held = {*before.patient.drugs, *(named if len(named) > 1 else ())}
    return frozenset(held.intersection(said.patient.past_drugs).difference(said.patient.drugs))


def _likely(kind: QuestionKind, before: Question, joined: Question) -> Mapping[QuestionKind, float]:
    """The likelihoods of the turn that gave the kind; of a kind that neither gave, all."""
    given = (each.likely for each in (joined, before) if each.kind is kind and each.likely)
    return next(given, {kind: 1.0})


def _with_conditions(patient: PatientFacts, subject: Subject) -> PatientFacts:
    """The facts with conditions that the words say the patient has, or had."""
    return replace(
        patient,
        conditions=tuple(dict.fromkeys((*patient.conditions, *subject.of_patient))),
        history=tuple(dict.fromkeys((*patient.history, *subject.past))),
    )


def _with_drugs(patient: PatientFacts, said: Question) -> PatientFacts:
    """The facts with the drugs that come in the place of one that the patient took."""
    come = (n for n in said.names(ConceptKind.DRUG) if n not in said.patient.past_drugs)
    drugs = (*patient.drugs, *come)
    return replace(patient, drugs=tuple(dict.fromkeys(drugs)))


def _negated(before: Question, said: Question, subject: Subject, denial: Denial) -> tuple[str, ...]:
    """Names that are denied now: not those that were said after all."""
    held = {concept.name for concept in subject.concepts}
    names = (*before.negated, *said.negated, *sorted(denial.names))
    return tuple(name for name in dict.fromkeys(names) if name not in held)


def _terms(before: Question, joined: Question, *, with_words: bool) -> str:
    """The words to search for: the new ones, names carried over, and what was wanted of them."""
    said = {word.folded for word in words_of(joined.terms)}
    names = [c.name for c in joined.concepts if not said & {w.folded for w in words_of(c.text)}]
    words = [word for word in before.terms.split() if with_words and word.casefold() not in said]
    return " ".join(dict.fromkeys((*joined.terms.split(), *names, *words)))
