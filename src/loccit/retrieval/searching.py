"""Ranks the sources of a base for any words: by the words, by meaning, and by both.

Apart from gathering, which reads a question and weighs what each passage states: this is the search
alone, as it is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from loccit.ports import EvidenceBase, Vectors
from loccit.retrieval.fusing import fused, load_fusion, words_count
from loccit.terms import DocumentId, Found, SearchRequest
from loccit.vocabulary import Vocabulary

__all__ = ["Searcher", "expanded"]

Ranking: TypeAlias = "dict[DocumentId, float]"


class Searcher:
    """Searches a base; by meaning only where it has ``vectors``.

    ``telling`` leaves out the words of a question that tell nothing.
    """

    def __init__(
        self,
        base: EvidenceBase,
        vocabulary: Vocabulary,
        vectors: Vectors | None = None,
        *,
        telling: Callable[[str], str] = str,
    ) -> None:
        self._base, self._vocabulary, self._vectors = base, vocabulary, vectors
        self._telling = telling
        self._fusion = load_fusion()

    def systems(self) -> Mapping[str, Callable[[str], Ranking]]:
        """Each way of searching that can run, by its usual name."""
        if self._vectors is None:
            return {"bm25": self.by_words}
        return {"bm25": self.by_words, "dense": self.by_meaning, "hybrid": self.by_both}

    def by_words(self, words: str) -> Ranking:
        """By BM25F over the telling words."""
        return _best_of(self._base.search(self._request(self._telling(words) or words)))

    def by_meaning(self, words: str) -> Ranking:
        """By the nearness of vectors. Needs vectors."""
        if self._vectors is None:
            return {}
        return _best_of(self._vectors.search(self._request(words)))

    def by_both(self, words: str) -> Ranking:
        """By both, and by the names that the vocabulary knows for what the words name."""
        by_words = self.by_words(expanded(words, self._vocabulary))
        by_meaning = self.by_meaning(words)
        return fused(by_words, by_meaning, words_count(by_words, by_meaning, self._fusion))

    def _request(self, words: str) -> SearchRequest:
        return SearchRequest(words=words, limit=self._fusion.depth)


def expanded(words: str, vocabulary: Vocabulary) -> str:
    """The words, with the names under which the vocabulary knows what they speak of.

    A brand brings its generic, a short form what it is short for, a lay term the clinical one.
    """
    said = words.casefold()
    names = dict.fromkeys(concept.name for concept in vocabulary.lexicon.find(words))
    return " ".join((words, *(name for name in names if name not in said)))


def _best_of(found: Iterable[Found]) -> Ranking:
    """Each source by its best passage, best first."""
    ranking: Ranking = {}
    for each in found:
        ranking.setdefault(each.record.card.id, each.score)
    return ranking
