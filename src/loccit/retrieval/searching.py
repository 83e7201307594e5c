"""Ranks the sources of a base for any words: by the words, by meaning, and by both.

Apart from gathering, which reads a question and weighs what each passage states: this is the search
alone, as it is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import TypeAlias

from loccit.ports import EvidenceBase, Vectors
from loccit.retrieval.fusing import fused, load_fusion, reread, words_count
from loccit.terms import DocumentId, Found, SearchRequest
from loccit.vocabulary import Vocabulary

__all__ = ["Searcher", "expanded"]

Ranking: TypeAlias = "dict[DocumentId, float]"
Best: TypeAlias = "dict[DocumentId, Found]"
"""Each source with its best passage, best first."""


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
        return {
            "bm25": self.by_words,
            "dense": self.by_meaning,
            "fused": self.by_both,
            "hybrid": self.by_reading,
        }

    def by_words(self, words: str) -> Ranking:
        """By BM25F over the telling words."""
        return _scores(self._worded(words))

    def by_meaning(self, words: str) -> Ranking:
        """By the nearness of vectors. Needs vectors."""
        return _scores(self._meant(words))

    def by_both(self, words: str) -> Ranking:
        """By both, and by the names that the vocabulary knows for what the words name."""
        return self._fused(self._worded(expanded(words, self._vocabulary)), self._meant(words))

    def by_reading(self, words: str) -> Ranking:
        """By both, and the first of these put in order by reading them token by token.

        Takes some ten milliseconds for each passage that is read; see ``Vectors.closeness``.
        """
        return reread(*self.read(words, self._fusion.reread), self._fusion.closeness)

    def read(self, words: str, count: int) -> tuple[Ranking, Ranking]:
        """The ranking by both, and how close the best passages of its first sources come.

        Nothing is close without vectors, and where the model gives no tokens.
        """
        worded, meant = self._worded(expanded(words, self._vocabulary)), self._meant(words)
        ranking, best = self._fused(worded, meant), worded | meant
        if self._vectors is None:
            return ranking, {}
        named = {best[each].record.passage.id: each for each in islice(ranking, count)}
        close = self._vectors.closeness(words, list(named))
        return ranking, {named[passage]: near for passage, near in close.items()}

    def _worded(self, words: str) -> Best:
        return _best_of(self._base.search(self._request(self._telling(words) or words)))

    def _meant(self, words: str) -> Best:
        return _best_of(self._vectors.search(self._request(words))) if self._vectors else {}

    def _fused(self, worded: Best, meant: Best) -> Ranking:
        by_words, by_meaning = _scores(worded), _scores(meant)
        return fused(by_words, by_meaning, words_count(by_words, by_meaning, self._fusion))

    def _request(self, words: str) -> SearchRequest:
        return SearchRequest(words=words, limit=self._fusion.depth, fields=self._fusion.fields)


def expanded(words: str, vocabulary: Vocabulary) -> str:
    """The words, with the names under which the vocabulary knows what they speak of.

    A brand brings its generic, a short form what it is short for, a lay term the clinical one.
    """
    said = words.casefold()
    names = dict.fromkeys(concept.name for concept in vocabulary.lexicon.find(words))
    return " ".join((words, *(name for name in names if name not in said)))


def _best_of(found: Iterable[Found]) -> Best:
    best: Best = {}
    for each in found:
        best.setdefault(each.record.card.id, each)
    return best


def _scores(best: Best) -> Ranking:
    return {name: found.score for name, found in best.items()}
