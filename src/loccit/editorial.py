"""Review from end to end: takes a decision on an article, checks it, and writes it down.

The only file that knows how the ledger, the texts and the verification meet. It has no clock and
no store of its own, and nothing in it decides: every line comes from a named person, but for those
by which the program tells that a source changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from loccit.composition import renumbered
from loccit.ports import Ledgers
from loccit.review import (
    PublishedEdition,
    Refusal,
    ReviewRules,
    content_digest,
    decide,
    editions_of,
    evidence_digest,
    happenings_of,
    near_mark,
    proved,
    reading_mark,
    review_of,
    revised,
    spaced,
    standing_of,
)
from loccit.terms import (
    Action,
    Article,
    Decision,
    Duty,
    Happening,
    Ledger,
    NoSuchArticle,
    Overtaken,
    Person,
    Question,
    Record,
    Refused,
    Review,
    Reviewed,
    State,
    Statement,
    Verdict,
)
from loccit.verification import legible

__all__ = ["Asked", "Editorial"]

ADDED = "Added in review"
"""The heading over statements that reviewers add."""
OVERTAKEN = "somebody decided since you read it; read what they decided, then decide again"
ENDED = frozenset({State.REJECTED, State.WITHDRAWN, State.SUPERSEDED})
FAULTY = frozenset({Verdict.CONTRADICTED, Verdict.NOT_FOUND})


class Sources(Protocol):
    """What an engine does for review: holds statements against sources, quotes passages."""

    def held(self, statement: Statement, article: Article) -> Statement:
        """The statement with its verdict and findings, held against what it cites."""
        ...

    def quoted(self, passage: str, identity: str) -> tuple[Statement, Record]:
        """A statement in the exact words of a passage, and the passage. Raises ``NotInBase``."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a person asks to have written down. ``seen`` is the head of the ledger they read.

    Empty ``seen`` means whatever is there now, as on a command line.
    """

    action: Action
    person: Person
    duty: Duty
    reason: str = ""
    target: str = ""
    words: str = ""
    passage: str = ""
    due: date | None = None
    seen: str = ""


class Editorial:
    """The review of articles over ledgers; ``now`` gives the time of each decision, in UTC."""

    def __init__(
        self,
        ledgers: Ledgers,
        sources: Sources,
        rules: ReviewRules,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._ledgers, self._sources = ledgers, sources
        self.rules, self._now = rules, now
        self._titles: dict[str, str] = {}
        self._folded: dict[str, tuple[str, Review]] = {}

    # --- reading

    def review(self, article: str) -> Review:
        """Where an article stands."""
        return review_of(self._ledgers.ledger(article), self.rules)

    def ledger(self, article: str) -> Ledger:
        """All that was decided on an article."""
        return self._ledgers.ledger(article)

    def text(self, article: str, number: int = 0) -> Article:
        """The text as it stands, or as decision ``number`` left it. Raises ``NoSuchArticle``."""
        return self._ledgers.text(article, number)

    def people(self) -> dict[str, Person]:
        """Everybody who may decide, by id."""
        return {each.id: each for each in self._ledgers.people()}

    def standing(self, article: str, text: Article | None = None) -> Reviewed | None:
        """Where ``text`` stands, or the last text of the article; nothing if it is in no review."""
        ledger = self._ledgers.ledger(article)
        if not ledger.decisions:
            return None
        shown = text or self._ledgers.text(article)
        return standing_of(shown, ledger, self.people(), self.rules)

    def texts(self, article: str) -> Iterator[Article]:
        """Every text that the article ever had, the first first."""
        for each in self._ledgers.ledger(article).decisions:
            if each.number == 1 or self.rules.steps[each.action].changes_text:
                yield self._ledgers.text(article, each.number)

    def editions(self, article: str) -> tuple[PublishedEdition, ...]:
        """The approved editions of an article, the first first."""
        return editions_of(self._ledgers.ledger(article), self.rules)

    def edition(self, article: str, number: int = 0) -> tuple[Article, PublishedEdition]:
        """The text of an approved edition; the newest for number 0.

        Raises ``NoSuchArticle`` where there is none.
        """
        for each in reversed(self.editions(article)):
            if number in (0, each.number):
                return self._ledgers.text(article, each.decision), each
        raise NoSuchArticle(f"{article}: has no such approved edition")

    def title(self, article: str) -> str:
        """The title of an article, which no decision changes. Raises ``NoSuchArticle``."""
        if article not in self._titles:
            self._titles[article] = self._ledgers.text(article).title
        return self._titles[article]

    def queue(self) -> Iterator[tuple[str, Review]]:
        """Every article that was submitted, and where it stands.

        What a ledger folds to holds until it has another head.
        """
        for ledger in self._ledgers.ledgers():
            head, review = self._folded.get(ledger.article, ("", None))
            if review is None or head != ledger.head:
                review = review_of(ledger, self.rules)
                self._folded[ledger.article] = ledger.head, review
            yield ledger.article, review

    def happenings(self, *, limit: int) -> list[Happening]:
        """What became of approved articles, the latest first."""
        found = [e for ledger in self._ledgers.ledgers() for e in happenings_of(ledger, self.rules)]
        found.sort(key=lambda each: (each.at, each.article, each.number), reverse=True)
        return [
            replace(each, title=self._ledgers.text(each.article, each.number).title)
            for each in found[:limit]
        ]

    def audit(self) -> Iterator[tuple[Ledger, Decision | None]]:
        """Every ledger, with the first line of it that is not as it was sealed, if one is not."""
        yield from proved(self._ledgers)

    # --- deciding

    def submit(self, name: str, article: Article, person: Person, duty: Duty) -> Decision:
        """Submit a text for review under the id of its article.

        Raises ``Refused``, also where an article in review answers a question that reads the same.
        """
        same = self.canonical(article.question)
        if same and same != name:
            told = self.rules.refusals["same_question"].format(article=same)
            raise Refused("same_question", told)
        asked = Asked(
            action=Action.SUBMIT,
            person=person,
            duty=duty,
            target=reading_mark(article.question),
            passage=near_mark(article.question),
        )
        return self._written(name, asked, article, article)

    def canonical(self, question: Question) -> str:
        """The article in review whose question reads the same, if one stands; else nothing."""
        mark = reading_mark(question)
        found = self._ledgers.submitted(mark)
        for name in self._ledgers.submitted(""):  # written before submissions carried marks
            if reading_mark(self.text(name).question) == mark:
                found.append(name)
        return next(self._standing(found), "")

    def near(self, question: Question) -> list[str]:
        """Articles in review on the same drugs and conditions, but for the question's own."""
        mark = near_mark(question)
        if not mark:
            return []
        same = set(self._ledgers.submitted(reading_mark(question)))
        near = self._ledgers.submitted_near(mark)
        return list(self._standing(each for each in near if each not in same))

    def _standing(self, names: Iterable[str]) -> Iterator[str]:
        return (each for each in names if self.review(each).state not in ENDED)

    def decide(self, name: str, asked: Asked) -> Decision:
        """Write down what a person decides on an article.

        Raises ``Refused`` naming the rule that forbids it, ``Overtaken`` when somebody else decided
        since ``asked.seen``, ``NoSuchArticle`` and ``NotInBase``.
        """
        ledger = self._must_be_read(name, asked)  # before the text, which may change meanwhile
        asked = replace(asked, seen=asked.seen or ledger.head)
        before = self._ledgers.text(name)
        self._must_know(name, asked)
        asked = self._in_full(name, asked)
        return self._written(name, asked, before, self._after(name, before, asked))

    def _in_full(self, name: str, asked: Asked) -> Asked:
        """With the whole id of a passage of which its beginning was named, and words as they read.

        What is put into a text is held against its source as it reads: so that nothing else, which
        is hidden or disguised, comes into the text with it.
        """
        if asked.action is Action.EDIT:
            return replace(asked, words=" ".join(legible(asked.words).text.split()))
        if asked.action is Action.ADD:
            _, record = self._sources.quoted(asked.passage, "named")
            return replace(asked, passage=record.passage.id)
        if asked.action is Action.DISMISS and asked.passage:
            waiting = (each.passage for each in self.review(name).suggestions)
            found = [each for each in waiting if each.startswith(asked.passage)]
            return replace(asked, passage=found[0]) if len(found) == 1 else asked
        return asked

    def record(self, name: str, asked: Asked, after: Article | None = None) -> Decision:
        """Write down what the program found out of an article, and the text that comes of it.

        Raises as ``decide`` does; the rules let the program anchor and open, and nothing else.
        """
        before = self._ledgers.text(name)
        return self._written(name, asked, before, after or before)

    def _written(self, name: str, asked: Asked, before: Article, after: Article) -> Decision:
        ledger = self._must_be_read(name, asked)
        decision = Decision(
            number=0,
            article=name,
            action=asked.action,
            who=asked.person.id,
            duty=asked.duty,
            at=self._now(),
            content=content_digest(after),
            evidence=evidence_digest(after),
            reason=asked.reason.strip(),
            target=asked.target,
            words=asked.words.strip(),
            passage=asked.passage,
            due=asked.due,
        )
        taken = decide(decision, asked.person, before, ledger, self.rules)
        if isinstance(taken, Refusal):
            raise Refused(taken.rule, taken.message)
        self._ledgers.append(taken, after)
        return taken

    def _must_be_read(self, name: str, asked: Asked) -> Ledger:
        """The ledger, which must stand as it was read. Raises ``Overtaken``."""
        ledger = self._ledgers.ledger(name)
        if asked.seen and asked.seen != ledger.head:
            raise Overtaken(f"{name}: {OVERTAKEN}")
        return ledger

    def _must_know(self, name: str, asked: Asked) -> None:
        """Whoever or whatever a decision names must be there. Raises ``Refused``."""
        if asked.action is Action.ASSIGN:
            known, rule = asked.target in self.people(), "unknown_person"
        elif asked.action is Action.SUPERSEDE and asked.target:
            there = bool(self._ledgers.ledger(asked.target).decisions)
            known, rule = there and asked.target != name, "unknown_article"
        else:
            return
        if not known:
            raise Refused(rule, self.rules.refusals[rule].format(target=asked.target[:64]))

    def _after(self, name: str, before: Article, asked: Asked) -> Article:
        """The text that comes of a decision: the same, unless words are changed."""
        if asked.action is Action.STRIKE:
            return renumbered(revised(before, struck=(asked.target,)))
        if asked.action is Action.EDIT:
            return revised(before, put=(self._edited(before, asked),))
        if asked.action is Action.ADD:
            number = len(self._ledgers.ledger(name).decisions) + 1
            return self._with_added(before, asked.passage, number)
        return before

    def _edited(self, before: Article, asked: Asked) -> Statement:
        """The statement in the reviewer's words, which its citations must carry."""
        was = next((each for each in before.statements() if each.id == asked.target), None)
        if was is None:
            told = self.rules.refusals["unknown_statement"].format(target=asked.target)
            raise Refused("unknown_statement", told)
        said = replace(was, text=asked.words.strip(), plain="", wording=None)
        found = self._sources.held(said, before)
        if found.verdict in FAULTY:
            why = "; ".join(f.message for f in found.findings if f.blocking)
            raise Refused("unsupported", f"its source does not say so: {why}")
        return found

    def _with_added(self, before: Article, passage: str, number: int) -> Article:
        """With a statement in the words of a passage.

        Its id has the number of the decision, so that it is never given again, not even after the
        statement was struck.
        """
        said, record = self._sources.quoted(passage, f"r{number}-{passage[:8]}")
        if spaced(said.text) in {spaced(each.text) for each in before.statements()}:
            raise Refused("said", self.rules.refusals["said"])
        return renumbered(revised(before, added=(said,), heading=ADDED), (record.card,))
