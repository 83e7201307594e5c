"""What pages, API and terminal show of review: the queue, the ledger in words, differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from loccit.editorial import Asked, Editorial
from loccit.publication.desk import (
    Differences,
    EditionRow,
    Line,
    Looking,
    Passage,
    Told,
    Waiting,
    line_of,
)
from loccit.publication.desk.desk_page import numbers_of
from loccit.publication.showing import visible
from loccit.publication.words import load_site_words
from loccit.review import TextChange, changes, duty_for, rounds_of
from loccit.terms import (
    Action,
    Article,
    Decision,
    DocumentId,
    Duty,
    Found,
    NoSuchArticle,
    Record,
    Review,
    SearchRequest,
    State,
)
from loccit.vocabulary.lexicon import folded_words
from loccit.vocabulary.stems import stems_of

__all__ = [
    "BY_PEOPLE",
    "between",
    "counts_of",
    "edition_rows",
    "in_role",
    "last_number",
    "lines_of",
    "passages_with",
    "queued",
    "round_names",
    "since",
]

BY_PEOPLE = tuple(each for each in Action if each not in (Action.SUBMIT, Action.REANCHOR))
"""What people decide on an article in review."""
ENDED = frozenset({State.REJECTED, State.WITHDRAWN, State.SUPERSEDED})
WAITING = frozenset({State.SUBMITTED, State.UNDER_REVIEW, State.CHANGES_REQUESTED})
MOST_FOUND = 12
ALL, ME, NOBODY = "all", "me", "nobody"


def in_role(asked: Asked, editorial: Editorial) -> Duty:
    """The role in which a person acts; one that may not where none may, so that a rule says so."""
    found = duty_for(asked.person, asked.action, editorial.rules)
    return found or min(asked.person.duties, default=Duty.READER)


# --- the queue


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    article: str
    review: Review
    overdue: bool


Standing = Sequence[tuple[str, Review]]
"""Articles with where they stand, as ``Editorial.queue`` gives them: read once for a page."""


def queued(
    editorial: Editorial, looking: Looking, *, me: str = "", read: Standing | None = None
) -> list[Waiting]:
    """Articles that fit, those due first, then the longest in their state."""
    day = datetime.now(UTC).date()
    standing = list(editorial.queue()) if read is None else read
    rows = [_Row(article=a, review=r, overdue=_late(r, day)) for a, r in standing]
    fitting = [row for row in rows if _fits(row, looking, me)]
    fitting.sort(key=lambda row: (_day_of(row.review), str(row.review.since), row.article))
    return [_waiting(row, editorial, day) for row in fitting]


def counts_of(read: Standing) -> tuple[tuple[str, int], ...]:
    """How many articles stand in each state, in the order of the states."""
    counted = Counter(review.state for _, review in read)
    return tuple((str(state), counted[state]) for state in State if state in counted)


def _late(review: Review, today: date) -> bool:
    due = _day_of(review)
    return due < today


def _day_of(review: Review) -> date:
    """When somebody must have looked: a review that is due, or an edition that is."""
    if review.state in WAITING and review.due:
        return review.due
    if review.state is State.APPROVED and review.review_by:
        return review.review_by
    return date.max


def _fits(row: _Row, looking: Looking, me: str) -> bool:
    review = row.review
    if looking.state in ("", ALL):
        in_state = looking.state == ALL or review.state in WAITING or row.overdue
    else:
        in_state = review.state == looking.state
    wanted = me if looking.assigned == ME else looking.assigned
    if wanted == NOBODY:
        return in_state and not review.assigned and (row.overdue or not looking.overdue)
    assigned = wanted in ("", review.assigned)
    return in_state and assigned and (row.overdue or not looking.overdue)


def _waiting(row: _Row, editorial: Editorial, today: date) -> Waiting:
    review = row.review
    return Waiting(
        article=row.article,
        title=visible(editorial.title(row.article)),
        state=review.state,
        age=(today - review.since.date()).days if review.since else 0,
        assigned=review.assigned,
        due=review.due if review.state in WAITING else None,
        overdue=row.overdue,
        review_by=review.review_by if review.state is State.APPROVED else None,
        edition=review.edition,
        approvals=len(review.approvals),
        needed=editorial.rules.approvals_needed,
        open=len(review.open),
        suggestions=len(review.suggestions),
        remarks=len(review.remarks),
    )


class Searched(Protocol):
    """What is searched for passages, such as the evidence base."""

    def search(self, request: SearchRequest) -> list[Found]:
        """Passages that match, best first."""
        ...


def passages_with(base: Searched, text: Article, words: str) -> tuple[Passage, ...]:
    """Passages of the sources that an article cites with one of these words, best first.

    The search goes through all passages of a source, also those that have none of the words.
    """
    documents = tuple(DocumentId(each.card.id) for each in text.references)
    wanted = frozenset(stems_of(folded_words(words)))
    if not wanted or not documents:
        return ()
    request = SearchRequest(words=words, documents=documents, limit=MOST_FOUND)
    found = (each.record for each in base.search(request))
    return tuple(Passage.of(each) for each in found if _has(each, wanted))


def _has(record: Record, wanted: frozenset[str]) -> bool:
    """Whether the passage, its headings or the title of its source have one of the stems."""
    passage = record.passage
    said = (record.card.title, *passage.locator.section, passage.context, passage.text)
    return not wanted.isdisjoint(stems_of(folded_words(" ".join(said))))


# --- the ledger and what changed


def lines_of(
    editorial: Editorial, article: str, decisions: Iterable[Decision], text: Article
) -> tuple[Line, ...]:
    """Decisions in words; sentences are counted as the desk counts those of ``text``."""
    numbers, people = numbers_of(text), editorial.people()
    return tuple(
        line_of(each, people, numbers, struck=_struck(editorial, article, each))
        for each in decisions
    )


def _struck(editorial: Editorial, article: str, decision: Decision) -> str:
    """The words that a decision took out, which stand in the text before it."""
    if decision.action is not Action.STRIKE:
        return ""
    before = editorial.text(article, decision.number - 1)
    gone = (each.text for each in before.statements() if each.id == decision.target)
    return next(gone, "")


def round_names(editorial: Editorial, article: str) -> list[tuple[int, str]]:
    """The texts of an article that can be compared: their decision, and what they are."""
    words, people = load_site_words(), editorial.people()
    names = []
    for each in rounds_of(editorial.ledger(article), editorial.rules):
        name = words.of("told", each.what)
        number = f" {each.edition}" if each.edition else ""
        who = people.get(each.who)
        said = visible(who.name if who else each.who)
        names.append((each.decision, f"{name}{number}, {each.at.date().isoformat()}, {said}"))
    return names


def last_number(editorial: Editorial, article: str) -> int:
    """The number of the last decision. Raises ``NoSuchArticle`` where there is none."""
    ledger = editorial.ledger(article)
    if not ledger.decisions:
        raise NoSuchArticle(f"{article}: no such article was ever submitted for review")
    return ledger.decisions[-1].number


def between(editorial: Editorial, article: str, older: int, newer: int) -> Differences:
    """What differs between the texts that two decisions left. Raises ``NoSuchArticle``."""
    before, after = editorial.text(article, older), editorial.text(article, newer)
    decisions = editorial.ledger(article).decisions
    told = told_of(before, after)
    kept = sum(each.kind != "struck" for each in told)
    return Differences(
        article=article,
        title=after.title,
        older=older,
        newer=newer,
        told=told,
        same=len(numbers_of(after)) - kept,
        lines=lines_of(
            editorial,
            article,
            (each for each in decisions if older < each.number <= newer),
            after,
        ),
    )


def since(editorial: Editorial, article: str, head: str) -> Differences:
    """What was decided since the ledger had this head; everything where it never had."""
    decisions = editorial.ledger(article).decisions
    read = next((each.number for each in decisions if each.seal == head), 0)
    found = between(editorial, article, read or 1, last_number(editorial, article))
    if read:
        return found
    text = editorial.text(article)
    return Differences(
        article=article,
        title=found.title,
        older=1,
        newer=found.newer,
        told=found.told,
        same=found.same,
        lines=lines_of(editorial, article, decisions, text),
    )


def told_of(before: Article, after: Article) -> tuple[Told, ...]:
    """The sentences that differ, in words that are fit to be shown."""
    numbers = numbers_of(after)
    return tuple(_told(each, numbers.get(each.statement, 0)) for each in changes(before, after))


def _told(change: TextChange, sentence: int) -> Told:
    return Told(
        statement=change.statement,
        before=visible(change.before),
        after=visible(change.after),
        parts=tuple((visible(words), became) for words, became in change.parts),
        sentence=sentence,
    )


def edition_rows(editorial: Editorial, article: str) -> list[EditionRow]:
    """The published editions, the first first. Raises ``NoSuchArticle`` where there is none."""
    rows = list(_edition_rows(editorial, article))
    if not rows:
        raise NoSuchArticle(f"{article}: has no approved edition")
    return rows


def _edition_rows(editorial: Editorial, article: str) -> Iterator[EditionRow]:
    before: Article | None = None
    for edition in editorial.editions(article):
        text = editorial.text(article, edition.decision)
        reviewed = editorial.standing(article, text)
        assert reviewed is not None  # an article with an edition has a ledger
        yield EditionRow(
            number=edition.number,
            at=edition.at,
            review_by=edition.review_by,
            reviewed=reviewed,
            told=told_of(before, text) if before else (),
        )
        before = text
