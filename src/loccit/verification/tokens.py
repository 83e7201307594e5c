"""What a sentence is made of, as far as it can be compared."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from loccit.quantities import Measure
from loccit.verification.rules import Mark, Qualifier

__all__ = ["Piece", "Reading", "Token", "in_context"]

RESULTS = ("difference", "significance")
"""Families that one denial reaches together: "no significant difference"."""
REACH = 8
"""How many telling words a denial reaches: a list of what is denied can be long."""
NEAR = 5
"""Telling words within which a second denial undoes the first."""
REACH_OF_ADVICE = 2
_ASIDE = re.compile(r"\([^()]{0,200}\)")


class Token(NamedTuple):
    """One unit of meaning at ``start:end`` of its text.

    ``kind`` is ``number``, ``drug``, ``procedure``, ``concept``, ``mark`` or ``word``; equal
    ``norm`` means the same. ``denied`` tells whether a denial reaches it, ``clause`` in which
    clause it stands, ``aside`` whether it stands in brackets.
    """

    kind: str
    norm: str
    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    measure: Measure | None = None
    denied: bool = False
    clause: int = 0
    aside: bool = False

    def mark(self, kind: str) -> Mark | None:
        """Its mark of this kind, if it has one."""
        for mark in self.marks:
            if mark.kind == kind:
                return mark
        return None


class Piece(NamedTuple):
    """A token before its surroundings are known."""

    start: int
    end: int
    kind: str
    norm: str
    marks: tuple[Mark, ...] = ()
    measure: Measure | None = None


@dataclass(frozen=True)
class Reading:
    """A text as read. ``qualifiers`` say for whom and when, with their places."""

    text: str
    tokens: tuple[Token, ...]
    qualifiers: tuple[tuple[Qualifier, int, int], ...]
    inner: frozenset[str] = frozenset()
    """The words inside the names of conditions and findings, as compared."""

    @cached_property
    def norms(self) -> frozenset[str]:
        """All that it names or says."""
        return frozenset([token.norm for token in self.tokens])

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of drugs, procedures, conditions and findings."""
        named = ("drug", "procedure", "concept")
        return frozenset([token.norm for token in self.tokens if token.kind in named])

    @cached_property
    def drugs(self) -> frozenset[str]:
        """Canonical names of the drugs and classes named."""
        return frozenset([token.norm for token in self.tokens if token.kind == "drug"])

    @cached_property
    def actors(self) -> frozenset[str]:
        """Drugs and procedures: what can be tested."""
        acting = ("drug", "procedure")
        return frozenset([token.norm for token in self.tokens if token.kind in acting])

    @cached_property
    def marked(self) -> tuple[Token, ...]:
        """The tokens that have marks."""
        return tuple([token for token in self.tokens if token.marks])

    def part(self, start: int, end: int) -> Reading:
        """What of it stands within ``start:end``; places stay those of the whole text."""
        starts = [token.start for token in self.tokens]
        tokens = self.tokens[bisect_left(starts, start) : bisect_left(starts, end)]
        inside = tuple([each for each in self.qualifiers if start <= each[1] < end])
        return Reading(self.text, tokens, inside, self.inner)


def in_context(text: str, pieces: Iterable[Piece], ends: re.Pattern[str]) -> Iterator[Token]:
    """Tokens with their clause, and with what denials reach; ``pieces`` in order.

    A denial reaches the words after it in its clause, all advice among them ("not recommended for
    use"), and the first direction; "no significant difference" denies both. What advises against
    something ("avoid using") denies the advice that follows.
    """
    breaks = [match.start() + 1 for match in ends.finditer(text)]
    asides = [match.span() for match in _ASIDE.finditer(text)] if "(" in text else []
    denial, clause, bracket = _Denial(), 0, 0
    last = 0
    for start, end, kind, norm, marks, measure in pieces:
        while clause < len(breaks) and breaks[clause] <= start:
            clause += 1
        if marks and "," in text[last:start] and any(m.kind == "advice" for m in marks):
            denial.forget()  # "if you do not have one, call": what follows is another sentence
        last = end
        denied = denial.meets(marks, clause)
        while bracket < len(asides) and asides[bracket][1] <= start:
            bracket += 1
        aside = bracket < len(asides) and asides[bracket][0] <= start
        yield Token(kind, norm, start, end, marks, measure, denied, clause, aside)


class _Denial:
    """Walks along a text and knows what the last denial still reaches; two of them cancel out."""

    __slots__ = ("_against", "_clause", "_left", "_odd", "_turned")

    def __init__(self) -> None:
        self._clause, self._left, self._turned, self._against = -1, 0, False, 0
        self._odd = True

    def forget(self) -> None:
        """Nothing reaches further."""
        self._left = self._against = 0

    def meets(self, marks: tuple[Mark, ...], clause: int) -> bool:
        """Whether the next token, which has these marks, is denied."""
        if clause != self._clause:
            self._clause, self._left, self._against = clause, 0, 0
        if not marks:
            self._left -= 1
            self._against -= 1
            return self._odd and self._left >= 0
        return self._meets_marked(marks)

    def _meets_marked(self, marks: tuple[Mark, ...]) -> bool:
        advice, turns = None, False
        for mark in marks:
            if mark.kind == "negation":
                near = self._left > REACH - NEAR
                self._odd = not (self._odd and near)  # "no dose is not …" denies nothing
                reach = 0 if mark.family == "behind" else mark.rank or REACH
                self._left, self._turned = reach, False
                return False
            if mark.kind == "advice":
                advice = mark
            elif mark.kind == "direction" and mark.family not in RESULTS:
                turns = True
        denied = self._odd and self._left > 0 and not (turns and self._turned)
        if advice and self._against > 0 and self._left <= 0:
            denied = advice.sign > 0
        self._turned = self._turned or (denied and (turns or advice is not None))
        if not (denied and any(mark.family in RESULTS for mark in marks)):
            self._left -= 1  # "without significant difference" denies both
        self._against = REACH_OF_ADVICE if advice and advice.sign < 0 else self._against - 1
        return denied
