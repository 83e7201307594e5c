"""Articles at their addresses, in every form: kept versions and published editions."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from loccit.delivery.case_form import facts_as_fields
from loccit.delivery.exporting import approved_edition
from loccit.delivery.web.behind import Behind
from loccit.delivery.web.forms import form_of, page, stored_page
from loccit.delivery.web.negotiating import Form, accepted, conditional, split_ending
from loccit.delivery.web.readable import HIDDEN, Readable, articles_of
from loccit.delivery.web.rendering import FORMS, PAGE, Renderer
from loccit.publication.exports import as_fhir
from loccit.publication.kept_page import Kept, Shown
from loccit.publication.site import Asked
from loccit.terms import Action, Article, NoSuchArticle, Person

__all__ = ["routes", "same_article"]

FHIR = Form(ending=".fhir.json", media_type="application/fhir+json")
"""A form that only approved editions have, and that stays apart while it is experimental."""


def routes(behind: Behind) -> APIRouter:
    """The pages under ``/articles``."""
    router, render = APIRouter(include_in_schema=False), Renderer()

    @router.get("/articles/{name}")
    def newest(request: Request, name: str) -> Response:
        article, form = split_ending(name, FORMS)
        read = Readable(request, behind)
        return _shown(request, behind, render, read.newest(article), form)

    @router.get("/articles/{article}/v/{name}")
    def version(request: Request, article: str, name: str) -> Response:
        number, form = split_ending(name, FORMS)
        read = Readable(request, behind)
        return _shown(request, behind, render, read.version(article, number_of(number)), form)

    @router.get("/articles/{article}/editions/{name}")
    def edition(request: Request, article: str, name: str) -> Response:
        number, form = split_ending(name, (*FORMS, FHIR))
        read = Readable(request, behind)
        shown = read.edition(article, number_of(number))
        if form is FHIR:
            return _as_fhir(request, behind, read, shown)
        return _shown(request, behind, render, shown, form)

    @router.post("/articles/{article}/v/{number}/library")
    async def publish(request: Request, article: str, number: str) -> Response:
        await form_of(request, behind)
        if not Readable(request, behind).drafts:
            raise NoSuchArticle(HIDDEN)
        kept = articles_of(behind).publish(article, number_of(number))
        address = f"/articles/{kept.place.article}/v/{kept.place.version}"
        return RedirectResponse(address, status_code=303)

    return router


def _as_fhir(request: Request, behind: Behind, read: Readable, shown: Shown) -> Response:
    """An edition as a FHIR document; it is asked for by its ending alone."""
    assert read.editorial is not None  # without it there is no edition to be shown
    people = tuple(read.editorial.people().values())
    place = shown.place
    body = as_fhir(approved_edition(read.editorial, people, place.article, place.version))
    public = place.listed_at is not None and not behind.settings.approved_only
    return conditional(request, body, FHIR.media_type, stored=public)


def number_of(text: str) -> int:
    """A version's or an edition's number; what is none leads nowhere."""
    if not (text.isascii() and text.isdecimal() and len(text) < len(str(2**31))) or not int(text):
        raise HTTPException(404, "there is no such version")
    return int(text)


def same_article(request: Request, behind: Behind, shown: Shown, asked: Asked) -> Response:
    """The article that answers a question that reads the same, with the way to compose anew."""
    read = Readable(request, behind)
    kept = _around(behind, read, shown, same_as=asked)
    html = Renderer().page(shown, kept, _asked(shown))
    response = page(request, behind, html)
    response.headers["Content-Location"] = shown.address
    return response


def _shown(
    request: Request, behind: Behind, render: Renderer, shown: Shown, form: Form | None
) -> Response:
    """A text in the form asked for; its neighbours are named in the headers (RFC 5829)."""
    chosen = form or accepted(request, FORMS)
    public = shown.place.listed_at is not None and not behind.settings.approved_only
    if chosen is PAGE:
        kept = _around(behind, Readable(request, behind), shown)
        html = render.page(shown, kept, _asked(shown))
        response = stored_page(request, behind, html, public=public)
    else:
        body = render.form(shown, chosen)
        response = conditional(request, body, chosen.media_type, stored=public)
        response.headers["Vary"] = "Accept"
    for link in _links(shown):
        response.headers.append("Link", link)
    return response


def _around(behind: Behind, read: Readable, shown: Shown, same_as: Asked | None = None) -> Kept:
    """What stands around a text: its versions, its neighbours, and what its reader may do."""
    person, answer = read.person(), shown.answer
    versions = articles_of(behind).versions(shown.place.article) if shown.what == "version" else ()
    near = read.near(answer.question) if isinstance(answer, Article) else ()
    return Kept(
        versions=tuple(versions),
        near=near,
        same_as=same_as,
        may_submit=_may_submit(person, read),
    )


def _may_submit(person: Person | None, read: Readable) -> bool:
    if person is None or read.editorial is None:
        return False
    return bool(person.duties & read.editorial.rules.steps[Action.SUBMIT].duties)


def _links(shown: Shown) -> list[str]:
    place, address = shown.place, shown.address
    first = f"/articles/{place.article}"
    links = [
        f'<{address}>; rel="canonical"',
        f'<{first}>; rel="latest-version"',
        f'<{address}.md>; rel="alternate"; type="text/markdown"',
        '</llms.txt>; rel="describedby"',
    ]
    if place.version > 1 and shown.what != "draft":
        before = f"{address.rpartition('/')[0]}/{place.version - 1}"
        links.append(f'<{before}>; rel="predecessor-version"')
    return links


def _asked(shown: Shown) -> Asked:
    """What the forms on the page carry on: the question as it was read, and its facts."""
    question = shown.answer.question
    return Asked(
        question=question.text,
        audience=question.audience,
        facts=facts_as_fields(question.patient),
        follow=question.follows,
        jurisdiction=question.jurisdiction,
    )
