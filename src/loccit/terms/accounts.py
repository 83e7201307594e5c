"""Accounts: how a person proves who they are, and what is kept of that. No password among it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from loccit.terms.review import Duty

__all__ = ["Account", "Attempts", "Identity", "Invitation", "Journey", "Session"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """How a person signs in: by a password, or as ``subject`` of an institution ``issuer``.

    ``password`` is a hash with its parameters; nothing where there is no password.
    ``changed_at`` is when the password was set: sessions from before are over.
    """

    person: str
    password: str = ""
    changed_at: datetime | None = None
    issuer: str = ""
    subject: str = ""
    locked: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """A browser in which somebody has signed in. ``digest`` is that of its token.

    ``duties`` are the roles when it began: with others it is over.
    """

    digest: str
    person: str
    duties: frozenset[Duty]
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempts:
    """Failures in a row under a name, which is kept as a digest; the ``last`` of them."""

    name: str
    failures: int = 0
    last: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation:
    """The right to choose a password once, until ``until``. ``digest`` is that of its code."""

    digest: str
    person: str
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Journey:
    """A sign-in at an institution that has begun: where it leads, and what must come back."""

    address: str
    state: str
    nonce: str
    verifier: str
    back: str
    """The address of ours that the institution sends the browser to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Whom an institution says somebody is; ``duties`` is nothing where roles are not told."""

    issuer: str
    subject: str
    name: str
    duties: frozenset[Duty] | None = None
