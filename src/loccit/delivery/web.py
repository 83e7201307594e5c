"""The pages and the HTTP API. Answers come from an engine that the caller makes.

No page needs a script or another host, and none is cached; facts of a case travel in the body of
a request, never in an address, and nothing that was asked is logged here.
"""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Protocol
from urllib.parse import parse_qsl

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException as StarletteHTTPException

from loccit.delivery.case_form import (
    FIELDS,
    cleared,
    cleared_facts,
    given_by,
    option_of,
    option_of_json,
    where,
)
from loccit.delivery.hosts import OurHosts
from loccit.publication import as_json, static_file
from loccit.publication.site import Asked, answer_page, ask_page, error_page, passage_page
from loccit.terms import (
    Abstention,
    Article,
    Audience,
    DocumentId,
    LoccitError,
    NoSuchTurn,
    NotInBase,
    PatientFacts,
    Record,
    SourceDocument,
    UsageError,
)

__all__ = ["LOCAL_HOSTS", "AskRequest", "Base", "Engine", "create_app"]

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""Names this machine answers to. A page elsewhere that rebinds its name to us is refused."""
LARGEST = 65_536
"""Bytes of a request that are read: a question has 8000 characters at most."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_FAILED = "This did not work"
Call = Callable[[Request], Awaitable[Response]]


class Base(Protocol):
    """What pages of sources need of the evidence base."""

    def passage(self, passage: str) -> Record:
        """A record by its passage's id. Raises ``NotInBase``."""
        ...

    def document(self, document: DocumentId) -> SourceDocument:
        """A document with its text. Raises ``NotInBase``."""
        ...


class Engine(Protocol):
    """What answers."""

    @property
    def base(self) -> Base:
        """The evidence base that is searched."""
        ...

    def ask(
        self,
        text: str,
        *,
        audience: Audience | None,
        given: Callable[[PatientFacts], PatientFacts],
        jurisdiction: str,
        follows: str,
        keep: bool,
    ) -> Article | Abstention:
        """The answer; ``given`` adds facts. Raises ``UsageError`` and ``NoSuchTurn``."""
        ...


class AskRequest(BaseModel):
    """The body of ``POST /api/v1/ask``."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=8_000)
    audience: Audience | None = None
    patient: str | dict[str, Any] = ""
    jurisdiction: str = Field(default="", max_length=8)
    follow: str = Field(default="", max_length=64)
    keep: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class _Late:
    """The engine, made at the first question and once."""

    make: Callable[[], Engine]
    made: list[Engine]
    lock: threading.Lock

    def __call__(self) -> Engine:
        with self.lock:
            if not self.made:
                self.made.append(self.make())
        return self.made[0]


def create_app(
    engine_factory: Callable[[], Engine], *, hosts: Sequence[str] = LOCAL_HOSTS
) -> FastAPI:
    """The application. ``hosts`` are the names it answers to; ``"*"`` among them means any."""
    app = FastAPI(title="Loccit", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    engine = _Late(make=engine_factory, made=[], lock=threading.Lock())
    _add_pages(app, engine)
    _add_api(app, engine)
    _add_errors(app)
    app.middleware("http")(_with_headers)
    app.add_middleware(OurHosts, hosts=hosts, refusal=_not_our_host)
    return app


# --- pages


async def _form(request: Request) -> dict[str, str]:
    """The fields of a posted form, by name."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "send the form's own fields")
    body = await request.body()
    return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=100))


def _add_pages(app: FastAPI, engine: _Late) -> None:
    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    def start() -> str:
        return ask_page(Asked(), fields=FIELDS)

    @app.get("/ask", include_in_schema=False)
    def ask(q: str = "", audience: str = "clinician") -> Response:
        if not q.strip():
            return RedirectResponse("/", status_code=303)
        return _answer(engine, {"question": q, "audience": audience})

    @app.post("/ask", include_in_schema=False)
    def ask_with_facts(form: Annotated[dict[str, str], Depends(_form)]) -> Response:
        return _answer(engine, form)

    @app.get("/passage/{passage}", response_class=HTMLResponse, include_in_schema=False)
    def passage(passage: str) -> str:
        base = engine().base
        record = base.passage(passage)
        return passage_page(record, base.document(record.card.id))

    @app.get("/static/{name}", include_in_schema=False)
    def static(name: str) -> Response:
        found = static_file(name)
        if found is None:
            raise HTTPException(404, "there is no such file")
        return Response(found.text, media_type=found.media_type)


def _answer(engine: _Late, form: dict[str, str]) -> Response:
    """The answer's page; a question that cannot be read comes back in its form."""
    facts = tuple((f.name, form[f.name].strip()) for f in FIELDS if form.get(f.name, "").strip())
    words = form.get("question", "").strip()
    asked = Asked(
        question=cleared(words),
        facts=cleared_facts(facts),
        follow=form.get("follow", "").strip(),
        jurisdiction=form.get("jurisdiction", "").strip(),
        keep=not form.get("no_keep"),
    )
    try:
        asked = replace(asked, audience=_audience(form))
        answer = engine().ask(
            words,
            audience=asked.audience,
            given=given_by(option_of(facts)),
            jurisdiction=where(asked.jurisdiction),
            follows=asked.follow,
            keep=asked.keep,
        )
    except UsageError as error:
        return HTMLResponse(ask_page(asked, fields=FIELDS, error=str(error)), status_code=400)
    return HTMLResponse(answer_page(answer, asked, fields=FIELDS))


def _audience(form: dict[str, str]) -> Audience:
    try:
        return Audience(form.get("audience") or Audience.CLINICIAN)
    except ValueError:
        raise UsageError(f"audience: one of {', '.join(Audience)} is needed") from None


# --- API


def _add_api(app: FastAPI, engine: _Late) -> None:
    @app.post("/api/v1/ask")
    def ask(asked: AskRequest) -> Response:
        """An article or an abstention as ``loccit/article/1``."""
        given = given_by(option_of_json(asked.patient))
        answer = engine().ask(
            asked.question,
            audience=asked.audience,
            given=given,
            jurisdiction=where(asked.jurisdiction),
            follows=asked.follow,
            keep=asked.keep,
        )
        return Response(as_json(answer), media_type="application/json")

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """Whether the process answers; it does not open the evidence base."""
        return {"status": "ok"}


# --- errors: one shape for the API, one page for people


def _add_errors(app: FastAPI) -> None:
    app.exception_handler(NotInBase)(_said(404, "not_in_base", "This is not in the evidence base"))
    app.exception_handler(NoSuchTurn)(
        _said(404, "no_such_turn", "This answer can no longer be followed")
    )
    app.exception_handler(UsageError)(_said(400, "usage", "The question could not be read"))
    app.exception_handler(LoccitError)(_said(500, "failure", "The answer could not be made"))

    @app.exception_handler(StarletteHTTPException)
    def refused(request: Request, error: StarletteHTTPException) -> Response:
        return _error(request, error.status_code, "http", _FAILED, str(error.detail))

    @app.exception_handler(RequestValidationError)
    def unreadable(request: Request, error: RequestValidationError) -> Response:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        return _error(request, 422, "request", "The request could not be read", faults)

    @app.exception_handler(Exception)
    def broken(request: Request, _: Exception) -> Response:
        message = "Something in Loccit broke; the log of the server says what."
        response = _error(request, 500, "internal", _FAILED, message)
        response.headers.update(HEADERS)
        return response


def _said(status: int, code: str, title: str) -> Callable[[Request, Exception], Response]:
    """A handler that gives an error's own message, which is fit for the person who asked."""
    return lambda request, error: _error(request, status, code, title, str(error))


def _error(request: Request, status: int, code: str, title: str, message: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)
    return HTMLResponse(error_page(title, message), status_code=status)


def _not_our_host(request: Request) -> Response:
    message = "these pages do not answer to this host name; whoever runs them can add it"
    response = _error(request, 400, "http", _FAILED, message)
    response.headers.update(HEADERS)
    return response


async def _with_headers(request: Request, call: Call) -> Response:
    """Every answer with the headers that keep it to itself; no body without a small length."""
    default = "0" if request.method in {"GET", "HEAD"} else ""
    length = request.headers.get("content-length", default)
    if not length.isdecimal():
        response = _error(request, 411, "http", _FAILED, "a request's body needs its length")
    elif int(length) > LARGEST:
        response = _error(request, 413, "http", _FAILED, "this is longer than a question")
    else:
        response = await call(request)
    response.headers.update(HEADERS)
    return response
