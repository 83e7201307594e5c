"""A form or a way of giving that a question puts beside a drug's name, and no label of it has.

"Metoprolol IV" asks for another product than the tablet, though the tablet's label may well speak
of intravenous drugs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loccit.ports import EvidenceBase
from loccit.retrieval.points import BETWEEN_FORMS, Point, load_points, passages_on
from loccit.retrieval.products import as_read, load_products
from loccit.terms import Form, Question, Record, SearchRequest, SourceKind

__all__ = ["absent_form"]

BY_MOUTH = "use by mouth"
"""The point of a question on going over from another way of giving, where it names both."""
LOOKED_AT = 60
ASIDE = frozenset({Form.METHODS, Form.BACKGROUND})
"""Forms of a study's text that tell how it was done, and not how a drug is to be given."""
NEAR = 40
"""Characters between a drug's name and a form that another source than a label gives it in."""


def absent_form(question: Question, base: EvidenceBase) -> str:
    """The form asked about that no source gives a drug in; "" where all is there, or untold.

    Labels tell it where they say what their product is; the words elsewhere, of other drugs given
    beside or before, do not count. A question that names a form which is there as well, such as
    one on going over from the infusion to the tablet, is not stopped.
    """
    if question.kind in BETWEEN_FORMS:
        return ""
    text = as_read(question)
    asked = [each for each in load_points() if each.sections and each.asked.search(text)]
    if len(asked) > 1 and any(each.name == BY_MOUTH for each in asked):
        return ""
    for drug in question.asked_drugs:
        beside = list(_beside(question, drug, asked))
        given = {each.name: _is_given(each, drug, base) for each in asked} if beside else {}
        if beside and not any(given.values()):
            return beside[0].name
    return ""


def _beside(question: Question, drug: str, forms: Iterable[Point]) -> Iterator[Point]:
    """The forms that stand right before or after the drug's name."""
    text = as_read(question)
    names = {concept.text for concept in question.concepts if concept.name == drug}
    places = [m.span() for n in names for m in re.finditer(rf"\b{re.escape(n)}\b", text)]
    for point in forms:
        asked = [m.span() for m in point.asked.finditer(text) if not _is_counted(text, m.start())]
        if any(_joined(text, one, other) for one in asked for other in places):
            yield point


def _is_counted(text: str, start: int) -> bool:
    """Whether a number stands before a form: 30 tablets are an amount, and name no product."""
    return bool(load_products().counted.search(text, 0, start))


def _joined(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    first, then = sorted((one, other))
    gap = text[first[1] : then[0]]
    return first[1] <= then[0] and bool(load_products().joins.search(gap))


def _is_of_product(record: Record) -> bool:
    """Whether a label says here what its product is."""
    own = load_products().own_sections
    label = record.card.evidence_kind is SourceKind.LABEL
    return label and any(own.search(heading) for heading in record.passage.locator.section)


def _is_given(point: Point, drug: str, base: EvidenceBase) -> bool:
    """Whether a source gives the drug in this form; taken for so where no label tells its form."""
    records = (*passages_on((drug,), point.search, base), *_own_product(drug, base))
    if not any(map(_is_of_product, records)):
        return True
    said, name = point.said.pattern, re.escape(drug)
    beside = re.compile(
        rf"(?:{said}).{{0,{NEAR}}}{name}|{name}.{{0,{NEAR}}}(?:{said})", re.IGNORECASE
    )
    return any(
        point.said.search(text)
        for record in records
        if record.card.evidence_kind is SourceKind.LABEL
        for text in _on_product(record)
    ) or any(
        beside.search(record.passage.text)
        for record in records
        if record.card.evidence_kind is not SourceKind.LABEL
        and ASIDE.isdisjoint(record.description.forms)
    )


def _own_product(drug: str, base: EvidenceBase) -> Iterator[Record]:
    """Where labels of the drug say what their product is, whatever form is looked for."""
    request = SearchRequest(
        words=load_products().product_words,
        drugs=(drug,),
        source_kinds=(SourceKind.LABEL,),
        limit=LOOKED_AT,
    )
    yield from (found.record for found in base.search(request))


def _on_product(record: Record) -> tuple[str, ...]:
    """The title of a label, and what it says of its own product."""
    own = (record.passage.text, *record.passage.locator.section)
    told = _is_of_product(record) or _is_on_giving(record)
    return (record.card.title, *own) if told else (record.card.title,)


def _is_on_giving(record: Record) -> bool:
    """Whether a label says how its own drug is given, and names no other beside it."""
    says = record.description
    giving = load_products().giving
    own = set(says.drugs) <= set(says.subjects)
    return own and any(giving.search(heading) for heading in record.passage.locator.section)
