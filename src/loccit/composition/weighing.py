"""Where sources disagree: which ranks first, and what the bottom line must then say.

The own house's sources rank before those of the jurisdiction asked for, these before all others.
Where neither tells two sides apart, both stand in the bottom line: none is picked silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from loccit.composition.selecting import Pick
from loccit.terms import LOCAL, Conflict, ScoredRecord

__all__ = ["BARRED", "BOTH", "OPEN", "order_of", "ranked", "sides_of", "with_both_sides"]

BOTH = "both"
OPEN = "open"
BARRED = "barred"
"""No side ranks first, and both stand in the bottom line, neither does, or one does alone."""
MOST_SIDES = 2
"""Statements shown for either side."""


def sides_of(conflict: Conflict, jurisdiction: str) -> tuple[ScoredRecord, ...]:
    """The statements to show, those that rank first before the others, newer before older."""

    def key(each: ScoredRecord) -> tuple[int, int]:
        return -ranked(each, jurisdiction), -each.record.card.day.toordinal()

    camps = [sorted(_of_own_works(camp), key=key) for camp in (conflict.one, conflict.other)]
    camps.sort(key=lambda camp: key(camp[0]))
    return tuple(each for camp in camps for each in camp[:MOST_SIDES])


def ranked(each: ScoredRecord, jurisdiction: str) -> int:
    """How far a source ranks before others by where it holds: 2 local, 1 as asked, else 0."""
    holds = each.record.card.jurisdiction
    return 2 if holds == LOCAL else int(bool(jurisdiction) and holds == jurisdiction)


def order_of(conflict: Conflict, jurisdiction: str, bottom: Iterable[Pick]) -> str:
    """What decides the order of the sides: ``local``, a jurisdiction, or nothing."""
    one, other = (_rank(camp, jurisdiction) for camp in (conflict.one, conflict.other))
    if one != other:
        return LOCAL if max(one, other) > 1 else jurisdiction
    told = _told(bottom)
    shown = [bool(_ids(camp) & told) for camp in (conflict.one, conflict.other)]
    return BOTH if all(shown) else BARRED if any(shown) else OPEN


def with_both_sides(
    picked: list[Pick],
    conflicts: Iterable[Conflict],
    jurisdiction: str,
    claim: Callable[[ScoredRecord], Pick | None],
) -> list[Pick]:
    """The bottom line with what it may not leave out of a disagreement.

    Where it has one side and nothing ranks the two, the other follows it; where it lacks the side
    that ranks first, that one comes before. ``claim`` makes a pick of a record, which is then said
    nowhere else, or none where the safety gate bars it.
    """
    lines = list(picked)
    for conflict in conflicts:
        order = order_of(conflict, jurisdiction, lines)
        if order == BOTH:
            continue
        unranked = order in (OPEN, BARRED)
        camps = sorted((conflict.one, conflict.other), key=lambda c: -_rank(c, jurisdiction))
        for camp, others in (camps, camps[::-1])[: 2 if unranked else 1]:
            at = next((n for n, pick in enumerate(lines) if _told([pick]) & _ids(others)), None)
            if at is not None and not _told(lines) & _ids(camp):
                best = claim(max(camp, key=lambda each: ranked(each, jurisdiction)))
                lines[at + unranked : at + unranked] = [best] if best else []
    return lines


def _rank(camp: Iterable[ScoredRecord], jurisdiction: str) -> int:
    return max(ranked(each, jurisdiction) for each in camp)


def _of_own_works(camp: Iterable[ScoredRecord]) -> Iterator[ScoredRecord]:
    """The best statement of each work."""
    works = set[str]()
    for each in camp:
        if each.record.card.series not in works:
            works.add(each.record.card.series)
            yield each


def _told(picks: Iterable[Pick]) -> set[str]:
    return {e.record.passage.id for pick in picks for e in (pick.chosen, *pick.copies)}


def _ids(camp: Iterable[ScoredRecord]) -> set[str]:
    return {each.record.passage.id for each in camp}
