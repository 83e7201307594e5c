"""To the institution and back."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from loccit.delivery.web.behind import Behind
from loccit.delivery.web.errors import told
from loccit.delivery.web.identity import is_secure, return_path
from loccit.delivery.web.journeys import LIFE, Journeys
from loccit.delivery.web.sessions import admission_of, let_in
from loccit.ports import Institution
from loccit.terms import NotAdmitted, Unfetched

__all__ = ["COOKIE", "routes"]

COOKIE = "loccit_journey"
"""Binds a sign-in to the browser in which it began."""
BACK = "/sign-in/back"
PATH = "/sign-in"
TITLE = "You are not signed in"


def routes(behind: Behind) -> APIRouter:
    """The addresses ``/sign-in/institution`` and ``/sign-in/back``."""
    router, journeys = APIRouter(include_in_schema=False), Journeys()

    @router.get("/sign-in/institution")
    def go(request: Request, to: str = "/") -> Response:
        institution = _institution(behind)
        try:
            journey = institution.begin(_root(request, institution) + BACK)
        except Unfetched as error:
            return _not_reached(request, behind, error)
        secret = journeys.begin(journey, return_path(to))
        response = RedirectResponse(journey.address, status_code=303)
        response.set_cookie(
            COOKIE,
            secret,
            max_age=LIFE,
            path=PATH,
            httponly=True,
            samesite="lax",
            secure=is_secure(request, behind),
        )
        return response

    @router.get(BACK)
    def back(request: Request) -> Response:
        try:
            response = _arrived(request, behind, journeys)
        except NotAdmitted as error:
            response = told(request, 403, "not_admitted", f"{error}", title=TITLE)
        except Unfetched as error:
            response = _not_reached(request, behind, error)
        response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="lax")
        return response

    return router


def _institution(behind: Behind) -> Institution:
    found = admission_of(behind).institution
    if found is None:
        raise HTTPException(404, "no institution is set here")
    return found


def _root(request: Request, institution: Institution) -> str:
    """Where browsers reach these pages: as the settings say, or as this one does."""
    return institution.address or str(request.base_url).rstrip("/")


def _arrived(request: Request, behind: Behind, journeys: Journeys) -> Response:
    """On, with a session, for who came back from a journey that began in this browser."""
    admission, institution = admission_of(behind), _institution(behind)
    begun = journeys.end(request.cookies.get(COOKIE, ""))
    if begun is None:
        raise NotAdmitted("this sign-in did not begin here, or took too long; begin again")
    identity = institution.arrive(begun.journey, dict(request.query_params))
    return let_in(request, behind, admission.recognise(identity), begun.to)


def _not_reached(request: Request, behind: Behind, error: Unfetched) -> Response:
    behind.warn(f"signing in at the institution: {error}")
    message = "your institution cannot be asked just now; the log of the server says why"
    return told(request, 502, "institution", message, title=TITLE)
