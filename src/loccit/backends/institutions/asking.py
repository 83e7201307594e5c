"""The client of the network that institutions are asked through: few hosts, short answers."""

from __future__ import annotations

import ssl
from collections.abc import Collection
from functools import cache

import httpx2

from loccit.backends.institutions.settings import LOOPBACK
from loccit.terms import Unfetched

__all__ = ["SECONDS", "Bounded"]

SECONDS = 10.0
"""Until an institution must have answered: somebody waits for it."""
MOST = 1024**2
"""Bytes of an answer."""


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


class Bounded(httpx2.BaseTransport):
    """Asks ``hosts`` and no other, by https unless they are on this machine; follows nothing."""

    def __init__(self, hosts: Collection[str]) -> None:
        self._hosts = frozenset(hosts)
        # The certificates that this system trusts, so that those of a hospital's own count.
        self._wire = httpx2.HTTPTransport(verify=_trust(), trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The whole answer. Raises ``Unfetched`` naming the host alone."""
        host = request.url.host
        if host not in self._hosts:
            raise Unfetched(f"{host or 'no host'} is no host of the institution that is set")
        if request.url.scheme != "https" and host not in LOOPBACK:
            raise Unfetched(f"{host} would be asked without https")
        try:
            return self._whole(self._wire.handle_request(request))
        except httpx2.HTTPError as error:
            raise Unfetched(f"{host} does not answer ({type(error).__name__})") from None

    def _whole(self, response: httpx2.Response) -> httpx2.Response:
        data = b""
        assert isinstance(response.stream, httpx2.SyncByteStream)
        try:
            for chunk in response.stream:
                data += chunk
                if len(data) > MOST:
                    raise Unfetched("the institution answers more than is read")
        finally:
            response.close()
        return httpx2.Response(response.status_code, headers=response.headers, content=data)

    def close(self) -> None:
        """Let go of connections."""
        self._wire.close()
