"""The desk of one article as the one who has signed in may use it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from loccit.delivery.desk import BY_PEOPLE, in_role, lines_of, passages_with
from loccit.delivery.web.behind import Behind
from loccit.editorial import Asked, Editorial
from loccit.publication.desk import DeskView, Passage, Tried
from loccit.review import duty_for
from loccit.terms import (
    Action,
    Article,
    Duty,
    NoSuchArticle,
    Person,
    State,
    UsageError,
)

__all__ = ["WRITERS", "asked_of", "editorial_of", "passages_for", "view_of"]

WRITERS = (Duty.AUTHOR, Duty.REVIEWER, Duty.BOARD, Duty.ADMIN)
"""Who has something to do at the desk."""
LONGEST = 8_000
"""Characters of words or of a reason."""


def editorial_of(behind: Behind) -> Editorial:
    """The review of articles. Raises ``NoSuchArticle`` where nothing can be reviewed."""
    found = behind.editorial()
    if found is None:
        raise NoSuchArticle("nothing can be reviewed here: no ledger can be kept")
    return found


def view_of(
    behind: Behind, article: str, person: Person, *, find: str = "", tried: Tried | None = None
) -> DeskView:
    """The desk. Raises ``NoSuchArticle`` for what was never submitted."""
    editorial = editorial_of(behind)
    text, ledger = editorial.text(article), editorial.ledger(article)
    review, people = editorial.review(article), editorial.people()
    reviewed = editorial.standing(article)
    assert reviewed is not None  # it has a text, so it has a ledger
    rules = editorial.rules
    may = frozenset(
        each
        for each in BY_PEOPLE
        if review.state in rules.steps[each].sources and duty_for(person, each, rules)
    )
    return DeskView(
        article=article,
        head=ledger.head,
        text=text,
        review=review,
        reviewed=reviewed,
        lines=lines_of(editorial, article, ledger.decisions, text),
        may=may,
        needs=frozenset(each for each in Action if rules.steps[each].reason),
        person=person,
        people=tuple(_able(people.values())),
        needed=rules.approvals_needed,
        today=datetime.now(UTC).date(),
        find=find,
        found=passages_for(behind, text, find) if review.state is not State.UNSUBMITTED else (),
        tried=tried,
    )


def _able(people: Iterable[Person]) -> Iterable[Person]:
    """Whom an article can be assigned to."""
    able = frozenset(WRITERS)
    return (each for each in people if each.duties & able)


def passages_for(behind: Behind, text: Article, words: str) -> tuple[Passage, ...]:
    """Passages of the sources that an article cites which have these words, best first."""
    return passages_with(behind.engine().base, text, words) if words.strip() else ()


def asked_of(form: dict[str, str], person: Person, editorial: Editorial) -> Asked:
    """The decision that a form asks for. Raises ``UsageError`` for what it cannot mean."""
    said = form.get("action", "").strip()
    if said not in set(BY_PEOPLE):
        raise UsageError(f"action: one of {', '.join(BY_PEOPLE)} is needed")
    seen = form.get("seen", "").strip()
    if not seen:
        raise UsageError("seen: what was read of the ledger is needed; the page of the desk has it")
    asked = Asked(
        action=Action(said),
        person=person,
        duty=Duty.READER,
        reason=form.get("reason", "")[:LONGEST],
        target=form.get("target", "").strip(),
        words=form.get("words", "")[:LONGEST],
        passage=form.get("passage", "").strip(),
        due=_day(form.get("due", "").strip()),
        seen=seen,
    )
    return replace(asked, duty=in_role(asked, editorial))


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise UsageError("due: a day is needed, such as 2027-01-31") from None
