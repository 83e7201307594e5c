"""Fills the slots of a shape with records: each at most once, near copies merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from math import ceil

from loccit.composition.cues import load_cues
from loccit.composition.dosing import is_for_other_ages
from loccit.composition.facets import STRICT, Facet
from loccit.composition.gate import is_beside_the_block, is_withheld
from loccit.composition.holding import (
    HOLDS,
    Context,
    is_for_others,
    is_of_a_state_not_asked,
    is_off_the_drug,
)
from loccit.terms import ConceptKind, Record, Role, ScoredRecord, Slot, StatementKind
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import folded_words

__all__ = ["Pick", "Selector", "alike", "strictness_of"]

CONDITIONS = (ConceptKind.CONDITION, ConceptKind.FINDING)
KIND_BONUS = 0.3
STRICT_BONUS = 0.15
"""What a step of strictness counts against relevance, where a fact of the patient is met."""
FORBIDS = 4
"""Steps of strictness that words which forbid are worth."""
ALIKE = 0.8
"""Share of words two passages must have in common to be taken for copies of each other."""
MOST_CITATIONS = 3
NOT_FAR = 0.7
"""Share of the best relevance that still counts as near it."""


@dataclass(slots=True)
class Pick:
    """A record chosen for a slot, with near copies of it from other documents."""

    chosen: ScoredRecord
    words: frozenset[str]
    copies: list[ScoredRecord] = field(default_factory=list)


class Selector:
    """Picks records for slots; remembers what was picked, so that nothing is said twice."""

    def __init__(self, context: Context, vocabulary: Vocabulary) -> None:
        self.context, self._vocabulary = context, vocabulary
        self._picks: list[Pick] = []
        self._used: set[str] = set()
        self.withheld: dict[str, Record] = {}
        """What was left out since its drug is blocked, by the passage's id."""

    def take(self, records: Iterable[ScoredRecord]) -> list[Pick]:
        """Picks for exactly these, in their order; what was picked before is not taken again."""
        picks = []
        for each in records:
            if each.record.passage.id not in self._used:
                self._used.add(each.record.passage.id)
                pick = Pick(chosen=each, words=_words(each))
                self._picks.append(pick)
                picks.append(pick)
        return picks

    def fill(self, slot: Slot, records: Iterable[ScoredRecord]) -> list[Pick]:
        """The picks for one slot, best first."""
        kinds = frozenset(slot.kinds)
        of_kind = [e for e in records if not kinds.isdisjoint(e.record.description.kinds)]
        fitting = sorted((e for e in of_kind if self._fits(slot, e)), key=_rank(kinds))
        answering = slot.role is Role.ANSWER
        fitting = self._allowed(fitting, answering=answering)
        drugs = self.context.drugs
        if slot.cover:
            asked = self.context.question.names(*CONDITIONS)
            fitting = _covering(_leading(fitting, kinds), frozenset(asked), slot.most)
        if slot.spread:
            fitting = _in_turns(fitting, lambda each: each.record.card.id)
        if not slot.by_drug or not drugs:
            return self._take(fitting, slot.most, slot.per_document, answering=answering)
        picks: list[Pick] = []
        for drug, most in zip(drugs, _shares(slot.most, len(drugs)), strict=True):
            own = [each for each in fitting if drug in each.record.description.subjects]
            own = _in_turns(own, lambda each: each.record.description.kinds[0])
            picks += self._take(own, most, most, answering=answering)
        return picks

    def fill_facet(self, facet: Facet, records: Iterable[ScoredRecord]) -> list[Pick]:
        """The strictest words on one stated fact of the patient."""
        fitting = sorted((each for each in records if facet.speaks(each)), key=_strictness)
        fitting = self._allowed(fitting, answering=True)
        return self._take(fitting, facet.most, facet.most, answering=True)

    def _allowed(self, fitting: list[ScoredRecord], *, answering: bool) -> list[ScoredRecord]:
        """Those on the drug asked about that do not speak for one that is blocked."""
        if answering:
            strange = (is_off_the_drug, is_of_a_state_not_asked)
            fitting = [e for e in fitting if not any(is_so(self.context, e) for is_so in strange)]
        if not self.context.judgement.drugs:
            return fitting
        allowed = []
        for each in fitting:
            if answering and is_beside_the_block(self.context.judgement, each):
                continue
            if is_withheld(self.context.judgement, each.record, answering=answering):
                if is_withheld(self.context.judgement, each.record, answering=False):
                    self.withheld[each.record.passage.id] = each.record
            else:
                allowed.append(each)
        return allowed

    def claim(self, each: ScoredRecord) -> Pick | None:
        """The record as a pick whatever it ranks, so that no slot says it again.

        None where it would speak for a drug that is blocked.
        """
        if not self._allowed([each], answering=True):
            return None
        pick = Pick(chosen=each, words=_words(each))
        self._used.add(each.record.passage.id)
        self._picks.append(pick)
        return pick

    def _take(
        self, fitting: list[ScoredRecord], most: int, per_document: int, *, answering: bool
    ) -> list[Pick]:
        taken: list[Pick] = []
        counts: dict[str, int] = {}
        for each in fitting:
            if len(taken) >= most:
                break
            record = each.record
            if is_for_others(self.context, each):
                continue
            if record.passage.id in self._used or counts.get(record.card.id, 0) >= per_document:
                continue
            if answering and is_for_other_ages(self.context, each, self._vocabulary):
                continue
            words = _words(each)
            self._used.add(record.passage.id)
            if self._merge(each, words):
                continue
            pick = Pick(chosen=each, words=words)
            counts[record.card.id] = counts.get(record.card.id, 0) + 1
            taken.append(pick)
            self._picks.append(pick)
        return taken

    def _merge(self, each: ScoredRecord, words: frozenset[str]) -> bool:
        """Whether this is a near copy of a pick; if so it becomes a further citation of it."""
        for pick in self._picks:
            if alike(pick.words, words):
                cited = {pick.chosen.record.card.id, *(c.record.card.id for c in pick.copies)}
                if each.record.card.id not in cited and len(pick.copies) < MOST_CITATIONS - 1:
                    pick.copies.append(each)
                return True
        return False

    def _fits(self, slot: Slot, each: ScoredRecord) -> bool:
        says, card = each.record.description, each.record.card
        if not (each.fits or (slot.loose and "mismatch" not in each.parts)):
            return False
        if slot.sources and card.evidence_kind not in slot.sources:
            return False
        if slot.mentions and not set(slot.mentions).intersection(says.procedures):
            return False
        return all(HOLDS[name](self.context, each) for name in slot.holds)


def _words(each: ScoredRecord) -> frozenset[str]:
    return frozenset(folded_words(each.record.passage.text))


def _in_turns(
    records: list[ScoredRecord], group_of: Callable[[ScoredRecord], str]
) -> list[ScoredRecord]:
    """The records so that each group has its turn, best first: none crowds out the others."""
    groups: dict[str, list[ScoredRecord]] = {}
    for each in records:
        groups.setdefault(group_of(each), []).append(each)
    return [each for turn in zip_longest(*groups.values()) for each in turn if each is not None]


def _leading(records: list[ScoredRecord], kinds: frozenset[StatementKind]) -> list[ScoredRecord]:
    """Those that are of such a kind before any other, and not far behind the best of them."""
    own = [each for each in records if each.record.description.kinds[0] in kinds]
    best = max((each.score for each in own), default=0.0)
    return [each for each in own if each.score >= NOT_FAR * best]


def _covering(records: list[ScoredRecord], asked: frozenset[str], most: int) -> list[ScoredRecord]:
    """The few that together name what most sources name beside what is asked, then the others."""
    voices = _voices(records, asked)
    left, chosen = list(records), list[ScoredRecord]()

    def gain(each: ScoredRecord) -> int:
        return sum(voices[name] for name in {*each.record.description.conditions})

    while left and len(chosen) < most:
        best = max(left, key=gain)
        left.remove(best)
        chosen.append(best)
        voices.update(dict.fromkeys(best.record.description.conditions, 0))
    return [*chosen, *left]


def _voices(records: list[ScoredRecord], asked: frozenset[str]) -> dict[str, int]:
    """In how many documents each condition is named; nothing for those asked about."""
    naming: dict[str, set[str]] = {}
    for each in records:
        for name in each.record.description.conditions:
            naming.setdefault(name, set()).add(each.record.card.id)
    return {name: 0 if name in asked else len(ids) for name, ids in naming.items()}


def _rank(wanted: frozenset[StatementKind]) -> Callable[[ScoredRecord], tuple[float, str, int]]:
    def key(each: ScoredRecord) -> tuple[float, str, int]:
        kinds = each.record.description.kinds
        bonus = max(KIND_BONUS / (1 + rank) for rank, kind in enumerate(kinds) if kind in wanted)
        place = each.record.passage.locator
        return -(each.score + bonus), place.document, place.start

    return key


def _strictness(each: ScoredRecord) -> tuple[float, str, int]:
    place = each.record.passage.locator
    return -(each.score + _steps(each) * STRICT_BONUS), place.document, place.start


def _steps(each: ScoredRecord) -> int:
    forbids = load_cues().forbids.search(each.record.passage.text) is not None
    return STRICT[each.record.description.kinds[0]] + FORBIDS * forbids


def strictness_of(pick: Pick) -> int:
    """Sorts the strictest first, so that no dose stands above the words that forbid the drug."""
    return -_steps(pick.chosen)


def _shares(most: int, drugs: int) -> list[int]:
    """The first drug's share is half, the rest is split evenly; one drug has all."""
    if drugs == 1:
        return [most]
    first = ceil(most / 2)
    rest = max(1, (most - first) // (drugs - 1))
    return [first, *[rest] * (drugs - 1)]


def alike(left: frozenset[str], right: frozenset[str]) -> bool:
    """Near copies: most words shared, and no number of either missing from the other."""
    if not left or not right:
        return False
    if len(left) < ALIKE * len(right) or len(right) < ALIKE * len(left):
        return False  # they cannot share enough, whatever they share
    shared = len(left & right)
    if shared < ALIKE * len(left | right):
        return False
    return not any(word[0].isdigit() for word in left ^ right)
