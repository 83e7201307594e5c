"""Which host names are answered to, and the refusal of any other in the caller's own shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import Request
from fastapi.responses import Response
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["OurHosts"]


class OurHosts:
    """Lets requests for ``hosts`` through to ``app``; ``refusal`` answers all others.

    Starlette's own rule decides. What it sends itself is a refusal: the application never sends
    through it.
    """

    def __init__(
        self, app: ASGIApp, *, hosts: Sequence[str], refusal: Callable[[Request], Response]
    ) -> None:
        self._app, self._hosts, self._refusal = app, list(hosts), refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""

        async def admitted(scope: Scope, receive: Receive, _: Send) -> None:
            await self._app(scope, receive, send)

        async def refused(message: Message) -> None:
            if scope["type"] != "http":
                await send(message)
            elif message["type"] == "http.response.start":
                await self._refusal(Request(scope))(scope, receive, send)

        rule = TrustedHostMiddleware(admitted, allowed_hosts=self._hosts, www_redirect=False)
        await rule(scope, receive, refused)
