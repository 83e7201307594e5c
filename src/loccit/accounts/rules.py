"""The rules of admission, read from ``rules.toml``."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from loccit.terms import DataFileError

__all__ = ["AccountRules", "FailureRules", "PasswordRules", "SessionRules", "load_account_rules"]

_FILE = "accounts/rules.toml"
_COMMON = "common_passwords.txt.gz"


@dataclass(frozen=True, kw_only=True, slots=True)
class PasswordRules:
    """Lengths are in characters after normalisation; ``common`` are passwords in small letters."""

    shortest: int
    longest: int
    own_part: int
    shortest_context: int
    house: tuple[str, ...]
    rows: tuple[str, ...]
    common: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class FailureRules:
    """Waits in seconds. After ``most`` failures in a row a person must open the account."""

    free: int
    first_wait: int
    longest_wait: int
    most: int
    forget_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionRules:
    """How long a session holds, used or not."""

    life: timedelta
    idle: timedelta
    noted: timedelta
    """The last use is written down no more often than this."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountRules:
    """All of them."""

    passwords: PasswordRules
    failures: FailureRules
    sessions: SessionRules
    code_life: timedelta
    refusals: Mapping[str, str]


@cache
def load_account_rules() -> AccountRules:
    """The shipped rules. Raises ``DataFileError`` where the file breaks its form."""
    folder = files("loccit.accounts")
    read = tomllib.loads((folder / "rules.toml").read_text(encoding="utf-8"))
    common = gzip.decompress((folder / _COMMON).read_bytes()).decode("utf-8")
    try:
        told, sessions = read["passwords"], read["sessions"]
        return AccountRules(
            passwords=PasswordRules(
                **{name: _frozen(value) for name, value in told.items()},
                common=frozenset(common.split()),
            ),
            failures=FailureRules(**read["failures"]),
            sessions=SessionRules(
                life=timedelta(minutes=sessions["life_minutes"]),
                idle=timedelta(minutes=sessions["idle_minutes"]),
                noted=timedelta(seconds=sessions["noted_seconds"]),
            ),
            code_life=timedelta(hours=read["codes"]["hours"]),
            refusals=dict(read["refusals"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataFileError(f"{_FILE}: {error}") from error


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
