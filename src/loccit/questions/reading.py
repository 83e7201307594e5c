"""From the words of a question to a ``Question``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from loccit.dangers import load_dangers
from loccit.questions.age_ranges import years_of
from loccit.questions.belonging import denials, denied, is_within, nobody, of_a_drug
from loccit.questions.circumstances import circumstances_in, is_of_pregnancy
from loccit.questions.clauses import asking_clause
from loccit.questions.dangers import dangers_in
from loccit.questions.identifiers import load_identifier_rules, without_identifiers
from loccit.questions.kinds import kinds_of
from loccit.questions.labs import FoundValue, values_in
from loccit.questions.ownership import of_relatives, owned
from loccit.questions.patient import patient_from_text, population_of
from loccit.questions.person_rules import load_person_rules
from loccit.questions.premises import with_premises
from loccit.questions.reactions import without_borne_reactions
from loccit.questions.rules import load_reading_rules
from loccit.questions.several import asked_in
from loccit.questions.spelling import Speller
from loccit.questions.telling import telling_words
from loccit.terms import (
    Audience,
    Concept,
    ConceptKind,
    PatientFacts,
    Question,
    UsageError,
)
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import key_of, words_of

__all__ = ["QuestionReader"]

LONGEST = 8_000
"""Characters of a question that are read; a longer text is a document, not a question."""
MOST_GUESSED = 60
"""Unknown words that are looked up; a text with more is in another language, not misspelt."""
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Unicode categories of characters that show nothing: controls, formats, lone surrogates."""
NEVER = frozenset({"never", "none"})
"""Values of a habit that deny it."""
STATES = frozenset({"pregnancy", "lactation"})
"""Axes of a population that the vocabulary has no condition for."""
LOOK_BACK = 20
"""Characters before a plain word that may tell another thing."""
NEAR = 0.01
"""Years within which two ages are one."""
LEVEL = " level"
"""How the name of a drug's level in blood ends."""
EXPECTING = "pregnancy:"
ALLERGY = " allergy"
"""How the vocabulary ends the name of an allergy to one thing."""
_TOKEN = re.compile(r"[^\s,;:?!()]+")


class QuestionReader:
    """Reads questions with a vocabulary; ``is_known`` tells whether a source uses a word."""

    def __init__(self, vocabulary: Vocabulary, *, is_known: Callable[[str], bool]) -> None:
        self._vocabulary = vocabulary
        self._rules = load_reading_rules()
        self._person = load_person_rules()
        self._ordinary = load_identifier_rules().not_names
        self._dangers = load_dangers()
        self._speller = Speller(vocabulary, is_known=is_known)

    def read(
        self,
        text: str,
        *,
        audience: Audience = Audience.CLINICIAN,
        given: Callable[[PatientFacts], PatientFacts] = lambda facts: facts,
    ) -> Question:
        """The question as understood. ``given`` adds facts stated outside the words.

        Raises ``UsageError`` for an empty or an over-long text.
        """
        text = _visible(text)
        if not text or len(text) > LONGEST:
            raise UsageError(f"a question of 1 to {LONGEST} characters is needed")
        text, removed = without_identifiers(text, self._vocabulary)
        corrected, corrections = self._spell(text)
        values = values_in(corrected)
        named = tuple(c for c in self._concepts(corrected) if not _is_of_value(c, values))
        asked = asked_in(corrected, named, self._vocabulary)
        concepts = tuple(c for c in named if asked.text[c.start : c.end].strip())
        absent = denied(corrected, concepts, self._rules, self._person)
        present = tuple(c for c in concepts if c not in absent)
        patient = self._named(given(self._patient(asked.text, present)))
        groups = self._vocabulary.populations.find(asked.text)
        not_of = denied(asked.text, groups, self._rules, self._person)
        unmeant = nobody(asked.text, groups, self._person)
        apart = (*not_of, *unmeant, *of_a_drug(asked.text, groups, concepts))
        others = of_relatives(concepts, patient)
        own = (c for c in groups if c not in apart and not is_within(c, others))
        stated = (c.name for c in own if not (patient.partner and c.name.startswith(EXPECTING)))
        population = tuple(dict.fromkeys((*stated, *population_of(patient))))
        corrected = asked.text
        red_flags = self._red_flags(text, patient)
        present, as_asked = without_borne_reactions(corrected, present, patient, red_flags)
        kinds = kinds_of(
            as_asked, present, patient, population, self._rules, lineage=self._vocabulary.lineage
        )
        question = Question(
            text=text,
            kind=next(iter(kinds)),
            also=tuple(kinds)[1:],
            likely=kinds,
            figures=self._rules.figures.search(corrected) is not None,
            asks=tuple(kind for kind, words in self._rules.asks if words.search(corrected)),
            terms=telling_words(corrected),
            clause=telling_words(asking_clause(corrected, self._rules)),
            unknown=self._never_used(corrected),
            concepts=present,
            patient=patient,
            population=population,
            negated=self._negated(absent, not_of, patient),
            red_flags=red_flags,
            audience=audience,
            corrections=corrections,
            removed=removed,
            also_asked=asked.apart,
        )
        return with_premises(question, self._vocabulary)

    def _red_flags(self, text: str, patient: PatientFacts) -> tuple[str, ...]:
        """Dangers in the words as written: what the speller makes of them could state another."""
        found = self._vocabulary.lexicon.find(text)
        return dangers_in(text, found, patient, self._dangers, self._rules, kinds=self._kinds)

    def _kinds(self, name: str) -> Iterator[str]:
        for each in (name, *self._vocabulary.classes.get(name, ())):
            yield from self._vocabulary.lineage(each)

    # --- words

    def _spell(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The text with misspelt names put right, and what was changed."""
        changed: dict[str, str] = {}
        for word in self._unknown_words(text):
            right = self._speller.correct(word)
            if right and right != word.casefold():
                changed[word] = right
        for wrong, right in changed.items():
            text = re.sub(rf"\b{re.escape(wrong)}\b", right, text)
        return text, tuple(changed.items())

    def _unknown_words(self, text: str) -> list[str]:
        """The first words that are part of no known name, as written, once each."""
        named = {part for c in self._vocabulary.lexicon.find(text) for part in words_of(c.text)}
        known = {word.folded for word in named} | self._rules.function_words | self._ordinary
        found = (text[w.start : w.end] for w in words_of(text) if w.folded not in known)
        return list(islice(dict.fromkeys(found), MOST_GUESSED))

    def _never_used(self, text: str) -> tuple[str, ...]:
        """Words that could be names, and that no source uses."""
        words = self._unknown_words(text)
        return tuple(w for w in words if self._speller.is_guessable(w))

    def _concepts(self, text: str) -> tuple[Concept, ...]:
        """Names and short forms in the text, in order; drugs inside an overdose's name too."""
        found = self._meant(text, self._vocabulary.lexicon.find(text))
        taken = [(c.start, c.end) for c in found]
        found += [
            concept
            for concept in (*self._short_forms(text), *self._in_plain_words(text))
            if all(concept.end <= start or concept.start >= end for start, end in taken)
        ]
        found += [drug for concept in found for drug in self._drugs_inside(concept)]
        return tuple(sorted(found, key=lambda concept: concept.start))

    def _meant(self, text: str, named: list[Concept]) -> list[Concept]:
        """The names less the opioid of "opioid naive", where another drug is asked about."""
        drugs = [concept for concept in named if _is_drug(concept)]
        apart = [c for c in drugs if self._rules.unmeant_after.search(text[c.end :])]
        return named if len(apart) == len(drugs) else [c for c in named if c not in apart]

    def _in_plain_words(self, text: str) -> Iterator[Concept]:
        """Conditions by everyday words that alone are too wide for a name: "an old ulcer"."""
        for plain in self._rules.plain_words:
            entry = self._vocabulary.lexicon.get(plain.name)
            for match in plain.pattern.finditer(text) if entry else ():
                start, end = match.span()
                if entry and not plain.not_after.search(text[max(0, start - LOOK_BACK) : start]):
                    yield Concept(
                        text=match[0], name=entry.name, kind=entry.kind, start=start, end=end
                    )

    def _drugs_inside(self, concept: Concept) -> Iterator[Concept]:
        """The drug of "Tylenol overdose"; that of "iron deficiency" is no drug."""
        last = words_of(concept.text)[-1:]
        if last and last[0].folded in self._rules.caused_by_drug:
            yield from self._inside(concept, (ConceptKind.DRUG,))

    def _allergens_inside(self, concept: Concept) -> Iterator[Concept]:
        """The drug or class in the name of an allergy: "allergic to penicillin"."""
        if concept.kind is ConceptKind.CONDITION and concept.name.endswith(ALLERGY):
            yield from self._inside(concept, (ConceptKind.DRUG, ConceptKind.DRUG_CLASS))

    def _inside(self, concept: Concept, kinds: tuple[ConceptKind, ...]) -> Iterator[Concept]:
        """Names of these kinds that are single words of a longer name."""
        for word in words_of(concept.text):
            entry = self._vocabulary.lexicon.get(word.folded)
            if entry and entry.kind in kinds:
                start, end = concept.start + word.start, concept.start + word.end
                text = concept.text[word.start : word.end]
                yield Concept(text=text, name=entry.name, kind=entry.kind, start=start, end=end)

    def _short_forms(self, text: str) -> list[Concept]:
        """Abbreviations, read by the words around them; lower case ones only from three letters."""
        around = f" {key_of(text)} "
        found = []
        for match in _TOKEN.finditer(text):
            token = match.group().strip(".'\"")
            if token in self._rules.not_short_forms:
                continue
            short = self._vocabulary.abbreviations.get(_short(token, self._vocabulary))
            if not short:
                continue
            meaning = _meaning(short.meanings, short.cues, around)
            entry = self._vocabulary.lexicon.get(meaning)
            if entry:
                start, end = match.span()
                found.append(
                    Concept(
                        text=match.group(), name=entry.name, kind=entry.kind, start=start, end=end
                    )
                )
        return found

    # --- patient and denials

    def _patient(self, text: str, concepts: tuple[Concept, ...]) -> PatientFacts:
        """Facts by pattern, and what the words give to the patient."""
        reach = denials(text, self._rules)
        named = list(concepts)
        named += [drug for c in named for drug in self._allergens_inside(c)]
        named.sort(key=lambda concept: concept.start)
        found = owned(text, named, reach, self._person)
        facts = PatientFacts(**found._asdict())
        elsewhere = of_relatives(named, facts)
        stated = patient_from_text(text, [*reach, *elsewhere], self._person)
        told = circumstances_in(text, named, reach, taken=found.drugs)
        if is_of_pregnancy(text, told.duration, stated):
            told = told._replace(duration="")
        return _of_one_age(replace(stated, **found._asdict(), **told._asdict()))

    def _negated(
        self, absent: tuple[Concept, ...], groups: tuple[Concept, ...], patient: PatientFacts
    ) -> tuple[str, ...]:
        """What is denied and no fact tells better; no state that the patient is said to be in."""
        facts = self._rules.told_as_fact
        told = {name for fact, name in facts.items() if getattr(patient, fact) in NEVER}
        states = {name for name in STATES if getattr(patient, name)}
        own = [c for c in groups if not is_within(c, [(a.start, a.end) for a in absent])]
        names = (*(c.name for c in absent), *_conditions_of(own))
        return tuple(name for name in dict.fromkeys(names) if name not in told | states)

    def _named(self, patient: PatientFacts) -> PatientFacts:
        """The facts with drugs, conditions and allergies under their canonical names."""
        return replace(
            patient,
            drugs=tuple(dict.fromkeys(map(self._name_of, patient.drugs))),
            conditions=tuple(dict.fromkeys(map(self._name_of, patient.conditions))),
            allergies=tuple(dict.fromkeys(map(self._name_of, patient.allergies))),
        )

    def _name_of(self, word: str) -> str:
        entry = self._vocabulary.lexicon.get(word)
        return entry.name if entry else word


def _of_one_age(patient: PatientFacts) -> PatientFacts:
    """The facts with an age or a range, never both: "aged 6 to 8" states no single age.

    What has lasted "5 years" is no age of five.
    """
    if patient.age is not None and patient.duration == f"{patient.age:g} years":
        patient = replace(patient, age=None)
    years = years_of(patient.age_range)
    if years is None or patient.age is None:
        return patient
    bound = any(abs(patient.age - each) < NEAR for each in (years.least, years.most))
    return replace(patient, age=None) if bound else replace(patient, age_range="")


def _conditions_of(groups: Iterable[Concept]) -> Iterator[str]:
    """What is denied with a population that is a state: "not pregnant" denies pregnancy."""
    axes = (concept.name.partition(":")[0] for concept in groups)
    return (axis for axis in axes if axis in STATES)


def _is_drug(concept: Concept) -> bool:
    return concept.kind in (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)


def _is_of_value(concept: Concept, values: tuple[FoundValue, ...]) -> bool:
    """Whether a drug's name is only that of a value: the K of "K 5.8". A drug's level names it."""
    return concept.kind is ConceptKind.DRUG and any(
        each.start <= concept.start < each.end and not each.measured.name.endswith(LEVEL)
        for each in values
    )


def _visible(text: str) -> str:
    """The text as it is seen: composed, single spaces, without characters that show nothing."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in spaced if unicodedata.category(c) not in UNSEEN).strip()


def _short(token: str, vocabulary: Vocabulary) -> str:
    """The abbreviation a token may be: as written, or in capitals from three letters on."""
    if token in vocabulary.abbreviations:
        return token
    capitals = token.upper()
    return capitals if len(token) > 2 and capitals in vocabulary.abbreviations else ""  # noqa: PLR2004


def _meaning(meanings: tuple[str, ...], cues: tuple[tuple[str, ...], ...], around: str) -> str:
    """The meaning most of whose cues stand in the question; the commonest where none does.

    ``around`` are the folded words of the question with a space before and after each.
    """
    scores = [sum(f" {key_of(cue)} " in around for cue in group) for group in cues[: len(meanings)]]
    best = max(scores, default=0)
    return meanings[scores.index(best)] if best else meanings[0]
