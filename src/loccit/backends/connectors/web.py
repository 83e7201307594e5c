"""The one client of the network: allowed hosts only, at their pace, with patience and a memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urljoin

import msgspec

from loccit import __version__
from loccit.backends.connectors.addresses import Place, checked, shown
from loccit.backends.connectors.cache import Cache, Kept
from loccit.backends.connectors.exchange import Answer, Faltered, Wire
from loccit.backends.connectors.patience import Pace, pause_after, retry_after
from loccit.backends.connectors.rules import Content, Rules
from loccit.terms import Unfetched

__all__ = ["NotThere", "Wanted", "Web"]

MOVED = frozenset({301, 302, 303, 307, 308})
PASSING = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses after which the same request may succeed."""
ABSENT = frozenset({404, 410})
LONGEST_VALIDATOR = 1024
"""Characters of a header that is sent back."""


class NotThere(Unfetched):
    """The server knows the host's interface but not what was asked for (404, 410)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A request. ``private`` parameters go out with it and are kept and shown nowhere."""

    url: str
    content: str
    """Name of what is expected, as the rules have it: ``json``, ``xml``, ``page``."""
    private: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    has_key: bool = False


class Web:
    """Gets what is wanted, or says why it cannot."""

    def __init__(
        self,
        rules: Rules,
        *,
        wire: Wire,
        cache: Cache,
        pace: Pace,
        contact: str = "",
        announce: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._rules, self._hosts = rules, rules.allowed()
        self._wire, self._cache, self._pace = wire, cache, pace
        self._agent = f"loccit/{__version__}" + (f" ({contact})" if contact else "")
        self._announce = announce
        self._told: set[str] = set()

    def get(self, wanted: Wanted) -> Kept:
        """The answer, from the cache where it is fresh or confirmed. Raises ``Unfetched``."""
        place = checked(wanted.url, self._hosts)
        asked = f"{wanted.content} {place.url}"
        kept = self._cache.entry(asked)
        if kept and 0 <= self._seconds() - kept.checked_at < self._hosts[place.host].fresh_seconds:
            return kept
        return self._persistently(wanted, place, asked, kept)

    def _persistently(self, wanted: Wanted, place: Place, asked: str, kept: Kept | None) -> Kept:
        limits = self._rules.limits
        for tried in range(1, limits.tries + 1):
            try:
                return self._once(wanted, place, asked, kept)
            except Faltered as fault:
                if tried == limits.tries:
                    raise _given_up(fault, tried) from None
                pause = pause_after(tried, limits, asked=fault.after, chance=self._pace.chance)
                if pause > limits.longest_pause_seconds:
                    cure = f"it asks to wait {pause:.0f} seconds: try again then"
                    raise Unfetched(fault.cause, cure=cure) from None
                self._announce(f"{fault.cause}; trying again in {pause:.1f} s")
                self._pace.pause(pause)
        raise AssertionError("unreachable")

    def _once(self, wanted: Wanted, place: Place, asked: str, kept: Kept | None) -> Kept:
        content = self._rules.content(wanted.content)
        final, answer = self._followed(wanted, place, content, kept)
        if answer.status == HTTPStatus.NOT_MODIFIED and kept:
            fresh = self._confirmed(kept)
        else:
            _refuse_failure(answer, final.host, self._pace.now())
            _refuse_type(answer, final.host, content)
            fresh = self._taken(answer, final, asked)
        if "no-store" not in answer.headers.get("cache-control", "").lower():
            self._cache.keep(fresh)
        return fresh

    def _followed(
        self, wanted: Wanted, place: Place, content: Content, kept: Kept | None
    ) -> tuple[Place, Answer]:
        """The answer at the end of all redirects, and its place, without private parameters."""
        private = wanted.private
        names = {name for name, _ in private}
        for _ in range(self._rules.limits.redirects + 1):
            self._let_pass(place.host, has_key=wanted.has_key)
            headers = self._headers(place, content, kept)
            answer = self._wire.ask(place.given(private), headers, most=content.most_bytes)
            if answer.status not in MOVED:
                return place, answer
            onward = self._onward(place, answer).without(names)
            if onward.host != place.host:
                private = ()
            place = onward
        raise Unfetched(f"{place.host} leads from one address to the next without end")

    def _onward(self, place: Place, answer: Answer) -> Place:
        location = answer.headers.get("location", "")
        try:
            onward = urljoin(place.url, location)
        except ValueError:
            onward = ""
        try:
            return checked(onward, self._hosts)
        except Unfetched as refused:
            cause = f"{place.host} led to {shown(location) or 'nowhere'}: {refused.cause}"
            raise Unfetched(cause) from None

    def _let_pass(self, host: str, *, has_key: bool) -> None:
        if host not in self._told:
            self._told.add(host)
            self._announce(f"asking {host}")
        rule = self._hosts[host]
        faster = rule.seconds_between_with_key if has_key else None
        self._pace.wait(host, faster or rule.seconds_between)

    def _headers(self, place: Place, content: Content, kept: Kept | None) -> dict[str, str]:
        headers = {
            "User-Agent": self._agent,
            "Accept": ", ".join(content.types),
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        if kept and kept.url == place.url:
            if kept.etag:
                headers["If-None-Match"] = kept.etag
            if kept.modified:
                headers["If-Modified-Since"] = kept.modified
        return headers

    def _taken(self, answer: Answer, final: Place, asked: str) -> Kept:
        return Kept(
            asked=asked,
            url=final.url,
            retrieved_at=self._time(),
            checked_at=self._seconds(),
            etag=_plain_header(answer.headers.get("etag", "")),
            modified=_plain_header(answer.headers.get("last-modified", "")),
            sha256=hashlib.sha256(answer.data).hexdigest(),
            data=answer.data,
        )

    def _confirmed(self, kept: Kept) -> Kept:
        at = {"retrieved_at": self._time(), "checked_at": self._seconds()}
        return msgspec.structs.replace(kept, **at)

    def _time(self) -> str:
        return self._pace.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def _seconds(self) -> float:
        return self._pace.now().timestamp()


def _refuse_failure(answer: Answer, host: str, now: datetime) -> None:
    if answer.status == HTTPStatus.OK:
        return
    if answer.status in PASSING:
        busy = answer.status == HTTPStatus.TOO_MANY_REQUESTS
        what = "is asked too often" if busy else f"failed ({answer.status})"
        fault = Faltered(f"{host} {what}")
        fault.after = retry_after(answer.headers.get("retry-after", ""), now)
        raise fault
    if answer.status in ABSENT:
        raise NotThere(f"{host} has nothing at this address ({answer.status})")
    cure = "check what was asked for, and the key if one is set"
    raise Unfetched(f"{host} refused ({answer.status})", cure=cure)


def _refuse_type(answer: Answer, host: str, content: Content) -> None:
    told = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if told not in content.types:
        what = "a web page" if "html" in told else shown(told) or "something of no stated type"
        raise Unfetched(f"{host} sent {what} where {content.called} was expected")


def _given_up(fault: Faltered, tries: int) -> Unfetched:
    return Unfetched(f"{fault.cause}, {tries} times", cure="try again later")


def _plain_header(value: str) -> str:
    """A validator that can be sent back; nothing where it could break a header."""
    return (
        value if value.isascii() and value.isprintable() and len(value) < LONGEST_VALIDATOR else ""
    )
