"""Words of a question that no source on its drugs has in any passage.

What was found is a part of what the sources say; a word that is missing there may stand elsewhere
in a long label. A word that the whole of them lacks, in every form that is known, is what the
sources do not speak of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from loccit.ports import EvidenceBase
from loccit.retrieval.points import passages_on
from loccit.terms import Question, Record, SearchRequest
from loccit.vocabulary.equivalents import load_equivalents
from loccit.vocabulary.lexicon import folded_words
from loccit.vocabulary.ordinary import everyday_words
from loccit.vocabulary.stems import stems_of

__all__ = ["unheard"]

MOST = 8
"""Words looked for in all passages: those of a long story are not what it turns on."""


def unheard(words: Iterable[str], question: Question, base: EvidenceBase) -> tuple[str, ...]:
    """Those of ``words`` that no passage on the drugs asked about has, nor one that means the same.

    Everyday words are passed over: a source may say them in any other way. Where the base has no
    document on these drugs nothing is told: what is missing then is the drug.
    """
    drugs = question.asked_drugs
    if not drugs or not base.search(SearchRequest(words=drugs[0], drugs=drugs, limit=1)):
        return ()
    told = (word for word in words if word not in everyday_words())
    return tuple(word for word in islice(told, MOST) if not _is_heard(word, drugs, base))


def _is_heard(word: str, drugs: tuple[str, ...], base: EvidenceBase) -> bool:
    (stem,) = stems_of([word])
    meant = load_equivalents().get(stem, frozenset({stem}))
    searched = " ".join((word, *sorted(meant - {stem})))
    return any(not meant.isdisjoint(_stems(each)) for each in passages_on(drugs, searched, base))


def _stems(record: Record) -> Iterator[str]:
    passage = record.passage
    above = " ".join((record.card.title, *passage.locator.section))
    yield from stems_of(folded_words(f"{passage.text} {passage.context} {above}"))
