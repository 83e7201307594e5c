"""Two things that a question puts together and no source does.

Each may have a label that says much; on a drug beside another only a passage that names both, or
the other's class, says anything.
"""

from __future__ import annotations

from itertools import combinations

from loccit.ports import EvidenceBase
from loccit.terms import ConceptKind, Question, SearchRequest
from loccit.vocabulary import Vocabulary

__all__ = ["never_together"]

LOOKED_AT = 20


def never_together(
    question: Question, base: EvidenceBase, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The drugs asked about together, where no source on one names the other or its class.

    Told of two drugs only, at least one of which has documents of its own here.
    """
    asked = question.asked_drugs
    named = question.names(ConceptKind.DRUG)
    if len(asked) != 2 or len(named) != 2:  # noqa: PLR2004
        return ()
    if not any(base.search(SearchRequest(words=d, drugs=(d,), limit=1)) for d in asked):
        return ()
    for one, other in combinations(asked, 2):
        if _names(one, other, base, vocabulary) or _names(other, one, base, vocabulary):
            return ()
    return asked


def _names(drug: str, other: str, base: EvidenceBase, vocabulary: Vocabulary) -> bool:
    """Whether a document on the drug, or a passage that names it, speaks of the other."""
    classes = vocabulary.classes.get(other, ())
    wider = (name for each in classes for name in vocabulary.lineage(each))
    names = tuple(dict.fromkeys((other, *wider)))
    own = SearchRequest(words=other, drugs=(drug,), mentions=names, limit=1)
    beside = SearchRequest(words=f"{drug} {other}", mentions=(other,), limit=LOOKED_AT)
    if base.search(own):
        return True
    return any(drug in found.record.description.drugs for found in base.search(beside))
