"""Pages, PDFs and XML of publishers on the list, or named by the user, by their address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loccit.backends.connectors.addresses import NotListed, Place, checked
from loccit.backends.connectors.rules import Rules
from loccit.backends.connectors.web import Wanted, Web
from loccit.terms import Fetched, Offer, Offers, SourceError, Unfetched

__all__ = ["Pages"]

TO_ALLOW = (
    "save the page and add the file, or name the host in LOCCIT_HOSTS if you trust its publisher"
)


class Pages:
    """``https://…``."""

    name = "https"

    def __init__(self, web: Web, rules: Rules) -> None:
        self._web, self._instead, self._hosts = web, rules.pages.instead, rules.allowed()

    def find(self, asked: str) -> Offers:
        """The page itself, which is not asked for yet; see the port."""
        place = self._place(f"https:{asked}")
        page = Offer(id=place.url, title=place.url, url=place.url)
        return Offers(host=place.host, found=(page,), chosen=(page,), why="the address given")

    def fetch(self, offers: Sequence[Offer]) -> Iterator[Fetched | SourceError]:
        """The page, and where redirects led for it; see the port."""
        for offer in offers:
            try:
                kept = self._web.get(Wanted(url=offer.id, content="page"))
            except Unfetched as error:
                yield error.at(offer.id)
                continue
            yield Fetched(
                name=kept.url,
                url=kept.url,
                retrieved_at=kept.retrieved_at,
                data=kept.data,
                is_page=True,
            )

    def _place(self, address: str) -> Place:
        self._send_elsewhere(address)
        try:
            place = checked(address, self._hosts)
        except NotListed as refused:
            raise NotListed(refused.cause, where=refused.where, cure=TO_ALLOW) from None
        if way := self._hosts[place.host].instead:
            raise Unfetched(f"{place.host} is asked by its interface", cure=f"add {way}")
        return place

    def _send_elsewhere(self, address: str) -> None:
        """Raises ``Unfetched`` where an interface gives what the page holds."""
        host, slash, rest = address.removeprefix("https://").partition("/")
        for instead in self._instead:
            if way := instead.way(host.lower(), slash + rest):
                raise Unfetched(
                    "this page is better had from an interface", where=address, cure=f"add {way}"
                )
