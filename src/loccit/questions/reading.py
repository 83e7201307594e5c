"""From the words of a question to a ``Question``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from loccit.questions.kinds import kinds_of
from loccit.questions.patient import patient_from_text, population_of
from loccit.questions.premises import with_premises
from loccit.questions.rules import load_reading_rules
from loccit.questions.spelling import correct
from loccit.terms import (
    Audience,
    Concept,
    ConceptKind,
    PatientFacts,
    Question,
    UsageError,
)
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import Word, words_of

__all__ = ["QuestionReader"]

LONGEST = 8_000
"""Characters of a question that are read; a longer text is a document, not a question."""
_TOKEN = re.compile(r"[^\s,;:?!()]+")


class QuestionReader:
    """Reads questions with a vocabulary; ``is_known`` tells whether a source uses a word."""

    def __init__(self, vocabulary: Vocabulary, *, is_known: Callable[[str], bool]) -> None:
        self._vocabulary = vocabulary
        self._rules = load_reading_rules()
        self._is_known = is_known

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
        text = " ".join(text.split())
        if not text or len(text) > LONGEST:
            raise UsageError(f"a question of 1 to {LONGEST} characters is needed")
        corrected, corrections = self._spell(text)
        concepts = self._concepts(corrected)
        denied = self._denied(corrected, concepts)
        present = tuple(c for c in concepts if c not in denied)
        patient = given(self._patient(corrected, present))
        population = tuple(dict.fromkeys((*self._populations(corrected), *population_of(patient))))
        kinds = kinds_of(corrected, present, patient, population, self._rules)
        question = Question(
            text=text,
            kind=kinds[0],
            also=kinds[1:],
            asks=tuple(kind for kind, words in self._rules.asks if words.search(corrected)),
            terms=self._terms(corrected),
            concepts=present,
            patient=patient,
            population=population,
            negated=tuple(dict.fromkeys(c.name for c in denied)),
            audience=audience,
            corrections=corrections,
        )
        return with_premises(question, self._vocabulary)

    # --- words

    def _spell(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The text with misspelt names put right, and what was changed."""
        changed: dict[str, str] = {}
        named = {part for c in self._vocabulary.lexicon.find(text) for part in words_of(c.text)}
        inside = {word.folded for word in named}
        for word in words_of(text):
            if word.folded in inside or word.folded in self._rules.function_words:
                continue
            right = correct(word.folded, self._vocabulary, is_known=self._is_known)
            if right and right != word.folded:
                changed[text[word.start : word.end]] = right
        for wrong, right in changed.items():
            text = re.sub(rf"\b{re.escape(wrong)}\b", right, text)
        return text, tuple(changed.items())

    def _terms(self, text: str) -> str:
        """The words of the question that can tell one passage from another."""
        words = (text[word.start : word.end] for word in words_of(text))
        return " ".join(w for w in words if w.casefold() not in self._rules.function_words)

    def _concepts(self, text: str) -> tuple[Concept, ...]:
        """Names and short forms in the text, in order, none inside another."""
        found = self._vocabulary.lexicon.find(text)
        taken = [(c.start, c.end) for c in found]
        for concept in self._short_forms(text):
            if all(concept.end <= start or concept.start >= end for start, end in taken):
                found.append(concept)
        return tuple(sorted(found, key=lambda concept: concept.start))

    def _short_forms(self, text: str) -> list[Concept]:
        """Abbreviations, read by the words around them; lower case ones only from three letters."""
        around = {word.folded for word in words_of(text)}
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

    def _populations(self, text: str) -> tuple[str, ...]:
        return tuple(c.name for c in self._vocabulary.populations.find(text))

    # --- patient and denials

    def _patient(self, text: str, concepts: tuple[Concept, ...]) -> PatientFacts:
        """Facts by pattern, and the drugs and allergies that the words give to the patient."""
        facts = patient_from_text(text, self._rules)
        drugs = [c for c in concepts if c.kind is ConceptKind.DRUG]
        allergies = [c for c in drugs if _follows(text, c, self._rules.allergic)]
        taken = [
            c for c in drugs if c not in allergies and _follows(text, c, self._rules.taking)
        ]
        return replace(
            facts,
            drugs=tuple(dict.fromkeys(c.name for c in taken)),
            allergies=tuple(dict.fromkeys(c.name for c in allergies)),
        )

    def _denied(self, text: str, concepts: tuple[Concept, ...]) -> tuple[Concept, ...]:
        """Conditions and findings within reach of a denial before them."""
        words = words_of(text)
        folded = text.casefold()
        ranges = [
            (match.end(), self._reach(text, words, match.end()))
            for denial in self._rules.denials
            for match in re.finditer(rf"\b{re.escape(denial)}\b", folded)
        ]
        kinds = (ConceptKind.CONDITION, ConceptKind.FINDING)
        return tuple(
            c
            for c in concepts
            if c.kind in kinds and any(start <= c.start < end for start, end in ranges)
        )

    def _reach(self, text: str, words: list[Word], start: int) -> int:
        """Where a denial that ends at ``start`` stops counting."""
        stops = self._rules.denial_stops
        after = [word for word in words if word.start >= start][: self._rules.denial_reach]
        for word in after:
            if word.folded in stops or any(mark in text[start : word.start] for mark in "?.;"):
                return word.start
        return after[-1].end if after else start


def _short(token: str, vocabulary: Vocabulary) -> str:
    """The abbreviation a token may be: as written, or in capitals from three letters on."""
    if token in vocabulary.abbreviations:
        return token
    capitals = token.upper()
    return capitals if len(token) > 2 and capitals in vocabulary.abbreviations else ""  # noqa: PLR2004


def _meaning(
    meanings: tuple[str, ...], cues: tuple[tuple[str, ...], ...], around: set[str]
) -> str:
    """The meaning most of whose cues stand in the question; the commonest where none does."""
    scores = [len(around.intersection(group)) for group in cues[: len(meanings)]]
    best = max(scores, default=0)
    return meanings[scores.index(best)] if best else meanings[0]


def _follows(text: str, concept: Concept, leads: tuple[str, ...]) -> bool:
    """Whether one of these words leads up to the concept, at most over other listed names."""
    before = text[: concept.start].casefold()
    before = re.split(r"[.?;]", before)[-1]
    pattern = "|".join(re.escape(lead) for lead in sorted(leads, key=len, reverse=True))
    return re.search(rf"\b(?:{pattern})\s+(?:[\w-]+\s*(?:,|and|plus|/)\s*){{0,4}}(?:\w+\s){{0,1}}$", before) is not None
