"""The kind of a follow-up: its own words decide, then what is new in it, then the kind before."""

from __future__ import annotations

from loccit.questions.follow_facts import stated
from loccit.questions.follow_rules import FollowKind, FollowRules
from loccit.terms import ConceptKind, Question, QuestionKind
from loccit.vocabulary.lexicon import words_of

__all__ = ["follow_kind"]

ADULT = 18
SENTENCE = 3
"""Words from which on a question can stand alone."""
YOUNG = frozenset({"age:neonate", "age:infant", "age:child", "age:adolescent"})


def follow_kind(
    before: Question, joined: Question, *, told: frozenset[str], rules: FollowRules
) -> tuple[QuestionKind, bool]:
    """The kind, and whether the words themselves say it.

    ``joined`` has the kind that its words alone were read as, which counts where they ask in full;
    ``told`` names what became of the subject, see ``Subject``.
    """
    text, new, holds = joined.text, told | _new(before, joined), _holds(joined)
    applying = [rule for rule in rules.kinds if _applies(rule, before, text, new, holds)]
    for rule in applying:
        if rule.pattern is not None:
            return rule.kind, True
    if _asks_in_full(joined, rules):
        return joined.kind, True
    return (applying[0].kind if applying else before.kind), False


def _asks_in_full(joined: Question, rules: FollowRules) -> bool:
    """Whether the new words are a whole question about what they name."""
    named = any(concept.end > 0 for concept in joined.concepts)
    says = rules.says
    short_of = says("not_yet_full", joined.text) or says("states", joined.text)
    full = says("asks_in_full", joined.text) and not short_of
    return named and full and len(words_of(joined.text)) >= SENTENCE


def _applies(
    rule: FollowKind, before: Question, text: str, new: frozenset[str], holds: frozenset[str]
) -> bool:
    return (
        (rule.pattern is None or rule.pattern.search(text) is not None)
        and (not rule.new or not rule.new.isdisjoint(new))
        and (not rule.coming_from or before.kind in rule.coming_from)
        and (not rule.holds or rule.holds in holds)
    )


def _new(before: Question, merged: Question) -> frozenset[str]:
    """What is said for the first time, or otherwise than before."""
    was, now = stated(before.patient), stated(merged.patient)
    found = {name for name, value in now.items() if was.get(name) != value}
    ages = {g for g in merged.population if g.startswith("age:")} - set(before.population)
    drugs = (ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
    told = {
        "removed_drug": len(merged.names(*drugs)) < len(before.names(*drugs)),
        "child": bool(YOUNG & ages),
        "adult": bool(ages - YOUNG),
    }
    return frozenset(found | {name for name, true in told.items() if true})


def _holds(merged: Question) -> frozenset[str]:
    """What the rules may ask to hold now."""
    patient, axes = merged.patient, {group.partition(":")[0] for group in merged.population}
    drugs = merged.names(ConceptKind.DRUG, ConceptKind.DRUG_CLASS)
    told = {
        "drug": bool(drugs),
        "two_drugs": len(drugs) > 1,
        "organ": bool({"hepatic", "renal"} & axes),
        "child": bool(YOUNG.intersection(merged.population))
        or (patient.age is not None and patient.age < ADULT),
    }
    return frozenset(name for name, true in told.items() if true)
