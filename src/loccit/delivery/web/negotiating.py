"""The same thing in other forms: by the ending of its address, or by what the asker accepts.

And whether it changed at all: strong ETags, which are digests of the bytes sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import HTTPException, Request
from fastapi.responses import Response

__all__ = ["Form", "accepted", "conditional", "split_ending"]

FRESH = "private, no-cache"
"""A browser may hold it, and must ask whether it still holds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form that something can be had in: the ending of its address, and its media type."""

    ending: str
    media_type: str


def split_ending(name: str, forms: Sequence[Form]) -> tuple[str, Form | None]:
    """A name without the ending of a form, and that form.

    >>> split_ending("a1.md", [Form(ending=".md", media_type="text/markdown")])[0]
    'a1'
    """
    for form in sorted(forms, key=lambda each: -len(each.ending)):
        if form.ending and name.endswith(form.ending):
            return name.removesuffix(form.ending), form
    return name, None


def accepted(request: Request, forms: Sequence[Form]) -> Form:
    """The form that the asker likes best; the first of ``forms`` where nothing is said.

    Raises 406 naming what there is.
    """
    header = ",".join(request.headers.getlist("accept")) or "*/*"
    wishes = [_wish(part) for part in header.split(",") if part.strip()]
    best, weight = None, 0.0
    for form in forms:
        likes = _weight(form.media_type, wishes)
        if likes > weight:
            best, weight = form, likes
    if best is None:
        there = ", ".join(dict.fromkeys(form.media_type for form in forms))
        raise HTTPException(406, f"it can be had as {there}")
    return best


def _wish(part: str) -> tuple[str, float]:
    """A media range and its weight; one that cannot be read counts for nothing.

    Parameters other than the weight belong to the range: ``text/x-bibliography; style=ama``.
    """
    name, *parameters = (each.strip() for each in part.split(";"))
    weight, own = 1.0, []
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().casefold() == "q":
            weight = _number(value.strip())
        elif key.strip().casefold() != "charset":
            own.append(parameter.replace(" ", "").casefold())
    return ";".join((name.casefold(), *own)), weight


def _number(text: str) -> float:
    plain = text.replace(".", "", 1)
    return min(1.0, float(text)) if plain.isascii() and plain.isdecimal() else 0.0


def _weight(media_type: str, wishes: Sequence[tuple[str, float]]) -> float:
    """By the most exact range that fits."""
    whole = media_type.replace(" ", "").casefold()
    kind = whole.partition("/")[0]
    for exact in (whole, whole.partition(";")[0], f"{kind}/*", "*/*"):
        found = [weight for name, weight in wishes if name == exact]
        if found:
            return max(found)
    return 0.0


def conditional(
    request: Request, body: str | bytes, media_type: str, *, stored: bool = True
) -> Response:
    """The body with its ETag, or 304 where the asker has just that.

    Without ``stored`` nothing on the way, and no browser, may keep it.
    """
    data = body.encode("utf-8", "replace") if isinstance(body, str) else body
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": tag, **({"Cache-Control": FRESH} if stored else {})}
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=media_type, headers=headers)


def _has(header: str, tag: str) -> bool:
    held = [each.strip().removeprefix("W/") for each in header.split(",")]
    return tag in held or held == ["*"]
