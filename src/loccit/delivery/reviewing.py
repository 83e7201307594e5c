"""Review from the command line: who decides what, and where articles stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from loccit.editorial import Asked, Editorial
from loccit.review import changes, spaced
from loccit.terms import (
    Action,
    Article,
    Decision,
    Duty,
    LoccitError,
    Person,
    Review,
    State,
    UsageError,
)
from loccit.wiring import make_engine, open_base, open_editorial, open_ledgers

__all__ = [
    "audited",
    "conflict_lines",
    "decided",
    "difference",
    "duty_of",
    "enter_person",
    "history",
    "opened",
    "people_lines",
    "person_of",
    "queue_lines",
    "standing",
    "submitted",
    "waiting_lines",
]

ANONYMOUS = frozenset({Duty.PROGRAM})
SIDES = ("one side", "the other")


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
    """The role named, or the first of the person's that may take this step."""
    if named:
        return Duty(named)
    may = editorial.rules.steps[action].duties & person.duties
    return min(may, default=min(person.duties, default=Duty.READER))


def submitted(words: str, person: Person, base: Path | None) -> str:
    """Compose the article on a question and submit it; its id."""
    held = open_base(base)
    engine = make_engine(held)
    answer = engine.ask(words, keep=False)
    if not isinstance(answer, Article):
        raise LoccitError(f"there is no article to submit: {answer.reason}")
    editorial = open_editorial(engine, held.folder)
    duty = duty_of(person, Action.SUBMIT, editorial, "")
    editorial.submit(answer.id, answer, person, duty)
    return answer.id


def decided(article: str, asked: Asked, base: Path | None) -> Review:
    """Write a decision down; where the article stands then."""
    editorial = opened(base)
    editorial.decide(article, asked)
    return editorial.review(article)


def standing(article: str, base: Path | None, *, edition: int = 0) -> tuple[Article, Review]:
    """The text of an article as it stands, or an approved edition, and where it stands."""
    editorial = opened(base)
    text = editorial.edition(article, edition)[0] if edition else editorial.text(article)
    return text, editorial.review(article)


def queue_lines(base: Path | None, *, state: str, assigned: str) -> Iterator[str]:
    """A line for each article in review, those due first, then the oldest."""
    editorial = opened(base)
    rows = [
        (name, review)
        for name, review in editorial.queue()
        if state in ("", review.state) and assigned in ("", review.assigned)
    ]
    rows.sort(key=lambda row: (row[1].due or date.max, str(row[1].since), row[0]))
    for name, review in rows:
        yield f"{name}  {_stands(review)}  {editorial.text(name).title}"


def _stands(review: Review) -> str:
    """The state, since when, and what is still to be done, in a few words."""
    parts = [review.state.replace("_", " ")]
    if review.since:
        parts.append(f"{(datetime.now(UTC) - review.since).days} days")
    if review.assigned:
        parts.append(f"with {review.assigned}")
    if review.due:
        parts.append(f"due {review.due.isoformat()}")
    if review.open:
        parts.append(f"{len(review.open)} changed sources")
    if review.suggestions:
        parts.append(f"{len(review.suggestions)} suggestions")
    if review.state is State.APPROVED and review.review_by:
        parts.append(f"review by {review.review_by.isoformat()}")
    return ", ".join(parts)


def waiting_lines(review: Review) -> Iterator[str]:
    """What waits for a person: sentences whose source changed, and what is offered, with why."""
    if review.open:
        yield f"open: {', '.join(sorted(review.open))}; {review.reason}"
    for each in review.suggestions:
        yield f"suggested, passage {each.passage}: {each.words}"
        yield f"  {each.why}"
    if review.suggestions:
        yield "take one up with `decide add --passage`, or `decide dismiss --passage --reason`"


def conflict_lines(base: Path | None) -> Iterator[str]:
    """Statements of different articles that cannot both hold: their words, places and sources."""
    for each in opened(base).conflicts():
        yield f"{each.by.replace('_', ' ')}: {' with '.join(each.act)}"
        for number, side in enumerate((each.one, each.other)):
            for said in side:
                yield f"  {SIDES[number]}: {spaced(said.statement.text)}"
                places = ", ".join(f"{name} {sentence}" for name, sentence in sorted(said.places))
                yield f"    {places}: {said.card.title}, passage {said.citation.passage}"


def history(article: str, base: Path | None) -> Iterator[str]:
    """The ledger of an article, a line for each decision."""
    for each in opened(base).ledger(article).decisions:
        yield _line(each)


def _line(decision: Decision) -> str:
    what = decision.action.replace("_", " ")
    said = "; ".join(filter(None, (decision.words, decision.reason)))
    named = [each.partition("=")[0] for each in decision.target.split()]  # without what marks them
    about = f" {' '.join(named) or decision.passage}" if named or decision.passage else ""
    when = decision.at.strftime("%Y-%m-%d %H:%M")
    told = f": {said}" if said else ""
    return f"{decision.number} {when} {decision.who} ({decision.duty}) {what}{about}{told}"


def difference(article: str, base: Path | None, *, older: int, newer: int) -> Iterator[str]:
    """What changed between two decisions on an article, a sentence at a time."""
    editorial = opened(base)
    before, after = editorial.text(article, older), editorial.text(article, newer)
    for each in changes(before, after):
        yield f"{each.statement}:"
        if each.before:
            yield f"  - {each.before}"
        if each.after:
            yield f"  + {each.after}"


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
    if person.duties & ANONYMOUS:
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
        yield "; ".join(filter(None, parts))
