"""What the base would now say that the text does not: offered to a person, never applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from loccit.review.standing_words import spaced
from loccit.review.watching import WatchRules
from loccit.terms import LOCAL, Article, DocumentCard, Statement

__all__ = ["Offered", "offered"]


class Offered(NamedTuple):
    """A passage that would now be chosen: see ``Proposal``."""

    passage: str
    words: str
    beside: str
    why: str


class _Place(NamedTuple):
    """A statement of the text composed anew, and those before and after it in its part."""

    statement: Statement
    before: tuple[Statement, ...]
    after: tuple[Statement, ...]
    part: str


def offered(
    text: Article,
    fresh: Article,
    rules: WatchRules,
    *,
    is_known: Callable[[Statement, DocumentCard], bool],
) -> Iterator[Offered]:
    """What of ``fresh`` is not known, where it would lead, recommend or warn.

    ``is_known`` tells of a statement and its source whether its words were there to be chosen when
    the text was written, or were in it once.
    """
    cards = {each.number: each.card for each in fresh.references}
    places: dict[str, _Place] = {}
    for place in _places(fresh, rules):  # the same words may stand in several parts and sources
        places.setdefault(spaced(place.statement.citations[0].quote), place)
    new = (
        place
        for place in places.values()
        if not is_known(place.statement, cards[place.statement.citations[0].reference])
    )
    for place in islice(new, rules.most_suggested):
        yield _offered(place, text, fresh, rules)


def _places(fresh: Article, rules: WatchRules) -> Iterator[_Place]:
    """The bottom line, then what warns and what recommends wherever it stands."""
    for number, each in enumerate(fresh.bottom_line):
        before, after = fresh.bottom_line[:number], fresh.bottom_line[number + 1 :]
        yield _Place(each, before, after, "bottom")
    parts = (*(e.statements for e in fresh.safety), *(e.statements for e in fresh.sections))
    for part in parts:
        for number, each in enumerate(part):
            if each.kind in rules.suggested_kinds:
                yield _Place(each, part[:number], part[number + 1 :], "section")


def _offered(place: _Place, text: Article, fresh: Article, rules: WatchRules) -> Offered:
    said, words = place.statement, rules.suggested
    card = _card(said, fresh)
    beside = _beside(place, text)
    other = _card(beside, text) if beside else None
    why = [
        words["source"].format(title=card.title),
        words[f"place_{place.part}"].format(kind=said.kind.replace("_", " ")),
    ]
    if beside and other:
        why.append(words["before"].format(statement=beside.id, source=other.title))
        if card.day > other.day:
            why.append(words["newer"].format(day=card.day, other=other.day))
    else:
        why.append(words["last"])
    if card.jurisdiction == LOCAL:
        why.append(words["local"])
    elif card.jurisdiction and card.jurisdiction == fresh.question.jurisdiction:
        why.append(words["jurisdiction"].format(jurisdiction=card.jurisdiction))
    citation = said.citations[0]
    return Offered(
        passage=citation.passage,
        words=citation.quote,
        beside=beside.id if beside else "",
        why="; ".join(why),
    )


def _beside(place: _Place, text: Article) -> Statement | None:
    """What of the text it would stand before: the next that still follows, or what leads now."""
    there = {spaced(each.text): each for each in text.statements()}
    following = (there.get(spaced(each.text)) for each in place.after)
    found = next(filter(None, following), None)
    leads = place.part == "bottom" and not any(spaced(each.text) in there for each in place.before)
    return found or (next(iter(text.bottom_line), None) if leads else None)


def _card(statement: Statement, article: Article) -> DocumentCard:
    number = statement.citations[0].reference
    return next(each.card for each in article.references if each.number == number)
