"""The desk: an article beside its sources, sentence by sentence, with all that may be decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from loccit.publication.as_html import filled
from loccit.publication.desk.ledger_lines import Line, on_sentence
from loccit.publication.laying_out import lay_out
from loccit.publication.page import Sentence
from loccit.publication.review_marks import status_of
from loccit.publication.sentences import Sentences
from loccit.publication.showing import section_name, visible
from loccit.publication.words import load_words
from loccit.terms import Action, Article, Person, Proposal, Record, Review, Reviewed, Statement

__all__ = ["DeskView", "Passage", "Tried", "desk_page", "numbers_of"]

ON_SENTENCES = (Action.ACCEPT, Action.COMMENT, Action.EDIT, Action.STRIKE)
ON_ALL = (
    *(Action.BEGIN, Action.COMMENT, Action.ASSIGN, Action.REQUEST_CHANGES, Action.RESUBMIT),
    *(Action.APPROVE, Action.REOPEN, Action.REJECT, Action.WITHDRAW, Action.SUPERSEDE),
)
"""What is decided on the article as a whole, in the order of the page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """A decision that was refused, so that its words come back in their form."""

    action: str
    target: str
    rule: str
    message: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskView:
    """All that the desk of one article shows.

    ``may`` are the steps that this person may take now; ``needs`` those that need a reason.
    """

    article: str
    head: str
    text: Article
    review: Review
    reviewed: Reviewed
    lines: tuple[Line, ...]
    may: frozenset[Action]
    needs: frozenset[Action]
    person: Person
    people: tuple[Person, ...]
    needed: int
    today: date
    find: str = ""
    found: tuple[Passage, ...] = ()
    tried: Tried | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A passage of a cited source that could be quoted."""

    id: str
    text: str
    source: str
    section: str

    @classmethod
    def of(cls, record: Record) -> Passage:
        """As the desk shows it."""
        card = record.card
        return cls(
            id=record.passage.id,
            text=visible(record.passage.text),
            source=visible(f"{card.publisher or card.title} {card.year or ''}".strip()),
            section=section_name(record.passage.locator.section),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A sentence with what people said of it."""

    id: str
    text: str
    said: Sentence
    remarks: tuple[Line, ...]
    accepted: bool
    open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Sentences under one heading."""

    heading: str
    rows: tuple[Row, ...]


def desk_page(view: DeskView) -> str:
    """The page of the desk."""
    people = tuple(map(_seen, view.people))
    view = replace(view, person=_seen(view.person), people=people)
    parts = tuple(_parts(view))
    rows = [row for part in parts for row in part.rows]
    return filled(
        "desk_article.html",
        view=view,
        page=lay_out(view.text, view.reviewed),
        status=status_of(view.reviewed),
        rows_of=parts,
        total=len(rows),
        accepted=sum(row.accepted for row in rows),
        remarks=_on_the_whole(view.lines),
        suggested=tuple(map(_shown, view.review.suggestions)),
        on_sentences=tuple(each for each in ON_SENTENCES if each in view.may),
        on_all=tuple(each for each in ON_ALL if each in view.may),
        tried=view.tried,
        typed=dict(view.tried.fields) if view.tried else {},
    )


def _seen(person: Person) -> Person:
    """A person with what they and others say of them fit to be shown."""
    return replace(
        person,
        name=visible(person.name),
        credentials=visible(person.credentials),
        interests=visible(person.interests),
    )


def numbers_of(text: Article) -> dict[str, int]:
    """The number of each sentence on the desk, by its id."""
    ids = dict.fromkeys(each.id for _, group in _groups(text) for each in group)
    return {name: number for number, name in enumerate(ids, 1)}


def _parts(view: DeskView) -> Iterator[Part]:
    """Each sentence once, where it first stands."""
    sentences, seen = Sentences(load_words()), set[str]()
    for heading, statements in _groups(view.text):
        fresh = [each for each in statements if each.id not in seen]
        seen |= {each.id for each in fresh}
        if fresh:
            rows = tuple(_row(each, sentences.one(each), view) for each in fresh)
            yield Part(heading=visible(heading), rows=rows)


def _groups(text: Article) -> Iterator[tuple[str, Sequence[Statement]]]:
    words = load_words()
    yield words.heading("bottom_line"), text.bottom_line
    for drug in text.safety:
        yield f"{words.heading('safety')}: {drug.drug}", drug.statements
    for panel in text.conflicts:
        yield f"{words.heading('conflicts')}: {panel.point}", panel.sides
    for section in text.sections:
        yield section.heading, section.statements
    yield words.heading("background"), text.background


def _row(statement: Statement, said: Sentence, view: DeskView) -> Row:
    told = (Action.COMMENT, Action.EDIT, Action.ADD, Action.REOPEN)
    remarks = tuple(
        on_sentence(each, statement.id)
        for each in view.lines
        if each.action in told
        and (statement.id in each.statements or _added(each, statement))
        and (each.words or each.reason)
    )
    return Row(
        id=statement.id,
        text=visible(statement.text),
        said=said,
        remarks=remarks,
        accepted=statement.id in view.review.accepted,
        open=statement.id in view.review.open,
    )


def _shown(offered: Proposal) -> Proposal:
    return replace(offered, words=visible(offered.words), why=visible(offered.why))


def _added(line: Line, statement: Statement) -> bool:
    """Whether the line is the one by which the statement came in."""
    return line.action == Action.ADD and statement.id.startswith(f"r{line.number}-")


def _on_the_whole(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What was said of the article as a whole, or of a sentence that is gone."""
    return tuple(
        each
        for each in lines
        if (each.words or each.reason) and not each.sentence and each.action != Action.ADD
    )
