"""Who asks: the person whose session a request carries, and the way to the page of sign-in."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from loccit.delivery.web.behind import Behind
from loccit.delivery.web.errors import told
from loccit.terms import Duty, NotAdmitted, Person

__all__ = [
    "SIGN_IN",
    "NotAllowed",
    "NotSignedIn",
    "add_refusals",
    "is_secure",
    "required",
    "return_path",
    "session_cookie",
    "signed_in",
    "to_sign_in",
]

SIGN_IN = "/sign-in"
LONGEST_PATH = 512
_LOCAL = re.compile(r"/(?![/\\])[!#-\[\]-~]*")
"""A path on this site: one slash, and nothing that a browser could read as another host."""


class NotSignedIn(Exception):  # noqa: N818 - says what is wrong
    """The page is for people who have signed in, and nobody has."""


class NotAllowed(Exception):  # noqa: N818 - says what is wrong
    """Whoever has signed in has none of the roles that may do this."""

    def __init__(self, duties: frozenset[Duty]) -> None:
        self.duties = duties
        super().__init__(f"this needs one of these roles: {', '.join(sorted(duties))}")


def session_cookie(request: Request, behind: Behind) -> str:
    """The name of the cookie that holds a session: bound to this host where https can hold it."""
    return "__Host-loccit_session" if is_secure(request, behind) else "loccit_session"


def is_secure(request: Request, behind: Behind) -> bool:
    """Whether cookies are for https alone."""
    return behind.settings.secure_cookies or request.url.scheme == "https"


def signed_in(request: Request, behind: Behind) -> Person | None:
    """The person whose session this request carries, with the roles that hold now; or nobody.

    Raises ``BaseError`` where the database of sessions cannot be read.
    """
    token = request.cookies.get(session_cookie(request, behind), "")
    admission = behind.admission() if token else None
    return admission.person(token) if admission else None


def required(request: Request, behind: Behind, *duties: Duty) -> Person:
    """The person who has signed in and has one of ``duties``, or any where none is named.

    Raises ``NotSignedIn``, which leads to the page of sign-in and back (401 in the API), and
    ``NotAllowed`` (403).
    """
    person = signed_in(request, behind)
    if person is None:
        raise NotSignedIn
    if duties and not person.duties & frozenset(duties):
        raise NotAllowed(frozenset(duties))
    return person


def return_path(said: str) -> str:
    """``said`` where it is a path on this site, else the root: nobody is led elsewhere.

    >>> return_path("//evil.example"), return_path("/review?state=open")
    ('/', '/review?state=open')
    """
    if len(said) > LONGEST_PATH or not _LOCAL.fullmatch(said):
        return "/"
    parts = urlsplit(said)
    return "/" if parts.scheme or parts.netloc or parts.path.startswith(SIGN_IN) else said


def add_refusals(app: FastAPI) -> None:
    """Give ``app`` an answer to those who may not, or not yet."""
    app.exception_handler(NotSignedIn)(lambda request, _: to_sign_in(request))
    app.exception_handler(NotAllowed)(_not_allowed)
    app.exception_handler(NotAdmitted)(_not_admitted)


def to_sign_in(request: Request) -> Response:
    """To the page of sign-in, and from there back to what was read; programs get 401."""
    if request.url.path.startswith("/api/"):
        return told(request, 401, "not_signed_in", "sign in first; the pages do it at /sign-in")
    back = request.url.path
    if request.method not in {"GET", "HEAD"}:
        back = "/"  # what was sent cannot be sent again from an address
    elif request.url.query:
        back = f"{back}?{request.url.query}"
    address = f"{SIGN_IN}?to={quote(return_path(back), safe='/')}"
    return RedirectResponse(address, status_code=303)


def _not_allowed(request: Request, error: Exception) -> Response:
    message = f"{error}; ask an administrator of these pages"
    return told(request, 403, "not_allowed", message, title="This is for other roles")


def _not_admitted(request: Request, error: Exception) -> Response:
    return told(request, 403, "not_admitted", str(error), title="You are not signed in")
