"""The pages of review: the queue, the desk, what changed, and published editions."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from loccit.delivery.desk import (
    between,
    counts_of,
    edition_rows,
    last_number,
    queued,
    round_names,
    since,
)
from loccit.delivery.web import forms
from loccit.delivery.web.behind import Behind
from loccit.delivery.web.desk_view import WRITERS, asked_of, editorial_of, view_of
from loccit.delivery.web.forms import form_of, page, stored_page
from loccit.delivery.web.identity import required
from loccit.delivery.web.readable import articles_of
from loccit.delivery.web.routes.articles import number_of
from loccit.editorial import Asked, Editorial
from loccit.publication.desk import (
    Looking,
    Tried,
    desk_page,
    differences_page,
    editions_page,
    overtaken_page,
    queue_page,
)
from loccit.publication.desk.desk_page import numbers_of
from loccit.review import duty_for
from loccit.terms import (
    Action,
    Article,
    NotInBase,
    Overtaken,
    Person,
    Refused,
    State,
    UsageError,
)

__all__ = ["looking_of", "routes", "submitted"]


def routes(behind: Behind) -> APIRouter:
    """The pages ``/review`` and those of editions."""
    router = APIRouter(include_in_schema=False)
    _add_reading(router, behind)
    _add_deciding(router, behind)

    @router.get("/articles/{article}/editions")
    def editions(request: Request, article: str) -> Response:
        editorial = editorial_of(behind)
        rows = edition_rows(editorial, article)
        html = editions_page(article, editorial.title(article), rows)
        return stored_page(request, behind, html, public=False)

    return router


def _add_reading(router: APIRouter, behind: Behind) -> None:
    @router.get("/review")
    def queue(request: Request) -> Response:
        person = required(request, behind, *WRITERS)
        return page(request, behind, _queue(editorial_of(behind), request, person))

    @router.get("/review/{article}")
    def desk(request: Request, article: str, find: str = "") -> Response:
        person = required(request, behind, *WRITERS)
        view = view_of(behind, article, person, find=find.strip()[:200])
        return page(request, behind, desk_page(view))

    @router.get("/review/{article}/differences")
    def differences(request: Request, article: str) -> Response:
        required(request, behind, *WRITERS)
        editorial = editorial_of(behind)
        asked, last = request.query_params, last_number(editorial, article)
        older = number_of(asked.get("from") or "1")
        newer = number_of(asked.get("to") or str(last))
        found = between(editorial, article, min(older, newer), max(older, newer))
        return page(request, behind, differences_page(found, round_names(editorial, article)))


def _add_deciding(router: APIRouter, behind: Behind) -> None:
    @router.post("/articles/{article}/v/{number}/submit")
    async def submit(request: Request, article: str, number: str) -> Response:
        await form_of(request, behind)
        return await run_in_threadpool(_submitted, request, behind, article, number_of(number))

    @router.post("/review/{article}")
    async def decide(request: Request, article: str) -> Response:
        try:
            form = await form_of(request, behind)
        except forms.Refused as refused:
            if not refused.form:
                raise
            told = UsageError(str(refused.detail))
            return await run_in_threadpool(
                _again, request, behind, article, refused.form, told, 403
            )
        return await run_in_threadpool(_decided, request, behind, article, form)


def _queue(editorial: Editorial, request: Request, person: Person) -> str:
    looking = looking_of(dict(request.query_params))
    people = [each for each in editorial.people().values() if each.duties & frozenset(WRITERS)]
    read = list(editorial.queue())
    rows = queued(editorial, looking, me=person.id, read=read)
    return queue_page(rows, looking, counts=counts_of(read), people=people, person=person)


def looking_of(asked: dict[str, str]) -> Looking:
    """What of the queue an address asks for. Raises ``UsageError`` for a state that is none."""
    state = asked.get("state", "").strip()
    if state and state != "all" and state not in set(State):
        raise UsageError(f"state: one of all, {', '.join(State)} is needed")
    assigned = asked.get("assigned", "").strip()
    return Looking(state=state, assigned=assigned, overdue=bool(asked.get("overdue")))


def _submitted(request: Request, behind: Behind, article: str, number: int) -> Response:
    person = required(request, behind, *WRITERS)
    try:
        submitted(behind, article, number, person)
    except Refused as refused:
        if refused.rule != "same_question":
            raise
        other = editorial_of(behind).canonical(_text(behind, article, number).question)
        return RedirectResponse(f"/review/{other}", status_code=303)
    return RedirectResponse(f"/review/{article}", status_code=303)


def submitted(behind: Behind, article: str, number: int, person: Person) -> None:
    """Submit a kept version for review under the id of its article. Raises ``Refused``."""
    editorial, text = editorial_of(behind), _text(behind, article, number)
    duty = duty_for(person, Action.SUBMIT, editorial.rules) or min(person.duties)
    editorial.submit(article, text, person, duty)


def _text(behind: Behind, article: str, number: int) -> Article:
    answer = articles_of(behind).answer(article, number).answer
    if not isinstance(answer, Article):
        raise UsageError("there is no answer to review: the question was not answered")
    return answer


def _decided(request: Request, behind: Behind, article: str, form: dict[str, str]) -> Response:
    """Back to the desk; a refusal comes with the words, and so does what was overtaken."""
    person, editorial = required(request, behind, *WRITERS), editorial_of(behind)
    try:
        asked = asked_of(form, person, editorial)
        editorial.decide(article, asked)
    except Overtaken:
        return _overtaken(request, behind, article, form)
    except (Refused, NotInBase, UsageError) as refused:
        return _again(request, behind, article, form, refused, 422)
    return RedirectResponse(_place(editorial, article, asked), status_code=303)


def _overtaken(request: Request, behind: Behind, article: str, form: dict[str, str]) -> Response:
    """What was decided since the form was read, and the words to be sent again on that."""
    editorial = editorial_of(behind)
    head = editorial.ledger(article).head
    html = overtaken_page(since(editorial, article, form.get("seen", "")), head, form)
    return page(request, behind, html, status=409)


def _again(
    request: Request,
    behind: Behind,
    article: str,
    form: dict[str, str],
    error: Exception,
    status: int,
) -> Response:
    """The desk with what was wrong and every word that was typed, to be sent again from here."""
    person = required(request, behind, *WRITERS)
    seen = form.get("seen", "")
    if seen and seen != editorial_of(behind).ledger(article).head:
        return _overtaken(request, behind, article, form)
    find, tried = form.get("find", ""), _tried(form, error)
    view = view_of(behind, article, person, find=find, tried=tried)
    return page(request, behind, desk_page(view), status=status)


def _tried(form: dict[str, str], error: Exception) -> Tried:
    rule = error.rule if isinstance(error, Refused) else "form"
    action = form.get("action", "")
    on_sentence = action in {Action.ACCEPT, Action.COMMENT, Action.EDIT, Action.STRIKE}
    on_passage = action in {Action.ADD, Action.DISMISS}
    target = form.get("passage" if on_passage else "target", "")
    return Tried(
        action=action,
        target=target if on_sentence or on_passage else "",
        rule=rule,
        message=str(error),
        fields=form,
    )


def _place(editorial: Editorial, article: str, asked: Asked) -> str:
    """Where on the desk to go on reading: at the sentence that was decided on."""
    numbers = numbers_of(editorial.text(article))
    if asked.action is Action.ADD:
        return f"/review/{article}#s{len(numbers)}"
    number = numbers.get(asked.target, 0)
    return f"/review/{article}#s{number}" if number else f"/review/{article}"
