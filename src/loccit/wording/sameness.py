"""Proves that two wordings say the same: the same numbers, the same drugs, the same side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loccit.quantities import Measure, measures
from loccit.stances import Spoken, StanceReader, oppositions
from loccit.terms import ConceptKind
from loccit.vocabulary import Vocabulary

__all__ = ["Sameness"]

_YEAR = re.compile(r"(?:19|20)\d\d")
"""A year by which a source is named may go, since its reference has it."""


class Sameness:
    """Holds a statement's plain twin against the statement."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._stances = StanceReader(vocabulary)

    def differences(self, said: str, plain: str, subjects: tuple[str, ...] = ()) -> Iterator[str]:
        """What the twin says otherwise than what is ``said``, a line each; nothing when it is true.

        ``subjects`` are the drugs that the words are about where they leave them out. A citation
        cannot differ: the twin stands under those of its statement.
        """
        yield from self._numbers(said, plain)
        yield from self._drugs(said, plain, subjects)
        yield from self._sides(said, plain, subjects)

    def _numbers(self, said: str, plain: str) -> Iterator[str]:
        ours, theirs = list(_counted(said)), list(_counted(plain))
        yield from (f"lacks {each.text}" for each in ours if not _among(each, theirs))
        yield from (f"adds {each.text}" for each in theirs if not _among(each, ours))

    def _drugs(self, said: str, plain: str, subjects: tuple[str, ...]) -> Iterator[str]:
        ours, theirs = self._drugs_in(said), self._drugs_in(plain)
        yield from (f"lacks {name}" for name in sorted(ours - theirs))
        yield from (f"adds {name}" for name in sorted(theirs - ours - set(subjects)))

    def _drugs_in(self, text: str) -> set[str]:
        found = self._vocabulary.lexicon.find(text)
        return {each.name for each in found if each.kind is ConceptKind.DRUG}

    def _sides(self, said: str, plain: str, subjects: tuple[str, ...]) -> Iterator[str]:
        ours, theirs = (
            self._stances.read(Spoken(text=text, subjects=subjects)) for text in (said, plain)
        )
        for each in oppositions(ours, theirs, self._vocabulary):
            yield f"takes another side ({each.by}) on {' and '.join(each.act)}"


def _counted(text: str) -> Iterator[Measure]:
    return (each for each in measures(text) if not _YEAR.fullmatch(each.text))


def _among(one: Measure, others: list[Measure]) -> bool:
    return any(one.dimension == other.dimension and one.same_value(other) for other in others)
