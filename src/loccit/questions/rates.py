"""How often a question takes a drug to be given, where no dose in the base says so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from loccit.ports import EvidenceBase
from loccit.terms import (
    DataFileError,
    Premise,
    Question,
    QuestionKind,
    SearchRequest,
    StatementKind,
)

__all__ = ["with_rates"]

LOOKED_AT = 200
DOSING = frozenset({QuestionKind.DOSING, QuestionKind.DOSING_CHILD, QuestionKind.DOSING_ORGAN})
AMOUNTS = (StatementKind.DOSE, StatementKind.DOSE_ADJUSTMENT, StatementKind.RECOMMENDATION_FOR)
"""Kinds of statement that tell how often a drug is given."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """Each rate as it is asked and as it is said, and the words in which it is told."""

    rates: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    joins: re.Pattern[str]
    premise: Premise


@cache
def load_rates() -> Rates:
    """The shipped rates. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.questions") / "rates.toml").read_text(encoding="utf-8")
    try:
        rows = tomllib.loads(text)
        return Rates(
            rates=tuple(
                (re.compile(row["asked"], re.IGNORECASE), re.compile(row["said"], re.IGNORECASE))
                for row in rows["rates"]
            ),
            joins=re.compile(rows["joins"], re.IGNORECASE),
            premise=Premise(text=rows["text"], verdict=rows["verdict"], why=rows["why"]),
        )
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"questions/rates.toml: {error}") from error


def with_rates(question: Question, base: EvidenceBase) -> Question:
    """The question with a premise where it puts beside its drug a rate that no dose of it has.

    Nothing is told of several drugs, nor where the base has no dose of the drug.
    """
    if question.kind not in DOSING or len(question.asked_drugs) != 1:
        return question
    told = tuple(_told(question, question.asked_drugs[0], base))
    return replace(question, premises=(*question.premises, *told[:1]))


def _told(question: Question, drug: str, base: EvidenceBase) -> Iterator[Premise]:
    rules = load_rates()
    for asked, said in rules.rates:
        match = asked.search(question.text)
        if match is None or not _is_beside(question, drug, match):
            continue
        request = SearchRequest(words=match.group(), drugs=(drug,), kinds=AMOUNTS, limit=LOOKED_AT)
        texts = [found.record.passage.text for found in base.search(request)]
        if texts and not any(map(said.search, texts)):
            text = rules.premise.text.format(drug=drug, rate=match.group())
            yield replace(rules.premise, text=text)


def _is_beside(question: Question, drug: str, rate: re.Match[str]) -> bool:
    """Whether only an amount, a form or the like stands between a drug's name and a rate."""
    joins = load_rates().joins
    for concept in question.concepts:
        if concept.name == drug:
            first, then = sorted(((concept.start, concept.end), rate.span()))
            if first[1] <= then[0] and joins.search(question.text[first[1] : then[0]]):
                return True
    return False
