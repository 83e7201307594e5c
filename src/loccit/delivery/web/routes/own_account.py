"""One's own page: what articles show of a person, and the password."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from loccit.delivery.web.behind import Behind
from loccit.delivery.web.forms import form_of, page
from loccit.delivery.web.identity import required
from loccit.delivery.web.routes.entering import failed, new_password, shortest
from loccit.delivery.web.sessions import admission_of, let_in
from loccit.publication.account_pages import account_page
from loccit.terms import NotAdmitted, Person, UsageError

__all__ = ["routes"]

ACCOUNT = "/account"


def routes(behind: Behind) -> APIRouter:
    """The pages under ``/account``."""
    router = APIRouter(include_in_schema=False)

    @router.get(ACCOUNT)
    def own(request: Request) -> Response:
        return page(request, behind, _page(behind, required(request, behind)))

    @router.post("/account/declaration")
    async def declare(request: Request) -> Response:
        told = await form_of(request, behind)
        return await behind.let_through(lambda: _declared(request, behind, told))

    @router.post("/account/password")
    async def change(request: Request) -> Response:
        told = await form_of(request, behind)
        return await behind.let_through(lambda: _changed(request, behind, told))

    return router


def _page(behind: Behind, person: Person, *, error: str = "", about: str = "") -> str:
    account = admission_of(behind).members.member(person.id).account
    has_password = bool(account and account.password)
    return account_page(
        person, has_password=has_password, shortest=shortest(), error=error, about=about
    )


def _declared(request: Request, behind: Behind, told: dict[str, str]) -> Response:
    person, members = required(request, behind), admission_of(behind).members
    try:
        members.declare(person.id, told.get("credentials", ""), told.get("interests", ""))
    except UsageError as error:
        html = _page(behind, person, error=str(error), about="declaration")
        return failed(request, behind, html, error)
    return RedirectResponse(ACCOUNT, status_code=303)


def _changed(request: Request, behind: Behind, told: dict[str, str]) -> Response:
    person, admission = required(request, behind), admission_of(behind)
    try:
        token = admission.change_password(person.id, told.get("now", ""), new_password(told))
    except (NotAdmitted, UsageError) as error:
        html = _page(behind, person, error=str(error), about="password")
        return failed(request, behind, html, error)
    return let_in(request, behind, token, ACCOUNT)
