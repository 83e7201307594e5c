"""What became of a cited passage in a newer edition: the same, moved, changed or gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from loccit.terms import Citation, Passage, Statement

__all__ = ["Anchoring", "Edition", "Fate"]

ALIKE = 0.5
"""Share of common words from which a passage of the new edition is the old one, changed."""


class Fate(StrEnum):
    """What became of it. Only ``SAME`` needs nobody to look."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchoring:
    """A citation held against a newer edition; ``passage`` is what it would cite there."""

    statement: str
    citation: Citation
    fate: Fate
    passage: Passage | None = None

    @property
    def before(self) -> str:
        """The words that were cited."""
        return self.citation.quote

    @property
    def after(self) -> str:
        """The words that stand there now; nothing where there are none."""
        return self.passage.text if self.passage else ""


class Edition:
    """The passages of a newer edition, found by their words.

    Every sign counts but white space: dashes and points decide on doses.
    """

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._passages = tuple(passages)
        self._by_words: dict[str, list[Passage]] = defaultdict(list)
        for each in self._passages:
            self._by_words[_words(each.text)].append(each)
        self._counted = [(each, Counter(each.text.casefold().split())) for each in self._passages]

    def anchored(self, statement: Statement, citation: Citation) -> Anchoring:
        """What became of the words that ``statement`` cites."""
        fate, passage = self._found(statement, citation)
        return Anchoring(statement=statement.id, citation=citation, fate=fate, passage=passage)

    def _found(self, statement: Statement, citation: Citation) -> tuple[Fate, Passage | None]:
        alike = self._by_words.get(_words(citation.quote), [])
        under_its_heads = [p for p in alike if _stands_alike(p, statement)]
        for each in under_its_heads:
            if each.locator.section == citation.locator.section:
                return Fate.SAME, each
        if under_its_heads:
            return Fate.MOVED, under_its_heads[0]
        if alike:
            return Fate.CHANGED, alike[0]
        nearest = self._nearest(citation)
        return (Fate.CHANGED, nearest) if nearest else (Fate.GONE, None)

    def _nearest(self, citation: Citation) -> Passage | None:
        """The passage that shares most words, if most; one of the same section wins a draw."""
        wanted = Counter(citation.quote.casefold().split())
        size = wanted.total()

        def shared(each: tuple[Passage, Counter[str]]) -> tuple[float, bool]:
            passage, words = each
            common = (wanted & words).total()
            same_place = passage.locator.section == citation.locator.section
            return 2 * common / (size + words.total() or 1), same_place

        best = max(self._counted, key=shared, default=None)
        return best[0] if best and shared(best)[0] >= ALIKE else None


def _words(text: str) -> str:
    return " ".join(text.split())


def _stands_alike(passage: Passage, statement: Statement) -> bool:
    """A row of a table says something else under another header."""
    return not statement.lead or _words(passage.context) == _words(statement.lead)
