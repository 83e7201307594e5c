"""Pages that only people read who have signed in, where a deployment is set so."""

from __future__ import annotations

import logging
from collections.abc import Callable

import anyio.to_thread
from fastapi import Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from loccit.delivery.web.behind import Behind
from loccit.delivery.web.errors import told
from loccit.delivery.web.identity import signed_in
from loccit.terms import LoccitError

__all__ = ["MembersOnly"]

OPEN = frozenset(
    {"/sign-in", "/sign-in/institution", "/sign-in/back", "/setup", "/welcome", "/healthz"}
)
FILES = "/static/"
_log = logging.getLogger("loccit.web")


class MembersOnly:
    """Passes on to ``app`` what somebody asks who has signed in; ``refusal`` answers all others."""

    def __init__(
        self, app: ASGIApp, *, behind: Behind, refusal: Callable[[Request], Response]
    ) -> None:
        self._app, self._behind, self._refusal = app, behind, refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path in OPEN or path.startswith(FILES):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refusal = await anyio.to_thread.run_sync(self._refused, request)
        await (refusal or self._app)(scope, receive, send)

    def _refused(self, request: Request) -> Response | None:
        try:
            known = signed_in(request, self._behind)
        except LoccitError as error:  # nobody is let in because nobody could be asked for
            _log.error("%s", error)
            message = "Something here is out of order; the log of the server says what."
            return told(request, 500, "failure", message)
        return None if known else self._refusal(request)
