"""The code by which whoever started the pages makes the first administrator."""

from __future__ import annotations

import hmac

from loccit.admission import as_code, digest_of, new_code

__all__ = ["Founding"]


class Founding:
    """A code of this process: shown in its terminal, kept in no file, and known to nobody else."""

    def __init__(self) -> None:
        self.code = new_code()

    def knows(self, said: str) -> bool:
        """Whether this is the code, however it is typed."""
        return hmac.compare_digest(digest_of(as_code(said)), digest_of(as_code(self.code)))
