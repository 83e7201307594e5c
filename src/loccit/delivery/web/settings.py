"""What whoever runs the pages may set, from the environment; ``docs/serving.md`` lists it all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from loccit.terms import UsageError

__all__ = ["Settings", "settings_from"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Limits of the pages. Rates are requests a minute from one client; nought means no limit."""

    asks_a_minute: int = 120
    """Questions and texts to check: what takes work. As many may come at once."""
    reads_a_minute: int = 1_200
    """All other requests."""
    at_once: int = 2
    """Questions that are worked on at the same time; the others wait for their turn."""
    waiting: int = 200
    """Questions that may wait; further ones are told to come again."""
    keep_days: int = 30
    """Days that an answer outside the library is kept; nought keeps it for as long as there is
    room."""
    approved_only: bool = False
    """Whether readers are shown nothing but what named people approved."""
    sign_ins_a_minute: int = 20
    """Tries to sign in, or to use a code or a password, from one client; as many at once."""
    sign_in_to_read: bool = False
    """Whether asking and reading, too, are for people who have signed in."""
    watch_hours: int = 0
    """Hours between two times that articles in review are held against their sources; nought
    leaves it to whoever runs the pages."""
    watch_fetch: bool = False
    """Whether newer editions are asked for at public interfaces each time first."""
    secure_cookies: bool = False
    """Whether cookies are for https alone: to be set where the pages are served by https."""


_NAMES = {
    "asks_a_minute": "LOCCIT_ASKS_A_MINUTE",
    "reads_a_minute": "LOCCIT_READS_A_MINUTE",
    "sign_ins_a_minute": "LOCCIT_SIGN_INS_A_MINUTE",
    "at_once": "LOCCIT_AT_ONCE",
    "waiting": "LOCCIT_WAITING",
    "keep_days": "LOCCIT_KEEP_DAYS",
    "watch_hours": "LOCCIT_WATCH_HOURS",
}
_AT_LEAST_ONE = frozenset({"at_once"})


def settings_from(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises ``UsageError`` naming one that is no number."""
    given = os.environ if environment is None else environment
    numbers = {
        field: _number(name, given[name], least=int(field in _AT_LEAST_ONE))
        for field, name in _NAMES.items()
        if given.get(name)
    }
    return Settings(
        **numbers,
        sign_in_to_read=_yes("LOCCIT_SIGN_IN_TO_READ", given),
        approved_only=_yes("LOCCIT_APPROVED_ONLY", given),
        watch_fetch=_yes("LOCCIT_WATCH_FETCH", given),
        secure_cookies=given.get("LOCCIT_HTTPS", "") == "1",
    )


def _yes(name: str, given: Mapping[str, str]) -> bool:
    """A door is never left open by a word that was not understood."""
    value = given.get(name, "").strip()
    if value not in {"", "0", "1"}:
        raise UsageError(f"{name}: 1 or 0 is needed, not {value[:20]!r}")
    return value == "1"


def _number(name: str, value: str, *, least: int) -> int:
    if not (value.isascii() and value.isdecimal()) or int(value) < least:
        raise UsageError(
            f"{name}: a whole number of at least {least} is needed, not {value[:20]!r}"
        )
    return int(value)
