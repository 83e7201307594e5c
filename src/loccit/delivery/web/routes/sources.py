"""Pages of sources: a passage in its text, a document, and what there is to browse."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from loccit.delivery.web import paging
from loccit.delivery.web.behind import Behind
from loccit.delivery.web.forms import stored_page
from loccit.delivery.web.shelves import Shelves
from loccit.publication.browse_page import Looked, browse_page, choose_sources
from loccit.publication.site import passage_page
from loccit.publication.source_page import source_page
from loccit.terms import (
    Audience,
    DocumentId,
    LibraryRequest,
    QuestionKind,
    SourceKind,
    Standing,
    UsageError,
)

__all__ = ["looked_for", "routes"]

Word = TypeVar("Word", bound=StrEnum)
MANY = 200
"""Articles that stand on a source which its page lists."""


def routes(behind: Behind, shelves: Shelves) -> APIRouter:
    """The pages ``/passage``, ``/sources`` and ``/browse``."""
    router = APIRouter(include_in_schema=False)

    @router.get("/passage/{passage}")
    def passage(request: Request, passage: str) -> Response:
        base = behind.engine().base
        record = base.passage(passage)
        html = passage_page(record, base.document(record.card.id))
        return stored_page(request, behind, html, public=True)

    @router.get("/sources/{name:path}")
    def source(request: Request, name: str, section: str = "") -> Response:
        base, card = behind.engine().base, shelves.card(name)
        html = source_page(
            base.document(DocumentId(name)),
            card,
            editions=base.cards(series=card.series),
            articles=shelves.articles(LibraryRequest(document=name, limit=MANY)),
            section=int(section) if section.isascii() and section.isdecimal() else 0,
        )
        return stored_page(request, behind, html, public=True)

    @router.get("/browse")
    def browse(request: Request, q: Annotated[str, Query(max_length=200)] = "") -> Response:
        looked = looked_for({**request.query_params, "words": q})
        html = _browsed(request, shelves, looked)
        return stored_page(request, behind, html, public=True)

    return router


def _browsed(request: Request, shelves: Shelves, looked: Looked) -> str:
    """A page of articles and a page of sources; each list goes on by a cursor of its own."""
    asked = request.query_params
    articles, further = shelves.article_page(
        LibraryRequest(
            words=looked.words,
            kind=looked.kind,
            audience=looked.audience,
            before=paging.after_number(asked.get("cursor", "")),
            limit=paging.LIMIT,
        )
    )
    fitting = choose_sources(shelves.cards(), looked)
    sources, later = paging.part_of(fitting, paging.after_text(asked.get("after", "")))
    return browse_page(
        looked,
        articles=articles,
        sources=sources,
        found=len(fitting),
        more_articles=paging.next_address(request, further) if further else "",
        more_sources=paging.next_address(request, later, name="after") if later else "",
    )


def looked_for(asked: dict[str, str]) -> Looked:
    """What an address looks for. Raises ``UsageError`` naming what it cannot mean."""
    return Looked(
        words=asked.get("words", "").strip(),
        kind=_one_of(QuestionKind, "kind", asked),
        audience=_one_of(Audience, "audience", asked),
        source_kind=_one_of(SourceKind, "source_kind", asked),
        standing=_one_of(Standing, "standing", asked),
        year=_year(asked.get("year", "").strip()),
    )


def _one_of(words: type[Word], name: str, asked: dict[str, str]) -> Word | None:
    said = asked.get(name, "").strip()
    try:
        return words(said) if said else None
    except ValueError:
        raise UsageError(f"{name}: one of {', '.join(words)} is needed") from None


def _year(said: str) -> int | None:
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) <= len("2026")):
        raise UsageError("year: a year of four digits is needed")
    return int(said)
