"""What differs between two editions of one source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from loccit.terms.documents import Passage, SourceDocument
from loccit.terms.kinds import StatementKind

__all__ = ["Change", "ChangeKind", "Comparison", "Excerpt", "WordRun"]


class ChangeKind(StrEnum):
    """What became of a text."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """A sentence, list item or table row of one edition: an exact slice of its text."""

    passage: Passage
    """The passage in which it stands."""
    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WordRun:
    """Words of a changed text that follow each other: kept (no kind), removed or added."""

    text: str
    kind: ChangeKind | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One text that is new, gone, or worded otherwise.

    ``group`` names what it belongs to in the order in which changes are told, the gravest first;
    ``kind`` is what its passage states. ``words`` are those of a changed text, in order.
    """

    kind: ChangeKind
    group: str
    states: StatementKind
    before: Excerpt | None = None
    after: Excerpt | None = None
    words: tuple[WordRun, ...] = ()

    @property
    def at(self) -> Excerpt:
        """Where it stands: in the newer edition, or in the older one where it is gone."""
        excerpt = self.after or self.before
        assert excerpt is not None
        return excerpt


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two editions and all that differs between them, the gravest first.

    ``groups`` says of each group that either edition has whether it was added, removed or changed
    as a whole; ``None`` where no word of it differs.
    """

    before: SourceDocument
    after: SourceDocument
    groups: dict[str, ChangeKind | None]
    changes: tuple[Change, ...]
