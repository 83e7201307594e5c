"""A fake of the accounts, hashes that cost nothing, and what every ``Accounts`` must do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from loccit.ports import Accounts
from loccit.terms import Account, Attempts, Duty, Invitation, Session

__all__ = ["ACCOUNT_CHECKS", "InMemoryAccounts", "PlainPasswords", "check_accounts"]

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class PlainPasswords:
    """``Passwords`` that are quick, for tests alone; ``strength`` is their parameter."""

    def __init__(self, strength: int = 1) -> None:
        self._strength = strength
        self.tried: list[str] = []

    def hashed(self, password: str) -> str:
        """A hash with its parameter."""
        return f"{self._strength}${hashlib.sha256(password.encode()).hexdigest()}"

    def agrees(self, stored: str, password: str) -> bool:
        """Whether the password is that of the hash; every try is noted, for no hash too."""
        self.tried.append(stored)
        digest = hashlib.sha256(password.encode("utf-8", "surrogatepass")).hexdigest()
        return stored.partition("$")[2] == digest

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with another strength."""
        return not stored.startswith(f"{self._strength}$")


class InMemoryAccounts:
    """``Accounts`` in dictionaries."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._attempts: dict[str, Attempts] = {}
        self._sessions: dict[str, Session] = {}
        self._invitations: dict[str, Invitation] = {}

    def keep(self, account: Account) -> None:
        """Enter an account, or in place of the one of the same person."""
        self._accounts[account.person] = account

    def keep_first(self, account: Account) -> bool:
        """Enter an account where there is none; whether it was entered."""
        if self._accounts:
            return False
        self.keep(account)
        return True

    def account(self, person: str) -> Account | None:
        """The account of a person."""
        return self._accounts.get(person)

    def account_of(self, issuer: str, subject: str) -> Account | None:
        """The account of somebody whom an institution knows."""
        found = (a for a in self.accounts() if (a.issuer, a.subject) == (issuer, subject))
        return next(found, None)

    def accounts(self) -> list[Account]:
        """All accounts, by person."""
        return [self._accounts[person] for person in sorted(self._accounts)]

    def attempts(self, name: str) -> Attempts:
        """The failures under a name."""
        return self._attempts.get(name, Attempts(name=name))

    def note(self, before: Attempts, after: Attempts) -> bool:
        """Put ``after`` in place of ``before``, unless that has changed meanwhile."""
        if self.attempts(before.name) != before:
            return False
        self._attempts[before.name] = after
        return True

    def begin(self, session: Session) -> None:
        """Keep a session."""
        self._sessions[session.digest] = session

    def session(self, digest: str) -> Session | None:
        """The session of this digest."""
        return self._sessions.get(digest)

    def seen(self, digest: str, at: datetime) -> None:
        """Note the last use of a session."""
        if digest in self._sessions:
            self._sessions[digest] = replace(self._sessions[digest], seen_at=at)

    def end(self, digest: str) -> None:
        """End a session."""
        self._sessions.pop(digest, None)

    def end_all(self, person: str) -> None:
        """End all sessions of a person, and take back their invitations."""
        self._sessions = {d: s for d, s in self._sessions.items() if s.person != person}
        self._invitations = {d: i for d, i in self._invitations.items() if i.person != person}

    def invite(self, invitation: Invitation) -> None:
        """Keep an invitation, in place of all that the person has."""
        mine = invitation.person
        self._invitations = {d: i for d, i in self._invitations.items() if i.person != mine}
        self._invitations[invitation.digest] = invitation

    def invitation(self, digest: str) -> Invitation | None:
        """The invitation of this digest, which stays."""
        return self._invitations.get(digest)

    def take(self, digest: str) -> Invitation | None:
        """The invitation of this digest, which is gone then."""
        return self._invitations.pop(digest, None)

    def drop_past(self, *, sessions: datetime, invitations: datetime, attempts: datetime) -> None:
        """Drop what no longer holds; see the port."""
        self._sessions = {d: s for d, s in self._sessions.items() if s.began_at >= sessions}
        self._invitations = {d: i for d, i in self._invitations.items() if i.until >= invitations}
        self._attempts = {
            n: a for n, a in self._attempts.items() if a.last is not None and a.last >= attempts
        }


def _session(digest: str = "d1", person: str = "ada", at: datetime = NOON) -> Session:
    duties = frozenset({Duty.ADMIN, Duty.READER})
    return Session(digest=digest, person=person, duties=duties, began_at=at, seen_at=at)


def _check_accounts_kept(accounts: Accounts) -> None:
    """Accounts come back as they were kept, and there is one for a person."""
    full = Account(person="rut", password="$x", changed_at=NOON, locked=True)  # noqa: S106 - made up
    away = Account(person="ada", issuer="https://issuer.example", subject="s1")
    assert accounts.account("rut") is None
    assert accounts.accounts() == []
    for each in (full, away, full):
        accounts.keep(each)
    assert accounts.accounts() == [away, full]
    assert accounts.account("rut") == full
    assert accounts.account_of("https://issuer.example", "s1") == away
    assert accounts.account_of("https://other.example", "s1") is None
    assert accounts.account_of("", "") in (None, full)
    accounts.keep(Account(person="ida"))  # two without an institution are no clash
    accounts.keep(replace(full, locked=False))
    assert accounts.account("rut") == replace(full, locked=False)


def _check_first(accounts: Accounts) -> None:
    """Only one is the first."""
    assert accounts.keep_first(Account(person="ada"))
    assert not accounts.keep_first(Account(person="eve"))
    assert [each.person for each in accounts.accounts()] == ["ada"]


def _check_attempts(accounts: Accounts) -> None:
    """A count is put in place of the one that was read, or not at all."""
    none = accounts.attempts("n1")
    one = Attempts(name="n1", failures=1, last=NOON)
    two = Attempts(name="n1", failures=2, last=NOON + timedelta(seconds=1))
    assert none == Attempts(name="n1")
    assert accounts.note(none, one)
    assert not accounts.note(none, two)
    assert accounts.attempts("n1") == one
    assert accounts.note(one, two)
    assert not accounts.note(one, one)
    assert accounts.attempts("n1") == two
    assert accounts.attempts("n2").failures == 0


def _check_sessions(accounts: Accounts) -> None:
    """Sessions are kept, noted and ended, one by one or all of a person."""
    for each in (_session(), _session("d2"), _session("d3", "rut")):
        accounts.begin(each)
    assert accounts.session("d1") == _session()
    later = NOON + timedelta(minutes=5)
    accounts.seen("d1", later)
    accounts.seen("nowhere", later)
    assert accounts.session("d1") == replace(_session(), seen_at=later)
    accounts.end("d1")
    accounts.end("d1")
    assert accounts.session("d1") is None
    accounts.end_all("ada")
    assert accounts.session("d2") is None
    assert accounts.session("d3") == _session("d3", "rut")


def _check_invitations(accounts: Accounts) -> None:
    """A person has one invitation, and one taker gets it."""
    first = Invitation(digest="i1", person="ada", until=NOON)
    accounts.invite(first)
    accounts.invite(Invitation(digest="i2", person="rut", until=NOON))
    assert accounts.invitation("i1") == first
    assert accounts.take("i1") == first
    assert accounts.take("i1") is accounts.invitation("i1") is None
    accounts.invite(Invitation(digest="i3", person="rut", until=NOON))
    assert accounts.take("i2") is None
    accounts.end_all("rut")
    assert accounts.take("i3") is None


def _check_past(accounts: Accounts) -> None:
    """What is past is dropped, and nothing else."""
    old, new = NOON - timedelta(days=2), NOON
    for number, at in enumerate((old, new)):
        accounts.begin(_session(f"d{number}", at=at))
        accounts.invite(Invitation(digest=f"i{number}", person=f"p{number}", until=at))
        accounts.note(Attempts(name=f"n{number}"), Attempts(name=f"n{number}", failures=3, last=at))
    accounts.drop_past(sessions=new, invitations=new, attempts=new)
    assert [accounts.session(each) is None for each in ("d0", "d1")] == [True, False]
    assert [accounts.take(each) is None for each in ("i0", "i1")] == [True, False]
    assert [accounts.attempts(each).failures for each in ("n0", "n1")] == [0, 3]


ACCOUNT_CHECKS: tuple[Callable[[Accounts], None], ...] = (
    _check_accounts_kept,
    _check_first,
    _check_attempts,
    _check_sessions,
    _check_invitations,
    _check_past,
)
"""Each takes accounts with nothing in them."""


def check_accounts(make: Callable[[], Accounts]) -> None:
    """Hold accounts against all that is expected of them; ``make`` gives new ones each time."""
    for check in ACCOUNT_CHECKS:
        check(make())
