"""Cuts a passage into lines, and tells which of them forbid a drug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from loccit.composition.gate.rules import GateRules, load_gate_rules
from loccit.sentences import sentences
from loccit.terms import Record, Severity, SourceKind, StatementKind

__all__ = ["Line", "lines_of"]

GAP = "\n"
_CUT = re.compile(
    r"\n+|(?<=[;])\s+|\s(?=\d\.\s[A-Z])|\s[•○]\s?|,\s+and\s+(?=the\s\w+\s(?:is|are|should|must)\b)"
)
NEAR = 150
LONG, AROUND = 320, 90
"""Characters of a line in which one bar cannot be told from the next, and what it reaches."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A sentence or an item of a list; ``severity`` where it forbids the drug."""

    text: str
    severity: Severity | None = None


def lines_of(record: Record) -> tuple[Line, ...]:
    """The lines of a passage; what only explains forbids nothing."""
    says, kind = record.description, record.card.evidence_kind
    text = record.passage.text
    if record.passage.context and says.kinds[0] is StatementKind.CONTRAINDICATION:
        text = f"{record.passage.context}: {text}"
    return _lines(text, says.kinds[0], kind)


@lru_cache(maxsize=8192)
def _lines(text: str, kind: StatementKind, source: SourceKind) -> tuple[Line, ...]:
    return tuple(_read(text, kind, source, load_gate_rules()))


def _read(text: str, kind: StatementKind, source: SourceKind, rules: GateRules) -> Iterator[Line]:
    words = rules.words
    for number, part in enumerate(_parts(text, rules)):
        forbidden = _forbids(part, rules)
        is_item = kind is StatementKind.CONTRAINDICATION and not words["explains"].search(part)
        if not forbidden and is_item and not words["verb" if number else "states"].search(part):
            forbidden = Severity.CONTRAINDICATED
        told = _near_the_bar(part, rules)
        if forbidden:
            yield Line(text=told, severity=_severity(forbidden, kind, source))
        elif words["unestablished"].search(part):
            yield Line(text=told, severity=Severity.NOT_ESTABLISHED)
        else:
            yield Line(text=told)


def _parts(text: str, rules: GateRules) -> Iterator[str]:
    plain = rules.words["aside"].sub(GAP, text)
    for start, end in sentences(plain):
        for part in _CUT.split(plain[start:end]):
            if part and part.strip(" .,)"):
                yield part.strip()


def _forbids(part: str, rules: GateRules) -> Severity | None:
    words = rules.words
    if words["no_bar"].search(part):
        return None
    if words["contraindicates"].search(part):
        return Severity.CONTRAINDICATED
    for match in words["forbids"].finditer(part):
        before, after = part[max(0, match.start() - NEAR) : match.start()], part[match.end() :]
        if not (
            words["other_object_before"].search(before)
            or words["other_object_after"].search(after)
            or words["purpose_before"].search(before)
        ):
            return Severity.NOT_RECOMMENDED
    return None


def _near_the_bar(part: str, rules: GateRules) -> str:
    """Of a long line, as rows of a table make it, what stands around the words that forbid."""
    match = rules.words["forbids"].search(part)
    if len(part) < LONG or not match or rules.words["contraindicates"].search(part):
        return part
    return part[max(0, match.start() - AROUND) : match.end() + AROUND]


def _severity(found: Severity, kind: StatementKind, source: SourceKind) -> Severity:
    """By the place: a boxed warning says more than the words in it, a guideline only advises."""
    if source is not SourceKind.LABEL:
        return Severity.GUIDELINE_AGAINST
    if kind is StatementKind.BOXED_WARNING and found is not Severity.CONTRAINDICATED:
        return Severity.BOXED_WARNING
    return found
