"""Forms of our pages: their fields, their token, and the pages that hold them."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from loccit.delivery.web.behind import Behind
from loccit.delivery.web.identity import is_secure
from loccit.delivery.web.negotiating import conditional
from loccit.delivery.web.tokens import COOKIE, FIELD, is_from_elsewhere
from loccit.publication.as_html import FORM_TOKEN
from loccit.terms import Audience

__all__ = ["AUDIENCE", "Refused", "form_of", "page", "reader_of", "remember_reader", "stored_page"]

AUDIENCE = "loccit_reader"
"""The cookie that remembers who reads; nothing else is remembered."""
YEAR = 31_536_000


class Refused(HTTPException):
    """A form that was not on a page of ours, or not in this browser.

    ``form`` is what was filled in, unless a page of another site sent it.
    """

    def __init__(self, form: dict[str, str]) -> None:
        self.form = form
        super().__init__(
            403, "this form is too old, or was not sent from these pages; send it again from here"
        )


async def form_of(request: Request, behind: Behind) -> dict[str, str]:
    """The fields of a posted form, by name. Raises ``Refused`` where it is not ours."""
    form = await _fields(request)
    if is_from_elsewhere(request):
        raise Refused({})
    if not behind.tokens.allows(request, form.pop(FIELD, "")):
        raise Refused(form)
    return form


async def _fields(request: Request) -> dict[str, str]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "send the form's own fields")
    body = await request.body()
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=100))
    except ValueError:
        raise HTTPException(400, "this form has too many fields") from None


def page(request: Request, behind: Behind, html: str, *, status: int = 200) -> Response:
    """A page with its token, which the browser gets as a cookie too."""
    token = behind.tokens.of(request)
    response = HTMLResponse(html.replace(FORM_TOKEN, token), status_code=status)
    return _with_token(request, behind, response, token)


def stored_page(request: Request, behind: Behind, html: str, *, public: bool) -> Response:
    """As ``page``, with an ETag; only what is ``public`` may be held by a browser."""
    token = behind.tokens.of(request)
    shown = html.replace(FORM_TOKEN, token)
    response = conditional(request, shown, "text/html; charset=utf-8", stored=public)
    response.headers["Vary"] = "Accept, Cookie"
    return _with_token(request, behind, response, token)


def _with_token(request: Request, behind: Behind, response: Response, token: str) -> Response:
    if request.cookies.get(COOKIE) != token:
        response.set_cookie(
            COOKIE,
            token,
            httponly=True,
            samesite="lax",
            secure=is_secure(request, behind),
        )
    return response


def reader_of(request: Request) -> Audience:
    """Who reads, as this browser remembers it."""
    held = request.cookies.get(AUDIENCE, "")
    return Audience(held) if held in set(Audience) else Audience.CLINICIAN


def remember_reader(
    request: Request, behind: Behind, response: Response, reader: Audience
) -> Response:
    """Have the browser remember who reads."""
    secure = is_secure(request, behind)
    response.set_cookie(
        AUDIENCE, str(reader), max_age=YEAR, httponly=True, samesite="lax", secure=secure
    )
    return response
