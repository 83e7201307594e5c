"""Verifies our own articles: nothing leaves the engine that its source does not carry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from loccit.terms import (
    Article,
    Citation,
    DocumentCard,
    Finding,
    LocatorMismatch,
    NotInBase,
    SourceDocument,
    Statement,
    Verdict,
)
from loccit.verification.grounds import Ground, plain
from loccit.verification.verdicts import verdict
from loccit.verification.verifying import Verifier

__all__ = ["ArticleVerifier"]

LOCATOR = "locator/1"
Documents = Callable[[str], SourceDocument]
"""A document with its text, by its id. Raises ``NotInBase``."""


class ArticleVerifier:
    """Holds every statement of an article against every source that it cites."""

    def __init__(self, verifier: Verifier, document_of: Documents) -> None:
        self._verifier, self._document_of = verifier, document_of

    def verify(self, article: Article) -> Article:
        """The article with a verdict on every statement, and without those that fell.

        A citation that does not carry its statement is dropped; a statement that no citation
        carries is removed, and ``notes`` say so. The bottom line may come out empty.
        """
        cards = {reference.number: reference.card for reference in article.references}
        fallen: list[str] = []

        def kept(statements: Iterable[Statement]) -> tuple[Statement, ...]:
            return tuple(self._kept(statements, cards, fallen))

        verified = article.with_statements(kept)
        return replace(verified, notes=(*article.notes, *fallen)) if fallen else verified

    def held(self, statement: Statement, article: Article) -> Statement:
        """A statement held against all that it cites, with every finding and nothing dropped."""
        cards = {reference.number: reference.card for reference in article.references}
        found = tuple(
            finding
            for citation in statement.citations
            for finding in self._findings(statement, citation, cards[citation.reference])
        )
        return replace(statement, findings=found, verdict=verdict(found))

    def _kept(
        self, statements: Iterable[Statement], cards: dict[int, DocumentCard], fallen: list[str]
    ) -> Iterator[Statement]:
        for statement in statements:
            carried = self._carried(statement, cards)
            if isinstance(carried, Statement):
                yield carried
            else:
                fallen.append(f"Left out, since its source does not carry it: {carried.message}")

    def _carried(self, statement: Statement, cards: dict[int, DocumentCard]) -> Statement | Finding:
        """The statement with the citations that carry it, or why none does."""
        held: list[Citation] = []
        why: list[Finding] = []
        failed: Finding | None = None
        for citation in statement.citations:
            found = tuple(self._findings(statement, citation, cards[citation.reference]))
            blocking = next((each for each in found if each.blocking), None)
            if blocking:
                failed = failed or blocking
                continue
            held.append(citation)
            why.extend(found)
        if not held:
            assert failed is not None
            return failed
        return replace(
            statement, citations=tuple(held), findings=tuple(why), verdict=verdict(tuple(why))
        )

    def _findings(
        self, statement: Statement, citation: Citation, card: DocumentCard
    ) -> Iterator[Finding]:
        fault = self._unresolved(citation)
        if fault:
            yield Finding(check=LOCATOR, verdict=Verdict.NOT_FOUND, message=fault)
            return
        ground = Ground(
            text=citation.quote,
            context=" ; ".join((card.title, *citation.locator.section, statement.lead)),
            subjects=(*card.subjects, *((statement.subject,) if statement.subject else ())),
            card=card,
            locator=citation.locator,
        )
        yield from self._verifier.judge(statement.text, ground).findings

    def _unresolved(self, citation: Citation) -> str:
        """Why the citation does not open at its words, or nothing."""
        place = citation.locator
        try:
            words = place.resolve(self._document_of(place.document))
        except (LocatorMismatch, NotInBase) as error:
            return str(error)
        if words == citation.quote or plain(words) == plain(citation.quote):
            return ""
        return "the quote is not in its source"
