"""Random histories of review over ledgers in a database: made-up people, articles and decisions.

The same seed gives the same wishes; the rules of review refuse what they refuse, and what they
accept is written as it is everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from loccit.editorial import Asked, Editorial
from loccit.ports import Ledgers
from loccit.review import load_review_rules
from loccit.terms import (
    Action,
    Article,
    ArticleSection,
    Concept,
    ConceptKind,
    Decision,
    Duty,
    Person,
    Record,
    Refused,
    Statement,
    Verdict,
)
from loccit.testing import described, small_article, small_document

__all__ = ["PEOPLE", "RULES", "history", "made_article"]

RULES = load_review_rules()
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
DECISIONS = (6, 30)
"""Wishes of one history, at least and at most."""
OFTEN = (Action.BEGIN, Action.APPROVE, Action.COMMENT, Action.EDIT, Action.ACCEPT, Action.ADD)
"""What is wished for more often than chance would, so that histories come far."""
DECIDED = tuple(
    each for each in Action if each not in (Action.SUBMIT, Action.REANCHOR, Action.REOPEN)
)


def _person(name: str, *duties: Duty) -> Person:
    return Person(
        id=name.lower(),
        name=name,
        duties=frozenset(duties),
        credentials="MD",
        interests="none",
        declared_on=date(2026, 1, 1),
    )


PEOPLE = (
    _person("Ada", Duty.AUTHOR),
    _person("Rut", Duty.REVIEWER),
    _person("Bo", Duty.BOARD, Duty.REVIEWER),
    _person("Max", Duty.ADMIN),
)


PASSAGES = tuple(quoted.id for quoted, _ in described(small_document()).passages)


def made_article(name: str) -> Article:
    """An article of four sentences on a question that no other name's article answers."""
    article = small_article(f"How much {name}?")
    first = article.bottom_line[0]
    more = tuple(replace(first, id=f"s{number}") for number in (2, 3, 4))
    section = ArticleSection(kind="x", heading="What else", statements=more)
    concept = Concept(text=name, name=name, kind=ConceptKind.DRUG)
    question = replace(article.question, concepts=(concept,))
    return replace(article, question=question, sections=(section,))


class _Sources:
    """Sources that carry whatever is said of them: what is proven here is the writing."""

    def held(self, statement: Statement, article: Article) -> Statement:
        assert article.title
        return replace(statement, verdict=Verdict.SUPPORTED, findings=())

    def quoted(self, passage: str, identity: str) -> tuple[Statement, Record]:
        document = described(small_document())
        quoted, description = next(each for each in document.passages if each[0].id == passage)
        article = small_article(document=document.document.id)
        card = replace(article.references[0].card, sha256=document.document.sha256)
        cited = replace(
            article.bottom_line[0].citations[0],
            passage=quoted.id,
            locator=quoted.locator,
            quote=quoted.text,
        )
        said = replace(article.bottom_line[0], id=identity, text=quoted.text, citations=(cited,))
        return said, Record(passage=quoted, description=description, card=card)


def history(ledgers: Ledgers, seed: int, told: Callable[[Decision], None]) -> None:
    """One history over up to three articles; ``told`` hears of each decision once it is written."""
    chance = Random(seed)
    minutes = iter(range(10_000))
    editorial = Editorial(
        ledgers, _Sources(), RULES, now=lambda: START + timedelta(minutes=next(minutes))
    )
    for person in PEOPLE:
        ledgers.keep_person(person)
    names = [f"h{seed}-{number}" for number in range(chance.randint(1, 3))]
    for name in names:
        author = chance.choice(PEOPLE)
        told(editorial.submit(name, made_article(name), author, min(author.duties)))
    for asked, name in _wishes(editorial, chance, names):
        with suppress(Refused):
            told(editorial.decide(name, asked))


def _wishes(editorial: Editorial, chance: Random, names: list[str]) -> Iterator[tuple[Asked, str]]:
    for number in range(chance.randint(*DECISIONS)):
        name, action = chance.choice(names), chance.choice((*DECIDED, *OFTEN, *OFTEN))
        person = chance.choice(PEOPLE)
        may = sorted(RULES.steps[action].duties & person.duties) or sorted(person.duties)
        sentences = [each.id for each in editorial.text(name).statements()] or ["s1"]
        asked = Asked(
            action=action,
            person=person,
            duty=may[0],
            reason=f"reason {number}, \u2265 5 mg",
            words=f"Take {number} mg of examplamine.",
            target=person.id if action is Action.ASSIGN else chance.choice(sentences),
            passage=chance.choice(PASSAGES),
            due=date(2026, 6, 1),
        )
        yield asked, name
