"""Errors of the API, as its OpenAPI document tells them."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException, Request

from loccit.delivery.web.api.lists import Problem
from loccit.delivery.web.tokens import is_from_elsewhere

__all__ = ["problems", "refuse_others"]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Errors that a route can answer with, for the OpenAPI document."""
    content = {"application/problem+json": {"schema": Problem.model_json_schema()}}
    everywhere = (411, 413, 429, 500)
    return {
        status: {"description": "An error", "content": content}
        for status in (*statuses, *everywhere)
    }


def refuse_others(request: Request) -> None:
    """Refuse what a page of another site sends."""
    if is_from_elsewhere(request):
        raise HTTPException(403, "pages of other sites may not ask here")
