"""Pages on which people sign in, keep what articles show of them, and are kept themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from loccit.publication.as_html import filled
from loccit.publication.showing import visible
from loccit.publication.words import load_account_words
from loccit.terms import Duty, Person

__all__ = [
    "PersonRow",
    "SignInPage",
    "account_page",
    "people_page",
    "setup_page",
    "sign_in_page",
    "welcome_page",
]

DUTIES = tuple(each for each in Duty if each is not Duty.PROGRAM)


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInPage:
    """What the page of sign-in shows.

    ``to`` is where it leads back, ``institution`` the words of its button, ``state`` one of
    ``ready``, ``unfounded`` (there is no account yet) and ``unusable``.
    """

    to: str = "/"
    name: str = ""
    institution: str = ""
    state: str = "ready"
    closed: bool = False
    """Whether reading needs a sign-in too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRow:
    """Somebody in the list of people; ``account`` says how they sign in, in the words' own keys."""

    person: Person
    account: str
    can_lock: bool
    can_unlock: bool
    can_invite: bool


def sign_in_page(shown: SignInPage, *, error: str = "") -> str:
    """The form of sign-in."""
    return _filled("site_sign_in.html", shown=shown, error=error)


def setup_page(*, shortest: int, name: str = "", called: str = "", error: str = "") -> str:
    """The form that makes the first administrator; passwords have ``shortest`` characters."""
    return _filled(
        "site_setup.html",
        name=visible(name),
        called=visible(called),
        shortest=shortest,
        error=error,
    )


def welcome_page(*, shortest: int, error: str = "") -> str:
    """The form on which a one-time code gives a password of ``shortest`` characters or more."""
    return _filled("site_welcome.html", shortest=shortest, error=error)


def account_page(
    person: Person, *, has_password: bool, shortest: int, error: str = "", about: str = ""
) -> str:
    """One's own page. ``about`` names the form that ``error`` is about."""
    return _filled(
        "site_account.html",
        **_shown(person),
        has_password=has_password,
        shortest=shortest,
        is_admin=Duty.ADMIN in person.duties,
        error=error,
        about=about,
    )


def people_page(
    rows: Sequence[PersonRow], *, code: str = "", code_for: str = "", error: str = ""
) -> str:
    """Everybody, for administrators; ``code`` is one that was made just now for ``code_for``."""
    people = [
        {**_shown(each.person), "id": each.person.id, "row": each, "held": each.person.duties}
        for each in rows
    ]
    return _filled(
        "site_people.html",
        people=people,
        duties=DUTIES,
        code=code,
        code_for=visible(code_for),
        error=error,
    )


def _shown(person: Person) -> dict[str, Any]:
    return {
        "name": visible(person.name),
        "roles": ", ".join(str(each) for each in DUTIES if each in person.duties),
        "credentials": visible(person.credentials),
        "interests": visible(person.interests),
        "declared_on": person.declared_on.isoformat() if person.declared_on else "",
    }


def _filled(template: str, *, error: str, **values: Any) -> str:
    return filled(template, say=load_account_words().of, error=visible(error), **values)
