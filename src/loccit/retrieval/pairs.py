"""Two things that a question puts together and no source does.

Each may have a label that says much; on a drug beside another only a passage that names both, or
the other's class, says anything.
"""

from __future__ import annotations

from itertools import permutations

from loccit.ports import EvidenceBase
from loccit.retrieval.products import load_products
from loccit.terms import ConceptKind, Question, QuestionKind, SearchRequest, StatementKind
from loccit.vocabulary import Vocabulary

__all__ = ["never_together"]

LOOKED_AT = 30
OF_CLASSES = frozenset({QuestionKind.INTERACTION, QuestionKind.SAFETY, QuestionKind.SWITCHING})
TELLING = tuple(kind for kind in StatementKind if kind is not StatementKind.PATIENT_INSTRUCTION)
"""Kinds of statement that say something of two drugs; to tell one's doctor of all is none."""


def never_together(
    question: Question, base: EvidenceBase, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The drugs asked about together, where no source on one names the other or its class.

    Told of two drugs only, both in what is asked and not merely in its story, at least one of which
    has documents of its own here.
    """
    asked = question.asked_drugs
    named = question.names(ConceptKind.DRUG)
    if len(asked) != 2 or len(named) != 2:  # noqa: PLR2004
        return ()
    texts = {concept.name: concept.text for concept in question.concepts}
    if not all(question.asks_of(texts.get(drug, drug)) for drug in asked):
        return ()
    if not load_products().measured.isdisjoint(asked):
        return ()
    if not any(base.search(SearchRequest(words=d, drugs=(d,), limit=1)) for d in asked):
        return ()
    if any(_names(*pair, question.kind, base, vocabulary) for pair in permutations(asked, 2)):
        return ()
    return asked


def _names(
    drug: str, other: str, kind: QuestionKind, base: EvidenceBase, vocabulary: Vocabulary
) -> bool:
    """Whether a document on the drug, or a passage that names it, speaks of the other.

    A class tells how two drugs act on each other, or how one goes over from any of it, not that one
    is given with the other.
    """
    classes = vocabulary.classes.get(other, ()) if kind in OF_CLASSES else ()
    wider = (name for each in classes for name in vocabulary.lineage(each))
    names = tuple(dict.fromkeys((other, *wider)))
    going = load_products().going
    words = load_products().going_words if kind is QuestionKind.SWITCHING else ""
    own = SearchRequest(
        words=f"{other} {words}", drugs=(drug,), mentions=names, kinds=TELLING, limit=LOOKED_AT
    )
    beside = SearchRequest(words=f"{drug} {other} {words}", mentions=(other,), limit=LOOKED_AT)
    found = (
        *(each.record for each in base.search(own)),
        *(e.record for e in base.search(beside) if drug in e.record.description.drugs),
    )
    return any(not words or going.search(each.passage.text) for each in found)
