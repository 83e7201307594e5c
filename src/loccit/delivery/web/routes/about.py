"""What the site says of itself: policy, evidence, changes, and the guide for language models."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from loccit.dangers import load_dangers
from loccit.delivery.web.behind import Behind
from loccit.delivery.web.forms import stored_page
from loccit.delivery.web.negotiating import Form, accepted, conditional
from loccit.delivery.web.routes.checking import MOST_CHARACTERS, MOST_SENTENCES
from loccit.delivery.web.settings import Settings
from loccit.delivery.web.shelves import Shelves
from loccit.publication.about_pages import (
    evidence_json,
    evidence_page,
    policy_markdown,
    policy_page,
)
from loccit.publication.exports.feed import atom_feed, llms_txt, review_feed
from loccit.publication.holdings import holdings_of
from loccit.publication.static_files import static_file
from loccit.terms import LibraryRequest
from loccit.verification import CHECKS

__all__ = ["policy_facts", "routes"]

CHANGES = 100
ARTICLES = 500
HTML = Form(ending="", media_type="text/html")
JSON = Form(ending=".json", media_type="application/json")
MARKDOWN = Form(ending=".md", media_type="text/markdown")


def routes(behind: Behind, shelves: Shelves) -> APIRouter:
    """The pages ``/policy`` and ``/evidence``, the feeds, ``/llms.txt`` and our static files."""
    router = APIRouter(include_in_schema=False)

    @router.get("/policy")
    @router.get("/policy.md")
    def policy(request: Request) -> Response:
        facts = policy_facts(behind)
        if _form(request, (HTML, MARKDOWN)) is MARKDOWN:
            return conditional(request, policy_markdown(facts), MARKDOWN.media_type)
        return stored_page(request, behind, policy_page(facts), public=True)

    @router.get("/evidence")
    @router.get("/evidence.json")
    def evidence(request: Request) -> Response:
        held = holdings_of(shelves.cards(), digest=behind.engine().base.digest())
        watch, hours = behind.last_watch(), behind.settings.watch_hours
        if _form(request, (HTML, JSON)) is JSON:
            told = evidence_json(held, watch, every_hours=hours)
            return conditional(request, told, JSON.media_type)
        page = evidence_page(held, watch, every_hours=hours)
        return stored_page(request, behind, page, public=True)

    @router.get("/changes.atom")
    def changes(request: Request) -> Response:
        found = shelves.changes(limit=CHANGES)
        feed = atom_feed(found, root=str(request.base_url).rstrip("/"))
        return conditional(request, feed, "application/atom+xml")

    @router.get("/reviews.atom")
    def reviews(request: Request) -> Response:
        editorial = behind.editorial()
        found = editorial.happenings(limit=CHANGES) if editorial else []
        feed = review_feed(found, root=str(request.base_url).rstrip("/"))
        return conditional(request, feed, "application/atom+xml")

    @router.get("/llms.txt")
    def llms(request: Request) -> Response:
        listed = shelves.articles(LibraryRequest(limit=ARTICLES))
        return conditional(request, llms_txt(listed), "text/plain")

    @router.get("/static/{name}")
    def static(request: Request, name: str) -> Response:
        found = static_file(name)
        if found is None:
            raise HTTPException(404, "there is no such file")
        return conditional(request, found.text, found.media_type)

    return router


def _form(request: Request, forms: tuple[Form, Form]) -> Form:
    """By the ending of the address, else by what is accepted."""
    named = (form for form in forms if form.ending and request.url.path.endswith(form.ending))
    return next(named, None) or accepted(request, forms)


def policy_facts(behind: Behind) -> dict[str, str]:
    """What the policy tells of this installation."""
    coverage = behind.engine().base.coverage()
    names = [check.name for check in CHECKS]
    settings = behind.settings
    return {
        "documents": f"{coverage.documents:,}",
        "passages": f"{coverage.passages:,}",
        "checks_number": str(len(names)),
        "checks": ", ".join(names),
        "dangers": str(len(load_dangers().ordered)),
        "keep_days": str(settings.keep_days) if settings.keep_days else "an unlimited number of",
        "browse": "approved" if settings.approved_only else "library",
        "watched": "often" if settings.watch_hours else "never",
        "watch_hours": str(settings.watch_hours),
        "outbound": "fetched" if settings.watch_hours and settings.watch_fetch else "nothing",
        "limits": _limits(settings),
        "characters": f"{MOST_CHARACTERS:,}",
        "sentences": f"{MOST_SENTENCES:,}",
    }


def _limits(settings: Settings) -> str:
    asks, reads = settings.asks_a_minute, settings.reads_a_minute
    said = [
        f"{number:,} {what} a minute" if number else f"any number of {what}"
        for number, what in ((asks, "questions and texts to check"), (reads, "other pages"))
    ]
    return f"One client may ask for {said[0]}, and for {said[1]}."
