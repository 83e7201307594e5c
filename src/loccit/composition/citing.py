"""Makes statements from records, and numbers references by first appearance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from loccit.terms import (
    Article,
    Citation,
    CitationRole,
    DocumentCard,
    DocumentId,
    Evidence,
    PassageKind,
    Recommendation,
    Record,
    Reference,
    Role,
    SourceKind,
    Statement,
    StatementKind,
)
from loccit.vocabulary import Vocabulary

__all__ = ["numbered", "recommendations", "renumbered", "statement"]


def statement(
    record: Record,
    role: Role,
    identity: str,
    *,
    vocabulary: Vocabulary,
    copies: Sequence[Record] = (),
) -> Statement:
    """A statement in the exact words of ``record``; ``copies`` say the same elsewhere."""
    passage, note = record.passage, record.passage.annotation
    return Statement(
        id=identity,
        text=passage.text,
        role=role,
        kind=record.description.kinds[0],
        citations=tuple(_citation(each) for each in (record, *copies)),
        lead=passage.context if passage.kind is PassageKind.TABLE_ROW else "",
        subject=_subject(record, vocabulary),
        strength=note.strength if note else "",
        certainty=note.certainty if note else "",
        scale=note.scale if note else "",
        plain=note.plain if note else "",
    )


def _citation(record: Record) -> Citation:
    passage = record.passage
    return Citation(
        passage=passage.id,
        locator=passage.locator,
        quote=passage.text,
        role=CitationRole.SUPPORTS,
    )


def _subject(record: Record, vocabulary: Vocabulary) -> str:
    """The label's drug, where the words do not name it."""
    subjects = record.description.subjects
    if record.card.evidence_kind is not SourceKind.LABEL or not subjects:
        return ""
    text = record.passage.text.casefold()
    names = (name for s in subjects for name in (s, *vocabulary.aliases.get(s, ())))
    return "" if any(name.casefold() in text for name in names) else subjects[0]


def recommendations(article: Article) -> tuple[Recommendation, ...]:
    """The issuers' recommendations among a numbered article's statements, in order."""
    cards = {reference.number: reference.card for reference in article.references}
    return tuple(
        Recommendation(
            text=each.text,
            direction="for" if each.kind is StatementKind.RECOMMENDATION_FOR else "against",
            strength=each.strength,
            certainty=each.certainty,
            scale=each.scale,
            issuer=cards[each.citations[0].reference].publisher,
            year=cards[each.citations[0].reference].year,
            citation=each.citations[0],
        )
        for each in article.statements()
        if each.role is not Role.CAVEAT
        and each.kind in (StatementKind.RECOMMENDATION_FOR, StatementKind.RECOMMENDATION_AGAINST)
    )


def numbered(article: Article, evidence: Evidence, further: Iterable[Record]) -> Article:
    """The article with its reference list, and each citation's number in it.

    ``further`` are records beside the evidence that it may cite.
    """
    cards: dict[DocumentId, DocumentCard] = {
        each.record.card.id: each.record.card for each in evidence.records
    } | {record.card.id: record.card for record in further}
    return _numbered(article, cards)


def renumbered(article: Article, further: Iterable[Record] = ()) -> Article:
    """The article numbered anew after its citations changed; no reference stands without one.

    ``further`` are records that it cites beside those of its references.
    """
    cards = {each.card.id: each.card for each in article.references}
    return _numbered(article, cards | {record.card.id: record.card for record in further})


def _numbered(article: Article, cards: dict[DocumentId, DocumentCard]) -> Article:
    order = dict.fromkeys(
        citation.locator.document for each in article.statements() for citation in each.citations
    )
    numbers = {document: number for number, document in enumerate(order, 1)}

    def number_all(statements: Iterable[Statement]) -> tuple[Statement, ...]:
        return tuple(_with_numbers(each, numbers) for each in statements)

    references = tuple(
        Reference(number=number, card=cards[document]) for document, number in numbers.items()
    )
    return replace(article.with_statements(number_all), references=references)


def _with_numbers(each: Statement, numbers: dict[DocumentId, int]) -> Statement:
    citations = tuple(
        replace(citation, reference=numbers[citation.locator.document])
        for citation in each.citations
    )
    return replace(each, citations=citations)
