"""What became of cited words: in a newer edition, and of their source as a whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256

from loccit.review.standing_words import StandingWords, headings, spaced
from loccit.terms import Citation, Passage, SourceDocument, Statement

__all__ = ["Anchoring", "Edition", "Fate"]

ALIKE = 0.5
"""Share of common words from which a passage of the new edition is the old one, changed."""


class Fate(StrEnum):
    """What became of it. Only ``SAME`` needs nobody to look.

    The last three are of a source: it fell (retracted, withdrawn, under concern), it was corrected,
    or it summarises a work that moved on without it.
    """

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"
    FALLEN = "fallen"
    CORRECTED = "corrected"
    OUTRUN = "outrun"


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchoring:
    """A citation held against a newer edition; ``passage`` is what it would cite there.

    ``under`` is what the cited words stood under, a lead-in or a table's header. ``note`` tells
    what became of the source as a whole, and ``sign`` tells that from all else that may.
    """

    statement: str
    citation: Citation
    fate: Fate
    passage: Passage | None = None
    under: str = ""
    note: str = ""
    sign: str = ""

    @property
    def mark(self) -> str:
        """Tells this finding from all others of the same statement; has no white space."""
        found = f"{self.citation.locator.sha256}\0{self.fate}\0{spaced(self.after)}"
        return self.sign or sha256(found.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def before(self) -> str:
        """The words that were cited; with what they stood under, where nothing else changed."""
        return self._told(self.citation.quote, self.citation.locator.section, self.under)

    @property
    def after(self) -> str:
        """The words that stand there now; nothing where there are none."""
        there = self.passage
        return self._told(there.text, there.locator.section, there.context) if there else ""

    def _told(self, words: str, section: tuple[str, ...], under: str) -> str:
        if self.passage is None or spaced(self.passage.text) != spaced(self.citation.quote):
            return words
        above = " > ".join(section) if self.fate is Fate.MOVED else spaced(under)
        return f"[{above}] {words}" if above else words


class Edition:
    """The words of a newer edition, and where they stand.

    Every sign counts but white space: dashes and points decide on doses.
    """

    def __init__(self, document: SourceDocument, passages: Iterable[Passage]) -> None:
        self._passages = tuple(passages)
        self._standing = StandingWords(document, self._passages)
        self._by_words: dict[str, list[Passage]] = defaultdict(list)
        for each in self._passages:
            self._by_words[spaced(each.text)].append(each)
        self._counted = [(each, Counter(each.text.casefold().split())) for each in self._passages]
        self._found = cache(self._found_of)  # many articles cite the same words

    def anchored(self, statement: Statement, citation: Citation, under: str) -> Anchoring:
        """What became of the words that ``statement`` cites.

        ``under`` is the lead-in or the table's header over them where they were cited.
        """
        fate, passage = self._found(citation.quote, citation.locator.section, under)
        return Anchoring(
            statement=statement.id, citation=citation, fate=fate, passage=passage, under=under
        )

    def _found_of(
        self, quote: str, section: tuple[str, ...], under: str
    ) -> tuple[Fate, Passage | None]:
        alike = self._by_words.get(spaced(quote), [])
        under_its_heads = [p for p in alike if spaced(p.context) == spaced(under)]
        there = [p for p in under_its_heads if headings(p.locator.section) == headings(section)]
        if there:
            return Fate.SAME, next((p for p in there if p.locator.section == section), there[0])
        if standing := self._standing.found(quote, section, under):
            return Fate.SAME, standing
        if under_its_heads:
            return Fate.MOVED, under_its_heads[0]
        if alike:
            return Fate.CHANGED, alike[0]
        nearest = self._nearest(quote, section)
        return (Fate.CHANGED, nearest) if nearest else (Fate.GONE, None)

    def _nearest(self, quote: str, section: tuple[str, ...]) -> Passage | None:
        """The passage that shares most words, if most; one of the same section wins a draw."""
        wanted = Counter(quote.casefold().split())
        size = wanted.total()

        def shared(each: tuple[Passage, Counter[str]]) -> tuple[float, bool]:
            passage, words = each
            common = (wanted & words).total()
            same_place = passage.locator.section == section
            return 2 * common / (size + words.total() or 1), same_place

        best = max(self._counted, key=shared, default=None)
        return best[0] if best and shared(best)[0] >= ALIKE else None
