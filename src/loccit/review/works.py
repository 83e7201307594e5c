"""What became of a cited source as a whole, and of the work that it summarises.

Sources of one work share an identifier: a label and the pack's summary of it a set id, an abstract
and the whole paper a PMID. What befalls one of them befalls what stands on the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from loccit.review.anchoring import Fate
from loccit.review.watching import WatchRules
from loccit.terms import DocumentCard, Relation, SourceKind, Standing

__all__ = ["Became", "Works", "newest_of"]

FELL = frozenset({Standing.WITHDRAWN, Standing.RETRACTED, Standing.EXPRESSION_OF_CONCERN})
_DOI = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "doi:")


class Became(NamedTuple):
    """What became of a source: ``sign`` tells it from all else, ``note`` tells a reader."""

    fate: Fate
    sign: str
    note: str


def newest_of(cards: Iterable[DocumentCard]) -> DocumentCard | None:
    """The newest edition of a work; a draft is that only where nothing was issued."""
    return max(
        cards, key=lambda each: (each.standing is not Standing.DRAFT, each.age), default=None
    )


class Works:
    """The sources of a base by the identifiers of their works.

    ``relations`` gives those of a document, by its id; ``is_withdrawn`` tells it of a series.
    """

    def __init__(
        self,
        cards: Iterable[DocumentCard],
        rules: WatchRules,
        *,
        relations: Callable[[str], tuple[Relation, ...]],
        is_withdrawn: Callable[[str], bool],
    ) -> None:
        self._rules, self._relations, self._is_withdrawn = rules, relations, is_withdrawn
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_series: dict[str, list[DocumentCard]] = defaultdict(list)
        for card in cards:
            self._by_series[card.series].append(card)
            for name in self._names(card) if card.kind is not SourceKind.SUMMARY else ():
                self._by_name[name].add(card.series)

    def newest(self, series: str) -> DocumentCard | None:
        """The newest edition of a series that the base holds."""
        return newest_of(self._by_series.get(series, ()))

    def became(self, cited: DocumentCard) -> Iterator[Became]:
        """What became of the work that is cited, and of the one that it summarises."""
        others = {name: self._by_name.get(name, set()) for name in self._names(cited)}
        series = sorted({cited.series, *(each for found in others.values() for each in found)})
        for each in series:
            if newest := self.newest(each):
                yield from self._of_an_edition(newest, cited)
        for name, found in sorted(others.items()):
            if not found and self._is_withdrawn(name):
                yield self._said(Fate.FALLEN, Standing.WITHDRAWN, name, title=name)

    def removed(self, cited: DocumentCard, told: Iterable[str]) -> Iterator[Became]:
        """Originals of a summary that were told of, by these signs, and are in the base no more."""
        for sign in told if cited.kind is SourceKind.SUMMARY else ():
            kind, _, name = sign.partition("/")
            series = name.rpartition("@")[0]
            if kind in ("newer", "renewed") and series not in map(_plain, self._by_series):
                yield self._said(Fate.OUTRUN, "removed", name, title=name)

    def _names(self, card: DocumentCard) -> Iterator[str]:
        named = card.original_identifiers if card.kind is SourceKind.SUMMARY else card.identifiers
        yield from _names(named, self._rules)

    def _of_an_edition(self, newest: DocumentCard, cited: DocumentCard) -> Iterator[Became]:
        title, is_own = newest.title, newest.series == cited.series
        if newest.standing in FELL:
            yield self._said(Fate.FALLEN, newest.standing, newest.series, title=title)
            return
        for each in self._relations(newest.id):
            if each.kind in self._rules.corrected_by:
                yield self._said(
                    Fate.CORRECTED,
                    "corrected",
                    f"{each.kind}:{each.target}",
                    title=title,
                    relation=each.kind,
                    target=each.target,
                )
        if not is_own and cited.kind is SourceKind.SUMMARY:
            yield from self._moved_on(newest, cited)

    def _moved_on(self, newest: DocumentCard, summary: DocumentCard) -> Iterator[Became]:
        """Whether the original came out anew since it was summarised.

        Labels and guidelines say on which day they came out. A paper is dated in several ways, and
        is another only where the base was given another record of it.
        """
        told = {"title": newest.title, "edition": newest.version or newest.id}
        if newest.evidence_kind in self._rules.in_editions:
            if _is_later(newest, summary):
                days = {"day": _day(newest), "cited": _day(summary)}
                yield self._said(Fate.OUTRUN, "newer", newest.id, **told, **days)
            return
        texts = {each.sha256 for each in self._by_series[newest.series]}
        if len(texts) > 1:
            yield self._said(Fate.OUTRUN, "renewed", newest.id, **told)

    def _said(self, fate: Fate, word: str, about: str, **told: str) -> Became:
        return Became(fate, f"{word}/{_plain(about)}", self._rules.source[word].format(**told))


def _names(identifiers: Mapping[str, str], rules: WatchRules) -> Iterator[str]:
    """Identifiers as ``name:value``, in the form in which series are named, where they are."""
    for name, value in identifiers.items():
        if name in rules.identifiers and value.strip():
            yield f"{name}:{_bare(value)}"


def _bare(value: str) -> str:
    value = value.strip().casefold()
    return next((value.removeprefix(each) for each in _DOI if value.startswith(each)), value)


def _plain(name: str) -> str:
    """Without white space, and without the sign that parts a statement from what is told of it."""
    return quote(name, safe=":@/.-_")


def _is_later(newest: DocumentCard, summary: DocumentCard) -> bool:
    if newest.effective_on and summary.effective_on:
        return newest.effective_on > summary.effective_on
    return bool(newest.year and summary.year and newest.year > summary.year)


def _day(card: DocumentCard) -> str:
    return card.effective_on.isoformat() if card.effective_on else str(card.year or "no known day")
