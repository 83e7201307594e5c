"""A site over a made-up engine, and a client that sends forms as a browser does."""

from __future__ import annotations

import re

from articles import abstention, article, document, question, record
from starlette.testclient import TestClient

from loccit.delivery.case_form import cleared
from loccit.delivery.web import Settings, create_app
from loccit.terms import (
    BaseError,
    Checked,
    Claim,
    Coverage,
    NotInBase,
    PatientFacts,
    Report,
    UsageError,
)
from loccit.testing import InMemoryArticles

TOKEN = re.compile(r'name="token" value="([^"]+)"')


class Browser(TestClient):
    """Sends a form with the token of our pages, unless the form brings one."""

    def post(self, url, *, data=None, **more):
        if isinstance(data, dict) and "token" not in data:
            data = {**data, "token": self.token()}
        return super().post(url, data=data, **more)

    def token(self):
        return TOKEN.search(self.get("/").text).group(1)


class FakeBase:
    def __init__(self):
        self.state = "b1"

    def passage(self, passage):
        if not passage.startswith("a1b2"):
            raise NotInBase("no passage is called that; copy the id")
        return record()

    def document(self, name):
        if name != document().id:
            raise NotInBase(f"no document is called {name!r}")
        return document()

    def cards(self, *, series=""):
        return [record().card]

    def coverage(self):
        return Coverage(documents=1, passages=2)

    def digest(self):
        return self.state


class FakeEngine:
    """Answers anything, and remembers what it was given."""

    def __init__(self):
        self.base = FakeBase()
        self.asked = []

    def ask(self, text, *, audience, given, jurisdiction, follows, keep):
        if not text.strip():
            raise UsageError("a question of 1 to 8000 characters is needed")
        if text == "broken":
            raise ZeroDivisionError(f"the words were {text!r}")
        if text == "no base":
            raise BaseError("/secret/base: cannot open")
        facts = given(PatientFacts())
        self.asked.append((text, str(audience), facts, jurisdiction))
        changes = {"audience": audience} if audience else {}
        read = cleared(text)  # as the engine reads it, without identifiers
        asked = question(text=read, patient=facts, **changes)
        if text == "unanswerable":
            return abstention(question=asked, evidence_digest=self.base.state)
        return article(question=asked, title=read, evidence_digest=self.base.state, **changes)

    def check(self, document):
        if "broken" in document.text:
            raise ZeroDivisionError(document.text)
        claim = Claim(text=document.text, start=0, end=len(document.text))
        sentence = Checked(claim=claim, verdict=None)
        return Report(name=document.title, text=document.text, sentences=(sentence,))


def site(engine=None, *, articles=None, **settings):
    """A browser at a site that keeps answers in memory."""
    kept = InMemoryArticles() if articles is None else articles
    made = FakeEngine() if engine is None else engine
    app = create_app(
        lambda: made,
        articles_kept=lambda: kept or None,
        hosts=("testserver",),
        settings=Settings(**settings),
    )
    return Browser(app, raise_server_exceptions=False, follow_redirects=False)
