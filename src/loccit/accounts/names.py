"""Names by which people sign in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from loccit.terms import PROGRAM_ID, Person, UsageError

__all__ = ["checked_id", "folded", "named"]

LONGEST = 64
_ID = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")


def folded(said: str) -> str:
    """A name as it is compared: case and form of its characters do not count.

    >>> folded(" Rut ")
    'rut'
    """
    return unicodedata.normalize("NFKC", said).strip().casefold()[:LONGEST]


def named(people: Iterable[Person], said: str) -> Person | None:
    """Who is called so: by the very id, else by one that is only written otherwise."""
    everybody = list(people)
    exact = (each for each in everybody if each.id == said)
    alike = (each for each in everybody if folded(each.id) == folded(said))
    return next(exact, None) or next(alike, None)


def checked_id(said: str) -> str:
    """A name that may be given to somebody. Raises ``UsageError`` saying what it may hold."""
    name = unicodedata.normalize("NFKC", said).strip().casefold()
    if not _ID.fullmatch(name):
        raise UsageError(
            "the name to sign in with has 1 to 64 characters: small letters a to z, digits, and "
            "between them . _ -"
        )
    if name == PROGRAM_ID:
        raise UsageError(f"{name}: under this name the program writes; choose another")
    return name
