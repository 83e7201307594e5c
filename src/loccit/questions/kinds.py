"""Tells the kind of a question from its words and facts.

Rules name what speaks for a kind; how far they, and the words themselves, are to be believed was
learnt from questions whose kind is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from loccit.questions.kind_features import features
from loccit.questions.kind_weights import load_kind_weights
from loccit.questions.rules import ReadingRules
from loccit.terms import Concept, ConceptKind, PatientFacts, QuestionKind
from loccit.vocabulary.lexicon import words_of

__all__ = ["kind_features", "kinds_of"]


LIKELY = 0.01
"""Share of the best kind's likelihood at which another kind is kept in mind: these are steep."""
RULE = 0.2
"""What a point of weight of the rules counts as a feature."""
LIGHT = 40
"""Kilograms below which a weight is most likely a child's."""
YOUNG = frozenset({"age:neonate", "age:infant", "age:child", "age:adolescent"})


def kinds_of(
    text: str,
    concepts: tuple[Concept, ...],
    patient: PatientFacts,
    population: tuple[str, ...],
    rules: ReadingRules,
    *,
    lineage: Callable[[str], Iterable[str]],
) -> dict[QuestionKind, float]:
    """The likeliest kind and those that come near it, with their likelihoods, likeliest first.

    Where nothing but names is given, their sorts tell the kind. ``lineage`` gives wider names.
    """
    found = kind_features(text, concepts, patient, population, rules, lineage=lineage)
    likely = load_kind_weights().likelihoods(found)
    ranked = sorted(rules.order, key=lambda kind: -likely[kind])
    near = {kind: likely[kind] for kind in ranked if likely[kind] >= LIKELY * likely[ranked[0]]}
    words = len(words_of(text))
    bare = sum(len(words_of(concept.text)) for concept in concepts) == words
    if not bare and (concepts or words > 1):  # one word that names nothing asks nothing
        return near
    first = _by_names(_facts(concepts, patient, population))
    return dict.fromkeys(first, 1 / len(first)) | {kind: 0.0 for kind in near if kind not in first}


def _by_names(holds: frozenset[str]) -> tuple[QuestionKind, ...]:
    """What names and nothing else most likely ask about: pairs of drugs, a use, a thing."""
    if "two_drugs" in holds:
        return (QuestionKind.INTERACTION, QuestionKind.TREATMENT)
    if "drug" in holds and ("population" in holds or "organ" in holds):
        return (QuestionKind.SAFETY, QuestionKind.DOSING)
    if "drug" in holds and "condition" in holds:
        return (QuestionKind.TREATMENT, QuestionKind.SAFETY, QuestionKind.DOSING)
    if "condition" in holds:
        return (QuestionKind.TREATMENT, QuestionKind.DIAGNOSIS, QuestionKind.PROGNOSIS)
    return (QuestionKind.WHAT_IS, QuestionKind.DIAGNOSIS, QuestionKind.TREATMENT)


def kind_features(
    text: str,
    concepts: tuple[Concept, ...],
    patient: PatientFacts,
    population: tuple[str, ...],
    rules: ReadingRules,
    *,
    lineage: Callable[[str], Iterable[str]],
) -> dict[str, float]:
    """What tells the kind: words, what is named, facts, and the weights of the rules that apply."""
    holds = _facts(concepts, patient, population)
    found = features(text, concepts, (*holds, *population, *_stated(patient)), lineage)
    for rule in rules.kinds:
        if (not rule.needs or rule.needs in holds) and rule.pattern.search(text):
            name = f"rule:{rule.kind}"
            found[name] = found.get(name, 0.0) + RULE * rule.weight
    return found


def _stated(patient: PatientFacts) -> tuple[str, ...]:
    """Which values the question gives of its patient."""
    weight = patient.weight_kg
    found = {
        "aged": patient.age is not None,
        "light": weight is not None and weight < LIGHT,
        "heavy": weight is not None and weight >= LIGHT,
        "clearance": bool(patient.creatinine_clearance or patient.egfr),
        "takes": bool(patient.drugs),
    }
    return tuple(name for name, true in found.items() if true)


def _facts(
    concepts: tuple[Concept, ...], patient: PatientFacts, population: tuple[str, ...]
) -> frozenset[str]:
    """Which of the conditions that rules may need hold."""
    drugs = {c.name for c in concepts if c.kind in (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)}
    axes = {group.partition(":")[0] for group in population}
    found = {
        "drug": bool(drugs),
        "two_drugs": len(drugs) > 1,
        "condition": any(c.kind is ConceptKind.CONDITION for c in concepts),
        "child": bool(YOUNG.intersection(population)),
        "organ": bool({"hepatic", "renal"} & axes or patient.renal or patient.hepatic),
        "population": bool(axes & {"pregnancy", "lactation", "hepatic", "renal", "age"}),
    }
    return frozenset(name for name, true in found.items() if true)
