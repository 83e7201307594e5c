"""A strength that a question puts beside a form of a drug, and no label of the drug has.

"The 35 mg tablet" takes a product for granted. Labels list their strengths where they say what the
product is, so a number that none of these passages has is no strength of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loccit.ports import EvidenceBase
from loccit.retrieval.products import as_read, load_products
from loccit.terms import Question, Record, SearchRequest, SourceKind

__all__ = ["absent_strength"]

LOOKED_AT = 200
THOUSAND = 1000.0
"""From grams to milligrams, and from these to micrograms."""
AMOUNTS = re.compile(
    r"(?:\d[\d,]*(?:\.\d+)?\s*(?:mg|mcg|g)?\s*(?:, and|,|and|or|/|;|to|-|\u2013)\s*)*"
    r"\d[\d,]*(?:\.\d+)?\s*-?(?:mg|mcg|g)\b"
)
"""An amount, or several with one unit: "10, 20, and 40 mg"."""
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def absent_strength(question: Question, base: EvidenceBase) -> str:
    """The strength asked about, with its form, that no label of the drug lists; "" else.

    Nothing is told where several drugs are asked about, or where no label of the drug lists any.
    """
    asked = load_products().strength.search(as_read(question))
    if asked is None or len(question.asked_drugs) != 1:
        return ""
    listed = {number for each in _on_products(question, base) for number in _numbers(each)}
    value = float(asked["n"].replace(",", ""))
    known = {value, value * THOUSAND, value / THOUSAND}
    return "" if not listed or known & listed else " ".join(asked.group().split())


def _on_products(question: Question, base: EvidenceBase) -> Iterator[Record]:
    """Passages in which labels of the drug list their strengths."""
    rules = load_products()
    request = SearchRequest(
        words=rules.strength_words,
        drugs=question.asked_drugs,
        source_kinds=(SourceKind.LABEL,),
        limit=LOOKED_AT,
    )
    for found in base.search(request):
        if rules.lists_strengths.search(" ".join(found.record.passage.locator.section)):
            yield found.record


def _numbers(record: Record) -> Iterator[float]:
    text = f"{record.card.title} {record.passage.context} {record.passage.text}"
    for amounts in AMOUNTS.finditer(text):
        for each in NUMBER.finditer(amounts.group()):
            yield float(each.group().replace(",", ""))
