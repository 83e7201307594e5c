"""A base of a few made-up passages on real names, and the questions asked of it."""

from __future__ import annotations

from typing import Any

from loccit.composition import load_shapes
from loccit.ports import EvidenceBase
from loccit.questions import QuestionReader
from loccit.retrieval import Gatherer
from loccit.terms import (
    DocumentId,
    Evidence,
    Question,
    ScoredRecord,
    SourceDocument,
    SourceKind,
    StatementKind,
)
from loccit.testing import InMemoryBase, described, small_document
from loccit.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
READER = QuestionReader(VOCABULARY, is_known=lambda word: True)


def document(name: str, *sentences: str, **facts: Any) -> SourceDocument:
    """A document of these sentences; its identifier is its own unless one is given."""
    facts = {"id": DocumentId(name), "identifiers": {"doi": f"10.1/{name}"}, **facts}
    return small_document(name, *sentences, **facts)


def base_of(*documents: tuple[SourceDocument, dict[str, Any]]) -> InMemoryBase:
    """A settled base of documents, each with what all its passages say."""
    base = InMemoryBase()
    for each, says in documents:
        base.add(described(each, **says))
    base.settle()
    return base


def label(name: str, sentence: str, drug: str = "cyclobenzaprine", **says: Any):
    """A label with one sentence."""
    says = {"subjects": (drug,), "drugs": (drug,), "kinds": (StatementKind.WARNING,), **says}
    return document(name, sentence), says


def guideline(name: str, sentence: str, **says: Any):
    """A guideline on low back pain with one recommendation."""
    says = {
        "conditions": ("low back pain",),
        "kinds": (StatementKind.RECOMMENDATION_FOR,),
        **says,
    }
    return document(name, sentence, kind=SourceKind.GUIDELINE), says


def question(text: str) -> Question:
    return READER.read(text)


def gather(text: str, base: EvidenceBase) -> Evidence:
    """The evidence for a question, without near kinds."""
    read = question(text)
    return Gatherer(VOCABULARY).gather(read, load_shapes()[read.kind], base)


def by_document(evidence: Evidence) -> dict[str, ScoredRecord]:
    """The best record of each document."""
    found: dict[str, ScoredRecord] = {}
    for each in evidence.records:
        found.setdefault(each.record.card.id, each)
    return found
