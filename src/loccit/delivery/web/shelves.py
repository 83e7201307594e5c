"""What pages list: cards of sources, held until the base changes, and pages of the library."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

from loccit.delivery.web.approved import Approved
from loccit.delivery.web.behind import Behind
from loccit.delivery.web.paging import cursor_of
from loccit.terms import ArticleCard, DocumentCard, LibraryChange, LibraryRequest, NotInBase

__all__ = ["Shelves"]


class Shelves:
    """Lists of the base and of the library."""

    def __init__(self, behind: Behind) -> None:
        self._behind = behind
        self._lock = threading.Lock()
        self._digest = ""
        self._editions: Approved | None = None
        self._cards: dict[str, DocumentCard] = {}

    def cards(self) -> Sequence[DocumentCard]:
        """Cards of all documents, in order of id."""
        return tuple(self._by_id().values())

    def card(self, document: str) -> DocumentCard:
        """The card of a document. Raises ``NotInBase``."""
        try:
            return self._by_id()[document]
        except KeyError:
            raise NotInBase(f"no document is called {document[:80]!r}") from None

    def _by_id(self) -> dict[str, DocumentCard]:
        base = self._behind.engine().base
        with self._lock:
            digest = base.digest()
            if digest != self._digest:
                self._cards = {card.id: card for card in sorted(base.cards(), key=lambda c: c.id)}
                self._digest = digest
            return self._cards

    def articles(self, request: LibraryRequest) -> list[ArticleCard]:
        """Articles of the library, or those approved where only these are shown."""
        if self._behind.settings.approved_only:
            approved = self._approved()
            return approved.articles(request) if approved else []
        articles = self._behind.articles()
        return articles.library(request) if articles else []

    def changes(self, *, limit: int) -> list[LibraryChange]:
        """What happened to the articles that are shown, the latest first."""
        if self._behind.settings.approved_only:
            approved = self._approved()
            return approved.changes(limit=limit) if approved else []
        articles = self._behind.articles()
        return articles.changes(limit=limit) if articles else []

    def _approved(self) -> Approved | None:
        if self._editions is None and (editorial := self._behind.editorial()):
            self._editions = Approved(editorial)
        return self._editions

    def article_page(self, request: LibraryRequest) -> tuple[list[ArticleCard], str]:
        """A page of the library, and the cursor of the next, if there is one."""
        found = self.articles(replace(request, limit=request.limit + 1))
        shown = found[: request.limit]
        further = len(found) > len(shown)
        return shown, cursor_of(shown[-1].number) if further else ""
