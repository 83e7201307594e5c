"""Licences that articles name, as records that export obeys."""

from __future__ import annotations

import re

from loccit.terms import Licence

__all__ = ["named_licence"]

_CREATIVE_COMMONS = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<terms>by(?:-nc|-nd|-sa)*)(?:/(?P<number>[\d.]+))?"
    r"|publicdomain/(?P<domain>zero|mark))",
    re.IGNORECASE,
)
_WORDS = (
    (re.compile(r"apache\.org/licenses/LICENSE-2\.0|Apache License,? Version 2\.0"), "Apache-2.0"),
    (re.compile(r"Attribution[- ]Non-?Commercial[- ]No-?Deriv", re.IGNORECASE), "CC BY-NC-ND"),
    (re.compile(r"Attribution[- ]Non-?Commercial[- ]Share-?Alike", re.IGNORECASE), "CC BY-NC-SA"),
    (re.compile(r"Attribution[- ]Non-?Commercial", re.IGNORECASE), "CC BY-NC"),
    (re.compile(r"Attribution[- ]Share-?Alike", re.IGNORECASE), "CC BY-SA"),
    (re.compile(r"Creative Commons CC0|public domain dedication", re.IGNORECASE), "CC0 1.0"),
    (re.compile(r"Creative Commons Attribution", re.IGNORECASE), "CC BY"),
    (re.compile(r"public domain", re.IGNORECASE), "Public domain"),
)
_FREE = re.compile(r"CC BY(-SA)?( [\d.]+)?|CC0 1\.0|Public domain|Apache-2\.0")
"""Licences whose texts anyone may pass on, for any purpose."""


def named_licence(text: str, *, url: str = "", attribution: str = "") -> Licence | None:
    """The licence that an address or a licence paragraph names; none where it names none we know.

    >>> named_licence("", url="https://creativecommons.org/licenses/by-nc/4.0/").name
    'CC BY-NC 4.0'
    """
    found = _CREATIVE_COMMONS.search(url) or _CREATIVE_COMMONS.search(text)
    if found:
        name = _creative_commons(found)
        url = url or f"https://{found.group()}"
    else:
        name = next((name for pattern, name in _WORDS if pattern.search(f"{url} {text}")), "")
    if not name:
        return None
    return Licence(
        name=name,
        url=url,
        redistributable=_FREE.fullmatch(name) is not None,
        attribution=attribution,
    )


def _creative_commons(found: re.Match[str]) -> str:
    if found["domain"]:
        return "CC0 1.0" if found["domain"].lower() == "zero" else "Public domain"
    number = (found["number"] or "").strip(".")
    number = f"{number}.0" if number.isdigit() else number
    return f"CC {found['terms'].upper()} {number}".strip()
