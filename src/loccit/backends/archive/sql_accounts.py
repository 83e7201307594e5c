"""``Accounts`` in an SQL database, by SQLAlchemy Core."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    RowMapping,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from loccit.backends.archive import opening
from loccit.backends.archive.tables import accounts, attempts, invitations, sessions
from loccit.terms import Account, Attempts, Duty, Invitation, Session

__all__ = ["SqlAccounts"]


class SqlAccounts:
    """Accounts in the database at ``url``. Raises ``BaseError`` naming it."""

    def __init__(self, url: URL) -> None:
        self._engine = opening.opened(url)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # --- accounts

    def keep(self, account: Account) -> None:
        """Enter an account, or in place of the one of the same person."""
        with opening.writing(self._engine) as connection:
            connection.execute(delete(accounts).where(accounts.c.person == account.person))
            connection.execute(insert(accounts).values(_account_row(account)))

    def keep_first(self, account: Account) -> bool:
        """Enter an account where there is none; whether it was entered."""
        with opening.writing(self._engine) as connection:
            if connection.scalar(select(func.count()).select_from(accounts)):
                return False
            connection.execute(insert(accounts).values(_account_row(account)))
        return True

    def account(self, person: str) -> Account | None:
        """The account of a person."""
        row = self._row(accounts, accounts.c.person == person)
        return _account(row) if row else None

    def account_of(self, issuer: str, subject: str) -> Account | None:
        """The account of somebody whom an institution knows."""
        here = (accounts.c.issuer == issuer) & (accounts.c.subject == subject)
        row = self._row(accounts, here)
        return _account(row) if row else None

    def accounts(self) -> list[Account]:
        """All accounts, by person."""
        with opening.reading(self._engine) as connection:
            query = select(accounts).order_by(accounts.c.person)
            return [_account(row) for row in connection.execute(query).mappings()]

    # --- failures

    def attempts(self, name: str) -> Attempts:
        """The failures under a name."""
        row = self._row(attempts, attempts.c.name == name)
        if row is None:
            return Attempts(name=name)
        return Attempts(name=name, failures=row["failures"], last=_moment(row["last"]))

    def note(self, before: Attempts, after: Attempts) -> bool:
        """Put ``after`` in place of ``before``, unless that has changed meanwhile."""
        row = {"failures": after.failures, "last": _seconds(after.last) or 0}
        try:
            with opening.writing(self._engine) as connection:
                if before.last is None:
                    connection.execute(insert(attempts).values(name=before.name, **row))
                    return True
                here = (attempts.c.name == before.name) & (
                    (attempts.c.failures == before.failures)
                    & (attempts.c.last == _seconds(before.last))
                )
                done = connection.execute(update(attempts).where(here).values(row))
                return done.rowcount == 1
        except IntegrityError:  # another was the first to fail under this name
            return False

    # --- sessions

    def begin(self, session: Session) -> None:
        """Keep a session."""
        row = {
            "digest": session.digest,
            "person": session.person,
            "duties": " ".join(sorted(session.duties)),
            "began_at": _seconds(session.began_at),
            "seen_at": _seconds(session.seen_at),
        }
        with opening.writing(self._engine) as connection:
            connection.execute(insert(sessions).values(row))

    def session(self, digest: str) -> Session | None:
        """The session of this digest."""
        row = self._row(sessions, sessions.c.digest == digest)
        if row is None:
            return None
        return Session(
            digest=row["digest"],
            person=row["person"],
            duties=frozenset(map(Duty, row["duties"].split())),
            began_at=_moment(row["began_at"]),
            seen_at=_moment(row["seen_at"]),
        )

    def seen(self, digest: str, at: datetime) -> None:
        """Note the last use of a session."""
        here = update(sessions).where(sessions.c.digest == digest)
        with opening.writing(self._engine) as connection:
            connection.execute(here.values(seen_at=_seconds(at)))

    def end(self, digest: str) -> None:
        """End a session."""
        with opening.writing(self._engine) as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest))

    def end_all(self, person: str) -> None:
        """End all sessions of a person, and take back their invitations."""
        with opening.writing(self._engine) as connection:
            connection.execute(delete(sessions).where(sessions.c.person == person))
            connection.execute(delete(invitations).where(invitations.c.person == person))

    # --- invitations

    def invite(self, invitation: Invitation) -> None:
        """Keep an invitation, in place of all that the person has."""
        row = {
            "digest": invitation.digest,
            "person": invitation.person,
            "until": _seconds(invitation.until),
        }
        with opening.writing(self._engine) as connection:
            mine = invitations.c.person == invitation.person
            connection.execute(delete(invitations).where(mine))
            connection.execute(insert(invitations).values(row))

    def invitation(self, digest: str) -> Invitation | None:
        """The invitation of this digest, which stays."""
        row = self._row(invitations, invitations.c.digest == digest)
        return _invitation(row) if row else None

    def take(self, digest: str) -> Invitation | None:
        """The invitation of this digest, which is gone then."""
        taken = delete(invitations).where(invitations.c.digest == digest).returning(invitations)
        with opening.writing(self._engine) as connection:
            row = connection.execute(taken).mappings().first()
        return _invitation(row) if row else None

    def drop_past(self, *, sessions: datetime, invitations: datetime, attempts: datetime) -> None:
        """Drop what no longer holds; see the port."""
        past = (
            (_TABLES["sessions"].c.began_at, sessions),
            (_TABLES["invitations"].c.until, invitations),
            (_TABLES["attempts"].c.last, attempts),
        )
        with opening.writing(self._engine) as connection:
            for column, until in past:
                connection.execute(delete(column.table).where(column < _seconds(until)))

    def _row(self, table: Table, here: ColumnElement[bool]) -> RowMapping | None:
        with opening.reading(self._engine) as connection:
            return connection.execute(select(table).where(here)).mappings().first()


_TABLES = {"sessions": sessions, "invitations": invitations, "attempts": attempts}


def _account_row(account: Account) -> dict[str, Any]:
    return {
        "person": account.person,
        "password": account.password,
        "changed_at": _seconds(account.changed_at),
        "issuer": account.issuer or None,
        "subject": account.subject or None,
        "locked": account.locked,
    }


def _account(row: RowMapping) -> Account:
    changed = row["changed_at"]
    return Account(
        person=row["person"],
        password=row["password"],
        changed_at=None if changed is None else _moment(changed),
        issuer=row["issuer"] or "",
        subject=row["subject"] or "",
        locked=row["locked"],
    )


def _invitation(row: RowMapping) -> Invitation:
    return Invitation(digest=row["digest"], person=row["person"], until=_moment(row["until"]))


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
