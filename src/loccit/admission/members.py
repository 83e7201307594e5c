"""Who belongs: people, their roles, declarations and accounts, as administrators keep them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from loccit.accounts import AccountRules, check_password, checked_id, named
from loccit.admission.secrets import as_code, digest_of, key_of, new_code
from loccit.ports import Accounts, Ledgers, Passwords
from loccit.terms import (
    Account,
    Attempts,
    Duty,
    Identity,
    Invitation,
    Person,
    Refused,
    UsageError,
)

__all__ = ["Member", "Members"]

LONGEST_NAME = 200
LONGEST_TEXT = 4_000
ALL_DUTIES = frozenset(Duty) - {Duty.PROGRAM}


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A person and, where there is one, the account."""

    person: Person
    account: Account | None


class Members:
    """Keeps people and accounts. Raises ``UsageError`` for what cannot be entered."""

    def __init__(
        self,
        accounts: Accounts,
        ledgers: Ledgers,
        passwords: Passwords,
        rules: AccountRules,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._accounts, self._ledgers, self._passwords = accounts, ledgers, passwords
        self._rules, self._now = rules, now

    def listed(self) -> list[Member]:
        """Everybody, by id."""
        accounts = {each.person: each for each in self._accounts.accounts()}
        return [Member(person=p, account=accounts.get(p.id)) for p in self._ledgers.people()]

    def member(self, person: str) -> Member:
        """One of them. Raises ``UsageError``."""
        found = named(self._ledgers.people(), person)
        if found is None:
            raise UsageError("nobody of this name is entered here")
        return Member(person=found, account=self._accounts.account(found.id))

    def add(self, name: str, called: str, duties: frozenset[Duty]) -> Person:
        """Enter somebody new, or give an account to a person who has none.

        An account that belongs to nobody, as a crash can leave it, gives way.
        """
        known = named(self._ledgers.people(), name)
        person = known or Person(id=checked_id(name), name="")
        called, duties = _line(called) or person.name, duties or person.duties
        person = replace(person, name=called, duties=duties)
        if known and self._accounts.account(person.id):
            raise UsageError("this name has an account already; choose another, or change theirs")
        _check(person)
        self._ledgers.keep_person(person)
        self._accounts.keep(Account(person=person.id))
        return person

    def change(self, person: str, called: str, duties: frozenset[Duty]) -> Person:
        """Another name or other roles; with other roles all sessions of the person end."""
        was = self.member(person).person
        changed = replace(was, name=_line(called) or was.name, duties=duties)
        _check(changed)
        if Duty.ADMIN in was.duties - changed.duties:
            self._keep_an_admin(was.id)
        self._ledgers.keep_person(changed)
        if changed.duties != was.duties:
            self._accounts.end_all(was.id)
        return changed

    def declare(self, person: str, credentials: str, interests: str) -> Person:
        """What a person says of themselves, as of today. An empty declaration is none."""
        was = self.member(person).person
        said = interests.strip()
        if len(credentials) > LONGEST_NAME or len(said) > LONGEST_TEXT:
            raise UsageError(
                f"credentials have {LONGEST_NAME} characters at most, a declaration "
                f"{LONGEST_TEXT:,}"
            )
        today = self._now().date() if said else None
        changed = replace(was, credentials=_line(credentials), interests=said, declared_on=today)
        self._ledgers.keep_person(changed)
        return changed

    def check_password(self, name: str, called: str, password: str) -> None:
        """Raises ``Refused`` where somebody of these names could not have this password."""
        check_password(password, self._rules, (name, called))

    def set_password(self, person: str, password: str) -> None:
        """Give a person a password and end all their sessions. Raises ``Refused``."""
        member = self.member(person)
        names = (member.person.id, member.person.name)
        _check_local(member)
        chosen = check_password(password, self._rules, names)
        stored = self._passwords.hashed(chosen)
        at = self._now().replace(microsecond=0)
        account = member.account or Account(person=member.person.id)
        self._accounts.keep(replace(account, password=stored, changed_at=at))
        self._accounts.end_all(member.person.id)
        self._forgiven(member.person.id)

    def invite(self, person: str) -> str:
        """A one-time code by which the person chooses a password; those before it are void."""
        member = self.member(person)
        if member.account is None or member.account.locked:
            raise UsageError("this person has no account that is open; open or add it first")
        _check_local(member)
        code, until = new_code(), self._now().replace(microsecond=0) + self._rules.code_life
        digest = digest_of(as_code(code))
        self._accounts.invite(Invitation(digest=digest, person=member.person.id, until=until))
        return code

    def lock(self, person: str) -> None:
        """Let nobody in by this account, and end its sessions."""
        account = self._account(person)
        self._keep_an_admin(account.person)
        self._accounts.keep(replace(account, locked=True))
        self._accounts.end_all(account.person)

    def unlock(self, person: str) -> None:
        """Open an account again, whoever closed it, and forget its failures."""
        account = self._account(person)
        self._accounts.keep(replace(account, locked=False))
        self._forgiven(account.person)

    def welcome(self, identity: Identity) -> None:
        """Enter somebody whom an institution knows and we do not: as a reader."""
        if self._accounts.account_of(identity.issuer, identity.subject) is None:
            person = f"p-{secrets.token_hex(5)}"
            named = _line(identity.name) or "Name not told"
            self._ledgers.keep_person(
                Person(id=person, name=named, duties=frozenset({Duty.READER}))
            )
            self._accounts.keep(
                Account(person=person, issuer=identity.issuer, subject=identity.subject)
            )

    def _account(self, person: str) -> Account:
        account = self.member(person).account
        if account is None:
            raise UsageError("this person has no account; add one first")
        return account

    def _keep_an_admin(self, but: str) -> None:
        """Raises ``Refused`` where nobody else could let people in."""
        for each in self.listed():
            is_open = each.account is not None and not each.account.locked
            if is_open and Duty.ADMIN in each.person.duties and each.person.id != but:
                return
        if Duty.ADMIN in self.member(but).person.duties:
            raise Refused("last_admin", self._rules.refusals["last_admin"])

    def _forgiven(self, person: str) -> None:
        name = key_of(person)
        before = self._accounts.attempts(name)
        if before.failures:
            now = self._now().replace(microsecond=0)
            self._accounts.note(before, Attempts(name=name, failures=0, last=now))


def _check(person: Person) -> None:
    if not person.name:
        raise UsageError("a name is needed that articles can show")
    if len(person.name) > LONGEST_NAME:
        raise UsageError(f"a name has {LONGEST_NAME} characters at most")
    if not person.duties <= ALL_DUTIES:
        raise UsageError("the program is no person and decides nothing")


def _check_local(member: Member) -> None:
    """An institution answers for its own: no password beside it, which it could not take away."""
    if member.account is not None and member.account.issuer:
        raise UsageError("this person signs in at an institution, which keeps the password")


def _line(said: str) -> str:
    """Words on one line, without what cannot be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in said).split())
