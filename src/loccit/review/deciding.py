"""Whether a decision may be taken. Every refusal names its rule, and says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loccit.review.chain import sealed
from loccit.review.digests import content_digest, evidence_digest
from loccit.review.folding import review_of
from loccit.review.rules import ReviewRules, Step
from loccit.review.standing_words import spaced
from loccit.terms import Action, Article, Decision, Duty, Ledger, Person, Review, Verdict

__all__ = ["Refusal", "decide"]

ON_A_STATEMENT = frozenset({Action.ACCEPT, Action.EDIT, Action.STRIKE})
"""Actions that need a statement of the article as their target."""
FAULTY = frozenset({Verdict.CONTRADICTED, Verdict.NOT_FOUND})


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """A rule that forbids a decision: its name in ``rules.toml``, and what is told."""

    rule: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Case:
    """What a rule looks at."""

    decision: Decision
    person: Person
    article: Article
    review: Review
    rules: ReviewRules
    step: Step


def decide(
    decision: Decision, person: Person, article: Article, ledger: Ledger, rules: ReviewRules
) -> Decision | Refusal:
    """The decision sealed as the next of the ledger, or the first rule that refuses it.

    ``article`` is the text as it stands before the decision. The digests of ``decision`` name what
    the person had before the eyes; for a change of the text, what comes of it.
    """
    case = _Case(
        decision=decision,
        person=person,
        article=article,
        review=review_of(ledger, rules),
        rules=rules,
        step=rules.steps[decision.action],
    )
    for rule, told in _refusals(case):
        return Refusal(rule=rule, message=rules.refusals[rule].format(**told))
    return sealed(decision, ledger)


def _refusals(case: _Case) -> Iterator[tuple[str, dict[str, object]]]:
    yield from _of_the_step(case)
    yield from _of_the_text(case)
    yield from _of_a_suggestion(case)
    if case.decision.action is Action.APPROVE:
        yield from _of_an_approval(case)


def _of_the_step(case: _Case) -> Iterator[tuple[str, dict[str, object]]]:
    """Whether this person may take this step now, and says what it needs."""
    decision, step = case.decision, case.step
    action = decision.action.replace("_", " ")
    if decision.duty not in step.duties:
        yield "duty", {"action": action, "duties": ", ".join(sorted(step.duties))}
    if decision.duty not in case.person.duties or decision.who != case.person.id:
        yield "not_theirs", {"who": case.person.name, "duty": decision.duty}
    if case.review.state not in step.sources:
        yield "state", {"state": case.review.state.replace("_", " "), "action": action}
    if step.reason and not decision.reason.strip():
        yield "reason", {"action": action}
    if step.words and not decision.words.strip():
        yield "words", {"action": action}


def _of_the_text(case: _Case) -> Iterator[tuple[str, dict[str, object]]]:
    """Whether it is decided on what is there."""
    decision = case.decision
    known = {each.id for each in case.article.statements()}
    if decision.action in ON_A_STATEMENT and decision.target not in known:
        yield "unknown_statement", {"target": decision.target}
    if decision.action is Action.REOPEN:
        yield from _of_a_reopening(case, known)
    if not case.step.changes_text:
        if decision.content != content_digest(case.article):
            yield "stale_text", {}
        if decision.evidence != evidence_digest(case.article):
            yield "stale_evidence", {}


def _of_a_reopening(case: _Case, known: set[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """Whether what is opened is there: nobody could settle a statement that is not.

    Only the program tells of sources, so that only it may name the mark of a change.
    """
    by_program = case.decision.duty is Duty.PROGRAM
    for each in case.decision.target.split():
        name = each.partition("=")[0] if by_program else each
        if name not in known:
            yield "unknown_statement", {"target": each[:64]}


def _of_a_suggestion(case: _Case) -> Iterator[tuple[str, dict[str, object]]]:
    """Whether something new is offered, and whether what is dismissed waits."""
    decision, review = case.decision, case.review
    waiting = {each.passage for each in review.suggestions}
    if decision.action is Action.DISMISS and decision.passage not in waiting:
        yield "unknown_suggestion", {}
    if decision.action is Action.SUGGEST:
        words = spaced(decision.words)
        said = {spaced(each.text) for each in case.article.statements()}
        if words in said | review.dismissed or decision.passage in waiting:
            yield "offered", {}


def _of_an_approval(case: _Case) -> Iterator[tuple[str, dict[str, object]]]:
    """Whether this person may put the name under this text."""
    decision, person, review = case.decision, case.person, case.review
    if decision.duty not in case.rules.approving:
        yield "duty", {"action": "approve", "duties": ", ".join(sorted(case.rules.approving))}
    own = {review.submitted_by, *review.changed_by}
    if decision.who in own and not case.rules.own_article:
        yield "own_article", {}
    if any(each.who == decision.who for each in review.approvals):
        yield "twice", {"who": person.name}
    if not (person.credentials.strip() and person.interests.strip() and person.declared_on):
        yield "undeclared", {}
    if any(each.verdict in FAULTY for each in case.article.statements()):
        yield "unsupported", {}
    if review.open:
        yield "open", {"count": len(review.open)}
