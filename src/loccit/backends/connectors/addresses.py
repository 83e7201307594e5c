"""Which addresses may be asked: listed hosts over https, at places in the public network.

Both are decided anew for each redirect. Names are held against a list, so that an address in
numbers, in whatever notation, is never accepted as one; what a name resolves to is checked, and the
connection is made to the very address that was checked (a second look-up could say otherwise).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from loccit.terms import Unfetched

__all__ = [
    "PORT",
    "NotListed",
    "Place",
    "Resolve",
    "checked",
    "is_public",
    "public_addresses",
    "shown",
]

PORT = 443
LONGEST = 4096
"""Characters of an address; servers refuse longer ones."""
LONGEST_SHOWN = 100

Resolve = Callable[[str], Sequence[str]]
"""The numeric addresses of a host name, as the system finds them. Raises ``OSError``."""

_ODD = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]")
"""White space, control characters, the backslash, half characters: what readers of addresses differ
on."""
_SAFE_PATH = "/%:@!$&'()*+,;=~-._"
_SAFE_QUERY = _SAFE_PATH + "?"
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotListed(Unfetched):
    """The host is not one of those that may be asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An address that may be asked."""

    host: str
    target: str
    """Path and query, in ASCII."""

    @property
    def url(self) -> str:
        """The whole address."""
        return f"https://{self.host}{self.target}"

    def given(self, parameters: Sequence[tuple[str, str]]) -> Place:
        """The place with further parameters in its query."""
        if not parameters:
            return self
        joint = "&" if "?" in self.target else "?"
        return Place(host=self.host, target=f"{self.target}{joint}{urlencode(parameters)}")

    def without(self, names: Container[str]) -> Place:
        """The place without the parameters of these names, which are nobody's to keep."""
        path, mark, query = self.target.partition("?")
        pairs = parse_qsl(query, keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if name not in names]
        if len(kept) == len(pairs):
            return self
        return Place(host=self.host, target=path + (mark + urlencode(kept) if kept else ""))


def checked(address: str, hosts: Container[str]) -> Place:
    """The place that ``address`` names. Raises ``Unfetched`` where it may not be asked."""
    if len(address) > LONGEST or _ODD.search(address):
        raise Unfetched("is no address that can be asked", where=shown(address))
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise Unfetched("is no address that can be asked", where=shown(address)) from None
    if parts.scheme.lower() != "https":
        raise Unfetched("only https is used", where=shown(address))
    if "@" in parts.netloc or port not in (None, PORT):
        raise Unfetched("an address with a user or a port is not asked", where=shown(address))
    if host not in hosts:
        cause = f"{shown(host) or 'this'} is not on the list of hosts"
        raise NotListed(cause, where=shown(address))
    path = quote(parts.path or "/", safe=_SAFE_PATH)
    query = f"?{quote(parts.query, safe=_SAFE_QUERY)}" if parts.query else ""
    return Place(host=host, target=path + query)


def shown(address: str) -> str:
    """An address as a message shows it: without its query, printable and short."""
    start = address.partition("?")[0].partition("#")[0]
    scheme, mark, rest = start.partition("://")
    user, at, after = rest.partition("@")
    plain = f"{scheme}{mark}{after if at and '/' not in user else rest}"
    return "".join(each if each.isprintable() else "?" for each in plain)[:LONGEST_SHOWN]


def public_addresses(host: str, resolve: Resolve) -> tuple[str, ...]:
    """The addresses of a host, each once. Raises ``Unfetched`` if any is not public.

    One inside address among public ones is how a name is made to lead inside every other time.
    """
    found = tuple(dict.fromkeys(resolve(host)))
    for address in found:
        if not is_public(address):
            raise Unfetched(f"{host} leads to {address}, inside a network; refused")
    return found


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public network, also behind a notation for IPv4."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    ip = _carried(ip)
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _GLOBAL_UNICAST:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _carried(ip: _Ip) -> _Ip:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, NAT64), or itself."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip
