"""Review from end to end: takes a decision on an article, checks it, and writes it down.

The only file that knows how the ledger, the texts and the verification meet. It has no clock and
no store of its own, and nothing in it decides: every line comes from a named person, but for those
by which the program tells that a source changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from loccit.composition import renumbered
from loccit.ports import Ledgers
from loccit.review import (
    Contradiction,
    Refusal,
    ReviewRules,
    Said,
    are_near,
    broken_link,
    content_digest,
    contradictions,
    decide,
    evidence_digest,
    happenings_of,
    reads_as,
    review_of,
    revised,
)
from loccit.stances import Stance
from loccit.terms import (
    Action,
    Article,
    Decision,
    DocumentCard,
    Duty,
    Happening,
    Ledger,
    LoccitError,
    NoSuchArticle,
    Overtaken,
    Person,
    Record,
    Refused,
    Review,
    State,
    Statement,
    Verdict,
)
from loccit.vocabulary import Vocabulary

__all__ = ["Asked", "Editorial"]

ADDED = "Added in review"
"""The heading over statements that reviewers add."""
OVERTAKEN = "somebody decided since you read it; read what they decided, then decide again"
ENDED = frozenset({State.REJECTED, State.WITHDRAWN, State.SUPERSEDED})
FAULTY = frozenset({Verdict.CONTRADICTED, Verdict.NOT_FOUND})


class Sources(Protocol):
    """What an engine does for review: holds statements against sources, quotes passages."""

    vocabulary: Vocabulary

    def held(self, statement: Statement, article: Article) -> Statement:
        """The statement with its verdict and findings, held against what it cites."""
        ...

    def quoted(self, passage: str, identity: str) -> tuple[Statement, Record]:
        """A statement in the exact words of a passage, and the passage. Raises ``NotInBase``."""
        ...

    def stances(self, statement: Statement) -> tuple[Stance, ...]:
        """The sides that a statement takes."""
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

    def texts(self, article: str) -> Iterator[Article]:
        """Every text that the article ever had, the first first."""
        for each in self._ledgers.ledger(article).decisions:
            if each.number == 1 or self.rules.steps[each.action].changes_text:
                yield self._ledgers.text(article, each.number)

    def edition(self, article: str, number: int = 0) -> tuple[Article, Decision]:
        """An approved edition with the decision that completed it; the newest for number 0.

        Raises ``NoSuchArticle`` where there is none.
        """
        ledger, found = self._ledgers.ledger(article), None
        for count in range(1, len(ledger.decisions) + 1):
            part = replace(ledger, decisions=ledger.decisions[:count])
            last = part.decisions[-1]
            review = review_of(part, self.rules)
            complete = last.action is Action.APPROVE and review.published_at == last.at
            if complete and number in (0, review.edition):
                found = last
        if found is None:
            raise NoSuchArticle(f"{article}: has no such approved edition")
        return self._ledgers.text(article, found.number), found

    def queue(self) -> Iterator[tuple[str, Review]]:
        """Every article that was submitted, and where it stands."""
        for ledger in self._ledgers.ledgers():
            yield ledger.article, review_of(ledger, self.rules)

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
        for ledger in self._ledgers.ledgers():
            yield ledger, broken_link(ledger) or self._unlike_its_text(ledger)

    def _unlike_its_text(self, ledger: Ledger) -> Decision | None:
        """The first decision whose stored text is not the one that was decided on."""
        for each in ledger.decisions:
            try:
                text = self._ledgers.text(ledger.article, each.number)
            except LoccitError:  # damaged, or gone: the first line that nobody can read again
                return each
            if (content_digest(text), evidence_digest(text)) != (each.content, each.evidence):
                return each
        return None

    # --- deciding

    def submit(self, name: str, article: Article, person: Person, duty: Duty) -> Decision:
        """Submit a text for review under the id of its article.

        Raises ``Refused``, also where an article in review answers a question that reads the same.
        """
        if same := next(self._alike(name, article), None):
            told = self.rules.refusals["same_question"].format(article=same)
            raise Refused("same_question", told)
        asked = Asked(action=Action.SUBMIT, person=person, duty=duty)
        return self._written(name, asked, article, article)

    def near(self, name: str) -> list[str]:
        """Articles in review on the same drugs and conditions as this one."""
        question = self.text(name).question
        others = ((other, self.text(other).question) for other, _ in self.queue() if other != name)
        return [other for other, asked in others if are_near(question, asked)]

    def conflicts(self) -> list[Contradiction]:
        """Statements of articles that stand which cannot both hold."""
        return contradictions(self._said(), self._sources.vocabulary)

    def _said(self) -> Iterator[Said]:
        """Each statement once, with all places in which it stands."""
        places: dict[tuple[str, str], set[tuple[str, str]]] = {}
        first: dict[tuple[str, str], tuple[Statement, DocumentCard]] = {}
        for name, review in self.queue():
            if review.state in ENDED:
                continue
            text = self.text(name)
            cards = {each.number: each.card for each in text.references}
            for each in text.statements():
                citation = each.citations[0]
                key = str(citation.passage), each.text
                places.setdefault(key, set()).add((name, each.id))
                first.setdefault(key, (each, cards[citation.reference]))
        for key, (each, card) in first.items():
            yield Said(
                statement=each,
                card=card,
                stances=self._sources.stances(each),
                places=frozenset(places[key]),
            )

    def _alike(self, name: str, article: Article) -> Iterator[str]:
        """Articles that stand, of another id, whose question reads the same."""
        reading = reads_as(article.question)
        for other, review in self.queue():
            stands = other != name and review.state not in ENDED
            if stands and reads_as(self.text(other).question) == reading:
                yield other

    def decide(self, name: str, asked: Asked) -> Decision:
        """Write down what a person decides on an article.

        Raises ``Refused`` naming the rule that forbids it, ``Overtaken`` when somebody else decided
        since ``asked.seen``, ``NoSuchArticle`` and ``NotInBase``.
        """
        before = self._ledgers.text(name)
        asked = self._in_full(name, asked)
        return self._written(name, asked, before, self._after(name, before, asked))

    def _in_full(self, name: str, asked: Asked) -> Asked:
        """With the whole id of a passage of which its beginning was named."""
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
        ledger = self._ledgers.ledger(name)
        if asked.seen and asked.seen != ledger.head:
            raise Overtaken(f"{name}: {OVERTAKEN}")
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
        return renumbered(revised(before, added=(said,), heading=ADDED), (record.card,))
