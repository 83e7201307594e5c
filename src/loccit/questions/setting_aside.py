"""Parts of a text whose words do not hold of the patient now: denied, past, or in general."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import inf

from loccit.dangers import Dangers
from loccit.dangers.phrases import CueWord, Span
from loccit.questions.belonging import denials
from loccit.questions.rules import ReadingRules

__all__ = ["Aside"]

_LISTED = re.compile(r"\b(?:or|nor)\b", re.IGNORECASE)
_QUESTION = re.compile(r"[.?!;]")
_FINDINGS = re.compile(r"[\d,]|\s[-\u2013\u2014]\s")


class Aside:
    """Parts of a text whose cues are denied, past, someone else's or a matter in general."""

    def __init__(
        self,
        text: str,
        words: Sequence[CueWord],
        dangers: Dangers,
        rules: ReadingRules,
        cues: Iterable[Span],
    ) -> None:
        """``cues`` are matches within which a denying word denies nothing ("no feeling")."""
        self._words = words
        marks: dict[str, list[Span]] = defaultdict(list)
        for name, span in dangers.set_aside.find(words):
            marks[name].append(span)
        present = {words[span.first].clause for span in marks["present"]}
        self._past = {words[span.first].clause for span in marks["past"]} - present
        self._general = {words[span.first].sentence for span in marks["elsewhere"]}
        self._general |= _asked(text, words, marks)
        denied = (span for span in denials(text, rules) if not _is_sign(words, span, cues))
        spans = [_cut(text, span) for span in denied]
        spans += [_from(text, words, span) for span in marks["denials"]]
        self._denied = _merged(spans)

    def holds(self, span: Span, *, past: bool) -> bool:
        """Whether a match is set aside; by the past only where ``past`` says that it can be."""
        word = self._words[span.first]
        return (
            word.sentence in self._general
            or (past and word.clause in self._past)
            or self._is_denied(word)
        )

    def mark(self, word: CueWord) -> str:
        """What sets a word aside: ``no:``, ``any:`` (in general), ``old:``, or nothing."""
        if self._is_denied(word):
            return "no:"
        if word.sentence in self._general:
            return "any:"
        return "old:" if word.clause in self._past else ""

    def _is_denied(self, word: CueWord) -> bool:
        at = bisect_right(self._denied, (word.start, inf)) - 1
        return at >= 0 and word.start < self._denied[at][1]


def _asked(text: str, words: Sequence[CueWord], marks: dict[str, list[Span]]) -> set[int]:
    """Sentences that ask about something in general: no person stands in them."""
    someone = {words[span.first].sentence for span in marks["someone"]}
    opened = {
        words[span.first].sentence
        for span in marks["asking"]
        if span.first == 0 or words[span.first - 1].sentence != words[span.first].sentence
    }
    return (opened | _ended(text, words)) - someone


def _ended(text: str, words: Sequence[CueWord]) -> set[int]:
    """Sentences that end in a question mark and list no findings: neither number nor comma."""
    spans: dict[int, tuple[int, int]] = {}
    for word in words:
        first, _ = spans.get(word.sentence, (word.start, 0))
        spans[word.sentence] = first, word.start + len(word.text)
    return {
        sentence
        for sentence, (start, end) in spans.items()
        if (stop := _QUESTION.search(text, end))
        and stop.group() == "?"
        and not _FINDINGS.search(text, start, end)
    }


def _is_sign(words: Sequence[CueWord], denial: tuple[int, int], cues: Iterable[Span]) -> bool:
    """Whether the denying word belongs to a cue: "no feeling", "cannot breathe" deny nothing."""
    place = bisect_left(words, denial[0], key=lambda word: word.start) - 1
    return any(cue.first <= place <= cue.last for cue in cues)


def _cut(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A denial up to the first comma, unless it denies a list: "no fever, rash or stiff neck"."""
    start, end = span
    comma = text.find(",", start, end)
    if comma < 0 or _LISTED.search(text, comma, end):
        return span
    return start, comma


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[float, float]]:
    """Spans in order, those that overlap as one."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _from(text: str, words: Sequence[CueWord], span: Span) -> tuple[int, int]:
    """The rest of the clause after a denial."""
    last = words[span.last]
    after = (word.start for word in words[span.last + 1 :] if word.clause != last.clause)
    return last.start + 1, next(after, len(text))
