"""Proof that a form was ours: a signed token in a cookie, and the same in the form.

A page elsewhere can make a browser send our cookie; it can neither read nor set it, so that it
cannot put the same token into its form.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from fastapi import Request

__all__ = ["COOKIE", "FIELD", "Tokens", "is_from_elsewhere"]

COOKIE = "loccit_form"
FIELD = "token"
_PARTS = 2


class Tokens:
    """Makes and knows the tokens of one process."""

    def __init__(self, secret: bytes | None = None) -> None:
        self._secret = secret or secrets.token_bytes(32)

    def make(self) -> str:
        """A new token."""
        nonce = secrets.token_urlsafe(18)
        return f"{nonce}.{self._seal(nonce)}"

    def knows(self, token: str) -> bool:
        """Whether it is a token of ours."""
        parts = token.split(".")
        if len(parts) != _PARTS or not token.isascii():
            return False
        return hmac.compare_digest(self._seal(parts[0]), parts[1])

    def of(self, request: Request) -> str:
        """The token that a browser holds already, or a new one."""
        held = request.cookies.get(COOKIE, "")
        return held if self.knows(held) else self.make()

    def allows(self, request: Request, said: str) -> bool:
        """Whether a form with the token ``said`` was on a page of ours in this browser."""
        held = request.cookies.get(COOKIE, "")
        return self.knows(held) and said.isascii() and hmac.compare_digest(held, said)

    def _seal(self, nonce: str) -> str:
        return hmac.new(self._secret, nonce.encode(), hashlib.sha256).hexdigest()[:32]


def is_from_elsewhere(request: Request) -> bool:
    """Whether a browser says that a page of another site sent this."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc.casefold() != request.headers.get("host", "").casefold()
    except ValueError:
        return True
