"""The application: pages and API over an engine and kept answers that the caller makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import anyio
from fastapi import FastAPI, Request
from fastapi.responses import Response

from loccit import __version__
from loccit.admission import Admission
from loccit.delivery.web.api import routes as api
from loccit.delivery.web.behind import SOON, Behind, Engine, Late, TooMany
from loccit.delivery.web.errors import Told, add_errors, told
from loccit.delivery.web.founding import Founding
from loccit.delivery.web.headers import WithHeaders
from loccit.delivery.web.heads import WithHeads
from loccit.delivery.web.hosts import OurHosts
from loccit.delivery.web.identity import add_refusals, to_sign_in
from loccit.delivery.web.limits import Limited, Rate
from loccit.delivery.web.members_only import MembersOnly
from loccit.delivery.web.routes import (
    about,
    articles,
    asking,
    checking,
    entering,
    institutions,
    own_account,
    people,
    review,
    sources,
)
from loccit.delivery.web.settings import Settings
from loccit.delivery.web.shelves import Shelves
from loccit.delivery.web.tokens import Tokens
from loccit.editorial import Editorial
from loccit.ports import Articles
from loccit.terms import Watch

__all__ = ["LOCAL_HOSTS", "create_app"]

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""Names this machine answers to. A page elsewhere that rebinds its name to us is refused."""


def create_app(  # noqa: PLR0913 - each is made by whoever serves the pages
    engine: Callable[[], Engine],
    *,
    articles_kept: Callable[[], Articles | None] = lambda: None,
    admission: Callable[[], Admission | None] = lambda: None,
    editorial: Callable[[], Editorial | None] = lambda: None,
    last_watch: Callable[[], Watch | None] = lambda: None,
    hosts: Sequence[str] = LOCAL_HOSTS,
    settings: Settings | None = None,
    warn: Callable[[str], None] = lambda _: None,
) -> FastAPI:
    """The application. ``hosts`` are the names it answers to; ``"*"`` among them means any.

    ``engine``, ``articles_kept``, ``admission`` and ``editorial`` are called when they are first
    needed, and once; the last three give nothing where answers cannot be kept, nobody can sign in,
    and nothing can be reviewed.
    """
    limits = settings or Settings()
    behind = Behind(
        engine=Late(engine),
        articles=Late(articles_kept),
        settings=limits,
        tokens=Tokens(),
        warn=warn,
        turns=anyio.CapacityLimiter(limits.at_once),
        admission=Late(admission),
        editorial=Late(editorial),
        founding=Founding(),
        doors=anyio.CapacityLimiter(limits.at_once),
        last_watch=last_watch,
    )
    app = FastAPI(
        title="Loccit",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        redirect_slashes=False,  # a redirect would repeat the whole address
    )
    app.state.behind = behind
    _add_routes(app, behind)
    add_errors(app)
    add_refusals(app)
    app.exception_handler(TooMany)(_too_many)
    if limits.sign_in_to_read:
        app.add_middleware(MembersOnly, behind=behind, refusal=to_sign_in)
    _wrap(app, limits, hosts)
    return app


def _add_routes(app: FastAPI, behind: Behind) -> None:
    shelves = Shelves(behind)
    app.include_router(asking.routes(behind))
    app.include_router(articles.routes(behind))
    app.include_router(review.routes(behind))
    app.include_router(sources.routes(behind, shelves))
    app.include_router(checking.routes(behind))
    app.include_router(about.routes(behind, shelves))
    app.include_router(entering.routes(behind))
    app.include_router(institutions.routes(behind))
    app.include_router(own_account.routes(behind))
    app.include_router(people.routes(behind))
    app.include_router(api.routes(behind, shelves))


def _wrap(app: FastAPI, limits: Settings, hosts: Sequence[str]) -> None:
    """What every request passes through; the last that is added comes first."""
    asks, reads = Rate(limits.asks_a_minute), Rate(limits.reads_a_minute)
    doors = Rate(limits.sign_ins_a_minute)
    app.add_middleware(WithHeads)
    app.add_middleware(Limited, asks=asks, reads=reads, doors=doors)
    app.add_middleware(OurHosts, hosts=hosts, refusal=_not_our_host)
    app.add_middleware(Told)
    app.add_middleware(WithHeaders)


def _not_our_host(request: Request) -> Response:
    message = "these pages do not answer to this host name; whoever runs them can add it"
    return told(request, 400, "http", message)


def _too_many(request: Request, _: Exception) -> Response:
    response = told(request, 503, "busy", f"too many wait already; try again in {SOON} s")
    response.headers["Retry-After"] = str(SOON)
    return response
