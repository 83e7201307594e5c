"""What answers, searches and judges, over a base that is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from loccit.backends.embedded import EmbeddedBase
from loccit.backends.vocabulary_cache import cached_vocabulary
from loccit.engine import Engine
from loccit.ports import EvidenceBase, Turns, Vectors
from loccit.questions import telling_words
from loccit.retrieval import Searcher
from loccit.terms import ConceptKind, Verdict
from loccit.verification import Ground, Verifier
from loccit.vocabulary import Vocabulary, load_vocabulary
from loccit.vocabulary.lexicon import folded_words

if TYPE_CHECKING:
    from loccit.measuring import ClaimRow

__all__ = ["Judge", "make_engine", "make_judge", "make_searcher", "vocabulary_of"]

Judge: TypeAlias = "Callable[[ClaimRow], Verdict]"
"""Holds the claim of a row against its evidence."""


def make_engine(base: EvidenceBase, *, turns: Turns | None = None) -> Engine:
    """An engine over ``base`` with the shipped vocabulary; without ``turns`` it keeps nothing."""
    return Engine(base, vocabulary_of(base), turns=turns)


def make_searcher(base: EvidenceBase, vectors: Vectors | None) -> Searcher:
    """The search alone, without the reading of questions."""
    return Searcher(base, vocabulary_of(base), vectors, telling=telling_words)


def make_judge() -> Judge:
    """A judge of claims with evidence of their own, with the shipped vocabulary and no base."""
    vocabulary = load_vocabulary()
    verifier = Verifier(vocabulary)

    @lru_cache(maxsize=1024)
    def drugs(subject: str) -> tuple[str, ...]:
        """As the drugs of a document are found: those known by name, else what it is called."""
        found = vocabulary.lexicon.entries(folded_words(subject))
        known = dict.fromkeys(each.name for each in found if each.kind is ConceptKind.DRUG)
        return tuple(known) or tuple(filter(None, map(str.strip, subject.casefold().split(";"))))

    def judge(row: ClaimRow) -> Verdict:
        subjects = drugs(row.subject or "")
        ground = Ground(text=row.evidence, context=row.context or "", subjects=subjects)
        return verifier.judge(row.claim, ground).verdict

    return judge


def vocabulary_of(base: EvidenceBase) -> Vocabulary:
    """The shipped vocabulary; a base in a folder keeps it there, ready for use."""
    if isinstance(base, EmbeddedBase):
        return cached_vocabulary(base.folder)
    return load_vocabulary()
