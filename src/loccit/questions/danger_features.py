"""What of a question's words tells whether a danger is present, as named features.

A word counts as it stands, by its first letters and by the group of words that count alike; groups
also count in pairs. What a denial, the past or a general question sets aside counts as another
feature than what is present: ``no:fever`` is not ``fever``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import sqrt

from loccit.dangers import AlikeWords
from loccit.dangers.phrases import CueWord, Span
from loccit.questions.setting_aside import Aside

__all__ = ["danger_features"]

STEM = 5
"""Letters that stand for a longer word beside the word itself."""
WITHIN = 5
"""Words within which two groups count as a pair."""
NEAR = 3
"""Words after the name of a value among which its number stands."""
FEW, MANY = 4, 8
"""Below the one a number is few, from the other on it is many: tablets, puffs, hours, years."""
LARGE = (160, 140, 100, 60, 30)
"""From each of these on a whole number counts as of another size: pressures, pulses, tablets."""
LONG = 8
"""Words of one step of length; questions of six steps and more count as equally long."""


def danger_features(
    text: str,
    words: Sequence[CueWord],
    named: Iterable[tuple[str, Span]],
    alike: AlikeWords,
    aside: Aside,
    *,
    age: float | None,
) -> dict[str, float]:
    """The features with their value, of length 1 together.

    ``named`` are cues and names of the vocabulary with their place; ``age`` is in years.
    """
    marks = [aside.mark(word) for word in words]
    tokens = [_token(word.text, alike) for word in words]
    found = {*_words(tokens, marks), *_grouped(words, marks, alike)}
    found.update(f"{marks[span.first]}is:{name}" for name, span in named)
    found.update(_values(words, marks, alike))
    found.update(_amounts(text, words, marks, alike))
    found.add(f"aside:{_aside(words, marks, alike)}")
    found.update(_shape(text, tokens))
    found.add(f"age:{_age(age, alike)}")
    value = 1 / sqrt(len(found))
    return dict.fromkeys(found, value)


def _token(text: str, alike: AlikeWords) -> str:
    """The word; all numbers alike, but for what is mostly a temperature."""
    if not text[0].isdecimal():
        return text
    if ("." in text or "," in text) and ":" not in text:
        value = float(text.replace(",", "."))
        for name, spans in alike.decimals.items():
            if any(low <= value <= high for low, high in spans):
                return f"#{name}"
    return "#"


def _words(tokens: Sequence[str], marks: Sequence[str]) -> Iterator[str]:
    for token, mark in zip(tokens, marks, strict=True):
        yield mark + token
        if len(token) > STEM:
            yield f"{mark}{token[:STEM]}-"
    for (first, second), mark in zip(pairwise(tokens), marks, strict=False):
        yield f"{mark}{first} {second}"


def _grouped(words: Sequence[CueWord], marks: Sequence[str], alike: AlikeWords) -> Iterator[str]:
    """Groups, and pairs of them that stand close in one sentence."""
    groups = [alike.groups.get(word.text) or _amount(word.text) for word in words]
    for at, own in enumerate(groups):
        if not own:
            continue
        yield from (f"{marks[at]}={group}" for group in own)
        for near in range(at + 1, min(at + WITHIN + 1, len(words))):
            if words[near].sentence != words[at].sentence:
                break
            for one in own:
                for other in groups[near]:
                    if one != other:
                        pair = f"{one}+{other}" if one < other else f"{other}+{one}"
                        yield f"{marks[at]}={pair}"


def _amount(text: str) -> tuple[str, ...]:
    """Whole numbers as groups: one to three are few, eight and more are many; and large ones."""
    if not text.isdecimal():
        return ()
    size = int(text)
    band = next((f"n{least}" for least in LARGE if size >= least), None)
    own = "few" if size < FEW else "many" if size >= MANY else "some"
    return (own, band) if band else (own,)


def _values(words: Sequence[CueWord], marks: Sequence[str], alike: AlikeWords) -> Iterator[str]:
    """Values of what is measured: low, usual or high."""
    for at, word in enumerate(words):
        known = alike.ranges.get(word.text)
        if known is None:
            continue
        for near in range(at + 1, min(at + 1 + NEAR, len(words))):
            number = words[near].text
            if number[0].isdecimal() and ":" not in number:
                level = known.level(float(number.replace(",", ".")))
                if level:
                    yield f"{marks[at]}{known.names[0]}:{level}"
                break


def _amounts(
    text: str, words: Sequence[CueWord], marks: Sequence[str], alike: AlikeWords
) -> Iterator[str]:
    """Amounts of what is counted, by the word after the number: weeks, tablets, grams, degrees."""
    for at, word in enumerate(words[:-1]):
        if not word.text[0].isdecimal() or ":" in word.text:
            continue
        unit = words[at + 1]
        slash = "of" if text[unit.start - 1] == "/" else ""
        known = alike.amounts.get(slash + unit.text)
        level = known and known.level(float(word.text.replace(",", ".")))
        if known and level:
            yield f"{marks[at]}{known.names[0]}#{level}"


def _aside(words: Sequence[CueWord], marks: Sequence[str], alike: AlikeWords) -> int:
    """Of the words that are in a group, how many thirds are set aside."""
    told = [mark for word, mark in zip(words, marks, strict=True) if word.text in alike.groups]
    return -(-3 * sum(map(bool, told)) // len(told)) if told else 0


def _age(age: float | None, alike: AlikeWords) -> str:
    if age is None:
        return "unstated"
    return next((name for name, years in alike.ages.items() if age < years), "unstated")


def _shape(text: str, tokens: Sequence[str]) -> Iterator[str]:
    """How the question begins and ends, and how long it is."""
    yield f"^{tokens[0]}"
    yield "^" + " ".join(tokens[:2])
    yield f"{text.rstrip()[-1:]}$"
    yield f"length:{min(6, len(tokens) // LONG)}"
    yield "*"
