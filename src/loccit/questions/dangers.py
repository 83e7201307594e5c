"""Which dangers a question states as present: by cues and rules, and by the weight of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from loccit.dangers import (
    ANY,
    Danger,
    Dangers,
    Rule,
    load_alike_words,
    load_danger_weights,
    load_raising,
)
from loccit.dangers.forms import MeasureRow, RaisingFile
from loccit.dangers.phrases import CueWord, Span, cue_words
from loccit.questions.danger_features import danger_features
from loccit.questions.rules import ReadingRules
from loccit.questions.setting_aside import Aside
from loccit.terms import Concept, PatientFacts

__all__ = ["DangerSigns", "dangers_in", "raised", "signs_of"]

LEAST = 9.0
"""Far below any weight: what has none is told last."""
NEAR = 3
"""Words after the name of a measure among which its number stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DangerSigns:
    """What a text holds of dangers: those that a rule raises, and the features that weigh."""

    ruled: tuple[str, ...]
    standing: tuple[str, ...]
    """Those of the raised that are told whatever the weights say."""
    features: Mapping[str, float]


def dangers_in(
    text: str,
    concepts: Iterable[Concept],
    facts: PatientFacts,
    dangers: Dangers,
    rules: ReadingRules,
    *,
    kinds: Callable[[str], Iterable[str]],
) -> tuple[str, ...]:
    """Keys of the dangers that the text states, the likeliest first.

    ``kinds`` gives a name's wider names: its classes and theirs.
    """
    signs = signs_of(text, concepts, facts, dangers, rules, kinds=kinds)
    known = {each.key for each in dangers.ordered}
    told = raised(signs, load_danger_weights().scores(signs.features), load_raising())
    return tuple(key for key in told if key in known)


def signs_of(
    text: str,
    concepts: Iterable[Concept],
    facts: PatientFacts,
    dangers: Dangers,
    rules: ReadingRules,
    *,
    kinds: Callable[[str], Iterable[str]],
) -> DangerSigns:
    """What the text holds of dangers, before it is weighed."""
    words = cue_words(text)
    if not words:
        return DangerSigns(ruled=(), standing=(), features={})
    wider = list(_wider(words, concepts, kinds))
    cues = [*dangers.cues.find(words), *_measured(words, dangers.measures)]
    cues += [(cue, span) for name, span in wider for cue in dangers.classes.get(name, ())]
    aside = Aside(text, words, dangers, rules, {span for _, span in cues})
    named = {name for name, _ in cues}
    present = {
        name for name, span in cues if not aside.holds(span, past=name not in dangers.background)
    }
    raising = {d.key: _raising(d, present, named, facts) for d in dangers.ordered}
    return DangerSigns(
        ruled=tuple(key for key, held in raising.items() if held),
        standing=tuple(key for key, held in raising.items() if any(r.stands for r in held)),
        features=danger_features(
            text, words, (*wider, *cues), load_alike_words(), aside, age=facts.age
        ),
    )


def raised(
    signs: DangerSigns, scores: Mapping[str, float], raising: RaisingFile
) -> tuple[str, ...]:
    """The dangers told when enough speaks for any at all: the likeliest, and what is near it.

    ``scores`` are by danger and ``ANY``. A danger whose rule holds is told beside the likeliest
    when it weighs not much less. Where much speaks for a danger but little for any one,
    ``raising.fallback`` is told too. The likeliest come first.
    """
    least = raising.ruled if signs.ruled else raising.any
    if scores.get(ANY, -1.0) < least:
        return signs.standing
    own = {key: score for key, score in scores.items() if key != ANY}
    ranked = sorted(own, key=lambda key: (-own[key], key))[: raising.most]
    if not ranked:
        return signs.ruled
    best = own[ranked[0]]
    shown = [key for key in ranked if own[key] >= max(raising.own, best - raising.near)]
    beside = [key for key in signs.ruled if own.get(key, -LEAST) >= best - raising.beside]
    told = {*signs.standing, *beside, *(shown or (ranked[0], raising.fallback))}
    return tuple(sorted(told, key=lambda key: (-own.get(key, -LEAST), key)))


def _raising(danger: Danger, present: set[str], named: set[str], facts: PatientFacts) -> list[Rule]:
    return [rule for rule in danger.rules if _holds(rule, present, named, facts)]


def _holds(rule: Rule, present: set[str], named: set[str], facts: PatientFacts) -> bool:
    if rule.age_below is not None and (facts.age is None or facts.age >= rule.age_below):
        return False
    return all(group & present for group in rule.groups) and not rule.unless & named


# --- what stands in the text


def _wider(
    words: Sequence[CueWord],
    concepts: Iterable[Concept],
    kinds: Callable[[str], Iterable[str]],
) -> Iterator[tuple[str, Span]]:
    """Names of the vocabulary in the text, with their wider names."""
    starts = {word.start: place for place, word in enumerate(words)}
    for concept in concepts:
        place = starts.get(concept.start)
        if place is not None:
            for name in kinds(concept.name):
                yield name, Span(place, place)


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
