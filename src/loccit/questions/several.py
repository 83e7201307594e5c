"""Several questions in one text: which is answered, and which are answered apart.

The first asked is answered. A further one that shares its subject is answered with it; one on
another subject would mix two answers, so it is set apart, told, and offered as the next question.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from loccit.sentences import sentences
from loccit.terms import Concept, ConceptKind, DataFileError
from loccit.vocabulary import Vocabulary

__all__ = ["Asked", "asked_in"]

SUBJECTS = (
    ConceptKind.DRUG,
    ConceptKind.DRUG_CLASS,
    ConceptKind.CONDITION,
    ConceptKind.FINDING,
    ConceptKind.PROCEDURE,
)


class Asked(NamedTuple):
    """The text with what is asked apart blank, so that places stay; and what is asked apart."""

    text: str
    apart: tuple[str, ...]


class _Part(NamedTuple):
    start: int
    end: int
    asks: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SeveralRules:
    """What makes a sentence a question, and what leads over to a further one."""

    asks: re.Pattern[str]
    further: re.Pattern[str]
    fewest_words: int


@cache
def load_several_rules() -> SeveralRules:
    """The shipped rules. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.questions") / "several.toml").read_text(encoding="utf-8")
    try:
        rows = tomllib.loads(text)
        return SeveralRules(
            asks=re.compile(rows["asks"], re.IGNORECASE),
            further=re.compile(rows["further"], re.IGNORECASE),
            fewest_words=int(rows["fewest_words"]),
        )
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"questions/several.toml: {error}") from error


def asked_in(text: str, concepts: Sequence[Concept], vocabulary: Vocabulary) -> Asked:
    """Sets apart the questions that do not share the subject of the first one.

    The subject is what the first question names, or, where it names nothing, what was told before.
    """
    parts = _parts(text, load_several_rules())
    questions = [part for part in parts if part.asks]
    if len(questions) < 2:  # noqa: PLR2004 - one question asks nothing apart
        return Asked(text, ())
    first = questions[0]
    subject = _subjects(concepts, [first]) or _subjects(concepts, _told(parts))
    apart = [each for each in questions[1:] if _is_apart(each, subject, concepts, vocabulary)]
    if not subject or not apart:
        return Asked(text, ())
    kept = text
    for each in apart:
        kept = kept[: each.start] + " " * (each.end - each.start) + kept[each.end :]
    return Asked(kept, tuple(text[each.start : each.end].strip(" ,;") for each in apart))


def _parts(text: str, rules: SeveralRules) -> list[_Part]:
    """The sentences, cut once more where a further question begins inside one."""
    parts = []
    for start, end in _sentences(text):
        begin = start
        for match in rules.further.finditer(text, start, end):
            if rules.asks.search(text[begin : match.start()].strip()):
                parts.append(_Part(begin, match.start(), asks=True))
                begin = match.end()
        asks = text[begin:end].rstrip().endswith("?") or bool(
            rules.asks.search(text[begin:end].strip())
        )
        enough = len(text[begin:end].split()) >= rules.fewest_words
        parts.append(_Part(begin, end, asks and enough))
    return parts


def _sentences(text: str) -> Iterable[tuple[int, int]]:
    """Sentences, also where a question mark is followed by a small letter."""
    for start, end in sentences(text):
        begin = start
        for match in re.finditer(r"\?\s+", text[start:end]):
            yield begin, start + match.start() + 1
            begin = start + match.end()
        if begin < end:
            yield begin, end


def _told(parts: list[_Part]) -> list[_Part]:
    return [part for part in parts if not part.asks]


def _subjects(concepts: Sequence[Concept], parts: Iterable[_Part]) -> frozenset[str]:
    """What the parts name."""
    return frozenset(
        concept.name
        for part in parts
        for concept in concepts
        if concept.kind in SUBJECTS and part.start <= concept.start < part.end
    )


def _is_apart(
    part: _Part, subject: frozenset[str], concepts: Sequence[Concept], vocabulary: Vocabulary
) -> bool:
    """Whether a question names something, and nothing that the first one is about."""
    named = _subjects(concepts, [part])
    shared = named & subject or _wider(named, vocabulary) & subject
    return bool(named) and not (shared or _wider(subject, vocabulary) & named)


def _wider(names: Iterable[str], vocabulary: Vocabulary) -> set[str]:
    """The classes of drugs and wider conditions: "statins" and "simvastatin" are one subject."""
    names = tuple(names)
    classes = {group for name in names for group in vocabulary.classes.get(name, ())}
    return {wider for name in (*names, *classes) for wider in vocabulary.lineage(name)}
