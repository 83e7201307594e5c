"""What a deployment says of its institution, in ``accounts.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from loccit.terms import Duty, UsageError

__all__ = ["OidcSettings", "oidc_settings"]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts of this machine: the only ones that may be asked without https."""
UNKNOWN = frozenset({"refuse", "reader"})
_TEXTS = ("issuer", "client_id", "name", "unknown", "roles_claim", "address", "secret_file")


@dataclass(frozen=True, kw_only=True, slots=True)
class OidcSettings:
    """``hosts`` may be asked besides the issuer's; ``needs`` are claims that must have a value.

    ``roles`` turn values of ``roles_claim`` into roles; without that claim's name the institution
    tells nothing of roles. ``address`` is where browsers reach these pages, if they cannot tell.
    """

    issuer: str
    client_id: str
    secret: str
    name: str = "Sign in at your institution"
    unknown: str = "refuse"
    roles_claim: str = ""
    roles: Mapping[str, frozenset[Duty]] = field(default_factory=dict)
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()
    address: str = ""


def oidc_settings(told: Any, *, secret: str, where: str) -> OidcSettings:
    """The settings in the table ``oidc``. Raises ``UsageError`` naming the one that is wrong."""
    try:
        return _read(told, secret)
    except (KeyError, TypeError, ValueError, OSError) as error:
        cause = f"{error.args[0]!r} is lacking" if isinstance(error, KeyError) else str(error)
        raise UsageError(f"{where}: [oidc]: {cause}; docs/accounts.md shows the settings") from None


def _read(told: Any, secret: str) -> OidcSettings:
    known = {*_TEXTS, "roles", "needs", "hosts"}
    if not isinstance(told, dict) or not set(told) <= known:
        raise ValueError(f"it takes {', '.join(sorted(known))}")
    _must_go_together(told)
    texts = {name: _text(name, told[name]) for name in _TEXTS if name in told}
    file = texts.pop("secret_file", "")
    written = Path(file).read_text(encoding="utf-8").strip() if file else ""
    unknown = texts.get("unknown", "refuse")
    if unknown not in UNKNOWN:
        raise ValueError(f"unknown is one of {', '.join(sorted(UNKNOWN))}")
    for name in ("issuer", "address"):
        if name in texts:
            texts[name] = _address(name, texts[name])
    issuer, client = texts.pop("issuer", None), texts.pop("client_id", None)
    if not issuer or not client:
        raise KeyError("issuer" if not issuer else "client_id")
    return OidcSettings(
        issuer=issuer,
        client_id=client,
        secret=secret or written,
        roles={value: _duties(named) for value, named in _table("roles", told).items()},
        needs={claim: frozenset(_list(v)) for claim, v in _table("needs", told).items()},
        hosts=_hosts(told),
        **texts,
    )


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is a text")
    return value.strip()


def _address(name: str, value: str) -> str:
    """An address without a slash at its end, by https unless it is on this machine."""
    parts = urlsplit(value)
    local = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(f"{name} is an address such as https://login.example.org")
    if parts.scheme != "https" and not local:
        raise ValueError(f"{name}: only https is used")
    return value if name == "issuer" else value.rstrip("/")


def _table(name: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
    table = told.get(name, {})
    if not isinstance(table, dict):
        raise TypeError(f"{name} is a table")
    return table


def _list(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [_text("each value", each) for each in values]


def _duties(named: Any) -> frozenset[Duty]:
    known = {str(each): each for each in Duty if each is not Duty.PROGRAM}
    if strange := [each for each in _list(named) if each not in known]:
        raise ValueError(f"{strange[0]!r} is no role; roles are {', '.join(known)}")
    return frozenset(known[each] for each in _list(named))


def _hosts(told: Mapping[str, Any]) -> frozenset[str]:
    hosts = frozenset(each.casefold() for each in _list(told.get("hosts", [])))
    if wrong := sorted(each for each in hosts if "/" in each):
        raise ValueError(f"hosts are names such as keys.example.org, no addresses: {wrong[0]}")
    return hosts


def _must_go_together(told: Mapping[str, Any]) -> None:
    """Either alone would make everybody a reader, or give no role that the file promises."""
    if ("roles" in told) != ("roles_claim" in told):
        raise ValueError("roles_claim names the claim, and [oidc.roles] its values: set both")
