"""What a public interface offers when it is asked, and what was fetched from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Fetched", "Offer", "Offers"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A source that could be loaded, as the interface lists it."""

    id: str
    """As the interface names it: a set id, a PMID, a PMCID, an address."""
    title: str
    publisher: str = ""
    """The manufacturer of a label's drug, the journal of an article."""
    version: str = ""
    published_on: date | None = None
    url: str = ""
    """The public page, for a person to read."""
    detail: str = ""
    """What else helps to choose, e.g. publication types."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offers:
    """The answer to one request: what was found, what was chosen of it, and why."""

    host: str
    """Whose answer it is."""
    found: tuple[Offer, ...] = ()
    """Best first."""
    chosen: tuple[Offer, ...] = ()
    why: str = ""
    total: int = 0
    """How many the interface has, more than ``found`` where only the first were asked for; nought
    where nobody was asked yet."""
    notice: str = ""
    """What the interface wants to be shown with its answers, in its own words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """Bytes as they were published, and when they came from where."""

    name: str
    """For messages."""
    url: str
    """The address they came from, after redirects, without keys."""
    retrieved_at: str
    """UTC, to the second: ``2026-11-27T09:30:00Z``. When they came, or were last confirmed."""
    data: bytes
    is_page: bool = False
    """Whether ``url`` is a page of its own, so that it names the work."""
