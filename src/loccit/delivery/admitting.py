"""Accounts from the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from loccit.admission import Member, Members
from loccit.terms import Duty, UsageError
from loccit.wiring.admitting import open_admission

__all__ = [
    "account_lines",
    "added",
    "added_with_password",
    "invited",
    "members_of",
    "set_password",
]

LONGEST_LINE = 10_000
"""Characters read where no terminal is."""


def members_of(base: Path | None) -> Members:
    """Who belongs, beside the base."""
    return open_admission(base).members


def added(person: str, called: str, duties: frozenset[Duty], base: Path | None) -> str:
    """Give somebody an account; a one-time code for the password."""
    members = members_of(base)
    return members.invite(members.add(person, called, duties).id)


def added_with_password(
    person: str, called: str, duties: frozenset[Duty], base: Path | None
) -> None:
    """Give somebody an account with a password that is asked for. All or nothing."""
    members = members_of(base)
    chosen = _asked_password()
    members.check_password(person, called, chosen)
    members.set_password(members.add(person, called, duties).id, chosen)


def set_password(person: str, base: Path | None) -> None:
    """Set a password that is asked for."""
    members = members_of(base)
    members.member(person)
    members.set_password(person, _asked_password())


def invited(person: str, base: Path | None) -> str:
    """A one-time code by which somebody chooses a password."""
    return members_of(base).invite(person)


def account_lines(base: Path | None) -> Iterator[str]:
    """A line for everybody: id, name, roles, and how they sign in."""
    for each in members_of(base).listed():
        person = each.person
        parts = (person.id, person.name, ", ".join(sorted(person.duties)), _way_in(each))
        yield "; ".join(filter(None, parts))


def _way_in(member: Member) -> str:
    account = member.account
    if account is None:
        return "no account"
    if account.locked:
        return "locked"
    if account.issuer:
        return f"at {account.issuer}"
    return "password" if account.password else "no password yet"


def _asked_password() -> str:
    """Typed twice without being shown; or a line of standard input where no terminal is."""
    if sys.stdin.isatty():
        asked = click.prompt("Password", hide_input=True, confirmation_prompt="Once more")
        return str(asked)
    line = sys.stdin.readline(LONGEST_LINE)
    if not line.strip():
        raise UsageError("a password is needed: type it in a terminal, or send a line of it")
    return line.rstrip("\r\n")
