"""Pages of a list: where the next one begins, in a form that says nothing to whoever reads it."""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_right
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import Response

from loccit.terms import DocumentCard, UsageError

__all__ = [
    "LIMIT",
    "MOST",
    "after_number",
    "after_text",
    "cursor_of",
    "link_next",
    "next_address",
    "part_of",
]

LIMIT = 20
MOST = 100
LONGEST = 800


def cursor_of(place: str | int) -> str:
    """The cursor for what comes after ``place``."""
    return base64.urlsafe_b64encode(str(place).encode()).decode().rstrip("=")


def after_text(cursor: str) -> str:
    """The place that a cursor names; nothing for none. Raises ``UsageError``."""
    try:
        padded = cursor[:LONGEST] + "=" * (-len(cursor[:LONGEST]) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise UsageError("cursor: take it from the link to the next page") from None


def after_number(cursor: str) -> int:
    """As ``after_text``, where places are numbers; nought for none."""
    place = after_text(cursor)
    if not place:
        return 0
    if not (place.isascii() and place.isdecimal()) or len(place) > len(str(2**31)):
        raise UsageError("cursor: take it from the link to the next page")
    return int(place)


def part_of(
    cards: Sequence[DocumentCard], after: str, *, limit: int = LIMIT
) -> tuple[Sequence[DocumentCard], str]:
    """The page of a list in order of id that begins after ``after``, and the next one's cursor."""
    first = bisect_right(cards, after, key=lambda card: card.id) if after else 0
    shown = cards[first : first + limit]
    further = len(cards) > first + limit
    return shown, cursor_of(shown[-1].id) if further else ""


def next_address(request: Request, cursor: str, *, name: str = "cursor") -> str:
    """The address of the next page of this list, from the root of the site."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if value]
    kept = [pair for pair in asked if pair[0] != name]
    return f"{quote(request.url.path)}?{urlencode([*kept, (name, cursor)])}"


def link_next(response: Response, request: Request, cursor: str) -> None:
    """Name the next page in the answer's headers (RFC 8288), if there is one."""
    if cursor:
        response.headers.append("Link", f'<{next_address(request, cursor)}>; rel="next"')
