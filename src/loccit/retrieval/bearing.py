"""How far what was found bears on what is asked, as one likelihood.

Rules know what they were written for. What they do not know is weighed here: how much of the
question's words the passages on its drugs have, together and at one place, and whether they name what
it names. The weights are fitted by ``bench/fit_bearing.py``.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from math import exp, log

from loccit.retrieval.matching import telling_words
from loccit.retrieval.points import load_points
from loccit.retrieval.products import as_read
from loccit.terms import ConceptKind, DataFileError, Question, ScoredRecord
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import folded_words
from loccit.vocabulary.stems import stems_of

__all__ = ["bearing_features", "doubt_of", "load_bearing_weights", "unsaid_words"]

TOP, MOST_WORDS, MANY = 5.0, 12, 6.0
"""What a score, a number of words and the logarithm of a number of passages are divided by."""
STATES = frozenset({"hepatic", "renal", "pregnancy", "lactation"})


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


def bearing_features(
    question: Question, records: Iterable[ScoredRecord], vocabulary: Vocabulary
) -> dict[str, float]:
    """What tells whether the question is answered, by name; apart where no drug is asked about."""
    found = tuple(records)
    about = _about(question, found)
    on_drug = bool(question.asked_drugs and about)
    pool = about if on_drug else found
    features = {
        "all": 1.0,
        **dict(_of_words(question, pool, vocabulary)),
        **dict(_of_passages(pool)),
        **dict(_of_names(question, pool, vocabulary)),
        f"kind {question.kind}": 1.0,
    }
    apart = "drug" if on_drug else "no drug"
    return {f"{apart}: {name}": round(value, 4) for name, value in features.items()}


def unsaid_words(
    question: Question, records: Iterable[ScoredRecord], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Words asked with that no passage on the question's drugs has in any form that is known."""
    about = _about(question, tuple(records))
    words = telling_words(question)
    heard = _heard(question, about, vocabulary) | frozenset().union(*(e.said for e in about))
    missing = (word for word, stem in words.items() if stem not in heard and word.isalpha())
    return tuple(sorted(missing, key=lambda word: (-len(word), word)))


def _about(question: Question, records: tuple[ScoredRecord, ...]) -> tuple[ScoredRecord, ...]:
    asked = set(question.asked_drugs)
    return tuple(
        each
        for each in records
        if "subject" in each.parts or not asked.isdisjoint(each.record.description.drugs)
    )


def _heard(
    question: Question, pool: tuple[ScoredRecord, ...], vocabulary: Vocabulary
) -> frozenset[str]:
    """Stems of what the passages say in other words: names, states, points, values of the case."""
    text = as_read(question)
    named = {name for each in pool for name in _names_in(each)}
    phrases = [c.text for c in question.concepts if _is_named(c.name, named, vocabulary)]
    axes = {group.partition(":")[0] for each in pool for group in each.record.description.population}
    groups = vocabulary.populations.find(text)
    phrases += [group.text for group in groups if group.name.partition(":")[0] in axes]
    asked = (each for each in load_points() if each.is_asked(question))
    phrases += [found.group() for each in asked for found in each.asked.finditer(text)]
    phrases += map(str, question.patient.labs)
    return frozenset(stems_of([word for phrase in phrases for word in folded_words(phrase)]))


def _names_in(each: ScoredRecord) -> Iterator[str]:
    says = each.record.description
    yield from (*says.conditions, *says.procedures, *says.drugs)


def _is_named(name: str, named: set[str], vocabulary: Vocabulary) -> bool:
    """By itself, by a wider name or by a narrower one."""
    wider = not named.isdisjoint(vocabulary.lineage(name))
    return wider or any(name in vocabulary.lineage(each) for each in named)


def _of_words(
    question: Question, pool: tuple[ScoredRecord, ...], vocabulary: Vocabulary
) -> Iterator[tuple[str, float]]:
    stems = frozenset(telling_words(question).values())
    total = len(stems) or 1
    union = frozenset().union(*(each.said for each in pool)) | _heard(question, pool, vocabulary)
    yield "words unsaid", len(stems - union)
    yield "share said", len(stems & union) / total
    yield "share at best", max((len(stems & each.said) for each in pool), default=0) / total
    places: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for each in pool:
        places[each.record.card.id, each.record.passage.locator.section].update(each.said)
    yield "share in a section", max((len(stems & s) for s in places.values()), default=0) / total
    yield "words", min(len(stems), MOST_WORDS) / MOST_WORDS


def _of_passages(pool: tuple[ScoredRecord, ...]) -> Iterator[tuple[str, float]]:
    yield "score", max((each.score for each in pool), default=0.0) / TOP
    yield "covered", max((each.covered for each in pool), default=0.0)
    yield "passages", log(1 + len(pool)) / MANY


def _of_names(
    question: Question, pool: tuple[ScoredRecord, ...], vocabulary: Vocabulary
) -> Iterator[tuple[str, float]]:
    """What is named beside the drug asked about, and how much of it the passages name."""
    named = {name for each in pool for name in _names_in(each)}
    counted = Counter[str]()
    for name, kind in {c.name: c.kind for c in question.concepts}.items():
        if kind is not ConceptKind.DRUG:
            met = _is_named(name, named, vocabulary)
            counted[f"{kind} named" if met else f"{kind} not named"] += 1
    yield from counted.items()
    if question.names(ConceptKind.CONDITION):
        yield "condition fit", float(any("condition" in each.parts for each in pool))
    if len(question.names(ConceptKind.DRUG)) > 1:
        yield "partner", 1.0
        yield "partner named", float(any("mention" in each.parts for each in pool))
    axes = {group.partition(":")[0] for each in pool for group in each.record.description.population}
    asked = {group.partition(":")[0] for group in question.population} & STATES
    yield "state not told", float(len(asked - axes))
