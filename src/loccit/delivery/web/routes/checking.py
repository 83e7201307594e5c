"""The page on which a text is checked."""

from __future__ import annotations

import io

from fastapi import APIRouter, Request
from fastapi.responses import Response

from loccit.delivery.web.behind import Behind, Engine
from loccit.delivery.web.forms import Refused, form_of, page
from loccit.ports import RawSource
from loccit.publication.check_page import check_page
from loccit.sentences import sentences
from loccit.sources import reader_named
from loccit.terms import NothingToRead, Report, SourceDocument, SourceError, Unreadable

__all__ = ["MOST_CHARACTERS", "MOST_SENTENCES", "checked_text", "routes"]

MOST_CHARACTERS = 30_000
"""Of a text that is checked while somebody waits for it; ``loccit check`` takes longer ones."""
MOST_SENTENCES = 300
NAME = "pasted text"


def routes(behind: Behind) -> APIRouter:
    """The page ``/check``."""
    router = APIRouter(include_in_schema=False)

    @router.get("/check")
    def form(request: Request) -> Response:
        return page(request, behind, check_page(most=MOST_CHARACTERS))

    @router.post("/check")
    async def check(request: Request) -> Response:
        try:
            text = (await form_of(request, behind)).get("text", "")
        except Refused as refused:
            text, why = refused.form.get("text", ""), str(refused.detail)
            again = check_page(text=text, most=MOST_CHARACTERS, error=why)
            return page(request, behind, again, status=403)
        return await behind.worked(lambda: _checked(request, behind, text))

    return router


def _checked(request: Request, behind: Behind, text: str) -> Response:
    try:
        report = checked_text(behind.engine(), text)
    except SourceError as error:
        again = check_page(text=text, most=MOST_CHARACTERS, error=str(error))
        return page(request, behind, again, status=400)
    return page(request, behind, check_page(report, text=text, most=MOST_CHARACTERS))


def checked_text(engine: Engine, text: str) -> Report:
    """The report on a text that was pasted. Raises ``SourceError`` for one that is too long."""
    if not text.strip():
        raise NothingToRead("there is no text", cure="paste the text to check")
    for number, most, of_what in (
        (len(text), MOST_CHARACTERS, "characters"),
        (_sentences(text), MOST_SENTENCES, "sentences"),
    ):
        if number > most:
            raise Unreadable(
                f"this has {number:,} {of_what}, and at most {most:,} are checked here",
                cure="check a part of it, or use `loccit check`",
            )
    return engine.check(_pasted(text))


def _pasted(text: str) -> SourceDocument:
    """The text as a document: plain text, whatever it looks like."""
    data = text.encode("utf-8", "replace")
    source = RawSource(name=NAME, head=data, stream=io.BytesIO(data))
    for reading in reader_named("plain_text/1").read(source):
        if isinstance(reading, SourceDocument):
            return reading
    raise NothingToRead("there is no text", cure="paste the text to check")


def _sentences(text: str) -> int:
    return sum(1 for _ in sentences(text)) if len(text) <= MOST_CHARACTERS else 0
