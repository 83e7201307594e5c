"""The kind of a follow-up: its own words decide, then what is new in it, then the kind before."""

from __future__ import annotations

from loccit.questions.follow_rules import FollowKind, FollowRules
from loccit.terms import ConceptKind, QuestionKind

from loccit.questions.follow_facts import stated
from loccit.terms import Question

__all__ = ["follow_kind"]

ADULT = 18
YOUNG = frozenset({"age:neonate", "age:infant", "age:child", "age:adolescent"})


def follow_kind(
    before: Question, merged: Question, text: str, *, told: frozenset[str], rules: FollowRules
) -> tuple[QuestionKind, bool]:
    """The kind, and whether the words themselves say it.

    ``told`` names what became of the subject; see ``Subject``.
    """
    new, holds = told | _new(before, merged), _holds(merged)
    for rule in rules.kinds:
        if _applies(rule, before, text, new, holds):
            return rule.kind, rule.pattern is not None
    return before.kind, False


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
