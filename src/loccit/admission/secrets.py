"""What only its holder knows: tokens of sessions and one-time codes. Only digests are kept."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets

from loccit.accounts import folded

__all__ = ["as_code", "digest_of", "key_of", "new_code", "new_token"]

CODE_BYTES = 10
"""80 bits: codes hold for a day at most, and tries at them are counted."""
TOKEN_BYTES = 32
_MISREAD = str.maketrans("018", "OIB")
"""Digits that no code holds, and the letters that are meant by them."""


def new_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code() -> str:
    """A code that nobody can guess, and that can be read out: four groups of four."""
    plain = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()
    return "-".join(re.findall("....", plain))


def as_code(said: str) -> str:
    """A code as it is compared: blanks, dashes and case do not count, nor digits for letters.

    >>> as_code("abcd ef01")
    'ABCDEFOI'
    """
    return re.sub(r"[\s-]+", "", said[:200]).upper().translate(_MISREAD)


def key_of(name: str) -> str:
    """Under what failures are kept: no name, since what is typed there may be a password."""
    return digest_of(f"loccit name: {folded(name)}")


def digest_of(secret: str) -> str:
    """SHA-256 of a token or code: as long as either cannot be guessed, this is no help to guess."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
