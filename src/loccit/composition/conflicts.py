"""Finds sources that disagree, and places them side by side; it never decides.

One recommends what another advises against, or one trial finds a benefit where another finds none:
of the same act, in the same population.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from loccit.composition.cues import load_cues
from loccit.terms import Conflict, ScoredRecord, StatementKind
from loccit.vocabulary import Vocabulary

__all__ = ["find_conflicts"]

MOST_SIDES = 4
MOST_CONFLICTS = 5
FOR, AGAINST = 1, -1
Sided = tuple[ScoredRecord, int]


def find_conflicts(records: Iterable[ScoredRecord], vocabulary: Vocabulary) -> tuple[Conflict, ...]:
    """Disagreements among records on the condition, in order of their best record."""
    sided = [(each, side) for each in records if (side := _side(each)) and _relevant(each)]
    groups: dict[tuple[str, ...], list[Sided]] = {}
    for each, side in sided:
        for point in _points(each, vocabulary):
            groups.setdefault(point, []).append((each, side))
    found, shown = [], set[str]()
    for point, members in groups.items():
        sides = _opposed(members)
        ids = frozenset(each.record.passage.id for each in sides)
        if sides and not ids <= shown:
            shown |= ids
            found.append(Conflict(point=" and ".join(point), sides=sides))
    return tuple(found[:MOST_CONFLICTS])


def _relevant(each: ScoredRecord) -> bool:
    return each.parts.get("condition", 0) > 0 and each.fits


def _side(each: ScoredRecord) -> int:
    """For, against, or (0) neither."""
    kind, text = each.record.description.kinds[0], each.record.passage.text
    if kind is StatementKind.RECOMMENDATION_FOR:
        return FOR
    if kind is StatementKind.RECOMMENDATION_AGAINST:
        return AGAINST
    if kind is not StatementKind.EFFICACY:
        return 0
    cues = load_cues()
    if cues.null_result.search(text):
        return AGAINST
    return FOR if cues.benefit.search(text) else 0


def _points(each: ScoredRecord, vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    """What a record can disagree about: a treatment advised, or a pair of treatments compared.

    Tests and operations are left out: they are advised or not by circumstance.
    """
    says = each.record.description
    treatments = sorted({*says.drugs, *says.procedures} - load_cues().circumstantial)
    if says.kinds[0] is StatementKind.EFFICACY:
        yield from combinations(treatments, 2)
    else:
        acts = _acts(each.record.passage.text, vocabulary)
        yield from ((name,) for name in treatments if name in acts)


def _acts(text: str, vocabulary: Vocabulary) -> set[str]:
    """What a recommendation is about: what its words name, but not beside or before the act.

    "An opioid, with or without acetaminophen, when an NSAID failed" is a word on opioids alone.
    """
    cues, acts = load_cues(), set[str]()
    end, beside = 0, False
    for concept in vocabulary.lexicon.find(text):
        between = text[end : concept.start]
        listed = beside and cues.listing.fullmatch(between) is not None
        beside = listed or cues.beside.search(between) is not None
        if not beside:
            acts.add(concept.name)
        end = concept.end
    return acts


def _opposed(members: list[Sided]) -> tuple[ScoredRecord, ...]:
    """The best of either side, from different works; nothing when one side is missing."""
    best: dict[int, list[ScoredRecord]] = {FOR: [], AGAINST: []}
    works: set[str] = set()
    for each, side in _in_one_population(members):
        work = each.record.card.series
        if work not in works and len(best[side]) < MOST_SIDES // 2:
            best[side].append(each)
            works.add(work)
    if not best[FOR] or not best[AGAINST]:
        return ()
    return (*best[FOR], *best[AGAINST])


def _in_one_population(members: list[Sided]) -> Iterator[Sided]:
    """The members about the same people as the best two that disagree."""
    pairs = (
        pair
        for pair in combinations(members, 2)
        if pair[0][1] != pair[1][1] and _same_people(pair[0][0], pair[1][0])
    )
    leading = next(pairs, ())
    for each, side in members:
        if leading and all(_same_people(each, other) for other, _ in leading):
            yield each, side


def _same_people(one: ScoredRecord, other: ScoredRecord) -> bool:
    """Whether no axis of population on which both speak sets the two apart."""
    mine, theirs = _axes(one), _axes(other)
    return all(
        mine[axis] & theirs[axis] or "any" in mine[axis] | theirs[axis]
        for axis in mine.keys() & theirs.keys()
    )


def _axes(each: ScoredRecord) -> dict[str, set[str]]:
    axes: dict[str, set[str]] = {}
    for group in each.record.description.population:
        axis, _, value = group.partition(":")
        axes.setdefault(axis, set()).add(value)
    return axes
