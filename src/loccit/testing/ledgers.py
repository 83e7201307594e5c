"""A fake of the ledgers, and what every ``Ledgers`` must do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from loccit.ports import Ledgers
from loccit.terms import (
    Action,
    Article,
    Decision,
    Duty,
    Ledger,
    LoccitError,
    NoSuchArticle,
    Overtaken,
    Person,
)
from loccit.testing.articles import small_article

__all__ = ["LEDGER_CHECKS", "InMemoryLedgers", "check_ledgers", "small_decision"]


class InMemoryLedgers:
    """``Ledgers`` in lists."""

    def __init__(self) -> None:
        self._lines: dict[str, list[tuple[Decision, Article]]] = {}
        self._people: dict[str, Person] = {}

    def append(self, decision: Decision, text: Article) -> None:
        """Write a sealed decision; see the port."""
        if self.ledger(decision.article).head != decision.previous:
            raise Overtaken("somebody decided meanwhile")
        self._lines.setdefault(decision.article, []).append((decision, text))

    def ledger(self, article: str) -> Ledger:
        """All decisions on an article."""
        lines = self._lines.get(article, [])
        return Ledger(article=article, decisions=tuple(each for each, _ in lines))

    def ledgers(self) -> Iterator[Ledger]:
        """All ledgers, by the id of their article."""
        yield from map(self.ledger, sorted(self._lines))

    def submitted(self, mark: str) -> list[str]:
        """Articles whose submissions have this target."""
        return sorted({each.article for each in self._submissions() if each.target == mark})

    def submitted_near(self, mark: str) -> list[str]:
        """The same by the passage of submissions."""
        return sorted({each.article for each in self._submissions() if each.passage == mark})

    def _submissions(self) -> Iterator[Decision]:
        for ledger in self.ledgers():
            yield from (each for each in ledger.decisions if each.action is Action.SUBMIT)

    def text(self, article: str, number: int = 0) -> Article:
        """The text as a decision left it. Raises ``NoSuchArticle``."""
        for decision, text in reversed(self._lines.get(article, [])):
            if number in (0, decision.number):
                return text
        raise NoSuchArticle("no such article was ever submitted")

    def keep_person(self, person: Person) -> None:
        """Enter a person, or in place of the one of the same id."""
        self._people[person.id] = person

    def people(self) -> list[Person]:
        """Everybody who may decide, by id."""
        return [self._people[name] for name in sorted(self._people)]


def small_decision(number: int = 1, *, article: str = "a1", previous: str = "") -> Decision:
    """A line of a ledger with something in every field; its seal is only a name."""
    return Decision(
        number=number,
        article=article,
        action=Action.ASSIGN,
        who="ada",
        duty=Duty.BOARD,
        at=datetime(2026, 3, 1, 12, 30, 15, 250, tzinfo=UTC),
        content="c" * 64,
        evidence="e" * 64,
        reason="a reason of several\nlines, with \u00e9 and \u2265",
        target="rut",
        words="some words",
        passage="p1",
        due=date(2026, 4, 1),
        previous=previous,
        seal=f"{article}-{number}",
    )


def _refusal(call: Callable[..., object], *args: object) -> type[LoccitError] | None:
    try:
        call(*args)
    except LoccitError as error:
        return type(error)
    return None


def _check_written_and_read(ledgers: Ledgers) -> None:
    """Lines come back as they were written, in order; each article has its own."""
    assert ledgers.ledger("a1") == Ledger(article="a1")
    assert list(ledgers.ledgers()) == []
    first = small_decision()
    second = replace(small_decision(2, previous=first.seal), due=None, reason="", target="")
    other = small_decision(article="a0")
    for each in (first, other, second):
        ledgers.append(each, small_article())
    assert ledgers.ledger("a1").decisions == (first, second)
    assert [each.article for each in ledgers.ledgers()] == ["a0", "a1"]
    assert list(ledgers.ledgers())[1] == ledgers.ledger("a1")


def _check_overtaken(ledgers: Ledgers) -> None:
    """Who decided on an older head is refused, and nothing of theirs is written."""
    first = small_decision()
    ledgers.append(first, small_article())
    late = replace(small_decision(), seal="late")
    assert _refusal(ledgers.append, late, small_article(evidence="late")) is Overtaken
    ahead = small_decision(3, previous="a1-2")
    assert _refusal(ledgers.append, ahead, small_article()) is Overtaken
    assert ledgers.ledger("a1").decisions == (first,)
    assert ledgers.text("a1") == small_article()


def _check_texts(ledgers: Ledgers) -> None:
    """The text is kept as each decision left it."""
    assert _refusal(ledgers.text, "a1") is NoSuchArticle
    previous = ""
    for number, evidence in enumerate(("b1", "b2", "b1"), 1):
        ledgers.append(small_decision(number, previous=previous), small_article(evidence=evidence))
        previous = f"a1-{number}"
    assert ledgers.text("a1") == ledgers.text("a1", 1) == small_article()
    assert ledgers.text("a1", 2) == small_article(evidence="b2")
    assert _refusal(ledgers.text, "a1", 9) is NoSuchArticle


def _check_submitted(ledgers: Ledgers) -> None:
    """Articles are found by the marks of their submission, whole ones and of no other line."""
    marks = (("a1", "ab1", "cd2"), ("a2", "ab2", "cd2"), ("a3", "", ""), ("a4", "ab12", ""))
    for article, reading, near in marks:
        line = replace(small_decision(article=article), target=reading, passage=near)
        ledgers.append(replace(line, action=Action.SUBMIT), small_article())
    later = replace(small_decision(2, article="a3", previous="a3-1"), target="ab1", passage="cd2")
    ledgers.append(later, small_article())
    assert ledgers.submitted("ab1") == ["a1"]
    assert ledgers.submitted("") == ["a3"]
    assert ledgers.submitted("ab%") == []
    assert ledgers.submitted_near("cd2") == ["a1", "a2"]
    assert ledgers.submitted_near("ab1") == []


def _check_people(ledgers: Ledgers) -> None:
    """People come back as they were entered, the latest entry of each."""
    assert ledgers.people() == []
    rut = Person(id="rut", name="Rut \u00c5", duties=frozenset({Duty.REVIEWER, Duty.BOARD}))
    ada = Person(id="ada", name="Ada")
    for each in (rut, ada):
        ledgers.keep_person(each)
    declared = replace(rut, credentials="MD", interests="none", declared_on=date(2026, 1, 2))
    ledgers.keep_person(declared)
    assert ledgers.people() == [ada, declared]


LEDGER_CHECKS: tuple[Callable[[Ledgers], None], ...] = (
    _check_written_and_read,
    _check_overtaken,
    _check_texts,
    _check_submitted,
    _check_people,
)
"""What every ``Ledgers`` must pass, each on empty ones."""


def check_ledgers(make: Callable[[], Ledgers]) -> None:
    """All checks, each on ledgers of its own. Raises ``AssertionError``."""
    for check in LEDGER_CHECKS:
        check(make())
