"""What goes wrong, told: ``application/problem+json`` to programs, a page to people."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from loccit.publication.site import error_page
from loccit.terms import (
    LoccitError,
    NoSuchArticle,
    NoSuchTurn,
    NotInBase,
    Overtaken,
    Refused,
    SourceError,
    UsageError,
)

__all__ = ["FAILED", "Told", "add_errors", "told"]

FAILED = "This did not work"
PROBLEM = "application/problem+json"
_log = logging.getLogger("loccit.web")


def add_errors(app: FastAPI) -> None:
    """Give ``app`` an answer to every error."""
    for kind, status, code, title in (
        (NotInBase, 404, "not_in_base", "This is not in the evidence base"),
        (NoSuchArticle, 404, "no_such_article", "This answer is not kept here"),
        (NoSuchTurn, 404, "no_such_turn", "This answer can no longer be followed"),
        (UsageError, 400, "usage", "The question could not be read"),
        (SourceError, 400, "unreadable", "The text could not be read"),
        (Overtaken, 409, "overtaken", "Somebody decided since you read it"),
    ):
        app.exception_handler(kind)(_said(status, code, title))
    app.exception_handler(Refused)(_refused_by_rule)
    app.exception_handler(LoccitError)(_failed)
    app.exception_handler(HTTPException)(_refused)
    app.exception_handler(RequestValidationError)(_unreadable)


def told(
    request: Request, status: int, code: str, message: str, *, title: str = FAILED
) -> Response:
    """An error in the shape that the asker reads: RFC 9457 for programs, else a page."""
    if not _wants_page(request):
        body = {
            "type": f"urn:loccit:problem:{code}",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": message,
            "code": code,
            "message": message,
        }
        return JSONResponse(body, status_code=status, media_type=PROBLEM)
    return HTMLResponse(error_page(title, message), status_code=status)


def _wants_page(request: Request) -> bool:
    if request.url.path.startswith("/api/"):
        return False
    accept = request.headers.get("accept", "")
    return "html" in accept or "json" not in accept


def _said(status: int, code: str, title: str) -> Callable[[Request, Exception], Response]:
    """A handler that gives an error's own message, which is fit for the person who asked."""
    return lambda request, error: told(request, status, code, str(error), title=title)


def _refused_by_rule(request: Request, error: Exception) -> Response:
    """A rule of review forbids it; the rule is named, so that a program can tell it too."""
    assert isinstance(error, Refused)
    message = f"{error} (rule {error.rule})"
    return told(request, 409, f"refused:{error.rule}", message, title="A rule of review forbids it")


def _failed(request: Request, error: Exception) -> Response:
    """What is wrong with this machine is for its log: who asks may sit elsewhere."""
    _log.error("%s", error)
    message = "Something here is out of order; the log of the server says what."
    return told(request, 500, "failure", message, title="The answer could not be made")


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = told(request, error.status_code, "http", str(error.detail))
    response.headers.update(error.headers or {})
    return response


def _unreadable(request: Request, error: Exception) -> Response:
    """Names the field and what is wrong with it, never what stood in it."""
    assert isinstance(error, RequestValidationError)
    faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return told(request, 422, "request", faults, title="The request could not be read")


class Told:
    """Answers for what breaks in ``app``, and logs where it broke, not with what.

    The message of an error may hold words of a question; the places in the code do not.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not reach the log whole
            _log.error("%s at %s", type(error).__name__, _where(error))
            if begun or scope["type"] != "http":
                return
            message = "Something in Loccit broke; the log of the server says what."
            response = told(Request(scope), 500, "internal", message)
            await response(scope, receive, send)


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{each.filename}:{each.lineno} {each.name}" for each in reversed(frames))
