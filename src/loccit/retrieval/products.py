"""The product that a question names, where the base has only another one of the same substance.

A tablet's label does not answer for the infusion, nor a daily one for the two-monthly depot.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loccit.terms import Concept, ConceptKind, DataFileError, Question, Record, SourceKind
from loccit.vocabulary import Vocabulary
from loccit.vocabulary.lexicon import folded_words, key_of

__all__ = ["absent_product", "as_read", "load_products"]

SECOND_NAME = re.compile(r"[-\s]+([A-Z][a-z]{3,}|[A-Z]{2,3}|I\.V\.|I\.M\.)(?![\w-])")
"""What follows a name and may belong to it: a capitalised word, or an ending in capitals."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Products:
    """Endings of products' names, and where a label says what its product is."""

    own_sections: re.Pattern[str]
    giving: re.Pattern[str]
    joins: re.Pattern[str]
    counted: re.Pattern[str]
    measured: frozenset[str]
    going: re.Pattern[str]
    going_words: str
    ways: re.Pattern[str]
    product_words: str
    strength: re.Pattern[str]
    strength_words: str
    lists_strengths: re.Pattern[str]
    endings: dict[str, re.Pattern[str]]


@cache
def load_products() -> Products:
    """The shipped endings. Raises ``DataFileError`` when the file breaks its form."""
    text = (files("loccit.retrieval") / "products.toml").read_text(encoding="utf-8")
    try:
        rows = tomllib.loads(text)
        return Products(
            own_sections=re.compile(rows["own_sections"], re.IGNORECASE),
            giving=re.compile(rows["giving"], re.IGNORECASE),
            joins=re.compile(rows["joins"], re.IGNORECASE),
            counted=re.compile(rows["counted"], re.IGNORECASE),
            going=re.compile(rows["going"], re.IGNORECASE),
            going_words=rows["going_words"],
            measured=frozenset(rows["measured"]),
            ways=re.compile(rows["ways"]),
            product_words=rows["product_words"],
            strength=re.compile(rows["strength"], re.IGNORECASE),
            strength_words=rows["strength_words"],
            lists_strengths=re.compile(rows["lists_strengths"], re.IGNORECASE),
            endings={name: re.compile(said) for name, said in rows["endings"].items()},
        )
    except (KeyError, ValueError, re.error) as error:
        raise DataFileError(f"retrieval/products.toml: {error}") from error


def as_read(question: Question) -> str:
    """The question's text with its misspellings put right, as its concepts were read from it."""
    text = question.text
    for wrong, right in question.corrections:
        text = re.sub(rf"\b{re.escape(wrong)}\b", right, text)
    return text


def absent_product(question: Question, records: Iterable[Record], vocabulary: Vocabulary) -> str:
    """The product asked about that none of the records names, as the question writes it; or "".

    A label titled with the substance's own name speaks for any brand of it; one titled with a
    brand speaks for that brand. Where the base has no label of the substance, nothing is told.
    """
    text, found = as_read(question), tuple(records)
    drugs = [c for c in question.concepts if c.kind is ConceptKind.DRUG]
    for concept in drugs:
        seconds = list(_second_names(text, concept, vocabulary))
        is_brand = key_of(concept.text) in vocabulary.brands
        own = _own_labels(found, concept.name) if is_brand or seconds else []
        if concept.name not in question.asked_drugs or not own:
            continue
        words = _words(each for each in found if _speaks_of(each, concept.name))
        called = {c.text for c in drugs if c.name == concept.name}
        told = _words(each for each in found if _tells_of_product(each, concept.name))
        told |= frozenset(word for each in own for word in folded_words(each.card.title))
        named = any(told.issuperset(folded_words(text)) for text in called)
        if is_brand and not named and _is_other_brand(concept, own, told, vocabulary):
            return concept.text
        for second in seconds:
            if not _is_named(second, own, words):
                return f"{concept.text} {second}"
    return ""


def _own_labels(records: Iterable[Record], drug: str) -> list[Record]:
    """Passages of labels of this drug alone; where there are none, of those that hold it."""
    labels = [each for each in records if each.card.evidence_kind is SourceKind.LABEL]
    holding = [each for each in labels if drug in each.description.subjects]
    return [each for each in holding if each.description.subjects == (drug,)] or holding


def _speaks_of(record: Record, drug: str) -> bool:
    return drug in record.description.subjects or drug in record.description.drugs


def _tells_of_product(record: Record, drug: str) -> bool:
    """Whether a passage is on a product itself: a label names others in passing."""
    if not _speaks_of(record, drug):
        return False
    place = record.passage.locator.section
    label = record.card.evidence_kind is SourceKind.LABEL
    return not label or any(load_products().own_sections.search(heading) for heading in place)


def _words(records: Iterable[Record]) -> frozenset[str]:
    """All words of these passages and of their titles."""
    kept = tuple(records)
    texts = {each.card.title for each in kept}
    texts.update(f"{each.passage.text} {each.passage.context}" for each in kept)
    return frozenset(word for text in texts for word in folded_words(text))


def _is_other_brand(
    concept: Concept, own: list[Record], words: frozenset[str], vocabulary: Vocabulary
) -> bool:
    """A brand that no passage names, where every label of the drug has another one in its title."""
    if words.issuperset(folded_words(concept.text)):
        return False
    titles = {each.card.title for each in own}
    return all(_leads_with_brand(title, vocabulary) for title in titles)


def _leads_with_brand(title: str, vocabulary: Vocabulary) -> bool:
    """Whether a title names its drug by a brand first."""
    named = (c for c in vocabulary.lexicon.find(title) if c.kind is ConceptKind.DRUG)
    first = next(named, None)
    return first is not None and key_of(first.text) in vocabulary.brands


def _second_names(text: str, concept: Concept, vocabulary: Vocabulary) -> Iterator[str]:
    """The word after a drug's name that may make it another product: "Invega Trinza"."""
    ways = load_products().ways
    for place in re.finditer(rf"\b{re.escape(concept.text)}\b", text):
        after = SECOND_NAME.match(text, place.end())
        if after and not ways.search(after.group(1)) and _may_be_name(after.group(1), vocabulary):
            yield after.group(1)


def _may_be_name(word: str, vocabulary: Vocabulary) -> bool:
    known_ending = word.replace(".", "") in load_products().endings
    new_name = word[1:].islower() and vocabulary.lexicon.get(word.casefold()) is None
    return known_ending or new_name


def _is_named(second: str, own: list[Record], words: frozenset[str]) -> bool:
    """Whether the label has the second name, or says what such an ending means."""
    said = load_products().endings.get(second.replace(".", ""))
    if said is None:
        return second.casefold() in words
    texts = (f"{each.card.title} {each.passage.text} {each.passage.context}" for each in own)
    return any(said.search(text) for text in texts)
