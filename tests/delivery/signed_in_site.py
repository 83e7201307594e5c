"""A site on which people sign in, over fakes and a clock that a test moves."""

from __future__ import annotations

from people import ADA, NEW, RUT, House
from site_client import TOKEN, Browser, FakeEngine

from loccit.delivery.web import Settings, create_app
from loccit.testing import InMemoryArticles

__all__ = ["ADA", "NEW", "RUT", "House", "Visitor", "site_of"]


class Visitor(Browser):
    """A browser that takes the token of the page whose form it sends."""

    def token(self):
        return TOKEN.search(self.get("/sign-in").text or "").group(1)

    def post(self, url, *, data=None, **more):
        if isinstance(data, dict) and "token" not in data:
            data = {**data, "token": self.form_token()}
        return super().post(url, data=data, **more)

    def form_token(self):
        """The token that this browser holds, or that a page gives it."""
        held = self.cookies.get("loccit_form")
        if held is None:
            self.get("/welcome")
            held = self.cookies["loccit_form"]
        return held

    def sign_in(self, name="ada", password=ADA, to="/account"):
        return self.post("/sign-in", data={"name": name, "password": password, "to": to})


def site_of(house, *, address="http://testserver", warn=None, **settings):
    """A visitor of the pages of a house; its application is ``visitor.app``."""
    articles = InMemoryArticles()
    settings.setdefault("sign_ins_a_minute", 0)
    app = create_app(
        FakeEngine,
        articles_kept=lambda: articles,
        admission=lambda: house and house.admission,
        hosts=("testserver", "127.0.0.1"),
        settings=Settings(**settings),
        warn=warn or (lambda _: None),
    )
    return Visitor(app, base_url=address, raise_server_exceptions=False, follow_redirects=False)
