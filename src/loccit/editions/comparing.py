"""From two described editions to what differs between them.

What is compared are sentences, and list items and table rows as they stand: case, white space, the
look of dashes and quotation marks and the stops at the ends do not count, nor in which place a text
stands. Everything else does: signs and points decide on doses. A text that is in one edition alone
is laid beside the most similar one that is in the other alone, and where they share most of their
words, it is one text that was changed.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from loccit.editions.groups import Group, group_of, load_groups
from loccit.sentences import sentences
from loccit.terms import (
    Change,
    ChangeKind,
    Comparison,
    DescribedDocument,
    Excerpt,
    Passage,
    PassageKind,
    StatementKind,
    WordRun,
)

__all__ = ["compare"]

ALIKE = 0.5
"""Share of common words from which two texts are one that was changed."""
MOST_PAIRS = 400_000
"""Pairs that are looked at in one group; beyond that texts are new and gone, not changed."""
_DASHES, _QUOTES = range(0x2010, 0x2016), (0x2018, 0x2019, 0x201A, 0x2032)
_LOOKS = {
    **dict.fromkeys((*_DASHES, 0x2212), "-"),
    **dict.fromkeys(_QUOTES, "'"),
    **dict.fromkeys((0x201C, 0x201D, 0x201E, 0x2033), '"'),
}
_ENDS = " .,;:\u2022\u00b7*\"'"
SENTENCES = (PassageKind.PROSE, PassageKind.BOXED_WARNING)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A text that is compared as one."""

    group: Group
    states: StatementKind
    excerpt: Excerpt
    words: tuple[str, ...]

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What it must share with a text of the other edition to be the same one."""
        return self.group.name if self.group.guarded else "", self.words


def compare(before: DescribedDocument, after: DescribedDocument) -> Comparison:
    """What differs between two editions, the gravest first, each in the order of its text."""
    old, new = list(_units(before)), list(_units(after))
    gone, come = _without(old, new), _without(new, old)
    changes = [change for group in load_groups() for change in _changes(group, gone, come)]
    order = {group.name: place for place, group in enumerate(_told())}
    changes.sort(key=lambda change: (order[change.group], change.after is None, change.at.start))
    return Comparison(
        before=before.document,
        after=after.document,
        groups=_groups(old, new, {change.group for change in changes}),
        changes=tuple(changes),
    )


def _told() -> list[Group]:
    return sorted(load_groups(), key=lambda group: group.last)


def _units(described: DescribedDocument) -> Iterator[_Unit]:
    for passage, description in described.passages:
        group = group_of(passage, description)
        for excerpt in _excerpts(passage):
            words = _words(excerpt.text)
            if words:
                yield _Unit(group, description.kinds[0], excerpt, words)


def _words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LOOKS)
    return tuple(folded.strip(_ENDS).split())


def _excerpts(passage: Passage) -> Iterator[Excerpt]:
    whole = passage.kind not in SENTENCES or passage.annotation
    spans = [(0, len(passage.text))] if whole else sentences(passage.text)
    for start, end in spans:
        first = passage.locator.start
        yield Excerpt(
            passage=passage, start=first + start, end=first + end, text=passage.text[start:end]
        )


def _without(units: list[_Unit], others: list[_Unit]) -> list[_Unit]:
    """Units whose text the other edition lacks, each text once."""
    known = {unit.key for unit in others} | {("", unit.words) for unit in others}
    alone: dict[tuple[str, tuple[str, ...]], _Unit] = {}
    for unit in units:
        if unit.key not in known:
            alone.setdefault(unit.key, unit)
    return list(alone.values())


def _changes(group: Group, gone: list[_Unit], come: list[_Unit]) -> Iterator[Change]:
    old = [unit for unit in gone if unit.group is group]
    new = [unit for unit in come if unit.group is group]
    pairs = dict(_pairs(old, new)) if len(old) * len(new) <= MOST_PAIRS else {}
    for place, unit in enumerate(old):
        if place in pairs:
            yield _changed(unit, new[pairs[place]])
        else:
            kind = ChangeKind.REMOVED
            yield Change(kind=kind, group=group.name, states=unit.states, before=unit.excerpt)
    taken = set(pairs.values())
    for place, unit in enumerate(new):
        if place not in taken:
            kind = ChangeKind.ADDED
            yield Change(kind=kind, group=group.name, states=unit.states, after=unit.excerpt)


def _pairs(old: list[_Unit], new: list[_Unit]) -> Iterator[tuple[int, int]]:
    """Places of texts that are one, the most similar first; none is taken twice."""
    found = sorted(
        (-likeness, first, second)
        for first, second in _candidates(old, new)
        if (likeness := _likeness(old[first], new[second])) >= ALIKE
    )
    left, right = set(range(len(old))), set(range(len(new)))
    for _, first, second in found:
        if first in left and second in right:
            left.remove(first)
            right.remove(second)
            yield first, second


def _candidates(old: list[_Unit], new: list[_Unit]) -> Iterator[tuple[int, int]]:
    """Pairs that share a word, each once."""
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for place, unit in enumerate(new):
        for word in set(unit.words):
            holding[word].append(place)
    for place, unit in enumerate(old):
        for other in {each for word in set(unit.words) for each in holding.get(word, ())}:
            yield place, other


def _likeness(one: _Unit, other: _Unit) -> float:
    """The share of words that both have, of the words of both (Dice)."""
    first, second = set(one.words), set(other.words)
    return 2 * len(first & second) / (len(first) + len(second))


def _changed(old: _Unit, new: _Unit) -> Change:
    return Change(
        kind=ChangeKind.CHANGED,
        group=new.group.name,
        states=new.states,
        before=old.excerpt,
        after=new.excerpt,
        words=tuple(_runs(old.excerpt.text.split(), new.excerpt.text.split())),
    )


def _runs(old: list[str], new: list[str]) -> Iterator[WordRun]:
    """The words of both texts, in order: what stays, what goes, what comes."""
    for step, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            yield WordRun(text=" ".join(new[k:m]))
            continue
        if j > i:
            yield WordRun(text=" ".join(old[i:j]), kind=ChangeKind.REMOVED)
        if m > k:
            yield WordRun(text=" ".join(new[k:m]), kind=ChangeKind.ADDED)


def _groups(old: list[_Unit], new: list[_Unit], changed: set[str]) -> dict[str, ChangeKind | None]:
    """Of each group that an edition has: whether it is new, gone or changed."""
    before, after = ({unit.group.name for unit in units} for units in (old, new))
    return {
        group.name: (
            ChangeKind.ADDED
            if group.name not in before
            else ChangeKind.REMOVED
            if group.name not in after
            else ChangeKind.CHANGED
            if group.name in changed
            else None
        )
        for group in _told()
        if group.name in before | after
    }
