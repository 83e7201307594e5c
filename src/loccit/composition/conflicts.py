"""Finds sources that disagree, and places them side by side; it never decides.

One recommends what another advises against, or one trial finds a benefit where another finds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from loccit.composition.cues import load_cues
from loccit.terms import Conflict, ScoredRecord, StatementKind

__all__ = ["find_conflicts"]

MOST_SIDES = 4
MOST_CONFLICTS = 5
FOR, AGAINST = 1, -1


def find_conflicts(records: Iterable[ScoredRecord]) -> tuple[Conflict, ...]:
    """Disagreements among records on the condition, in order of their best record."""
    sided = [(each, side) for each in records if (side := _side(each)) and _relevant(each)]
    groups: dict[tuple[str, ...], list[tuple[ScoredRecord, int]]] = {}
    for each, side in sided:
        for point in _points(each):
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


def _points(each: ScoredRecord) -> Iterator[tuple[str, ...]]:
    """What a record can disagree about: a treatment advised, or a pair of treatments compared.

    Tests and operations are left out: they are advised or not by circumstance.
    """
    says = each.record.description
    treatments = sorted({*says.drugs, *says.procedures} - load_cues().circumstantial)
    if says.kinds[0] is StatementKind.EFFICACY:
        yield from combinations(treatments, 2)
    else:
        yield from ((name,) for name in treatments)


def _opposed(members: list[tuple[ScoredRecord, int]]) -> tuple[ScoredRecord, ...]:
    """The best of either side, from different works; nothing when one side is missing."""
    best: dict[int, list[ScoredRecord]] = {FOR: [], AGAINST: []}
    works: set[str] = set()
    for each, side in members:
        work = each.record.card.series
        if work not in works and len(best[side]) < MOST_SIDES // 2:
            best[side].append(each)
            works.add(work)
    if not best[FOR] or not best[AGAINST]:
        return ()
    return (*best[FOR], *best[AGAINST])
