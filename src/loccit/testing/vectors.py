"""Fake vectors and what vectors of any backend must do. They need an embedder, and it numpy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from loccit.ports import Embedder, EvidenceBase, Matrix, Vectors
from loccit.terms import (
    DocumentId,
    Embedded,
    Found,
    PassageId,
    Record,
    SearchRequest,
    SourceDocument,
    SourceKind,
    Standing,
    StatementKind,
)
from loccit.testing.builders import described, small_document
from loccit.testing.conformance import HOSTILE_WORDS

__all__ = ["VECTOR_CHECKS", "InMemoryVectors", "check_vectors"]

ALL = 1_000_000
BATCH = 50
MANY = 70
"""Documents of two passages each: more than any backend embeds in one batch."""
CLOSE = 1e-3
Opener: TypeAlias = Callable[[EvidenceBase], Vectors]


class InMemoryVectors:
    """``Vectors`` in a dictionary, over any base; compares all and forgets at exit."""

    def __init__(self, base: EvidenceBase, embedder: Embedder) -> None:
        self._base, self._embedder = base, embedder
        self._held: dict[PassageId, Matrix] = {}
        self._made: dict[str, Matrix] = {}
        self.name = f"{embedder.name}/1"

    def search(self, request: SearchRequest) -> list[Found]:
        """Passages nearest in meaning; equal ones in order of id."""
        asked = self._embedder.embed_questions([request.words])[0]
        records = [each for each in self._records(request) if each.passage.id in self._held]
        found = [Found(record=r, score=float(self._held[r.passage.id] @ asked)) for r in records]
        found.sort(key=lambda each: (-each.score, each.record.passage.id))
        return found[: max(request.limit, 0)]

    def nearness(self, words: str, passages: Sequence[PassageId]) -> dict[PassageId, float]:
        """The cosine of the words to these passages."""
        asked = self._embedder.embed_questions([words])[0]
        return {name: float(self._held[name] @ asked) for name in passages if name in self._held}

    def closeness(self, words: str, passages: Sequence[PassageId]) -> dict[PassageId, float]:
        """The mean of the highest cosines of the words' tokens to those of these passages."""
        asked = self._embedder.question_tokens([words])[0]
        wanted = set(passages) if len(asked) else set()
        records = [r for r in self._records(SearchRequest(words="")) if r.passage.id in wanted]
        read = self._embedder.tokens([_words(each) for each in records])
        pairs = zip(records, read, strict=True)
        return {r.passage.id: float((asked @ rows.T).max(axis=1).mean()) for r, rows in pairs}

    def is_complete(self) -> bool:
        """Whether nothing is lacking."""
        return self.lacking() == 0

    def lacking(self) -> int:
        """How many passages have no vector yet."""
        records = self._records(SearchRequest(words=""))
        return sum(record.passage.id not in self._held for record in records)

    def update(self) -> Iterator[Embedded]:
        """Embed what has no vector yet."""
        records = self._records(SearchRequest(words=""))
        missing = [record for record in records if record.passage.id not in self._held]
        made = 0
        for start in range(0, len(missing), BATCH):
            for record in missing[start : start + BATCH]:
                made += self._embed(record)
            yield Embedded(done=min(start + BATCH, len(missing)), of=len(missing), made=made)

    def _embed(self, record: Record) -> bool:
        words = _words(record)
        new = words not in self._made
        if new:
            self._made[words] = self._embedder.embed([words])[0]
        self._held[record.passage.id] = self._made[words]
        return new

    def _records(self, request: SearchRequest) -> list[Record]:
        documents = request.documents or tuple(card.id for card in self._base.cards())
        if not documents:
            return []
        everything = replace(request, words="", documents=documents, limit=ALL)
        return [each.record for each in self._base.search(everything)]


def check_vectors(make_base: Callable[[], EvidenceBase], open_vectors: Opener) -> None:
    """Run every check on an empty base of its own. Raises ``AssertionError`` naming the check."""
    for check in VECTOR_CHECKS:
        try:
            check(make_base(), open_vectors)
        except AssertionError as error:
            error.add_note(f"in {check.__name__}: {check.__doc__}")
            raise


def _words(record: Record) -> str:
    return f"{record.card.title} {record.passage.text}"


def _load(base: EvidenceBase, *documents: SourceDocument, **says: tuple[str, ...]) -> None:
    for document in documents:
        base.add(described(document, **says))
    base.settle()


def _update(vectors: Vectors) -> int:
    """Embed all; how many had to be made."""
    told = list(vectors.update())
    return told[-1].made if told else 0


def _documents(vectors: Vectors, words: str = "examplamine", limit: int = 100) -> list[str]:
    found = vectors.search(SearchRequest(words=words, limit=limit))
    return [each.record.card.id for each in found]


def _check_empty(base: EvidenceBase, open_vectors: Opener) -> None:
    """Over an empty base nothing is found, nothing lacks and nothing is to do."""
    vectors = open_vectors(base)
    assert vectors.name.strip()
    assert vectors.search(SearchRequest(words="examplamine")) == []
    assert vectors.lacking() == 0
    assert _update(vectors) == 0
    assert vectors.search(SearchRequest(words="examplamine")) == []


def _check_nearest(base: EvidenceBase, open_vectors: Opener) -> None:
    """What says the words comes first; the score is a cosine, highest first."""
    _load(base, small_document("one"), small_document("two", "The moon is bright", "Old harbour"))
    vectors = open_vectors(base)
    _update(vectors)
    found = vectors.search(SearchRequest(words="moon is bright"))
    assert len(found) == 4  # noqa: PLR2004 - two documents of two passages each
    assert found[0].record.passage.text == "The moon is bright"
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]
    assert max(map(abs, scores)) <= 1 + CLOSE


def _check_nearness(base: EvidenceBase, open_vectors: Opener) -> None:
    """The nearness of a passage is the cosine of its search; what has no vector is left out."""
    _load(base, small_document("one"), small_document("two", "The moon is bright", "Old harbour"))
    vectors = open_vectors(base)
    _update(vectors)
    found = vectors.search(SearchRequest(words="moon is bright"))
    names = [each.record.passage.id for each in found]
    near = vectors.nearness("moon is bright", [*names, PassageId("none")])
    assert sorted(near) == sorted(names)
    assert all(abs(near[e.record.passage.id] - e.score) <= CLOSE for e in found)
    assert vectors.nearness("moon is bright", []) == {}


def _check_closeness(base: EvidenceBase, open_vectors: Opener) -> None:
    """What has every word that is asked for is closest; what is not in the base is left out."""
    _load(base, small_document("one"), small_document("two", "The moon is bright", "Old harbour"))
    vectors = open_vectors(base)
    _update(vectors)
    names = [e.record.passage.id for e in vectors.search(SearchRequest(words="moon is bright"))]
    close = vectors.closeness("moon is bright", [*names, PassageId("none")])
    if not close:  # an embedder without tokens
        return
    assert sorted(close) == sorted(names)
    assert base.passage(max(close, key=close.__getitem__)).passage.text == "The moon is bright"
    assert max(close.values()) <= 1 + CLOSE
    assert vectors.closeness("moon is bright", []) == {}


def _check_complete(base: EvidenceBase, open_vectors: Opener) -> None:
    """It is complete from the end of an update on, until a passage comes that has no vector."""
    _load(base, small_document("one"))
    vectors = open_vectors(base)
    assert not vectors.is_complete()
    _update(vectors)
    assert vectors.is_complete()
    _load(base, small_document("two", "Take examplamine at night."))
    assert not vectors.is_complete()
    _update(vectors)
    assert vectors.is_complete()


def _check_lacking(base: EvidenceBase, open_vectors: Opener) -> None:
    """What has no vector yet is counted and not found; only that is embedded."""
    _load(base, small_document("one"))
    vectors = open_vectors(base)
    assert vectors.lacking() == 2  # noqa: PLR2004
    assert _documents(vectors) == []
    assert _update(vectors) == 2  # noqa: PLR2004
    _load(base, small_document("two", "Take examplamine at night."))
    assert vectors.lacking() == 1
    assert set(_documents(vectors)) == {"one@1"}
    assert _update(vectors) == 1
    assert vectors.lacking() == 0
    assert set(_documents(vectors)) == {"one@1", "two@1"}
    assert _update(vectors) == 0


def _check_same_words(base: EvidenceBase, open_vectors: Opener) -> None:
    """The same words are embedded once, and each passage that has them is found."""
    _load(base, *(small_document(name, title="the same") for name in ("one", "two", "three")))
    vectors = open_vectors(base)
    assert _update(vectors) == 2  # noqa: PLR2004
    assert sorted(_documents(vectors)) == ["one@1"] * 2 + ["three@1"] * 2 + ["two@1"] * 2


def _check_removed(base: EvidenceBase, open_vectors: Opener) -> None:
    """What is removed, withdrawn or superseded is not found from that moment on."""
    names = ("one", "two", "three", "four")
    _load(base, *(small_document(name) for name in names))
    vectors = open_vectors(base)
    _update(vectors)
    base.remove(DocumentId("one@1"))
    base.withdraw("two", "gone")
    newer = small_document("three", id=DocumentId("three@2"), effective_on=date(2025, 1, 1))
    _load(base, newer)
    assert set(_documents(vectors)) == {"four@1"}
    assert len(_documents(vectors, limit=2)) == 2  # noqa: PLR2004
    assert vectors.lacking() == 2  # noqa: PLR2004
    _update(vectors)
    assert set(_documents(vectors)) == {"four@1", "three@2"}


def _check_filters(base: EvidenceBase, open_vectors: Opener) -> None:
    """Each filter keeps what it names; together they all must hold."""
    _load(base, small_document("label"), subjects=("examplamine",), population=("age:child",))
    guide = small_document("guide", kind=SourceKind.GUIDELINE, jurisdiction="UK", year=2020)
    _load(base, replace(guide, effective_on=date(2020, 1, 1)), drugs=("exemplone",))
    vectors = open_vectors(base)
    _update(vectors)
    for request, expected in (
        (SearchRequest(words="skin", drugs=("examplamine",)), {"label@1"}),
        (SearchRequest(words="skin", mentions=("exemplone",)), {"guide@1"}),
        (SearchRequest(words="skin", populations=("age:child",)), {"label@1"}),
        (SearchRequest(words="skin", kinds=(StatementKind.DOSE,)), {"label@1", "guide@1"}),
        (SearchRequest(words="skin", source_kinds=(SourceKind.GUIDELINE,)), {"guide@1"}),
        (SearchRequest(words="skin", documents=(DocumentId("label@1"),)), {"label@1"}),
        (SearchRequest(words="skin", jurisdictions=("UK",)), {"guide@1"}),
        (SearchRequest(words="skin", since=date(2021, 1, 1)), {"label@1"}),
        (SearchRequest(words="skin", standings=(Standing.DRAFT,)), set()),
        (SearchRequest(words="skin", jurisdictions=("UK",), drugs=("examplamine",)), set()),
    ):
        found = {each.record.card.id for each in vectors.search(request)}
        assert found == expected, request


def _check_limit(base: EvidenceBase, open_vectors: Opener) -> None:
    """A limit keeps the nearest; any limit is taken."""
    _load(base, *(small_document(f"drug {number}") for number in range(5)))
    vectors = open_vectors(base)
    _update(vectors)
    everything = vectors.search(SearchRequest(words="examplamine skin", limit=100))
    assert vectors.search(SearchRequest(words="examplamine skin", limit=3)) == everything[:3]
    for limit, expected in ((0, 0), (-1, 0), (1, 1), (10**9, 10)):
        assert len(_documents(vectors, limit=limit)) == expected, limit


def _check_same_twice(base: EvidenceBase, open_vectors: Opener) -> None:
    """The same search gives the same results in the same order, from whoever opens them."""
    _load(base, *(small_document(f"drug {number}") for number in range(7)))
    vectors = open_vectors(base)
    _update(vectors)
    request = SearchRequest(words="examplamine water skin", limit=9)
    first = vectors.search(request)
    assert first
    assert all(vectors.search(request) == first for _ in range(3))


def _check_hostile_words(base: EvidenceBase, open_vectors: Opener) -> None:
    """No words are an error."""
    _load(base, small_document())
    vectors = open_vectors(base)
    _update(vectors)
    for words in HOSTILE_WORDS:
        assert len(_documents(vectors, words)) == 2  # noqa: PLR2004


def _check_stopped(base: EvidenceBase, open_vectors: Opener) -> None:
    """An update that is stopped keeps what it told of, and the next one does the rest only."""
    _load(base, *(small_document(f"drug {number}") for number in range(MANY)))
    vectors = open_vectors(base)
    update = vectors.update()
    first = next(iter(update))
    assert 0 < first.done < first.of == vectors.lacking() + first.done
    assert len(_documents(vectors, limit=ALL)) == first.done
    del update
    assert _update(vectors) == first.of - first.made
    assert vectors.lacking() == 0
    assert len(_documents(vectors, limit=ALL)) == 2 * MANY


VECTOR_CHECKS: tuple[Callable[[EvidenceBase, Opener], None], ...] = (
    _check_empty,
    _check_nearest,
    _check_nearness,
    _check_closeness,
    _check_lacking,
    _check_complete,
    _check_same_words,
    _check_removed,
    _check_filters,
    _check_limit,
    _check_same_twice,
    _check_hostile_words,
    _check_stopped,
)
"""What all ``Vectors`` must pass, each on an empty base."""
