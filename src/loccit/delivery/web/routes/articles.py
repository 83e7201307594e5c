"""Kept answers at their addresses, in every form, and the way into the library."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from loccit.delivery.case_form import facts_as_fields
from loccit.delivery.web.behind import Behind
from loccit.delivery.web.forms import form_of, stored_page
from loccit.delivery.web.negotiating import Form, accepted, conditional, split_ending
from loccit.delivery.web.rendering import FORMS, PAGE, Renderer
from loccit.ports import Articles
from loccit.publication.kept_page import Kept
from loccit.publication.site import Asked
from loccit.terms import KeptAnswer, NoSuchArticle

__all__ = ["address_of", "articles_of", "routes"]


def routes(behind: Behind) -> APIRouter:
    """The pages under ``/articles``."""
    router, render = APIRouter(include_in_schema=False), Renderer()

    @router.get("/articles/{name}")
    def newest(request: Request, name: str) -> Response:
        article, form = split_ending(name, FORMS)
        return _shown(request, behind, render, (article, 0), form)

    @router.get("/articles/{article}/v/{name}")
    def version(request: Request, article: str, name: str) -> Response:
        number, form = split_ending(name, FORMS)
        return _shown(request, behind, render, (article, _number(number)), form)

    @router.post("/articles/{article}/v/{number}/library")
    async def publish(request: Request, article: str, number: str) -> Response:
        await form_of(request, behind)
        kept = articles_of(behind).publish(article, _number(number))
        return RedirectResponse(address_of(kept), status_code=303)

    return router


def articles_of(behind: Behind) -> Articles:
    """The kept answers. Raises ``NoSuchArticle`` where none can be kept."""
    found = behind.articles()
    if found is None:
        raise NoSuchArticle("no answers are kept here")
    return found


def address_of(kept: KeptAnswer) -> str:
    """Where a version is, from the root of the site."""
    return f"/articles/{kept.place.article}/v/{kept.place.version}"


def _number(text: str) -> int:
    """A version's number; what is none leads nowhere."""
    if not (text.isascii() and text.isdecimal() and len(text) < len(str(2**31))) or not int(text):
        raise HTTPException(404, "there is no such version")
    return int(text)


def _shown(
    request: Request,
    behind: Behind,
    render: Renderer,
    named: tuple[str, int],
    form: Form | None,
) -> Response:
    """One version in the form asked for; its neighbours are named in the headers (RFC 5829)."""
    articles = articles_of(behind)
    kept = articles.answer(*named)
    chosen = form or accepted(request, FORMS)
    public = kept.place.listed_at is not None
    if chosen is PAGE:
        versions = tuple(articles.versions(kept.place.article))
        html = render.page(Kept(place=kept.place, versions=versions), kept.answer, _asked(kept))
        response = stored_page(request, behind, html, public=public)
    else:
        body = render.form(kept, chosen)
        response = conditional(request, body, chosen.media_type, stored=public)
        response.headers["Vary"] = "Accept"
    for link in _links(kept):
        response.headers.append("Link", link)
    return response


def _links(kept: KeptAnswer) -> list[str]:
    place = kept.place
    first = f"/articles/{place.article}"
    links = [
        f'<{address_of(kept)}>; rel="canonical"',
        f'<{first}>; rel="latest-version"',
        f'<{address_of(kept)}.md>; rel="alternate"; type="text/markdown"',
        '</llms.txt>; rel="describedby"',
    ]
    if place.version > 1:
        links.append(f'<{first}/v/{place.version - 1}>; rel="predecessor-version"')
    return links


def _asked(kept: KeptAnswer) -> Asked:
    """What the forms on the page carry on: the question as it was read, and its facts."""
    question = kept.answer.question
    return Asked(
        question=question.text,
        audience=question.audience,
        facts=facts_as_fields(question.patient),
        follow=question.follows,
        jurisdiction=question.jurisdiction,
    )
