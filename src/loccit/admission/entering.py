"""Who is let in: by a password, a one-time code or an institution; and whose a session is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from loccit.accounts import (
    AccountRules,
    after_failure,
    check_password,
    checked_id,
    holds,
    is_to_be_noted,
    named,
    normal,
    verdict_on,
)
from loccit.admission.members import Members
from loccit.admission.secrets import as_code, digest_of, key_of, new_token
from loccit.ports import Accounts, Institution, Ledgers, Passwords
from loccit.terms import (
    Account,
    Attempts,
    Duty,
    Identity,
    NotAdmitted,
    Person,
    Refused,
    Session,
    UsageError,
)

__all__ = ["Admission"]

TRIES = 5
"""Times that a count is written when another process counts under the same name meanwhile."""
WRONG = "this name and password do not belong together"
CLOSED = (
    "there were too many failures under this name; an administrator must open it again "
    "(in the terminal: loccit account unlock)"
)
GONE = "this code is not known, was used or is too old; ask for a new one"
UNKNOWN = "your institution knows you, these pages do not; ask an administrator"


class Admission:
    """Lets people in. ``now`` gives the time; people are those of the ledgers.

    ``members`` keeps who belongs, over the same accounts. ``institution`` is where people sign in
    who have no password here, if one is set.
    """

    def __init__(
        self,
        accounts: Accounts,
        ledgers: Ledgers,
        passwords: Passwords,
        rules: AccountRules,
        *,
        now: Callable[[], datetime],
        institution: Institution | None = None,
    ) -> None:
        self._accounts, self._ledgers, self._passwords = accounts, ledgers, passwords
        self._rules, self._clock = rules, now
        self.institution = institution
        self.members = Members(accounts, ledgers, passwords, rules, now=now)

    # --- sessions

    def person(self, token: str) -> Person | None:
        """Whose session has this token, as they are now; nobody where it ended or never was."""
        session = self._accounts.session(digest_of(token))
        if session is None:
            return None
        person, account = self._known(session.person), self._accounts.account(session.person)
        now, rules = self._now(), self._rules.sessions
        if not (person and account and holds(session, person, account, now, rules)):
            self._accounts.end(session.digest)
            return None
        if is_to_be_noted(session, now, rules):
            self._accounts.seen(session.digest, now)
        return person

    def sign_out(self, token: str) -> None:
        """End the session of this token, where there is one."""
        self._accounts.end(digest_of(token))

    def _begun(self, person: Person) -> str:
        """The token of a new session; what is past is dropped on the way."""
        now, token = self._now(), new_token()
        self._accounts.drop_past(
            sessions=now - self._rules.sessions.life,
            invitations=now,
            attempts=now - timedelta(days=self._rules.failures.forget_days),
        )
        self._accounts.begin(
            Session(
                digest=digest_of(token),
                person=person.id,
                duties=person.duties,
                began_at=now,
                seen_at=now,
            )
        )
        return token

    # --- passwords

    def is_founded(self) -> bool:
        """Whether anybody can sign in at all."""
        return bool(self._accounts.accounts())

    def found(self, name: str, called: str, password: str) -> str:
        """Enter the first administrator; the token of a session.

        Raises ``Refused`` for the password, ``UsageError`` for the name or where there is an
        account already.
        """
        known = self._known(name)
        called = called.strip() or (known.name if known else "")
        if not called:
            raise UsageError("a name is needed that articles can show")
        duties = (known.duties if known else frozenset()) | {Duty.ADMIN}
        person = known or Person(id=checked_id(name), name=called)
        person = replace(person, name=called, duties=duties)
        account = self._with_password(Account(person=person.id), person, password)
        if not self._accounts.keep_first(account):
            raise UsageError("there is an account already: sign in, or ask an administrator")
        self._ledgers.keep_person(person)
        return self._begun(person)

    def sign_in(self, name: str, password: str) -> str:
        """The token of a new session. Raises ``NotAdmitted``, alike for names known and unknown."""
        account, person = self._proven(name, password)
        if self._passwords.is_outdated(account.password):
            stored = self._passwords.hashed(normal(password))
            self._accounts.keep(replace(account, password=stored))
        return self._begun(person)

    def change_password(self, person: str, old: str, new: str) -> str:
        """The token of a new session after all others were ended.

        Raises ``NotAdmitted`` where ``old`` is wrong and ``Refused`` for ``new``.
        """
        account, known = self._proven(person, old)
        if normal(old) == normal(new):
            raise Refused("same", self._rules.refusals["same"])
        self._accounts.keep(self._with_password(account, known, new))
        self._accounts.end_all(known.id)
        return self._begun(known)

    def accept(self, code: str, new: str) -> str:
        """Choose a password by a one-time code; the token of a session after all others ended.

        Raises ``NotAdmitted`` for the code, ``Refused`` for the password: the code holds then.
        """
        digest = digest_of(as_code(code))
        invitation = self._accounts.invitation(digest)
        person = self._known(invitation.person) if invitation else None
        account = self._accounts.account(person.id) if person else None
        if not (invitation and person and account) or account.locked:
            raise NotAdmitted(GONE)
        changed = self._with_password(account, person, new)
        if self._accounts.take(digest) is None or invitation.until <= self._now():
            raise NotAdmitted(GONE)
        self._accounts.keep(changed)
        self._accounts.end_all(person.id)
        self._cleared(key_of(person.id))
        return self._begun(person)

    def _with_password(self, account: Account, person: Person, password: str) -> Account:
        chosen = check_password(password, self._rules, (person.id, person.name))
        return replace(account, password=self._passwords.hashed(chosen), changed_at=self._now())

    def _proven(self, name: str, password: str) -> tuple[Account, Person]:
        """Whose name and password these are. The failure is counted before anything is tried."""
        key, chosen = key_of(name), normal(password)
        self._counted(key)
        person = self._known(name)
        account = self._accounts.account(person.id) if person else None
        stored = account.password if account else ""
        takeable = len(chosen) <= self._rules.passwords.longest
        right = takeable and self._passwords.agrees(stored, chosen)
        if not (right and account and person) or account.locked:
            raise NotAdmitted(WRONG)
        self._cleared(key)
        return account, person

    # --- failures

    def _counted(self, key: str) -> None:
        """Count a failure in advance, so that tries at the same time count too."""
        for _ in range(TRIES):
            before, now = self._accounts.attempts(key), self._now()
            verdict = verdict_on(before, now, self._rules.failures)
            if verdict.closed:
                raise NotAdmitted(CLOSED, wait=self._rules.failures.longest_wait)
            if verdict.seconds:
                raise _later(verdict.seconds)
            if self._accounts.note(before, after_failure(before, now)):
                return
        raise _later(1)

    def _cleared(self, key: str) -> None:
        for _ in range(TRIES):
            before = self._accounts.attempts(key)
            after = Attempts(name=key, failures=0, last=self._now())
            if not before.failures or self._accounts.note(before, after):
                return

    # --- institutions

    def recognise(self, identity: Identity) -> str:
        """The token of a session for whom an institution knows. Raises ``NotAdmitted``.

        Where the institution tells roles, they are the person's from now on. Somebody unknown
        becomes a reader, or is refused, as is set for the institution.
        """
        if self.institution is not None and self.institution.takes_unknown:
            self.members.welcome(identity)
        account = self._accounts.account_of(identity.issuer, identity.subject)
        person = self._known(account.person) if account else None
        if account is None or person is None or account.locked:
            raise NotAdmitted(UNKNOWN)
        if identity.duties is not None and identity.duties != person.duties:
            person = replace(person, duties=identity.duties)
            self._ledgers.keep_person(person)
        return self._begun(person)

    # --- small things

    def _known(self, person: str) -> Person | None:
        return named(self._ledgers.people(), person)

    def _now(self) -> datetime:
        return self._clock().replace(microsecond=0)


def _later(seconds: int) -> NotAdmitted:
    return NotAdmitted(f"there were too many tries; try again in {seconds} s", wait=seconds)
