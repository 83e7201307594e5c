"""A site whose articles are reviewed by made-up people over made-up sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from articles import article, card, record, statement
from site_client import Browser, FakeEngine

from loccit.delivery.web import Settings, create_app
from loccit.editorial import Asked, Editorial
from loccit.review import load_review_rules
from loccit.terms import Action, Duty, Found, NotInBase, Person, Verdict
from loccit.testing import InMemoryArticles, InMemoryLedgers

MORNING = datetime(2026, 5, 1, 9, tzinfo=UTC)


def person(name, *duties, **changes):
    whole = Person(
        id=name,
        name=f"{name.title()} Example",
        duties=frozenset(duties),
        credentials="PharmD",
        interests="none",
        declared_on=date(2026, 1, 1),
    )
    return replace(whole, **changes)


ADA = person("ada", Duty.AUTHOR)
RUT = person("rut", Duty.REVIEWER, interests="speaker for Example Works")
BO = person("bo", Duty.BOARD)
PEOPLE = (ADA, RUT, BO, person("max", Duty.ADMIN), person("eve", Duty.READER))


MORE = replace(
    record(), passage=replace(record().passage, text="Examplamine may be taken with food.")
)
"""A passage of a source that is cited, in words that no draft has."""


def draft(**changes):
    """An article in which each statement has an id of its own, and all are supported."""
    numbers = iter(range(1, 1000))
    return article(**changes).with_statements(
        lambda group: tuple(
            replace(each, id=f"s{next(numbers)}", verdict=Verdict.SUPPORTED, findings=())
            for each in group
        )
    )


class Drafting(FakeEngine):
    """Answers with drafts, holds every sentence without the word 'wrong', quotes one passage."""

    def __init__(self):
        super().__init__()
        self.base.search = lambda request: [Found(record=MORE, score=1.0)]

    def ask(self, text, **how):
        answer = super().ask(text, **how)
        return draft(
            question=answer.question, title=answer.title, audience=answer.question.audience
        )

    def held(self, said, _article):
        wrong = "wrong" in said.text
        return replace(said, verdict=Verdict.NOT_FOUND if wrong else Verdict.SUPPORTED)

    def quoted(self, passage, identity):
        if passage != MORE.passage.id:
            raise NotInBase("no passage is called that")
        said = statement(MORE.passage.text, id=identity, verdict=Verdict.SUPPORTED)
        return said, replace(MORE, card=card())


class Everybody:
    """A session for each person, whose token is their id."""

    def __init__(self, ledgers):
        self._ledgers = ledgers

    def person(self, token):
        return next((each for each in self._ledgers.people() if each.id == token), None)


class House:
    """A deployment with its people, articles and clock."""

    def __init__(self, *, needed=1, engine=None, **settings):
        self.ledgers, self.articles = InMemoryLedgers(), InMemoryArticles()
        for each in PEOPLE:
            self.ledgers.keep_person(each)
        self.engine = engine or Drafting()
        hours = iter(range(100_000))
        self.editorial = Editorial(
            self.ledgers,
            self.engine,
            replace(load_review_rules(), approvals_needed=needed),
            now=lambda: MORNING + timedelta(hours=next(hours)),
        )
        self.settings = Settings(asks_a_minute=0, reads_a_minute=0, **settings)
        self.app = self.served(lambda: Everybody(self.ledgers))

    def served(self, admission):
        """The pages of this house."""
        return create_app(
            lambda: self.engine,
            articles_kept=lambda: self.articles,
            admission=admission,
            editorial=lambda: self.editorial,
            hosts=("testserver",),
            settings=self.settings,
        )

    def browser(self, who=""):
        """A browser in which ``who`` has signed in."""
        cookies = {"loccit_session": who} if who else {}
        return Browser(
            self.app, raise_server_exceptions=False, follow_redirects=False, cookies=cookies
        )

    def kept(self, text=None, *, listed=False):
        """The id of an answer that is kept."""
        answer = text or draft()
        kept = self.articles.keep(answer, key=answer.title)
        if listed:
            self.articles.publish(kept.place.article, 1)
        return kept.place.article

    def in_review(self, text=None, **how):
        """The id of an article that was submitted and taken up."""
        name = self.kept(text, **how)
        self.editorial.submit(name, text or draft(), ADA, Duty.AUTHOR)
        self.take(name, Action.BEGIN, RUT)
        return name

    def approved(self, text=None, **how):
        """The id of an article of which an edition is published."""
        name = self.in_review(text, **how)
        self.take(name, Action.APPROVE, RUT)
        return name

    def take(self, name, action, who, **more):
        """Take a decision as that person."""
        asked = Asked(action=action, person=who, duty=min(who.duties), **more)
        return self.editorial.decide(name, asked)
