"""The desk in lines of a terminal: queue, sentences with remarks, editions, differences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from loccit.comparing import conflicts_among
from loccit.delivery.desk import between, edition_rows, last_number, lines_of, passages_with, queued
from loccit.delivery.reviewing import opened
from loccit.publication.desk import Line, Looking, Told, Waiting
from loccit.publication.desk.desk_page import numbers_of
from loccit.publication.desk.ledger_lines import on_sentence
from loccit.publication.showing import on_one_line, visible
from loccit.publication.words import load_words
from loccit.terms import Action
from loccit.wiring import make_engine, open_base, open_editorial

__all__ = [
    "conflict_lines",
    "difference_lines",
    "edition_lines",
    "near_lines",
    "passage_lines",
    "queue_lines",
    "sentence_lines",
    "waiting_lines",
]

SIDES = ("one side", "the other")
_SIGNS = {"same": "{}", "struck": "[-{}-]", "added": "{{+{}+}}"}


def queue_lines(base: Path | None, looking: Looking, *, me: str = "") -> Iterator[str]:
    """A line for each article in review that fits, those due first, then the oldest."""
    for each in queued(opened(base), looking, me=me):
        yield f"{each.article}  {_stands(each)}  {each.title}"


def _stands(row: Waiting) -> str:
    """The state, since when, and what is still to be done, in a few words."""
    parts = [row.state.replace("_", " "), f"{row.age} days"]
    if row.assigned:
        parts.append(f"with {row.assigned}")
    if row.due:
        parts.append(f"due {row.due.isoformat()}")
    if row.open:
        parts.append(f"{row.open} changed sources")
    if row.suggestions:
        parts.append(f"{row.suggestions} suggestions")
    if row.approvals and not row.review_by:
        parts.append(f"{row.approvals} of {row.needed} approvals")
    if row.review_by:
        parts.append(f"review by {row.review_by.isoformat()}")
    if row.overdue:
        parts.append("overdue")
    return ", ".join(parts)


def sentence_lines(article: str, base: Path | None) -> Iterator[str]:
    """Each sentence by its id, with what was decided and said of it."""
    editorial = opened(base)
    text, review = editorial.text(article), editorial.review(article)
    yield "SENTENCES, BY THEIR IDS"
    lines = lines_of(editorial, article, editorial.ledger(article).decisions, text)
    said = {each.id: each.text for each in text.statements()}
    for name in numbers_of(text):
        marks = [
            word
            for word, holds in (
                ("accepted", name in review.accepted),
                ("its source changed", name in review.open),
            )
            if holds
        ]
        told = f" ({', '.join(marks)})" if marks else ""
        yield f"{name}: {on_one_line(said[name])}{told}"
        own = (on_sentence(each, name) for each in lines if _is_of(each, name))
        yield from (f"    {_remark(each)}" for each in own)


def _is_of(line: Line, name: str) -> bool:
    """Whether a decision is told under a sentence; what is offered stands in a list of its own."""
    return name in line.statements and line.action != Action.SUGGEST


def waiting_lines(article: str, base: Path | None) -> Iterator[str]:
    """What waits for a person: sentences whose source changed, and what is offered, with why."""
    review = opened(base).review(article)
    if review.open or review.suggestions:
        yield ""
        yield "WAITING FOR A PERSON"
    if review.open:
        yield f"open: {', '.join(sorted(review.open))}; {on_one_line(review.reason)}"
    for each in review.suggestions:
        yield f"suggested, passage {each.passage}: {on_one_line(each.words)}"
        yield f"    {on_one_line(each.why)}"
    if review.open:
        yield "settle each that is open: `decide accept`, `edit` or `strike` with --sentence"
    if review.suggestions:
        yield "take one up with `decide add --passage`, or `decide dismiss --passage --reason`"


def conflict_lines(base: Path | None) -> Iterator[str]:
    """Statements of different articles that cannot both hold: their words, places and sources."""
    held = open_base(base)
    engine = make_engine(held)
    for each in conflicts_among(open_editorial(engine, held.folder), engine):
        yield f"{each.by.replace('_', ' ')}: {' with '.join(each.act)}"
        for number, side in enumerate((each.one, each.other)):
            for said in side:
                yield f"  {SIDES[number]}: {on_one_line(said.statement.text)}"
                places = ", ".join(f"{name} {sentence}" for name, sentence in sorted(said.places))
                title = on_one_line(said.card.title)
                yield f"    {places}: {title}, passage {said.citation.passage}"


def _remark(line: Line) -> str:
    said = "; ".join(filter(None, (line.words, line.reason)))
    return f"{line.day} {line.who} {line.what}" + (f": {on_one_line(said)}" if said else "")


def difference_lines(article: str, base: Path | None, *, older: int, newer: int) -> Iterator[str]:
    """What changed between two decisions on an article, a sentence at a time, then by word."""
    editorial = opened(base)
    last = newer or last_number(editorial, article)
    for each in between(editorial, article, older, last).told:
        yield from _told(each)


def _told(each: Told) -> Iterator[str]:
    yield f"{each.statement}:"
    if each.before:
        yield f"  - {each.before}"
    if each.after:
        yield f"  + {each.after}"
    if each.parts:
        words = (_SIGNS[became].format(words) for words, became in each.parts)
        yield f"  ~ {' '.join(words)}"


def edition_lines(article: str, base: Path | None) -> Iterator[str]:
    """The published editions, the first first, with who signed and what changed since the last."""
    words = load_words()
    for each in edition_rows(opened(base), article):
        state = words.of("state", each.reviewed.state).lower()
        until = f", review by {each.review_by.isoformat()}" if each.review_by else ""
        yield f"edition {each.number}, {each.at.date().isoformat()}, {state}{until}"
        yield from (f"  {who}" for who in each.signed)
        yield from (f"  {line}" for told in each.told for line in _told(told))


def near_lines(article: str, base: Path | None) -> Iterator[str]:
    """Other articles in review on the same drugs and conditions."""
    editorial = opened(base)
    for name in editorial.near(editorial.text(article).question):
        state = editorial.review(name).state.replace("_", " ")
        yield f"{name}  {state}  {visible(editorial.title(name))}"


def passage_lines(article: str, words: str, base: Path | None) -> Iterator[str]:
    """Passages of the sources that an article cites which have these words, to be added."""
    text, held = opened(base).text(article), open_base(base)
    for found in passages_with(held, text, words):
        yield f"{found.id}  {found.source}, {found.section}"
        yield f"    {on_one_line(found.text)}"
