"""A drug that is asked about for a use which its label, in this base, leaves out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from loccit.ports import EvidenceBase
from loccit.sentences import sentences
from loccit.terms import (
    Concept,
    ConceptKind,
    DataFileError,
    Premise,
    Question,
    QuestionKind,
    Record,
    SearchRequest,
    SourceKind,
    Standing,
)
from loccit.vocabulary import Vocabulary

__all__ = ["with_excluded_uses"]

JUST_BEFORE, APART = 40, frozenset(".;()")
"""Characters between a condition and the words after it that leave it out, and what sets it
apart from them."""
MOST_DRUGS, MOST_CONDITIONS, LOOKED_AT = 3, 4, 12


@dataclass(frozen=True, kw_only=True, slots=True)
class ExcludedUses:
    """The words that leave a use out, and those in which it is told."""

    search: str
    excludes: re.Pattern[str]
    section: re.Pattern[str]
    verdict: str
    text: str
    kinds: frozenset[QuestionKind]


@cache
def load_excluded_uses() -> ExcludedUses:
    """The shipped words. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.questions") / "excluded_uses.toml").read_text(encoding="utf-8")
    try:
        rows = tomllib.loads(text)
        return ExcludedUses(
            search=rows["search"],
            excludes=re.compile(rows["excludes"], re.IGNORECASE),
            section=re.compile(rows["section"], re.IGNORECASE),
            verdict=rows["verdict"],
            text=rows["text"],
            kinds=frozenset(QuestionKind(kind) for kind in rows["kinds"]),
        )
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"questions/excluded_uses.toml: {error}") from error


def with_excluded_uses(question: Question, base: EvidenceBase, vocabulary: Vocabulary) -> Question:
    """The question with a premise for each use that a label of the base leaves out.

    The label's own sentence is quoted with the title of the label.
    """
    rules = load_excluded_uses()
    if question.kind not in rules.kinds:
        return question
    conditions = question.names(ConceptKind.CONDITION, ConceptKind.FINDING, ConceptKind.PROCEDURE)
    asked = [drug for drug in question.asked_drugs if drug not in question.patient.drugs]
    told = {
        premise.why: premise
        for drug in asked[:MOST_DRUGS]
        for condition in conditions[:MOST_CONDITIONS]
        for premise in _told(drug, condition, base, vocabulary)
    }
    return replace(question, premises=(*question.premises, *told.values()))


def _told(
    drug: str, condition: str, base: EvidenceBase, vocabulary: Vocabulary
) -> Iterator[Premise]:
    """The first sentence of a label of the drug that leaves the condition out."""
    rules = load_excluded_uses()
    request = SearchRequest(
        words=f"{condition} {rules.search}",
        drugs=(drug,),
        mentions=(condition,),
        limit=LOOKED_AT,
    )
    records = (found.record for found in base.search(request))
    for record in filter(_is_use_in_label, records):
        for start, end in sentences(record.passage.text):
            sentence = record.passage.text[start:end]
            named = [c for c in vocabulary.lexicon.find(sentence) if c.name == condition]
            if any(_is_left_out(sentence, concept) for concept in named):
                said = rules.text.format(drug=drug, condition=condition)
                why = f"“{sentence.strip()}” ({record.card.title})"
                yield Premise(text=said, verdict=rules.verdict, why=why)
                return


def _is_left_out(sentence: str, condition: Concept) -> bool:
    """Whether the words that leave a use out are on this condition: it follows or is just before.

    A label may name in one sentence what the drug is for and what it is not for.
    """
    found = load_excluded_uses().excludes.finditer(sentence)
    return any(
        condition.start >= match.start()
        or (
            0 <= match.start() - condition.end <= JUST_BEFORE
            and APART.isdisjoint(sentence[condition.end : match.start()])
        )
        for match in found
    )


def _is_use_in_label(record: Record) -> bool:
    """A label's words on what a drug is for, in an edition that is not superseded."""
    card = record.card
    if not load_excluded_uses().section.search(" ".join(record.passage.locator.section)):
        return False
    return card.evidence_kind is SourceKind.LABEL and card.standing is Standing.CURRENT
