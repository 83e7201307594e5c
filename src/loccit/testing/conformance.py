"""What every evidence base must do, one check after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import permutations
from typing import Any

from loccit.ports import EvidenceBase
from loccit.terms import (
    DocumentId,
    NotInBase,
    SearchRequest,
    SourceDocument,
    SourceKind,
    Standing,
    StatementKind,
)
from loccit.testing.builders import described, small_document

__all__ = ["CHECKS", "HOSTILE_WORDS", "check_evidence_base"]

HOSTILE_WORDS = (
    "",
    " ",
    '"',
    "'\"`",
    "AND OR NOT",
    "NOT",
    "text:examplamine",
    "(examplamine",
    "[a TO b]",
    "IN [a b]",
    "* ~2 ^3 \\ /x/ + - && ||",
    "🫀 💊",
    "\u0000\u202e\ud800",
    "İſßǅ",
    "examplamine " * 9000,
    "x" * 100_000,
)


def check_evidence_base(make_base: Callable[[], EvidenceBase]) -> None:
    """Run every check on an empty base of its own. Raises ``AssertionError`` naming the check."""
    for check in CHECKS:
        try:
            check(make_base())
        except AssertionError as error:
            error.add_note(f"in {check.__name__}: {check.__doc__}")
            raise


def _load(base: EvidenceBase, *documents: SourceDocument, **says: Any) -> None:
    for document in documents:
        base.add(described(document, **says))
    base.settle()


def _found(base: EvidenceBase, words: str = "examplamine", **filters: Any) -> list[str]:
    """Documents of the passages found, best first."""
    found = base.search(SearchRequest(words=words, **filters))
    return [each.record.card.id for each in found]


def _standings(base: EvidenceBase) -> dict[str, Standing]:
    return {card.id: card.standing for card in base.cards()}


def _raises_not_in_base(call: Callable[[], object]) -> bool:
    try:
        call()
    except NotInBase:
        return True
    return False


def _check_empty(base: EvidenceBase) -> None:
    """An empty base finds nothing, holds nothing and says so."""
    base.settle()
    assert _found(base) == []
    assert base.cards() == []
    assert base.originals() == frozenset()
    assert (base.coverage().documents, base.coverage().passages) == (0, 0)
    assert list(base.verify()) == []


def _check_kept_as_given(base: EvidenceBase) -> None:
    """What was added is found, and comes back as it was given."""
    given = described(small_document(), subjects=("examplamine",), population=("age:adult",))
    base.add(given)
    base.settle()
    assert base.document(given.document.id) == given.document
    for passage, description in given.passages:
        record = base.passage(passage.id)
        assert (record.passage, record.description) == (passage, description)
        assert base.passage(passage.id[:12]) == record
        words = SearchRequest(words=passage.text)
        assert base.search(words)[0].record == record
    (card,) = base.cards(series="examplamine")
    assert (card.passages, card.subjects) == (2, ("examplamine",))
    assert base.cards(series="other") == []
    assert list(base.verify()) == []


def _check_unknown(base: EvidenceBase) -> None:
    """What is not in the base, or is asked for ambiguously, is refused."""
    _load(base, small_document())
    for name in ("", "zz", "0" * 16, "%", "examplamine@1"):
        assert _raises_not_in_base(partial(base.passage, name)), name
    assert _raises_not_in_base(lambda: base.document(DocumentId("other")))
    assert _raises_not_in_base(lambda: base.remove(DocumentId("other")))


def _check_idempotent(base: EvidenceBase) -> None:
    """Adding what is held already changes nothing; settling twice neither."""
    document = small_document()
    assert not base.holds(document)
    _load(base, document)
    before = (base.digest(), base.cards(), base.coverage(), _found(base))
    assert base.holds(document)
    assert base.holds(replace(document, retrieved_at="2026-01-01", findings=("odd",)))
    assert not base.holds(replace(document, title="another title"))
    _load(base, document, replace(document, retrieved_at="2026-01-01"))
    base.settle()
    assert (base.digest(), base.cards(), base.coverage(), _found(base)) == before


def _editions() -> list[SourceDocument]:
    """Oldest first: by date, then by version as a number."""
    named = (("a", 2023, "12"), ("b", 2024, "9"), ("c", 2024, "10"))
    return [
        small_document(
            "examplamine",
            f"Edition {name} of examplamine.",
            id=DocumentId(name),
            effective_on=date(year, 1, 1),
            version=version,
        )
        for name, year, version in named
    ]


def _check_editions(base: EvidenceBase) -> None:
    """The newest edition stands, in whatever order they come; older ones can still be read."""
    editions = _editions()
    for number, order in enumerate(permutations(editions)):
        series = f"work {number}"
        _load(base, *(_renamed(each, series) for each in order))
        standings = {card.id[-1]: card.standing for card in base.cards(series=series)}
        old = Standing.SUPERSEDED
        assert standings == {"a": old, "b": old, "c": Standing.CURRENT}, [e.id for e in order]
    assert {name[-1] for name in _found(base)} == {"c"}
    assert base.document(DocumentId("work 0 a")).standing is Standing.SUPERSEDED
    passage = described(_renamed(editions[0], "work 0")).passages[0][0]
    assert base.passage(passage.id).card.standing is Standing.SUPERSEDED
    assert list(base.verify()) == []


def _renamed(document: SourceDocument, series: str) -> SourceDocument:
    return replace(document, id=DocumentId(f"{series} {document.id}"), series=series)


def _check_withdrawal(base: EvidenceBase) -> None:
    """A withdrawn work is not searched, whether the word comes before or after it; it is kept."""
    base.withdraw("early", "deleted by its publisher")
    _load(base, small_document("early"), small_document("late"), small_document("stays"))
    assert set(_found(base)) == {"late@1", "stays@1"}
    base.withdraw("late", "deleted by its publisher")
    base.withdraw("never here", "deleted by its publisher")
    base.settle()
    assert set(_found(base)) == {"stays@1"}
    assert [base.is_withdrawn(each) for each in ("early", "late", "never here")] == [True] * 3
    assert not base.is_withdrawn("stays")
    assert _standings(base)["early@1"] is Standing.WITHDRAWN
    assert base.document(DocumentId("late@1")).text == small_document("late").text
    assert base.coverage().documents == 1
    _load(base, small_document("late", id=DocumentId("late@2"), effective_on=date(2025, 1, 1)))
    assert set(_found(base)) == {"stays@1"}


def _check_remove(base: EvidenceBase) -> None:
    """What is removed is gone, and the edition before it stands again."""
    _load(base, *_editions(), small_document("other"))
    base.remove(DocumentId("c"))
    base.settle()
    assert set(_found(base)) == {"b", "other@1"}
    assert _raises_not_in_base(lambda: base.document(DocumentId("c")))
    gone = described(_editions()[2]).passages[0][0]
    assert _raises_not_in_base(lambda: base.passage(gone.id))
    assert not base.holds(_editions()[2])
    assert _standings(base)["b"] is Standing.CURRENT
    _load(base, _editions()[2])
    assert set(_found(base)) == {"c", "other@1"}
    assert list(base.verify()) == []


def _check_replaced(base: EvidenceBase) -> None:
    """Another text under the same id takes the place of the first."""
    first, second = small_document(), small_document("examplamine", "Take exemplone at night.")
    _load(base, first, second)
    assert base.document(first.id) == second
    assert _found(base, "exemplone") == [second.id]
    assert _found(base, "green") == []
    assert base.holds(second)
    assert not base.holds(first)
    moved = replace(second, series="another work")
    _load(base, moved)
    assert [card.series for card in base.cards()] == ["another work"]
    assert list(base.verify()) == []


def _check_same_text(base: EvidenceBase) -> None:
    """Two documents of the same words keep their own passages."""
    first, second = small_document("maker"), small_document("repackager")
    second = replace(second, text=first.text, sha256=first.sha256)
    _load(base, first, second)
    assert sorted(_found(base)) == ["maker@1", "maker@1", "repackager@1", "repackager@1"]
    for document in (first, second):
        for passage, _ in described(document).passages:
            assert base.passage(passage.id).card.id == document.id
    assert list(base.verify()) == []


def _check_digest(base: EvidenceBase) -> None:
    """The digest names the content: the same however it came about, another for anything else."""
    first, second = small_document("one"), small_document("two")
    seen = [base.digest()]
    for document in (first, second):
        _load(base, document)
        seen.append(base.digest())
    base.withdraw("one", "gone")
    base.settle()
    seen.append(base.digest())
    _load(base, replace(second, publisher="Another"))
    seen.append(base.digest())
    assert len(set(seen)) == len(seen)
    base.remove(second.id)
    base.remove(first.id)
    base.settle()
    assert base.digest() == seen[0]
    _load(base, replace(second, identifiers={"b": "2", "a": "1"}))
    once = base.digest()
    base.remove(second.id)
    _load(base, replace(second, identifiers={"a": "1", "b": "2"}))
    assert base.digest() == once


def _check_filters(base: EvidenceBase) -> None:
    """Each filter keeps what it names; together they all must hold; none means no constraint."""
    guideline = small_document(
        "guide", kind=SourceKind.GUIDELINE, jurisdiction="UK", effective_on=date(2020, 5, 1)
    )
    label = small_document("label", standing=Standing.EXPRESSION_OF_CONCERN)
    says = {"subjects": ("examplamine",), "drugs": ("exemplone",), "population": ("age:child",)}
    _load(base, label, **says)
    _load(base, guideline, kinds=(StatementKind.RED_FLAG,), conditions=("examplitis",))
    assert set(_found(base)) == {"label@1", "guide@1"}
    for filters, expected in (
        ({"drugs": ("examplamine",)}, {"label@1"}),
        ({"drugs": ("exemplone",)}, set()),
        ({"mentions": ("exemplone", "nothing")}, {"label@1"}),
        ({"mentions": ("examplitis",)}, {"guide@1"}),
        ({"kinds": (StatementKind.RED_FLAG,)}, {"guide@1"}),
        ({"source_kinds": (SourceKind.LABEL, SourceKind.TRIAL)}, {"label@1"}),
        ({"documents": (DocumentId("guide@1"), DocumentId("none"))}, {"guide@1"}),
        ({"drugs": ("examplamine",), "kinds": (StatementKind.RED_FLAG,)}, set()),
        ({"populations": ("age:child",)}, {"label@1"}),
        ({"populations": ("age:child",), "mentions": ("exemplone",)}, {"label@1"}),
        ({"populations": ("age:child",), "mentions": ("examplitis",)}, set()),
        ({"jurisdictions": ("UK", "US")}, {"guide@1"}),
        ({"standings": (Standing.EXPRESSION_OF_CONCERN,)}, {"label@1"}),
        ({"standings": (Standing.SUPERSEDED,)}, set()),
        ({"since": date(2020, 5, 1)}, {"label@1", "guide@1"}),
        ({"since": date(2020, 5, 2)}, {"label@1"}),
        ({"until": date(2020, 5, 1)}, {"guide@1"}),
        ({"jurisdictions": ("UK",), "documents": (DocumentId("label@1"),)}, set()),
    ):
        assert set(_found(base, **filters)) == expected, filters
        assert set(_found(base, words="", **filters)) == expected, filters


def _check_limit(base: EvidenceBase) -> None:
    """A limit bounds what is found, and keeps the best; any limit is taken."""
    _load(base, *(small_document(f"drug {number}") for number in range(5)))
    everything = base.search(SearchRequest(words="examplamine skin", limit=100))
    some = base.search(SearchRequest(words="examplamine skin", limit=3))
    assert [each.score for each in some] == [each.score for each in everything[:3]]
    for limit, expected in ((0, 0), (-1, 0), (1, 1), (10**9, 10)):
        assert len(_found(base, limit=limit)) == expected, limit
    scores = [each.score for each in everything]
    assert scores == sorted(scores, reverse=True)


def _check_same_twice(base: EvidenceBase) -> None:
    """The same search gives the same results in the same order."""
    _load(base, *(small_document(f"drug {number}") for number in range(7)))
    request = SearchRequest(words="examplamine water skin", limit=9)
    first = base.search(request)
    assert first
    assert all(base.search(request) == first for _ in range(3))


def _check_hostile_words(base: EvidenceBase) -> None:
    """No words of a question are an error, and operators are only words."""
    _load(base, small_document())
    for words in HOSTILE_WORDS:
        base.search(SearchRequest(words=words))
    assert _found(base, "examplamine NOT (examplamine)") == ["examplamine@1"] * 2


def _check_numbers(base: EvidenceBase) -> None:
    """Coverage and originals speak of what is searched; a summary is no original."""
    current = small_document("one", identifiers={"set_id": "AbC", "pmid": "7"})
    summary = small_document("two", kind=SourceKind.SUMMARY, effective_on=date(2026, 2, 3))
    draft = small_document("three", standing=Standing.DRAFT)
    _load(base, current, summary, draft)
    covered = base.coverage()
    assert (covered.documents, covered.passages) == (3, 6)
    assert covered.by_kind == {"label": 2, "summary": 1}
    assert (covered.oldest, covered.newest) == ("2024-01-01", "2026-02-03")
    assert base.originals() == {"set_id:abc", "pmid:7"}


CHECKS: tuple[Callable[[EvidenceBase], None], ...] = (
    _check_empty,
    _check_kept_as_given,
    _check_unknown,
    _check_idempotent,
    _check_editions,
    _check_withdrawal,
    _check_remove,
    _check_replaced,
    _check_same_text,
    _check_digest,
    _check_filters,
    _check_limit,
    _check_same_twice,
    _check_hostile_words,
    _check_numbers,
)
"""What every ``EvidenceBase`` must pass, each on an empty one."""
