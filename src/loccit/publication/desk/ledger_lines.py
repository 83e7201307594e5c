"""Decisions in words, as pages, terminal and data tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from loccit.publication.showing import visible
from loccit.publication.words import load_site_words, load_words
from loccit.terms import Action, Decision, Person

__all__ = ["Line", "Told", "line_of", "on_sentence"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of a ledger; ``sentence`` is the number of the sentence meant, or nought."""

    number: int
    at: str
    day: str
    who: str
    role: str
    what: str
    action: str
    target: str
    about: str
    words: str
    reason: str
    passage: str
    sentence: int = 0
    statements: tuple[str, ...] = ()
    """Ids of all statements that the decision names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A sentence that differs between two texts; ``parts`` pair words with what became of them."""

    statement: str
    before: str
    after: str
    parts: tuple[tuple[str, str], ...] = ()
    sentence: int = 0

    @property
    def kind(self) -> str:
        """``added``, ``struck`` or ``changed``."""
        if not self.before:
            return "added"
        return "changed" if self.after else "struck"


def line_of(
    decision: Decision,
    people: Mapping[str, Person],
    numbers: Mapping[str, int],
    *,
    struck: str = "",
) -> Line:
    """A decision as it is told.

    ``numbers`` counts the sentences of the text by id; ``struck`` are the words it took out.
    """
    who = people.get(decision.who)
    targets = tuple(part.partition("=")[0] for part in decision.target.split())
    return Line(
        number=decision.number,
        at=decision.at.isoformat(timespec="seconds"),
        day=decision.at.strftime("%Y-%m-%d %H:%M"),
        who=visible(who.name if who else decision.who),
        role=load_words().of("role", decision.duty),
        what=load_site_words().of("did", decision.action),
        action=decision.action,
        target=decision.target,
        about=_about(decision, people),
        words=f"“{visible(struck)}”" if struck else visible(decision.words),
        reason=visible(decision.reason),
        passage=decision.passage,
        sentence=next((numbers[each] for each in targets if each in numbers), 0),
        statements=targets,
    )


def on_sentence(line: Line, statement: str) -> Line:
    """The line as it is told under one sentence: of many opened at once, what befell this one."""
    if line.action != Action.REOPEN:
        return line
    own = [each for each in line.words.splitlines() if each.startswith(f"{statement} (")]
    return replace(line, words="\n".join(own)) if own else line


def _about(decision: Decision, people: Mapping[str, Person]) -> str:
    """Whom or what an assignment or a supersession names, in words."""
    if decision.action is Action.ASSIGN:
        person = people.get(decision.target)
        due = f", due {decision.due.isoformat()}" if decision.due else ""
        return visible((person.name if person else decision.target) + due)
    return visible(decision.target) if decision.action is Action.SUPERSEDE else ""
