"""How far what was found bears on what is asked, as one likelihood.

Rules know what they were written for. What they do not know is weighed here: how much of the
question's words the passages on its drugs have, together and at one place, and whether they name
what it names. The weights are fitted by ``bench/fit_bearing.py``.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from math import exp, log

from loccit.ports import EvidenceBase
from loccit.retrieval.matching import telling_words
from loccit.retrieval.points import load_points
from loccit.retrieval.products import as_read
from loccit.retrieval.unheard import unheard
from loccit.terms import ConceptKind, DataFileError, Question, ScoredRecord
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import folded_words
from loccit.vocabulary.stems import stems_of

__all__ = ["Bearing", "doubt_of", "load_bearing_weights"]

TOP, MOST_WORDS, MANY = 5.0, 12, 6.0
"""What a score, a number of words and the logarithm of a number of passages are divided by."""
STATES = frozenset({"hepatic", "renal", "pregnancy", "lactation"})
FEW = 5
"""Words up to which a question has little beside what it turns on."""
SHORTEST = 2
"""Letters up to which a word such as *ok* tells nothing of what is asked."""


@cache
def load_bearing_weights() -> Mapping[str, float]:
    """The shipped weights by feature. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.retrieval") / "bearing_weights.toml").read_text(encoding="utf-8")
    try:
        return {name: float(value) for name, value in tomllib.loads(text)["weights"].items()}
    except (KeyError, ValueError, TypeError) as error:
        raise DataFileError(f"retrieval/bearing_weights.toml: {error}") from error


def doubt_of(features: Mapping[str, float]) -> float:
    """How likely it is that nothing found answers, 0 to 1."""
    weights = load_bearing_weights()
    total = sum(weights.get(name, 0.0) * value for name, value in sorted(features.items()))
    return round(1 / (1 + exp(-total)), 4)


class Bearing:
    """What was found, held against one question."""

    def __init__(
        self,
        question: Question,
        records: Iterable[ScoredRecord],
        vocabulary: Vocabulary,
        base: EvidenceBase,
    ) -> None:
        found = tuple(records)
        about = _about(question, found)
        self._question, self._vocabulary = question, vocabulary
        self._on_drug = bool(question.asked_drugs and about)
        self._pool = about if self._on_drug else found
        self._words = telling_words(question)
        named = {name for each in self._pool for name in _names_in(each)}
        self._named = named.union(*(vocabulary.lineage(name) for name in named))
        groups = (g for each in self._pool for g in each.record.description.population)
        self._axes = {group.partition(":")[0] for group in groups}
        told = (each.said for each in self._pool)
        self._said = self._in_other_words().union(*told)
        self.unheard = unheard(self.unsaid(), question, base) if self._on_drug else ()
        """Words asked with that no passage of any source on the drugs has."""

    def features(self) -> dict[str, float]:
        """What tells whether the question is answered, by name.

        Questions on a drug that has passages are told apart from the others.
        """
        features = {
            "all": 1.0,
            **dict(self._of_words()),
            **dict(self._of_unheard()),
            **dict(self._of_passages()),
            **dict(self._of_names()),
            f"kind {self._question.kind}": 1.0,
        }
        apart = "drug" if self._on_drug else "no drug"
        return {f"{apart}: {name}": round(value, 4) for name, value in features.items()}

    def unsaid(self) -> tuple[str, ...]:
        """Words asked with that no passage has in any form that is known, the longest first."""
        words = ((w, stem) for w, stem in self._words.items() if w.isalpha() and len(w) > SHORTEST)
        missing = (word for word, stem in words if stem not in self._said)
        return tuple(sorted(missing, key=lambda word: (-len(word), word)))

    def _in_other_words(self) -> frozenset[str]:
        """Stems of what the passages say in other words: names, states, points, values."""
        question, text = self._question, as_read(self._question)
        phrases = [c.text for c in question.concepts if self._is_named(c.name)]
        groups = self._vocabulary.populations.find(text)
        phrases += [each.text for each in groups if each.name.partition(":")[0] in self._axes]
        asked = (each for each in load_points() if each.is_asked(question))
        phrases += [found.group() for each in asked for found in each.asked.finditer(text)]
        phrases += map(str, question.patient.labs)
        return frozenset(stems_of([word for phrase in phrases for word in folded_words(phrase)]))

    def _is_named(self, name: str) -> bool:
        """By itself, by a wider name or by a narrower one."""
        return not self._named.isdisjoint(self._vocabulary.lineage(name))

    def _is_known_beside(self, drug: str, subject: str) -> bool:
        """By its own name or that of a class, in a passage of a document on the other drug."""
        known = {drug, *self._vocabulary.classes.get(drug, ())}
        return any(
            subject in says.subjects and not known.isdisjoint((*says.drugs, *says.procedures))
            for says in (each.record.description for each in self._pool)
        )

    def _of_words(self) -> Iterator[tuple[str, float]]:
        stems = frozenset(self._words.values())
        total = len(stems) or 1
        yield "words unsaid", len(stems - self._said)
        yield "share said", len(stems & self._said) / total
        best = max((len(stems & each.said) for each in self._pool), default=0)
        yield "share at best", best / total
        places: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
        for each in self._pool:
            place = each.record.passage.locator
            places[place.document, place.section].update(each.said)
        best = max((len(stems & said) for said in places.values()), default=0)
        yield "share in a section", best / total
        yield "words", min(len(stems), MOST_WORDS) / MOST_WORDS

    def _of_unheard(self) -> Iterator[tuple[str, float]]:
        """Words that the sources on the drugs lack altogether, and how much of the question."""
        if self.unheard:
            yield "unheard", 1.0
            words = len(set(self._words.values())) or 1
            yield "words unheard", len(self.unheard)
            yield "share unheard", len(self.unheard) / words
            yield "unheard in few words", float(words <= FEW)

    def _of_passages(self) -> Iterator[tuple[str, float]]:
        yield "score", max((each.score for each in self._pool), default=0.0) / TOP
        yield "covered", max((each.covered for each in self._pool), default=0.0)
        yield "passages", log(1 + len(self._pool)) / MANY

    def _of_names(self) -> Iterator[tuple[str, float]]:
        """What is named beside the drug asked about, and how much of it the passages name."""
        question, counted = self._question, Counter[str]()
        for name, kind in {c.name: c.kind for c in question.concepts}.items():
            if kind is not ConceptKind.DRUG:
                told = "named" if self._is_named(name) else "not named"
                counted[f"{kind} {told}"] += 1
        yield from counted.items()
        parts = [each.parts for each in self._pool]
        if question.names(ConceptKind.CONDITION):
            yield "condition fit", float(any("condition" in each for each in parts))
        first, *partners = question.names(ConceptKind.DRUG) or ("",)
        if partners:
            known = (
                self._is_known_beside(p, first) or self._is_known_beside(first, p) for p in partners
            )
            yield "partner named" if all(known) else "partner not named", 1.0
        asked = {group.partition(":")[0] for group in question.population} & STATES
        yield "state not told", float(len(asked - self._axes))


def _about(question: Question, records: tuple[ScoredRecord, ...]) -> tuple[ScoredRecord, ...]:
    """Passages of documents on the drugs asked about, and those that name them."""
    asked = set(question.asked_drugs)
    return tuple(
        each
        for each in records
        if "subject" in each.parts or not asked.isdisjoint(each.record.description.drugs)
    )


def _names_in(each: ScoredRecord) -> Iterator[str]:
    says = each.record.description
    yield from (*says.conditions, *says.procedures, *says.drugs)
