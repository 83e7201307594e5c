"""Who belongs, as administrators keep it. No address names a person: the forms do."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from loccit.admission import Member, Members
from loccit.delivery.web.behind import Behind
from loccit.delivery.web.forms import form_of, page
from loccit.delivery.web.identity import required
from loccit.delivery.web.routes.entering import failed
from loccit.delivery.web.sessions import admission_of
from loccit.publication.account_pages import PersonRow, people_page
from loccit.terms import Duty, UsageError

__all__ = ["routes"]

PEOPLE = "/people"
Act = Callable[[Members, dict[str, str]], str]
"""Changes people by a form; a one-time code for the person, or nothing."""


def routes(behind: Behind) -> APIRouter:
    """The pages under ``/people``."""
    router = APIRouter(include_in_schema=False)

    @router.get(PEOPLE)
    def everybody(request: Request) -> Response:
        required(request, behind, Duty.ADMIN)
        return page(request, behind, people_page(_rows(admission_of(behind).members)))

    for name, act in ACTS.items():
        _add(router, behind, name, act)
    return router


def _add(router: APIRouter, behind: Behind, name: str, act: Act) -> None:
    @router.post(f"{PEOPLE}/{name}", name=f"people {name}")
    async def changed(request: Request) -> Response:
        told = await form_of(request, behind)
        return await behind.let_through(lambda: _done(request, behind, told, act))


def _done(request: Request, behind: Behind, told: dict[str, str], act: Act) -> Response:
    """The page anew; where a code was made it is shown, this once."""
    required(request, behind, Duty.ADMIN)
    members = admission_of(behind).members
    try:
        code = act(members, told)
    except UsageError as error:
        html = people_page(_rows(members), error=str(error))
        return failed(request, behind, html, error)
    if not code:
        return RedirectResponse(PEOPLE, status_code=303)
    named = members.member(told.get("person", "")).person.name
    return page(request, behind, people_page(_rows(members), code=code, code_for=named))


def _added(members: Members, told: dict[str, str]) -> str:
    person = members.add(told.get("person", ""), told.get("called", ""), _duties(told))
    return members.invite(person.id)


def _changed(members: Members, told: dict[str, str]) -> str:
    members.change(told.get("person", ""), told.get("called", ""), _duties(told))
    return ""


def _given_account(members: Members, told: dict[str, str]) -> str:
    person = members.member(told.get("person", "")).person
    members.add(person.id, person.name, person.duties)
    return members.invite(person.id)


def _locked(members: Members, told: dict[str, str]) -> str:
    members.lock(told.get("person", ""))
    return ""


def _unlocked(members: Members, told: dict[str, str]) -> str:
    members.unlock(told.get("person", ""))
    return ""


def _invited(members: Members, told: dict[str, str]) -> str:
    return members.invite(told.get("person", ""))


ACTS: dict[str, Act] = {
    "add": _added,
    "change": _changed,
    "account": _given_account,
    "lock": _locked,
    "unlock": _unlocked,
    "code": _invited,
}


def _duties(told: dict[str, str]) -> frozenset[Duty]:
    """The roles that are ticked; other names are no roles."""
    return frozenset(each for each in Duty if told.get(f"duty_{each}") == "yes")


def _rows(members: Members) -> list[PersonRow]:
    return [_row(each) for each in members.listed()]


def _row(member: Member) -> PersonRow:
    account = member.account
    is_local = account is not None and not account.issuer
    return PersonRow(
        person=member.person,
        account=_account_word(member),
        can_lock=account is not None and not account.locked,
        can_unlock=account is not None,
        can_invite=is_local and account is not None and not account.locked,
    )


def _account_word(member: Member) -> str:
    """The key of the words that say how somebody signs in; none for a usual account."""
    account = member.account
    if account is None:
        return "no_account"
    if account.locked:
        return "locked"
    if account.issuer:
        return "institution"
    return "" if account.password else "no_password"
