"""The form of the files on dangers (docs/danger.md), from which ``schema.json`` is made."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

__all__ = [
    "DangerFile",
    "MeasureRow",
    "RaisingFile",
    "RangeRow",
    "SetAsideFile",
    "SharedFile",
    "WordsFile",
    "json_schema",
]

Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", description="lower_case")]
Choice = Annotated[
    str, Meta(pattern=r"^[a-z][a-z0-9_]*(\|[a-z][a-z0-9_]*)*$", description="names; | is or")
]
Text = Annotated[str, Meta(min_length=1, pattern=r"^\S(.*\S)?$", description="one line")]
Told = Annotated[str, Meta(min_length=60, max_length=900, pattern=r"^[^\n]*\S$")]
Address = Annotated[str, Meta(pattern=r"^https?://\S+$")]
Phrases = Annotated[str, Meta(pattern=r"\S", description="one phrase a line")]


class MessageRow(Struct, frozen=True, forbid_unknown_fields=True):
    """The fixed message, for those who care for the patient and for the patient."""

    clinician: Told
    patient: Told


class SourceRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A public page that carries what the message states, and the day it was read."""

    title: Text
    publisher: Text
    url: Address
    checked_on: date


class MeasureRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A number that is a cue when it lies from ``low`` to ``high`` (both included).

    It stands up to three words after one of ``after``, or right before one of ``before``; not
    right before one of ``but_not_before``.
    """

    cue: Name
    low: float
    high: float
    after: tuple[Text, ...] = ()
    before: tuple[Text, ...] = ()
    but_not_before: tuple[Text, ...] = ()


class RuleRow(Struct, frozen=True, forbid_unknown_fields=True):
    """Raises the danger when one cue of every group is there, and none of ``unless``."""

    all: Annotated[tuple[Choice, ...], Meta(min_length=1)]
    unless: tuple[Name, ...] = ()
    age_below: float | None = None
    """Years. The rule holds only for a stated age below it."""
    stands: bool = False
    """Whether the danger is told whatever the weights say."""


class ExampleRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A question of our own that must raise the danger, or must not."""

    text: Text
    raises: bool


class _Cues(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Phrases by the name of what they are a sign of."""

    owner: Text
    dated: date
    cues: dict[Name, Phrases] = {}
    background: dict[Name, Phrases] = {}
    """As ``cues``, for what may lie in the past: an operation, a treatment, a known illness."""
    classes: dict[Name, tuple[Text, ...]] = {}
    """Names of the vocabulary; anything of the kind in the question is the cue."""
    measure: tuple[MeasureRow, ...] = ()


class SharedFile(_Cues, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Cues that several dangers share."""

    schema: Literal["loccit/danger-cues/1"]


class DangerFile(_Cues, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One danger."""

    schema: Literal["loccit/danger/1"]
    key: Name
    title: Text
    review_by: date
    unless: tuple[Name, ...] = ()
    """Cues that speak against the danger, whichever rule would raise it."""
    message: MessageRow
    source: Annotated[tuple[SourceRow, ...], Meta(min_length=1)]
    rule: Annotated[tuple[RuleRow, ...], Meta(min_length=1)]
    example: Annotated[tuple[ExampleRow, ...], Meta(min_length=2)]


class RangeRow(Struct, frozen=True, forbid_unknown_fields=True, rename={"usual_from": "from"}):
    """Where a value is low, usual or high; a bound that is left out is never passed."""

    names: Annotated[tuple[Name, ...], Meta(min_length=1)]
    low: float | None = None
    usual_from: float | None = None
    to: float | None = None
    high: float | None = None

    def level(self, value: float) -> str | None:
        """``low``, ``usual``, ``high``, or nothing for what lies between them."""
        if self.low is not None and value < self.low:
            return "low"
        if self.high is not None and value >= self.high:
            return "high"
        if self.usual_from is None or self.to is None:
            return None
        return "usual" if self.usual_from <= value <= self.to else None


class WordsFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that count alike when a danger is weighed, and what values are usual."""

    schema: Literal["loccit/danger-words/1"]
    owner: Text
    dated: date
    groups: dict[Name, Phrases]
    """Words apart by spaces; a word may stand in several groups."""
    range: tuple[RangeRow, ...]
    """By the name before a number."""
    amount: tuple[RangeRow, ...]
    """By the word after a number."""
    ages: dict[Name, float]
    """Years below which a stated age counts so; the first that fits."""
    decimals: dict[Name, tuple[tuple[float, float], ...]]
    """What a number with a decimal point is taken for when it lies within one of these."""


class RaisingFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From which weight on a danger is raised; chosen by ``bench/fit_dangers.py --check``."""

    schema: Literal["loccit/danger-raising/1"]
    owner: Text
    dated: date
    any: float
    """At least so much must speak for a danger at all, where no rule holds."""
    ruled: float
    """At least so much, where the rule of one holds."""
    own: float
    """At least so much must speak for a danger whose message is shown."""
    near: float
    """A danger is told beside the likeliest when it weighs at most so much less."""
    beside: float
    """One whose rule holds is told beside the likeliest when it weighs at most so much less."""
    most: Annotated[int, Meta(ge=1)]
    """Dangers told by weight alone, at most."""
    fallback: Name
    """What is told beside the likeliest where nothing reaches ``own``."""


class SetAsideFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What sets a cue aside: the past, the family, the general, the merely possible."""

    schema: Literal["loccit/danger-set-aside/1"]
    owner: Text
    dated: date
    past: Phrases
    """Sets aside the cues of its clause, unless ``present`` stands there too."""
    elsewhere: Phrases
    """Sets aside the cues of its sentence: a family's history, the news, a label's wording."""
    present: Phrases
    asking: Phrases
    """Words that open a question about something in general."""
    someone: Phrases
    """Words that put a person into a question."""
    denials: Phrases
    """Beside those of every question."""
    barriers: Annotated[tuple[Text, ...], Meta(min_length=1)]
    """Words that no gap of a phrase passes over."""


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the files, as kept in ``schema.json``."""
    forms, components = msgspec.json.schema_components(
        (DangerFile, SharedFile, SetAsideFile, WordsFile, RaisingFile),
        ref_template="#/$defs/{name}",
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Files on dangers",
        "anyOf": list(forms),
        "$defs": components,
    }
