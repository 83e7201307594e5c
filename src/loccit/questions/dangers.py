"""Which dangers a question states as present: by cues, less what sets them aside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from loccit.dangers import Danger, Dangers, Rule
from loccit.dangers.forms import MeasureRow
from loccit.dangers.phrases import CueWord, Span, cue_words
from loccit.questions.belonging import denials
from loccit.questions.rules import ReadingRules
from loccit.terms import Concept, PatientFacts

__all__ = ["dangers_in"]

NEAR = 3
"""Words after the name of a measure among which its number stands."""
_LISTED = re.compile(r"\b(?:or|nor)\b", re.IGNORECASE)
_QUESTION = re.compile(r"[.?!;]")
_FINDINGS = re.compile(r"[\d,]|\s[-\u2013\u2014]\s")


def dangers_in(
    text: str,
    concepts: Iterable[Concept],
    facts: PatientFacts,
    dangers: Dangers,
    rules: ReadingRules,
    *,
    kinds: Callable[[str], Iterable[str]],
) -> tuple[str, ...]:
    """Keys of the dangers that the text states, in the order in which they are told.

    ``kinds`` gives a name's wider names: its classes and theirs.
    """
    words = cue_words(text)
    found = list(_found(words, concepts, dangers, kinds))
    named = {name for name, _ in found}
    if not named:
        return ()
    aside = _Aside(text, words, dangers, rules, {span for _, span in found})
    present = {
        name for name, span in found if not aside.holds(span, past=name not in dangers.background)
    }
    return tuple(d.key for d in dangers.ordered if _raised(d, present, named, facts))


def _raised(danger: Danger, present: set[str], named: set[str], facts: PatientFacts) -> bool:
    return any(_holds(rule, present, named, facts) for rule in danger.rules)


def _holds(rule: Rule, present: set[str], named: set[str], facts: PatientFacts) -> bool:
    if rule.age_below is not None and (facts.age is None or facts.age >= rule.age_below):
        return False
    return all(group & present for group in rule.groups) and not rule.unless & named


# --- what stands in the text


def _found(
    words: Sequence[CueWord],
    concepts: Iterable[Concept],
    dangers: Dangers,
    kinds: Callable[[str], Iterable[str]],
) -> Iterator[tuple[str, Span]]:
    yield from dangers.cues.find(words)
    yield from _measured(words, dangers.measures)
    starts = {word.start: place for place, word in enumerate(words)}
    for concept in concepts:
        place = starts.get(concept.start)
        if place is not None:
            for wider in kinds(concept.name):
                for cue in dangers.classes.get(wider, ()):
                    yield cue, Span(place, place)


def _measured(
    words: Sequence[CueWord], measures: Iterable[MeasureRow]
) -> Iterator[tuple[str, Span]]:
    """Numbers under a name or before a unit that lie in the range of a measure."""
    by_name: dict[str, list[MeasureRow]] = defaultdict(list)
    by_unit: dict[str, list[MeasureRow]] = defaultdict(list)
    for row in measures:
        for name in row.after:
            by_name[name].append(row)
        for unit in row.before:
            by_unit[unit].append(row)
    texts = [word.text for word in words] + [""]
    for place, text in enumerate(texts[:-1]):
        for row in by_name.get(text, ()):
            at = _number_after(words, texts, place)
            if at and texts[at + 1] not in row.but_not_before and _lies(texts[at], row):
                yield row.cue, Span(place, at)
        if text[0].isdecimal():
            for row in by_unit.get(texts[place + 1], ()):
                if _lies(text, row):
                    yield row.cue, Span(place, place)


def _number_after(words: Sequence[CueWord], texts: list[str], place: int) -> int | None:
    for at in range(place + 1, min(place + 1 + NEAR, len(words))):
        if words[at].sentence != words[place].sentence:
            return None
        if texts[at][0].isdecimal():
            return at
    return None


def _lies(number: str, row: MeasureRow) -> bool:
    if ":" in number:
        return False
    return row.low <= float(number.replace(",", ".")) <= row.high


# --- what sets it aside


class _Aside:
    """Parts of a text whose cues are denied, past, someone else's or a matter in general."""

    def __init__(
        self,
        text: str,
        words: Sequence[CueWord],
        dangers: Dangers,
        rules: ReadingRules,
        cues: Iterable[Span],
    ) -> None:
        self._words = words
        marks: dict[str, list[Span]] = defaultdict(list)
        for name, span in dangers.set_aside.find(words):
            marks[name].append(span)
        present = {words[span.first].clause for span in marks["present"]}
        self._past = {words[span.first].clause for span in marks["past"]} - present
        self._general = {words[span.first].sentence for span in marks["elsewhere"]}
        self._general |= _asked(text, words, marks)
        denied = (span for span in denials(text, rules) if not _is_sign(words, span, cues))
        self._denied = [_cut(text, span) for span in denied]
        self._denied += [_from(text, words, span) for span in marks["denials"]]

    def holds(self, span: Span, *, past: bool) -> bool:
        """Whether a match is set aside; by the past only where ``past`` says that it can be."""
        word = self._words[span.first]
        return (
            word.sentence in self._general
            or (past and word.clause in self._past)
            or any(start <= word.start < end for start, end in self._denied)
        )


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


def _from(text: str, words: Sequence[CueWord], span: Span) -> tuple[int, int]:
    """The rest of the clause after a denial."""
    last = words[span.last]
    after = (word.start for word in words[span.last + 1 :] if word.clause != last.clause)
    return last.start + 1, next(after, len(text))
