"""The shape of an article: which sections it has, in what order, and what each may hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from loccit.terms.kinds import QuestionKind, Role, SourceKind, StatementKind

__all__ = ["Shape", "Slot"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """A place for statements of some kinds.

    ``holds`` names what a record must have beside one of the ``kinds`` (see
    ``composition.holding``); ``mentions`` are names of which it must speak of one. ``by_drug``
    gives each drug of the article its turn. ``most`` bounds the statements, ``per_document`` those
    of one document. A ``spread`` slot gives each document its turn. A ``loose`` slot also takes
    what is about another population than the one that was assumed (never than one that was
    stated). A ``cover`` slot takes first what names most conditions that no statement of it named
    before. A ``fallback`` slot is filled only when no other slot of its group was.
    """

    name: str
    heading: str
    kinds: tuple[StatementKind, ...]
    most: int
    role: Role = Role.REASON
    holds: tuple[str, ...] = ()
    sources: tuple[SourceKind, ...] = ()
    mentions: tuple[str, ...] = ()
    per_document: int = 99
    by_drug: bool = False
    fallback: bool = False
    loose: bool = False
    spread: bool = False
    cover: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """How one kind of question is answered. The first slots make the bottom line."""

    kind: QuestionKind
    bottom_line: tuple[Slot, ...]
    sections: tuple[Slot, ...]
    source_fit: dict[SourceKind, float] = field(default_factory=dict)
    kind_fit: dict[StatementKind, float] = field(default_factory=dict)
    """How well a statement of a kind answers such a question, 0 to 1."""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All slots, bottom line first."""
        return (*self.bottom_line, *self.sections)
