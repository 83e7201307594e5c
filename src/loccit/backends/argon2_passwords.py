"""``Passwords`` by argon2id, the winner of the Password Hashing Competition (RFC 9106)."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

__all__ = ["Argon2Passwords"]


class Argon2Passwords:
    """Hashes with the second choice of RFC 9106 unless told otherwise: 64 MiB, three passes."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._nobodys = self._hasher.hash(secrets.token_urlsafe(32))

    def hashed(self, password: str) -> str:
        """A hash with a salt of its own and its parameters."""
        return self._hasher.hash(password)

    def agrees(self, stored: str, password: str) -> bool:
        """Whether the password is that of the hash; takes as long for no hash, and is false."""
        try:
            found = self._hasher.verify(stored or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return found and bool(stored)

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than are used now."""
        return self._hasher.check_needs_rehash(stored)
