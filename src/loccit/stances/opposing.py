"""When two stances cannot both hold: of the same act, for the same ailment, in the same people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import permutations, product
from typing import NamedTuple

from loccit.stances.amounts import BOUNDS
from loccit.stances.rules import StanceRules, load_stance_rules
from loccit.stances.stance import AGAINST, NEITHER, Amount, Stance
from loccit.vocabulary import Vocabulary

__all__ = ["Opposition", "opposition", "oppositions"]

NEAR = 2
"""Steps up the vocabulary at which a wider condition or class still is about the same."""
ALIKE = 0.03
"""Share by which two printed amounts may differ and be the same."""
WITHIN = {"dialysis": "severe", "adolescent": "child", "infant": "child", "neonate": "infant"}


class Opposition(NamedTuple):
    """Why two stances cannot both hold, and of which act.

    ``by`` is ``direction``, ``finding``, or what the amounts say that differ.
    """

    by: str
    act: tuple[str, ...]


def oppositions(
    ones: Iterable[Stance], others: Iterable[Stance], vocabulary: Vocabulary
) -> tuple[Opposition, ...]:
    """Why two texts cannot both hold: what some of their stances differ in and none agree on.

    A text that starts at 45 years and leaves it open to start at 40 does not oppose one from 45 on.
    """
    pairs = [pair for pair in product(ones, others) if _can_oppose(*pair)]
    found = dict.fromkeys(filter(None, (opposition(*pair, vocabulary) for pair in pairs)))
    rules = load_stance_rules()
    return tuple(
        why
        for why in found
        if not any(_agree(*pair, why) and _same_matter(*pair, vocabulary, rules) for pair in pairs)
    )


def _can_oppose(one: Stance, other: Stance) -> bool:
    """The cheap part of the comparison: both take a side, or both lay something down."""
    return bool(one.side and other.side) or bool(one.amounts and other.amounts)


def _agree(one: Stance, other: Stance, why: Opposition) -> bool:
    """Whether two stances say the same of what two others differ in."""
    act = frozenset(why.act)
    if act not in one.acts & other.acts or one.finds is not other.finds:
        return False
    if why.by in ("direction", "finding"):
        return one.side == other.side
    alike = [(a, b) for a, b in product(one.amounts, other.amounts) if a.says == b.says == why.by]
    return any(_comparable(a, b) and _compatible(a, b) for a, b in alike)


def opposition(one: Stance, other: Stance, vocabulary: Vocabulary) -> Opposition | None:
    """Why they cannot both hold, or nothing."""
    rules = load_stance_rules()
    if one.finds is not other.finds or not _same_matter(one, other, vocabulary, rules):
        return None
    if one.finds:
        return _of_findings(one, other)
    paired = all(len(act) > 1 for act in one.acts | other.acts)
    if not paired and not _common_ground(one, other):
        return None
    if NEITHER not in (one.side, other.side) and one.side != other.side:
        against, advised = (one, other) if one.side == AGAINST else (other, one)
        if act := _act_of(against, advised, vocabulary, rules):
            return Opposition("direction", act)
    return _of_amounts(one, other)


def _of_findings(one: Stance, other: Stance) -> Opposition | None:
    apart = one.outcomes and other.outcomes and one.outcomes.isdisjoint(other.outcomes)
    shared = sorted(tuple(sorted(act)) for act in one.acts & other.acts)
    if one.side == other.side or apart or not shared or not (one.conditions and other.conditions):
        return None
    return Opposition("finding", shared[0])


def _of_amounts(one: Stance, other: Stance) -> Opposition | None:
    shared = sorted(tuple(sorted(act)) for act in one.acts & other.acts)
    if not shared or AGAINST in (one.side, other.side):
        return None
    alike = [(a, b) for a, b in product(one.amounts, other.amounts) if _comparable(a, b)]
    for says in dict.fromkeys(a.says for a, _ in alike):
        if not any(_compatible(a, b) for a, b in alike if a.says == says):
            return Opposition(says, shared[0])
    return None


def _act_of(
    against: Stance, advised: Stance, vocabulary: Vocabulary, rules: StanceRules
) -> tuple[str, ...]:
    """The act forbidden and advised: a ban on a class bans its members, and not the other way."""
    for banned in sorted(map(tuple, map(sorted, against.acts))):
        for wanted in sorted(map(tuple, map(sorted, advised.acts))):
            if len(banned) == len(wanted) and any(
                all(_covers(b, w, vocabulary, rules) for b, w in zip(order, wanted, strict=True))
                for order in permutations(banned)
            ):
                return wanted
    return ()


def _covers(wide: str, narrow: str, vocabulary: Vocabulary, rules: StanceRules) -> bool:
    if wide == narrow or wide in vocabulary.lineage(narrow):
        return True
    if any(narrow in wider and wide in wider for wider in rules.same_act):
        return True
    groups = vocabulary.classes.get(narrow, ())
    return any(vocabulary.steps_up(group).get(wide, NEAR + 1) <= NEAR for group in groups)


def _same_matter(one: Stance, other: Stance, vocabulary: Vocabulary, rules: StanceRules) -> bool:
    return (
        _same_conditions(one.conditions, other.conditions, vocabulary)
        and _same_circumstances(one.apart, other.apart, rules)
        and _same_people(one, other, rules)
    )


def _common_ground(one: Stance, other: Stance) -> bool:
    """Whether both say for what or for whom: two bare words on a drug may be about anything."""
    ailments = bool(one.conditions and other.conditions)
    axes = one.people.keys() & other.people.keys()
    levels = {"target", "threshold"}.intersection(a.says for a in one.amounts)
    return ailments or bool(axes) or bool(one.years and other.years) or bool(levels)


def _same_conditions(mine: frozenset[str], theirs: frozenset[str], vocabulary: Vocabulary) -> bool:
    if not mine or not theirs:
        return True

    def up(names: frozenset[str]) -> set[str]:
        steps = (vocabulary.steps_up(name) for name in names)
        return {wider for each in steps for wider, far in each.items() if far <= NEAR}

    return bool(mine & up(theirs) or theirs & up(mine))


def _same_circumstances(
    mine: Mapping[str, frozenset[str]], theirs: Mapping[str, frozenset[str]], rules: StanceRules
) -> bool:
    for name, axis in rules.axes.items():
        ours, others = mine.get(name, frozenset()), theirs.get(name, frozenset())
        if ours and others:
            if ours.isdisjoint(others):
                return False
        elif (ours | others) & axis.apart:
            return False
    return True


def _same_people(one: Stance, other: Stance, rules: StanceRules) -> bool:
    axes = (one.people.keys() | other.people.keys()) - {"age"}
    for axis in axes:
        ours, others = one.people.get(axis, frozenset()), other.people.get(axis, frozenset())
        if not ours or not others:
            if axis in rules.people_apart:
                return False
        elif "any" not in ours | others and _wider(ours).isdisjoint(_wider(others)):
            return False
    return _same_ages(one, other, rules)


def _wider(values: frozenset[str]) -> frozenset[str]:
    return values | {WITHIN[value] for value in values if value in WITHIN}


def _same_ages(one: Stance, other: Stance, rules: StanceRules) -> bool:
    mine, theirs = _years(one, rules), _years(other, rules)
    if mine and theirs:
        return min(mine[1], theirs[1]) > max(mine[0], theirs[0])
    stated = mine or theirs
    adult, older = rules.years["adult"], rules.years["older_adult"]
    return not stated or (stated[1] > adult[0] and stated[0] < older[0])


def _years(stance: Stance, rules: StanceRules) -> tuple[float, float] | None:
    """Ages by number, else by word; an adult is anyone who is not said to be otherwise."""
    if stance.years:
        return stance.years
    words = stance.people.get("age", frozenset()) - {"adult"}
    spans = [rules.years[word] for word in words if word in rules.years]
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None


def _comparable(one: Amount, other: Amount) -> bool:
    same = one.dimension == other.dimension
    bound = one.says in (BOUNDS.get(other.says), other.says) or other.says == BOUNDS.get(one.says)
    return same and bound


def _compatible(one: Amount, other: Amount) -> bool:
    """Whether two amounts meet: ranges overlap, and nothing given exceeds what is allowed."""
    if one.says != other.says:
        bound, given = (one, other) if one.says == BOUNDS.get(other.says) else (other, one)
        return given.low <= bound.high * (1 + ALIKE)
    low, high = max(one.low, other.low), min(one.high, other.high)
    return low <= high * (1 + ALIKE)
