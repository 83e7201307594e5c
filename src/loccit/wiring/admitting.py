"""Who is let in, with accounts in the database of review and the settings of ``accounts.toml``."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loccit.terms import LoccitError, UsageError
from loccit.wiring.reviewing import open_ledgers
from loccit.wiring.settings import default_folder

if TYPE_CHECKING:  # people come late: an answer starts as fast as what it needs
    from sqlalchemy import URL

    from loccit.accounts import AccountRules
    from loccit.admission import Admission
    from loccit.ports import Institution

__all__ = ["open_admission"]

SETTINGS = "accounts.toml"
"""A file of the deployment beside its base: how long sessions hold, and its institution."""
SECRET = "LOCCIT_OIDC_SECRET"  # noqa: S105 - the name of a variable
TABLES = frozenset({"sessions", "oidc"})


def open_admission(folder: Path | None = None) -> Admission:
    """Admission over the accounts beside the base in ``folder``, or at ``LOCCIT_DATABASE``.

    Raises ``BaseError`` naming a database that cannot be used, ``UsageError`` naming a setting.
    """
    from loccit.accounts import load_account_rules
    from loccit.admission import Admission

    ledgers = open_ledgers(folder)  # in the same database, which is known to open then
    try:
        from loccit.backends.archive.sql_accounts import SqlAccounts
        from loccit.backends.argon2_passwords import Argon2Passwords
    except ImportError as missing:
        raise _lacking("signing in", missing) from None
    rules = _with_sessions(load_account_rules(), _settings(folder).get("sessions", {}))
    return Admission(
        SqlAccounts(_database(folder)),
        ledgers,
        Argon2Passwords(),
        rules,
        now=lambda: datetime.now(UTC),
        institution=_institution(folder),
    )


def _institution(folder: Path | None) -> Institution | None:
    """The institution that ``accounts.toml`` names, where there is one. Nothing is asked yet."""
    told = _settings(folder).get("oidc")
    if told is None:
        return None
    try:
        from loccit.backends.institutions.oidc import OpenId
        from loccit.backends.institutions.settings import oidc_settings
    except ImportError as missing:
        raise _lacking("signing in at an institution", missing) from None
    where = _file(folder)
    return OpenId(oidc_settings(told, secret=os.environ.get(SECRET, ""), where=str(where)))


def _database(folder: Path | None) -> URL:
    """Where the ledgers are."""
    from sqlalchemy import make_url

    from loccit.backends.archive.opening import beside

    named = os.environ.get("LOCCIT_DATABASE", "").strip()
    return make_url(named) if named else beside(folder or default_folder())


def _lacking(what: str, missing: ImportError) -> LoccitError:
    return LoccitError(
        f"{what} needs {missing.name}, which is not installed; "
        "install loccit with its extra: loccit[web]"
    )


def _file(folder: Path | None) -> Path:
    return (folder or default_folder()) / SETTINGS


def _settings(folder: Path | None) -> Mapping[str, Any]:
    """What the file says. Raises ``UsageError`` naming what cannot be read."""
    path = _file(folder)
    if not path.is_file():
        return {}
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}; docs/accounts.md shows the settings") from error
    if unknown := sorted(set(told) - TABLES):
        raise UsageError(f"{path}: no such setting: {', '.join(unknown)}")
    return told


def _with_sessions(rules: AccountRules, told: Any) -> AccountRules:
    """Sessions may be made shorter than the rules have them, never longer."""
    sessions = rules.sessions
    bounds = {"life_minutes": sessions.life, "idle_minutes": sessions.idle}
    if not isinstance(told, dict) or not set(told) <= set(bounds):
        raise UsageError(f"{SETTINGS}: [sessions] takes {' and '.join(bounds)}")
    for name, value in told.items():
        most = int(bounds[name].total_seconds() // 60)
        if type(value) is not int or not 1 <= value <= most:
            raise UsageError(f"{SETTINGS}: {name} is a whole number from 1 to {most}")
        bounds[name] = timedelta(minutes=value)
    shorter = replace(sessions, life=bounds["life_minutes"], idle=bounds["idle_minutes"])
    return replace(rules, sessions=shorter)
