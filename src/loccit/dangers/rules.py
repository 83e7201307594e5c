"""A danger, its message and its rules, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from loccit.dangers.forms import MeasureRow
from loccit.dangers.phrases import Phrases
from loccit.terms import Audience

__all__ = ["Danger", "Dangers", "Message", "Origin", "Rule"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """A public page that carries what a message states, and the day it was read."""

    title: str
    publisher: str
    url: str
    checked_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """The fixed words for one danger: never composed, never changed without a new date."""

    clinician: str
    patient: str

    def for_reader(self, audience: Audience) -> str:
        """The words for this reader; whoever is no patient reads those for clinicians."""
        return self.patient if audience is Audience.PATIENT else self.clinician


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Raises a danger: one cue of every group, none of ``unless``."""

    groups: tuple[frozenset[str], ...]
    unless: frozenset[str] = frozenset()
    age_below: float | None = None
    stands: bool = False
    """Whether the danger is told whatever the weights say."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Danger:
    """Something that cannot wait for an article."""

    key: str
    title: str
    owner: str
    dated: date
    review_by: date
    message: Message
    origins: tuple[Origin, ...]
    rules: tuple[Rule, ...]
    examples: tuple[tuple[str, bool], ...]
    """Questions of our own, and whether each raises the danger."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dangers:
    """All dangers, by key, and the cues by which they are known."""

    ordered: tuple[Danger, ...]
    cues: Phrases
    measures: tuple[MeasureRow, ...]
    classes: Mapping[str, tuple[str, ...]]
    """Cues by the name of the vocabulary that stands for them."""
    background: frozenset[str]
    """Cues that hold although they lie in the past."""
    set_aside: Phrases
