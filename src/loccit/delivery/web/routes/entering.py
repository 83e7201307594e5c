"""Signing in and out, the first administrator, and passwords by one-time codes."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from loccit.accounts import load_account_rules
from loccit.delivery.web import forms
from loccit.delivery.web.behind import Behind
from loccit.delivery.web.forms import form_of, page
from loccit.delivery.web.identity import return_path, signed_in
from loccit.delivery.web.sessions import admission_of, left, let_in
from loccit.publication.account_pages import SignInPage, setup_page, sign_in_page, welcome_page
from loccit.publication.words import load_account_words
from loccit.terms import NotAdmitted, UsageError

__all__ = ["failed", "new_password", "routes", "shortest"]

Again = Callable[[str], str]
"""Writes the page of a form again, with what was wrong."""
ACCOUNT = "/account"


def routes(behind: Behind) -> APIRouter:
    """The pages ``/sign-in``, ``/sign-out``, ``/setup`` and ``/welcome``."""
    router = APIRouter(include_in_schema=False)
    _add_sign_in(router, behind)
    _add_setup(router, behind)
    _add_welcome(router, behind)

    @router.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        await form_of(request, behind)
        return await behind.let_through(lambda: left(request, behind))

    return router


def _add_sign_in(router: APIRouter, behind: Behind) -> None:
    @router.get("/sign-in")
    def form(request: Request, to: str = "/") -> Response:
        if signed_in(request, behind):
            return RedirectResponse(return_path(to), status_code=303)
        return page(request, behind, _sign_in(behind, return_path(to)))

    @router.post("/sign-in")
    async def enter(request: Request) -> Response:
        told: dict[str, str] = {}

        def again(error: str) -> str:
            return _sign_in(behind, return_path(told.get("to", "/")), error=error)

        def work() -> Response:
            token = admission_of(behind).sign_in(told.get("name", ""), told.get("password", ""))
            return let_in(request, behind, token, told.get("to", "/"))

        return await _answered(request, behind, told, work, again)


def _sign_in(behind: Behind, to: str, *, error: str = "") -> str:
    admission = behind.admission()
    state, name = "unusable", ""
    if admission is not None:
        state = "ready" if admission.is_founded() else "unfounded"
        name = admission.institution.name if admission.institution else ""
    shown = SignInPage(
        to=to,
        institution=name,
        state=state,
        closed=behind.settings.sign_in_to_read,
    )
    return sign_in_page(shown, error=error)


def _add_setup(router: APIRouter, behind: Behind) -> None:
    @router.get("/setup")
    def form(request: Request) -> Response:
        if admission_of(behind).is_founded():
            return RedirectResponse("/sign-in", status_code=303)
        return page(request, behind, setup_page(shortest=shortest()))

    @router.post("/setup")
    async def found(request: Request) -> Response:
        told: dict[str, str] = {}

        def again(error: str) -> str:
            name, called = told.get("name", ""), told.get("called", "")
            return setup_page(name=name, called=called, error=error, shortest=shortest())

        def work() -> Response:
            if not behind.founding.knows(told.get("code", "")):
                raise NotAdmitted("this is not the code that the terminal shows")
            name, called = told.get("name", ""), told.get("called", "")
            token = admission_of(behind).found(name, called, new_password(told))
            return let_in(request, behind, token, ACCOUNT)

        return await _answered(request, behind, told, work, again)


def _add_welcome(router: APIRouter, behind: Behind) -> None:
    @router.get("/welcome")
    def form(request: Request) -> Response:
        admission_of(behind)
        return page(request, behind, welcome_page(shortest=shortest()))

    @router.post("/welcome")
    async def accept(request: Request) -> Response:
        told: dict[str, str] = {}

        def again(error: str) -> str:
            return welcome_page(error=error, shortest=shortest())

        def work() -> Response:
            token = admission_of(behind).accept(told.get("code", ""), new_password(told))
            return let_in(request, behind, token, ACCOUNT)

        return await _answered(request, behind, told, work, again)


async def _answered(
    request: Request,
    behind: Behind,
    told: dict[str, str],
    work: Callable[[], Response],
    again: Again,
) -> Response:
    """What ``work`` gives on the form, which is put into ``told``; or the form again."""
    try:
        told.update(await form_of(request, behind))
    except forms.Refused as refused:
        return page(request, behind, again(str(refused.detail)), status=403)

    def worked() -> Response:
        try:
            return work()
        except (NotAdmitted, UsageError) as error:
            return failed(request, behind, again(str(error)), error)

    return await behind.let_through(worked)


def failed(request: Request, behind: Behind, html: str, error: Exception) -> Response:
    """A form again; with the seconds to wait where tries were too many."""
    wait = error.wait if isinstance(error, NotAdmitted) else 0
    status = 400 if isinstance(error, UsageError) else 403
    response = page(request, behind, html, status=429 if wait else status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def new_password(told: dict[str, str]) -> str:
    """The new password, typed twice alike. Raises ``UsageError``."""
    if told.get("new", "") != told.get("again", ""):
        raise UsageError(load_account_words().of("password", "differ"))
    return told.get("new", "")


def shortest() -> int:
    """Characters that a password needs."""
    return load_account_rules().passwords.shortest
