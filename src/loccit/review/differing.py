"""What changed between two texts of an article, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from loccit.terms import Article, Statement

__all__ = ["Change", "changes"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A sentence that was added (``before`` is empty), struck (``after`` is empty) or changed."""

    statement: str
    before: str
    after: str
    parts: tuple[tuple[str, str], ...] = ()
    """Words of both texts in order, each with ``same``, ``struck`` or ``added``."""


def changes(before: Article, after: Article) -> Iterator[Change]:
    """Each sentence that differs, in the order of the newer text; what was struck comes last."""
    old = {each.id: each for each in before.statements()}
    new = {each.id: each for each in after.statements()}
    for name, statement in new.items():
        was = old.get(name)
        if was is None:
            yield Change(statement=name, before="", after=statement.text)
        elif _said(was) != _said(statement):
            parts = tuple(_parts(was.text, statement.text))
            yield Change(statement=name, before=was.text, after=statement.text, parts=parts)
    for name, statement in old.items():
        if name not in new:
            yield Change(statement=name, before=statement.text, after="")


def _said(statement: Statement) -> tuple[str, ...]:
    return (statement.text, *(citation.quote for citation in statement.citations))


def _parts(before: str, after: str) -> Iterator[tuple[str, str]]:
    old, new = before.split(), after.split()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield " ".join(old[a:b]), "same"
            continue
        if b > a:
            yield " ".join(old[a:b]), "struck"
        if d > c:
            yield " ".join(new[c:d]), "added"
