"""An article in the words of its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property

from loccit.terms import Article, DocumentCard, Reference, Statement, Wording
from loccit.vocabulary import Vocabulary
from loccit.wording.glossary import load_glossary
from loccit.wording.manners import Manner, load_manners
from loccit.wording.sameness import Sameness

__all__ = ["Worder"]


class Worder:
    """Words articles for their readers."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    @cached_property
    def _sameness(self) -> Sameness:
        """Made when the first plain twin is shown: most readers read the sources' own words."""
        return Sameness(self._vocabulary)

    def word(self, article: Article) -> Article:
        """The same article for its reader, who is ``article.audience``.

        Each statement keeps its words, numbers and citations; what is shown of it is its
        ``wording``. A plain twin that does not say the same is not shown.
        """
        manner = load_manners().of(article.audience)
        if manner.is_silent:
            return article
        cards = {reference.number: reference.card for reference in article.references}
        word = _Wording(manner, cards, self._is_true)
        return replace(
            article.with_statements(word.all),
            references=tuple(word.reference(each) for each in article.references),
        )

    def _is_true(self, statement: Statement) -> bool:
        subjects = (statement.subject,) if statement.subject else ()
        told = self._sameness.differences(statement.text, statement.plain, subjects)
        return not any(told)


class _Wording:
    """Words the statements of one article; a term is explained where it stands first."""

    def __init__(
        self,
        manner: Manner,
        cards: dict[int, DocumentCard],
        is_true: Callable[[Statement], bool],
    ) -> None:
        self._manner, self._cards, self._is_true = manner, cards, is_true
        self._told: set[str] = set()

    def all(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        return tuple(replace(each, wording=self._of(each)) for each in statements)

    def reference(self, reference: Reference) -> Reference:
        designs = load_manners().designs.get(self._manner.designs, {})
        return replace(reference, design=designs.get(reference.card.evidence_kind, ""))

    def _of(self, statement: Statement) -> Wording:
        is_plain = self._has_twin(statement)
        words = statement.plain if is_plain else statement.text
        found = load_glossary().explained(words, self._manner.meanings)
        explained = tuple(each for each in found if each.term not in self._told)
        self._told.update(each.term for each in explained)
        frame = "" if is_plain or not self._manner.frames else self._frame(statement)
        return Wording(words=words, is_plain=is_plain, frame=frame, explained=explained)

    def _has_twin(self, statement: Statement) -> bool:
        if not (self._manner.plain and statement.plain):
            return False
        return not load_manners().is_personal(statement.plain) and self._is_true(statement)

    def _frame(self, statement: Statement) -> str:
        card = self._cards.get(statement.citations[0].reference)
        return load_manners().frame(card, statement.kind) if card else ""
