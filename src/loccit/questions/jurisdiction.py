"""Where a question wants sources to hold."""

from __future__ import annotations

import re

from loccit.terms import UsageError

__all__ = ["jurisdiction_from"]

_KNOWN = re.compile(r"[A-Z]{2}|INT")
_OTHER_NAMES = {"UK": "GB", "USA": "US", "EL": "GR"}
"""Common names that are no code of ISO 3166."""


def jurisdiction_from(said: str) -> str:
    """The ISO 3166 code of a country, or ``INT``; nothing where nothing was said.

    Raises ``UsageError`` for what is neither.

    >>> jurisdiction_from("uk")
    'GB'
    """
    code = said.strip().upper()
    code = _OTHER_NAMES.get(code, code)
    if code and not _KNOWN.fullmatch(code):
        raise UsageError(f"jurisdiction {said!r}: a country of two letters (GB) or INT is needed")
    return code
