"""The addresses of the API."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from loccit.delivery.case_form import given_by, option_of_json, where
from loccit.delivery.web import paging
from loccit.delivery.web.api.answers import ArticleOut
from loccit.delivery.web.api.lists import (
    ArticleList,
    AskRequest,
    CheckRequest,
    Health,
    LibraryQuery,
    PassageOut,
    ReportOut,
    SourceList,
    SourcePageOut,
    SourcesQuery,
)
from loccit.delivery.web.api.problems import problems, refuse_others
from loccit.delivery.web.api.review import add_review
from loccit.delivery.web.behind import Behind
from loccit.delivery.web.negotiating import conditional
from loccit.delivery.web.readable import HIDDEN, Readable
from loccit.delivery.web.routes.asking import question_key
from loccit.delivery.web.routes.checking import checked_text
from loccit.delivery.web.shelves import Shelves
from loccit.publication import as_json
from loccit.publication.browse_page import Looked, choose_sources
from loccit.publication.json_parts import dumped
from loccit.publication.kept_page import kept_json
from loccit.publication.list_data import article_data, passage_data, source_data, sources_data
from loccit.publication.reports import as_json as report_json
from loccit.terms import (
    Abstention,
    Article,
    DocumentId,
    LibraryRequest,
    NoSuchArticle,
)

__all__ = ["routes"]

JSON = "application/json"
Version = Annotated[int, Query(ge=0, le=2**31 - 1)]


READ = problems(400, 404, 422) | {304: {"description": "It is as the asker has it"}}
WORK = problems(400, 403, 404, 415, 422, 503)


def routes(behind: Behind, shelves: Shelves) -> APIRouter:
    """``/api/v1`` and ``/healthz``."""
    router = APIRouter()
    _add_work(router, behind)
    _add_articles(router, behind, shelves)
    _add_sources(router, behind, shelves)
    add_review(router, behind)

    @router.get("/healthz", response_model=Health, responses=problems(), operation_id="healthz")
    def healthz() -> Health:
        """Whether the process answers; it does not open the evidence base."""
        return Health(status="ok")

    return router


def _add_work(router: APIRouter, behind: Behind) -> None:
    @router.post("/api/v1/ask", response_model=ArticleOut, responses=WORK, operation_id="ask")
    async def ask(request: Request, asked: AskRequest) -> Response:
        """An article or an abstention as ``loccit/article/1``, with its address if it is kept."""
        refuse_others(request)
        body = await behind.worked(lambda: _answered(request, behind, asked))
        return Response(body, media_type=JSON)

    @router.post("/api/v1/check", response_model=ReportOut, responses=WORK, operation_id="check")
    async def check(request: Request, asked: CheckRequest) -> Response:
        """Each sentence of a text held against the sources, as ``loccit/report/1``."""
        refuse_others(request)
        report = await behind.worked(lambda: checked_text(behind.engine(), asked.text))
        return Response(report_json(report), media_type=JSON)


def _answered(request: Request, behind: Behind, asked: AskRequest) -> str:
    """The article whose question reads the same, if there is one, or a new answer."""
    answer: Article | Abstention = behind.engine().ask(
        asked.question,
        audience=asked.audience,
        given=given_by(option_of_json(asked.patient)),
        jurisdiction=where(asked.jurisdiction),
        follows=asked.follow,
        keep=asked.keep,
    )
    read = Readable(request, behind)
    same = None if asked.anew else read.canonical(answer.question)
    if same:
        return kept_json(same, same_question=True)
    if not read.drafts:
        raise NoSuchArticle(HIDDEN)
    kept = behind.kept(answer, question_key(answer)) if asked.keep else None
    return kept_json(read.shown(kept)) if kept else as_json(answer)


def _add_articles(router: APIRouter, behind: Behind, shelves: Shelves) -> None:
    @router.get(
        "/api/v1/articles", response_model=ArticleList, responses=READ, operation_id="articles"
    )
    def articles(request: Request, asked: Annotated[LibraryQuery, Query()]) -> Response:
        """The library, the latest article first; ``q`` are words of title and bottom line."""
        wanted = LibraryRequest(
            words=asked.q,
            kind=asked.kind,
            audience=asked.audience,
            document=asked.document,
            before=paging.after_number(asked.cursor),
            limit=asked.limit,
        )
        found, further = shelves.article_page(wanted)
        data = {"articles": [article_data(card) for card in found], "next": further or None}
        return _listed(request, data, further)

    @router.get(
        "/api/v1/articles/{article}",
        response_model=ArticleOut,
        responses=READ,
        operation_id="article",
    )
    def article(
        request: Request,
        article: Annotated[str, Path(max_length=64)],
        version: Version = 0,
    ) -> Response:
        """An article: its newest edition or kept version, unless a version is named."""
        read = Readable(request, behind)
        shown = read.version(article, version) if version else read.newest(article)
        stored = shown.place.listed_at is not None and not behind.settings.approved_only
        return conditional(request, kept_json(shown), JSON, stored=stored)


def _add_sources(router: APIRouter, behind: Behind, shelves: Shelves) -> None:
    @router.get(
        "/api/v1/sources", response_model=SourceList, responses=READ, operation_id="sources"
    )
    def sources(request: Request, asked: Annotated[SourcesQuery, Query()]) -> Response:
        """The sources in order of id; ``q`` are words of title, issuer, subjects and numbers."""
        looked = Looked(
            words=asked.q, source_kind=asked.kind, standing=asked.standing, year=asked.year
        )
        fitting = choose_sources(shelves.cards(), looked)
        shown, further = paging.part_of(fitting, paging.after_text(asked.cursor), limit=asked.limit)
        return _listed(request, sources_data(shown, found=len(fitting), after=further), further)

    @router.get(
        "/api/v1/sources/{document:path}",
        response_model=SourcePageOut,
        responses=READ,
        operation_id="source",
    )
    def source(request: Request, document: Annotated[str, Path(max_length=512)]) -> Response:
        """A source with its sections, editions and articles."""
        base, card = behind.engine().base, shelves.card(document)
        data = source_data(
            base.document(DocumentId(document)),
            card,
            editions=base.cards(series=card.series),
            articles=shelves.articles(LibraryRequest(document=document, limit=paging.MOST)),
        )
        return conditional(request, dumped(data), JSON)

    @router.get(
        "/api/v1/passages/{passage}",
        response_model=PassageOut,
        responses=READ,
        operation_id="passage",
    )
    def passage(request: Request, passage: Annotated[str, Path(max_length=64)]) -> Response:
        """A passage by its id, or an unambiguous beginning of it."""
        record = behind.engine().base.passage(passage)
        return conditional(request, dumped(passage_data(record)), JSON)


def _listed(request: Request, data: dict[str, Any], further: str) -> Response:
    response = conditional(request, dumped(data), JSON)
    paging.link_next(response, request, further)
    return response
