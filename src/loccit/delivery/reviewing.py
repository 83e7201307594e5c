"""Review from the command line: who decides what, and where articles stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from loccit.accounts import folded
from loccit.editorial import Asked, Editorial
from loccit.publication.showing import joined, on_one_line
from loccit.questions import patient_from_option
from loccit.review import duty_for
from loccit.terms import (
    PROGRAM_ID,
    Action,
    Article,
    Audience,
    Decision,
    Duty,
    LoccitError,
    NoSuchArticle,
    Person,
    Review,
    Reviewed,
    UsageError,
)
from loccit.wiring import make_engine, open_articles, open_base, open_editorial, open_ledgers

__all__ = [
    "audited",
    "decided",
    "duty_of",
    "enter_person",
    "history",
    "opened",
    "people_lines",
    "person_of",
    "standing",
    "submitted",
    "submitted_kept",
]

ANONYMOUS = frozenset({Duty.PROGRAM})


def opened(base: Path | None) -> Editorial:
    """The review of the articles of a base."""
    held = open_base(base)
    return open_editorial(make_engine(held), held.folder)


def person_of(name: str, base: Path | None) -> Person:
    """The person of that id. Raises ``UsageError`` naming how to enter one."""
    for each in open_ledgers(base).people():
        if each.id == name:
            return each
    raise UsageError(f"{name}: nobody of this id may decide; enter them: loccit review person")


def duty_of(person: Person, action: Action, editorial: Editorial, named: str) -> Duty:
    """The role named, or one of the person's that may take this step."""
    if named and named not in set(Duty):
        raise UsageError(f"{named}: is no role; one of {', '.join(sorted(person.duties))} is meant")
    if named:
        return Duty(named)
    found = duty_for(person, action, editorial.rules)
    return found or min(person.duties, default=Duty.READER)


def submitted(
    words: str,
    person: Person,
    base: Path | None,
    *,
    audience: Audience | None = None,
    patient: str = "",
) -> str:
    """Compose the article on a question and submit it; its id."""
    held = open_base(base)
    engine = make_engine(held)
    given = partial(patient_from_option, patient)
    answer = engine.ask(words, audience=audience, given=given, keep=False)
    if not isinstance(answer, Article):
        raise LoccitError(f"there is no article to submit: {answer.reason}")
    return _submitted(answer.id, answer, person, open_editorial(engine, held.folder))


def submitted_kept(article: str, version: int, person: Person, base: Path | None) -> str:
    """Submit an answer that the pages keep, under its own id. Raises ``NoSuchArticle``."""
    held = open_base(base)
    articles = open_articles(held.folder, days=0, warn=lambda _: None)
    if articles is None:
        raise NoSuchArticle("no answers are kept here")
    answer = articles.answer(article, version).answer
    if not isinstance(answer, Article):
        raise LoccitError(f"there is no article to submit: {answer.reason}")
    return _submitted(article, answer, person, open_editorial(make_engine(held), held.folder))


def _submitted(name: str, text: Article, person: Person, editorial: Editorial) -> str:
    editorial.submit(name, text, person, duty_of(person, Action.SUBMIT, editorial, ""))
    return name


def decided(article: str, asked: Asked, base: Path | None) -> Review:
    """Write a decision down; where the article stands then."""
    editorial = opened(base)
    editorial.decide(article, asked)
    return editorial.review(article)


def standing(
    article: str, base: Path | None, *, edition: int = 0
) -> tuple[Article, Reviewed | None]:
    """The text of an article as it is, or an approved edition, and where that text stands."""
    editorial = opened(base)
    text = editorial.edition(article, edition)[0] if edition else editorial.text(article)
    return text, editorial.standing(article, text)


def history(article: str, base: Path | None) -> Iterator[str]:
    """The ledger of an article, a line for each decision."""
    for each in opened(base).ledger(article).decisions:
        yield _line(each)


def _line(decision: Decision) -> str:
    what = decision.action.replace("_", " ")
    said = "; ".join(filter(None, (decision.words, decision.reason)))
    named = "" if decision.action is Action.SUBMIT else decision.target or decision.passage
    plain = " ".join(each.partition("=")[0] for each in named.split())  # without what marks them
    about = f" {plain}" if plain else ""
    when = decision.at.strftime("%Y-%m-%d %H:%M")
    told = f": {said}" if said else ""
    line = f"{decision.number} {when} {decision.who} ({decision.duty}) {what}{about}{told}"
    return on_one_line(line)  # nobody's words make a second line, or move a terminal


def audited(base: Path | None) -> Iterator[tuple[str, bool]]:
    """A line for each ledger, and whether it is whole."""
    for ledger, broken in opened(base).audit():
        name, count = ledger.article, len(ledger.decisions)
        if broken is None:
            yield f"{name}: {count} decisions, whole", True
        else:
            yield f"{name}: broken at decision {broken.number} of {count}", False


def enter_person(changed: Person, base: Path | None) -> Person:
    """Enter a person, or change what is given of one who is there."""
    ledgers = open_ledgers(base)
    was = next((each for each in ledgers.people() if each.id == changed.id), None)
    person = changed if was is None else _merged(was, changed)
    if person.duties & ANONYMOUS or folded(person.id) == PROGRAM_ID:
        raise UsageError("the program is no person and decides nothing")
    if not person.name:
        raise UsageError(f"{person.id}: a name is needed (--name)")
    ledgers.keep_person(person)
    return person


def _merged(was: Person, changed: Person) -> Person:
    """What is given now, and what was known where nothing is given."""
    return replace(
        was,
        name=changed.name or was.name,
        duties=changed.duties or was.duties,
        credentials=changed.credentials or was.credentials,
        interests=changed.interests or was.interests,
        declared_on=changed.declared_on or was.declared_on,
    )


def people_lines(base: Path | None) -> Iterator[str]:
    """A line for everybody who may decide."""
    for each in open_ledgers(base).people():
        declared = f"declared {each.declared_on}: {each.interests}" if each.declared_on else ""
        parts = (each.id, each.name, each.credentials, ", ".join(sorted(each.duties)), declared)
        yield joined("; ", *parts)
