"""The cookie of a session: given when somebody is let in, and taken when they leave."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from loccit.admission import Admission
from loccit.delivery.web.behind import Behind
from loccit.delivery.web.identity import is_secure, return_path, session_cookie
from loccit.delivery.web.tokens import COOKIE
from loccit.terms import NotAdmitted

__all__ = ["admission_of", "left", "let_in"]


def admission_of(behind: Behind) -> Admission:
    """What lets people in. Raises ``NotAdmitted`` where nobody can be let in here."""
    found = behind.admission()
    if found is None:
        raise NotAdmitted("nobody can sign in here; whoever runs these pages can change that")
    return found


def let_in(request: Request, behind: Behind, token: str, to: str) -> Response:
    """On to ``to`` with a new session; the one before, and the token of its forms, are over."""
    name = session_cookie(request, behind)
    if before := request.cookies.get(name):
        admission_of(behind).sign_out(before)
    response = RedirectResponse(return_path(to), status_code=303)
    secure = is_secure(request, behind)
    response.set_cookie(name, token, httponly=True, samesite="lax", secure=secure)
    _forget(request, behind, response, COOKIE)
    return response


def left(request: Request, behind: Behind) -> Response:
    """To the start, without a session."""
    name = session_cookie(request, behind)
    if before := request.cookies.get(name):
        admission_of(behind).sign_out(before)
    response = RedirectResponse("/", status_code=303)
    _forget(request, behind, response, name)
    _forget(request, behind, response, COOKIE)
    return response


def _forget(request: Request, behind: Behind, response: Response, name: str) -> None:
    secure = is_secure(request, behind)
    response.delete_cookie(name, httponly=True, samesite="lax", secure=secure)
