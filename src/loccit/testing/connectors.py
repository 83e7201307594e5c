"""A fake connector, and what every ``Connector`` must do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from loccit.ports import Connector
from loccit.terms import Fetched, Offer, Offers, SourceError, Unfetched

__all__ = ["CONNECTOR_CHECKS", "ShelfConnector", "check_connector"]

HOSTILE = (
    "",
    " ",
    "\u0000\n\u202e\ud800",
    '"',
    "\\",
    '" OR "1"="1',
    "../../etc/passwd",
    "?api_key=x&y#z",
    "[] {} () <a> %00 %zz",
    "x" * 10_000,
)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class ShelfConnector:
    """A ``Connector`` that asks nobody: sources on a shelf, by their id."""

    name = "shelf"

    def __init__(self, shelf: dict[str, bytes]) -> None:
        self._shelf = shelf

    def find(self, asked: str) -> Offers:
        """What stands on the shelf under a name that begins so; the first is chosen."""
        found = tuple(
            Offer(id=each, title=each, url=f"https://shelf.example.org/{each}")
            for each in sorted(self._shelf)
            if asked and each.startswith(asked)
        )
        if not found:
            raise Unfetched(f"there is no {asked!r} on the shelf")
        return Offers(
            host="shelf.example.org",
            found=found,
            chosen=found[:1],
            why="the first on the shelf",
            total=len(found),
        )

    def fetch(self, offers: Sequence[Offer]) -> Iterator[Fetched | SourceError]:
        """The bytes on the shelf."""
        for offer in offers:
            if offer.id not in self._shelf:
                yield Unfetched("was taken from the shelf", where=f"shelf:{offer.id}")
                continue
            yield Fetched(
                name=f"shelf:{offer.id}",
                url=offer.url,
                retrieved_at="2026-11-27T00:00:00Z",
                data=self._shelf[offer.id],
            )


def check_connector(make: Callable[[], Connector], *, there: str, absent: str) -> None:
    """Run every check on a connector of its own, which has ``there`` and nothing for ``absent``.

    Raises ``AssertionError`` naming the check.
    """
    for check in CONNECTOR_CHECKS:
        try:
            check(make(), there, absent)
        except AssertionError as error:
            error.add_note(f"in {check.__name__}: {check.__doc__}")
            raise


def _check_name(connector: Connector, _there: str, _absent: str) -> None:
    """Its name can stand before a colon."""
    assert re.fullmatch(r"[a-z]{2,20}", connector.name), connector.name


def _check_found(connector: Connector, there: str, _absent: str) -> None:
    """What is there is found, once each, something of it is chosen, and it says why."""
    offers = connector.find(there)
    ids = [each.id for each in offers.found]
    assert ids
    assert len(set(ids)) == len(ids)
    assert offers.chosen
    assert set(offers.chosen) <= set(offers.found)
    assert offers.why
    assert offers.host
    assert offers.total == 0 or offers.total >= len(ids)
    assert all(each.title and each.url.startswith("https://") for each in offers.found)


def _check_found_again(connector: Connector, there: str, _absent: str) -> None:
    """The same question has the same answer."""
    assert connector.find(there) == connector.find(there)


def _check_fetched(connector: Connector, there: str, _absent: str) -> None:
    """What was chosen is fetched, with its address and time."""
    fetched = list(connector.fetch(connector.find(there).chosen))
    assert fetched
    for each in fetched:
        assert isinstance(each, Fetched), each
        assert each.data
        assert each.name
        assert each.url.startswith("https://")
        assert _TIME.fullmatch(each.retrieved_at)


def _check_nothing_asked(connector: Connector, _there: str, _absent: str) -> None:
    """Where nothing is wanted nothing comes."""
    assert list(connector.fetch(())) == []


def _check_absent(connector: Connector, _there: str, absent: str) -> None:
    """What is not there is an error when it is looked for; fetching it raises nothing."""
    assert _raises_unfetched(connector, absent)
    for each in connector.fetch((Offer(id=absent, title=absent),)):
        assert isinstance(each, Fetched | SourceError)


def _check_hostile(connector: Connector, _there: str, _absent: str) -> None:
    """Whatever is asked for, the answer is offers or an error in one line."""
    for asked in HOSTILE:
        told = _told(connector, asked)
        assert told, asked
        assert "\n" not in told, asked


def _told(connector: Connector, asked: str) -> str:
    """The titles found, or the error."""
    try:
        return " ".join(each.title for each in connector.find(asked).found)
    except Unfetched as error:
        return str(error)


def _raises_unfetched(connector: Connector, asked: str) -> bool:
    try:
        connector.find(asked)
    except Unfetched:
        return True
    return False


CONNECTOR_CHECKS: tuple[Callable[[Connector, str, str], None], ...] = (
    _check_name,
    _check_found,
    _check_found_again,
    _check_fetched,
    _check_nothing_asked,
    _check_absent,
    _check_hostile,
)
"""What every ``Connector`` must pass, given what it has and what it has not."""
