"""Review over the API: the queue, one article, decisions, differences and editions."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from loccit.delivery.desk import between, edition_rows, last_number, queued
from loccit.delivery.web.api.answers import ArticleOut
from loccit.delivery.web.api.problems import problems, refuse_others
from loccit.delivery.web.api.review_shapes import (
    DecisionRequest,
    DeskOut,
    DifferencesOut,
    EditionsOut,
    PassagesFound,
    QueueOut,
    SubmitRequest,
)
from loccit.delivery.web.behind import Behind
from loccit.delivery.web.desk_view import (
    WRITERS,
    asked_of,
    editorial_of,
    passages_for,
    view_of,
)
from loccit.delivery.web.identity import required
from loccit.delivery.web.negotiating import conditional
from loccit.delivery.web.readable import Readable
from loccit.delivery.web.routes.review import looking_of, submitted
from loccit.publication.desk import (
    desk_data,
    differences_data,
    editions_data,
    passages_found,
    queue_data,
)
from loccit.publication.json_parts import dumped
from loccit.publication.kept_page import kept_json
from loccit.terms import Person, State

__all__ = ["add_review"]

JSON = "application/json"
READ = problems(400, 404, 422) | {304: {"description": "It is as the asker has it"}}
INSIDE = problems(400, 401, 403, 404, 422)
DECIDE = problems(400, 401, 403, 404, 409, 415, 422)
Name = Annotated[str, Path(max_length=64)]
Number = Annotated[int, Query(ge=0, le=2**31 - 1)]
Edition = Annotated[int, Path(ge=1, le=2**31 - 1)]


def add_review(router: APIRouter, behind: Behind) -> None:
    """Add the addresses of review to those of the API."""
    _add_editions(router, behind)
    _add_reading(router, behind)
    _add_deciding(router, behind)


def _given(data: dict[str, Any]) -> Response:
    return Response(dumped(data), media_type=JSON)


def _add_editions(router: APIRouter, behind: Behind) -> None:
    base = "/api/v1/articles/{article}/editions"

    @router.get(base, response_model=EditionsOut, responses=READ, operation_id="editions")
    def editions(request: Request, article: Name) -> Response:
        """The published editions of an article, and what changed from one to the next."""
        editorial = editorial_of(behind)
        rows = edition_rows(editorial, article)
        data = editions_data(article, editorial.title(article), rows)
        return conditional(request, dumped(data), JSON, stored=False)

    @router.get(
        base + "/{number}", response_model=ArticleOut, responses=READ, operation_id="edition"
    )
    def edition(request: Request, article: Name, number: Edition) -> Response:
        """A published edition, as ``loccit/article/1``."""
        shown = Readable(request, behind).edition(article, number)
        return conditional(request, kept_json(shown), JSON, stored=False)


def _add_reading(router: APIRouter, behind: Behind) -> None:
    base = "/api/v1/review/{article}"

    @router.get("/api/v1/review", response_model=QueueOut, responses=INSIDE, operation_id="queue")
    def queue(
        request: Request,
        state: Annotated[State | None, Query()] = None,
        assigned: Annotated[str, Query(max_length=64)] = "",
        overdue: Annotated[bool, Query()] = False,  # noqa: FBT002 - FastAPI reads it from the address
    ) -> Response:
        """What waits for people; ``assigned`` is an id, ``me`` or ``nobody``."""
        person = required(request, behind, *WRITERS)
        looking = looking_of(
            {"state": state or "", "assigned": assigned, "overdue": "1" if overdue else ""}
        )
        return _given(queue_data(queued(editorial_of(behind), looking, me=person.id)))

    @router.get(base, response_model=DeskOut, responses=INSIDE, operation_id="reviewed")
    def desk(request: Request, article: Name) -> Response:
        """An article in review: where it stands, its sentences, its ledger."""
        return _desk(behind, article, required(request, behind, *WRITERS))

    @router.get(
        base + "/differences",
        response_model=DifferencesOut,
        responses=INSIDE,
        operation_id="differences",
    )
    def differences(
        request: Request, article: Name, older: Number = 1, newer: Number = 0
    ) -> Response:
        """What differs between the texts that two decisions left; 0 is the last."""
        required(request, behind, *WRITERS)
        editorial = editorial_of(behind)
        last = last_number(editorial, article)
        return _given(differences_data(between(editorial, article, older or last, newer or last)))

    @router.get(
        base + "/passages",
        response_model=PassagesFound,
        responses=INSIDE,
        operation_id="cited_passages",
    )
    def passages(
        request: Request, article: Name, q: Annotated[str, Query(max_length=200)]
    ) -> Response:
        """Passages of the sources cited that have these words, to be added as statements."""
        required(request, behind, *WRITERS)
        text = editorial_of(behind).text(article)
        return _given(passages_found(passages_for(behind, text, q)))


def _add_deciding(router: APIRouter, behind: Behind) -> None:
    @router.post(
        "/api/v1/submissions", response_model=DeskOut, responses=DECIDE, operation_id="submit"
    )
    def submit(request: Request, asked: SubmitRequest) -> Response:
        """Submit a kept version for review. 409 names the rule that forbids it."""
        refuse_others(request)
        person = required(request, behind, *WRITERS)
        submitted(behind, asked.article, asked.version, person)
        return _desk(behind, asked.article, person)

    @router.post(
        "/api/v1/review/{article}/decisions",
        response_model=DeskOut,
        responses=DECIDE,
        operation_id="decide",
    )
    def decide(request: Request, article: Name, asked: DecisionRequest) -> Response:
        """Write a decision down. 409 where a rule forbids it or somebody decided since ``seen``."""
        refuse_others(request)
        person, editorial = required(request, behind, *WRITERS), editorial_of(behind)
        form = {name: str(value) for name, value in asked.model_dump().items() if value}
        editorial.decide(article, asked_of(form, person, editorial))
        return _desk(behind, article, person)


def _desk(behind: Behind, article: str, person: Person) -> Response:
    return _given(desk_data(view_of(behind, article, person)))
