"""How much and how often one client may ask."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from loccit.delivery.web.errors import told

__all__ = ["LARGEST", "LARGEST_TEXT", "Limited", "Rate", "client_of"]

LARGEST = 65_536
"""Bytes of a request that are read: a question has 8000 characters at most."""
LARGEST_TEXT = 262_144
"""The same where a text is handed in to be checked."""
_OF_TEXTS = ("/check", "/api/v1/check")
_WORK = ("/ask", "/api/v1/ask", *_OF_TEXTS)
_DOORS = frozenset(
    {
        ("POST", "/sign-in"),
        ("POST", "/setup"),
        ("POST", "/welcome"),
        ("POST", "/account/password"),
        ("GET", "/sign-in/institution"),
        ("GET", "/sign-in/back"),
    }
)
"""Where a password or a code can be tried."""
CLIENTS = 10_000
"""Clients that are remembered; those heard of longest ago are forgotten first."""
MINUTE = 60.0


class Rate:
    """Token buckets: each client has ``a_minute`` at first, and as many come back in a minute."""

    def __init__(self, a_minute: int, *, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._now = a_minute, now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """Take one; or, where none is left, the whole seconds until there is."""
        if not self._most:
            return 0
        now = self._now()
        left, at = self._left.pop(client, (float(self._most), now))
        left = min(float(self._most), left + (now - at) * self._most / MINUTE)
        taken = left >= 1
        self._left[client] = (left - 1 if taken else left, now)
        if len(self._left) > CLIENTS:
            self._left.popitem(last=False)
        return 0 if taken else max(1, math.ceil((1 - left) * MINUTE / self._most))


class Limited:
    """Passes on to ``app`` what is small enough and not too often."""

    def __init__(self, app: ASGIApp, *, asks: Rate, reads: Rate, doors: Rate) -> None:
        self._app, self._asks, self._reads, self._doors = app, asks, reads, doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        refusal = self._refusal(Request(scope)) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        path = request.url.path
        seconds = self._rate(request.method, path).wait(client_of(request))
        if seconds:
            message = f"this is too often; try again in {seconds} s"
            refused = told(request, 429, "too_often", message)
            refused.headers["Retry-After"] = str(seconds)
            return refused
        default = "0" if request.method in {"GET", "HEAD"} else ""
        length = request.headers.get("content-length", default)
        if not (length.isascii() and length.isdecimal()):
            return told(request, 411, "http", "a request's body needs its length")
        most = LARGEST_TEXT if path in _OF_TEXTS else LARGEST
        if len(length) > len(str(most)) or int(length) > most:
            return told(request, 413, "http", "this is longer than what is read here")
        return None

    def _rate(self, method: str, path: str) -> Rate:
        if (method, path) in _DOORS:
            return self._doors
        return self._asks if method == "POST" and path in _WORK else self._reads


def client_of(request: Request) -> str:
    """Who asks: an address, or the network of one, since IPv6 gives each house many."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host
