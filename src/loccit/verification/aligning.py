"""Lays a sentence beside the sentence of its source and pairs what corresponds.

Most sentences under check are close to their source: a common beginning and end are set aside
first, the rest is aligned by longest common runs, and what moved is paired by meaning.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from loccit.verification.tokens import Token

__all__ = ["Alignment", "align"]

Pair = tuple[Token, Token]
ALIKE = 3
"""From which score two tokens are of one sort for certain."""
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Alignment:
    """Tokens of a sentence and of its source, paired.

    ``same`` mean the same in corresponding places, ``moved`` the same in another order; ``swapped``
    stand in one another's place and differ; ``added`` are in the sentence only, ``dropped`` in the
    source only.
    """

    same: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    swapped: tuple[Pair, ...]
    added: tuple[Token, ...]
    dropped: tuple[Token, ...]

    @property
    def matched(self) -> tuple[Pair, ...]:
        """All pairs of equal meaning."""
        return self.same + self.moved


def align(sentence: Sequence[Token], source: Sequence[Token]) -> Alignment:
    """Pair the tokens of ``sentence`` with those of ``source``."""
    blocks = list(_blocks(sentence, source))
    aligned = [pair for block in blocks if block.equal for pair in block.pairs()]
    dropped = [t for block in blocks if not block.equal for t in block.source]
    claims = {token.norm for token in sentence}
    same, listed, changed = _told_apart(aligned, claims, dropped)
    exchanged = _exchanged([block for block in blocks if not block.equal])
    gone = {id(one) for pair in (*exchanged, *listed) for one in pair}
    moved = _moved([block.without(gone) for block in blocks if not block.equal])
    gone |= {id(one) for pair in moved for one in pair}
    swapped = [p for b in blocks if not b.equal for p in _swaps(b.without(gone))]
    gone |= {id(one) for pair in swapped for one in pair}
    rest = [block.without(gone) for block in blocks if not block.equal]
    return Alignment(
        same=tuple(same),
        moved=(*listed, *moved),
        swapped=(*changed, *exchanged, *swapped),
        added=tuple(token for block in rest for token in block.sentence),
        dropped=tuple(token for block in rest for token in block.source),
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """A run of tokens and the run that stands in its place in the source."""

    equal: bool
    sentence: tuple[Token, ...]
    source: tuple[Token, ...]

    def pairs(self) -> Iterator[Pair]:
        return zip(self.sentence, self.source, strict=True)

    def without(self, gone: set[int]) -> _Block:
        return _Block(
            equal=False,
            sentence=tuple(token for token in self.sentence if id(token) not in gone),
            source=tuple(token for token in self.source if id(token) not in gone),
        )


def _blocks(sentence: Sequence[Token], source: Sequence[Token]) -> Iterator[_Block]:
    one, other = [_sort(token) for token in sentence], [_sort(token) for token in source]
    least = min(len(one), len(other))
    head = next((i for i in range(least) if one[i] != other[i]), least)
    rest = least - head
    tail = next((i for i in range(rest) if one[-1 - i] != other[-1 - i]), rest)
    yield _Block(equal=True, sentence=tuple(sentence[:head]), source=tuple(source[:head]))
    middle_one, middle_other = one[head : len(one) - tail], other[head : len(other) - tail]
    matcher = SequenceMatcher(None, middle_one, middle_other, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        yield _Block(
            equal=tag == "equal",
            sentence=tuple(sentence[head + i : head + j]),
            source=tuple(source[head + k : head + m]),
        )
    yield _Block(
        equal=True,
        sentence=tuple(sentence[len(one) - tail :]),
        source=tuple(source[len(other) - tail :]),
    )


def _sort(token: Token) -> str:
    """What a token is aligned by: a number by what it measures, all else by its meaning."""
    if not token.measure:
        return token.norm
    if not token.measure.dimension and FIRST_YEAR <= token.measure.low <= LAST_YEAR:
        return "#year"
    return f"#{token.measure.dimension}"


def _told_apart(
    pairs: Iterable[Pair], claims: set[str], dropped: Sequence[Token]
) -> tuple[list[Pair], list[Pair], list[Pair]]:
    """Aligned pairs that mean the same, that moved, and that differ.

    Figures that only moved along a list are paired with their equals among ``dropped``, what the
    source alone has.
    """
    same, moved, swapped = [], [], []
    left = {token.norm: token for token in dropped if token.measure}
    for one, other in pairs:
        if one.norm == other.norm:
            same.append((one, other))
        elif one.norm in left and other.norm not in claims:
            moved.append((one, left.pop(one.norm)))
        else:
            swapped.append((one, other))
    return same, moved, swapped


def _exchanged(blocks: list[_Block]) -> list[Pair]:
    """Names and figures that stand in each other's place in two different runs.

    Within one run they are a list told in another order.
    """
    places: dict[tuple[str, str], tuple[int, Pair]] = {}
    found: list[Pair] = []
    for number, block in enumerate(blocks):
        for one, other in _in_place(block):
            places[one.norm, other.norm] = (number, (one, other))
            partner = places.get((other.norm, one.norm))
            if partner and partner[0] != number:
                found += [partner[1], (one, other)]
    return found


def _in_place(block: _Block) -> Iterator[Pair]:
    """Tokens of the sorts that can be exchanged, first with first."""
    for kind in ("number", "drug", "procedure", "concept"):
        ours = [token for token in block.sentence if token.kind == kind]
        theirs = [token for token in block.source if token.kind == kind]
        if len(ours) == len(theirs):
            yield from zip(ours, theirs, strict=True)


def _moved(blocks: list[_Block]) -> list[Pair]:
    """Equal tokens outside the common runs, first with first."""
    waiting: dict[str, deque[Token]] = defaultdict(deque)
    for block in blocks:
        for token in block.source:
            waiting[token.norm].append(token)
    return [
        (token, waiting[token.norm].popleft())
        for block in blocks
        for token in block.sentence
        if waiting.get(token.norm)
    ]


def _swaps(block: _Block) -> Iterator[Pair]:
    """Tokens of one sort that stand in one another's place, the most alike first, in order."""
    ours, theirs = list(block.sentence), list(block.source)
    for least in (ALIKE, 1):
        for token in list(ours):
            best = max(theirs, key=lambda other: _alike(token, other), default=None)
            if best is not None and _alike(token, best) >= least:
                ours.remove(token)
                theirs.remove(best)
                yield token, best


def _alike(one: Token, other: Token) -> int:
    """How much two tokens are of one sort; 0 when they are not."""
    if one.measure and other.measure:
        return 3 if _sort(one) == _sort(other) else 2
    if one.marks and other.marks:
        families = {(m.kind, m.family) for m in one.marks} & {
            (m.kind, m.family) for m in other.marks
        }
        if families - {("negation", "")}:
            return 4
        if "mark" in (one.kind, other.kind):
            return 0
    names = ("drug", "procedure", "concept", "word")
    if one.kind in names and other.kind in names:
        return 3 if one.kind == other.kind else 1
    return 0
