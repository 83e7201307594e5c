"""What a question about a drug turns on, and nothing in the base on that drug speaks of.

A label that never speaks of alcohol does not answer a question on alcohol, however much it says of
the drug.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loccit.ports import EvidenceBase
from loccit.terms import (
    ConceptKind,
    DataFileError,
    Question,
    QuestionKind,
    Record,
    SearchRequest,
    SourceKind,
)

__all__ = ["Point", "load_points", "passages_on", "unspoken"]

LOOKED_AT = 60
SENTENCE = re.compile(r"(?<=[.?!])\s+")
BETWEEN_FORMS = frozenset({QuestionKind.SWITCHING})
"""Kinds of question that name a form to come from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """Something to turn on: how it is asked for, how a passage ``says`` it, and ``under`` what.

    How it is said is compiled when a question asks for it first: most ask for none of the points.
    """

    name: str
    asked: re.Pattern[str]
    says: str
    under: str
    search: str

    @property
    def said(self) -> re.Pattern[str]:
        """How a passage says it."""
        return _compiled(self.says)

    @property
    def sections(self) -> re.Pattern[str] | None:
        """Under which headings it counts as said; nothing where any will do."""
        return _compiled(self.under) if self.under else None

    def is_asked(self, question: Question) -> bool:
        """In the question as written or put right; of a story, only in the clause that asks."""
        if self.under and question.kind in BETWEEN_FORMS:
            return False
        asking = _asking(question.text)
        texts = (asking, question.terms) if asking == question.text else (asking,)
        found = (self.asked.search(text) for text in texts)
        return any(question.asks_of(match.group()) for match in found if match)

    def is_met(self, record: Record) -> bool:
        """By the passage's own words or its headings."""
        place = record.passage.locator.section
        of_label = record.card.evidence_kind is SourceKind.LABEL
        placed = any(map(self.sections.search, place)) if self.sections else True
        if of_label and not placed:
            return bool(self.said.search(record.card.title))
        return any(self.said.search(each) for each in (record.passage.text, *place))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def load_points() -> tuple[Point, ...]:
    """The shipped points. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.retrieval") / "points.toml").read_text(encoding="utf-8")
    try:
        return tuple(_point(row) for row in tomllib.loads(text)["points"])
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"retrieval/points.toml: {error}") from error


def _point(row: dict[str, str]) -> Point:
    return Point(
        name=row["name"],
        asked=re.compile(row["asked"], re.IGNORECASE),
        says=row["said"],
        under=row.get("sections", ""),
        search=row["search"],
    )


def unspoken(question: Question, base: EvidenceBase) -> tuple[str, ...]:
    """Names of the points asked about that no passage on the drugs asked about speaks of.

    Where the base has no document on these drugs nothing is told: what is missing then is the drug.
    """
    return tuple(_unmet(question, base))


def _asking(text: str) -> str:
    """The sentences that end in a question mark; the whole text where none does."""
    asking = [each for each in SENTENCE.split(text) if each.endswith("?")]
    return " ".join(asking) or text


def _unmet(question: Question, base: EvidenceBase) -> Iterator[str]:
    for point in load_points():
        if not point.is_asked(question):
            continue
        drugs = _drugs(question, point)
        if not drugs or not base.search(SearchRequest(words=drugs[0], drugs=drugs, limit=1)):
            continue
        if not any(map(point.is_met, passages_on(drugs, point.search, base))):
            yield point.name


def _drugs(question: Question, point: Point) -> tuple[str, ...]:
    """The drugs asked about that are not the point itself, as alcohol is; else all others named."""
    asked = tuple(drug for drug in question.asked_drugs if not point.said.search(drug))
    named = question.names(ConceptKind.DRUG)
    return asked or tuple(drug for drug in named if not point.said.search(drug))


def passages_on(drugs: tuple[str, ...], words: str, base: EvidenceBase) -> Iterator[Record]:
    """Passages of documents about the drugs, and what guidelines and studies say of them."""
    about = SearchRequest(words=words, drugs=drugs, limit=LOOKED_AT)
    yield from (found.record for found in base.search(about))
    others = tuple(kind for kind in SourceKind if kind is not SourceKind.LABEL)
    beside = SearchRequest(words=words, mentions=drugs, source_kinds=others, limit=LOOKED_AT)
    yield from (found.record for found in base.search(beside))
