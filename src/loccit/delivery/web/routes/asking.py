"""The form, and the answer to what was asked: kept at an address of its own, or on the page."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from loccit.composition import answer_id
from loccit.delivery.case_form import FIELDS, cleared, cleared_facts, given_by, option_of, where
from loccit.delivery.web.behind import Behind
from loccit.delivery.web.forms import Refused, form_of, page, reader_of, remember_reader
from loccit.delivery.web.readable import Readable
from loccit.delivery.web.routes.articles import same_article
from loccit.publication.site import Asked, answer_page, ask_page, none_approved_page
from loccit.terms import Abstention, Article, Audience, UsageError

__all__ = ["question_key", "routes"]


def routes(behind: Behind) -> APIRouter:
    """The pages ``/`` and ``/ask``."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def start(request: Request) -> Response:
        asked = Asked(audience=reader_of(request))
        return page(request, behind, ask_page(asked, fields=FIELDS))

    @router.get("/ask")
    def form() -> Response:
        """An address holds no question: whoever comes here gets the form."""
        return RedirectResponse("/", status_code=303)

    @router.post("/ask")
    async def ask(request: Request) -> Response:
        try:
            form = await form_of(request, behind)
        except Refused as refused:
            asked = _asked(refused.form)
            again = ask_page(asked, fields=FIELDS, error=str(refused.detail))
            return page(request, behind, again, status=403)
        return await behind.worked(lambda: _answered(request, behind, form))

    return router


def question_key(answer: Article | Abstention) -> str:
    """Names a question as it was read, for its reader, whatever the base holds."""
    return answer_id(answer.question, "")


def _answered(request: Request, behind: Behind, form: dict[str, str]) -> Response:
    """The answer; a question that cannot be read comes back in its form."""
    asked = _asked(form)
    try:
        asked = replace(asked, audience=_audience(form))
        answer = behind.engine().ask(
            form.get("question", "").strip(),
            audience=asked.audience,
            given=given_by(option_of(_facts(form))),
            jurisdiction=where(asked.jurisdiction),
            follows=asked.follow,
            keep=asked.keep,
        )
    except UsageError as error:
        again = ask_page(asked, fields=FIELDS, error=str(error))
        return page(request, behind, again, status=400)
    same = None if form.get("anew") else Readable(request, behind).canonical(answer.question)
    if same:
        response = same_article(request, behind, same, asked)
    else:
        response = _shown(request, behind, answer, asked)
    return remember_reader(request, behind, response, asked.audience)


def _shown(
    request: Request, behind: Behind, answer: Article | Abstention, asked: Asked
) -> Response:
    read = Readable(request, behind)
    if not read.drafts:
        return page(
            request, behind, none_approved_page(asked, read.near(answer.question), fields=FIELDS)
        )
    kept = behind.kept(answer, question_key(answer)) if asked.keep else None
    if kept:
        return RedirectResponse(f"/articles/{kept.place.article}", status_code=303)
    return page(request, behind, answer_page(answer, asked, fields=FIELDS))


def _asked(form: dict[str, str]) -> Asked:
    """What was filled in, fit to be shown again."""
    return Asked(
        question=cleared(form.get("question", "").strip()),
        facts=cleared_facts(_facts(form)),
        follow=form.get("follow", "").strip(),
        jurisdiction=form.get("jurisdiction", "").strip(),
        keep=not form.get("no_keep"),
    )


def _facts(form: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((f.name, form[f.name].strip()) for f in FIELDS if form.get(f.name, "").strip())


def _audience(form: dict[str, str]) -> Audience:
    try:
        return Audience(form.get("audience") or Audience.CLINICIAN)
    except ValueError:
        raise UsageError(f"audience: one of {', '.join(Audience)} is needed") from None
