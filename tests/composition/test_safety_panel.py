"""Boxed warnings and contraindications are never cut short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from loccit.composition.safety import MOST_FROM_OTHERS, safety_of_drug
from loccit.retrieval import Gatherer
from loccit.terms import DocumentId, Record, StatementKind
from loccit.testing import InMemoryBase, described, small_document
from loccit.vocabulary import load_vocabulary

NUMBERS = ["asthma", "gout", "shock", "ulcer", "anuria", "sepsis", "coma", "tetany", "scurvy",
           "rickets", "mumps", "rabies", "croup", "measles", "anthrax", "leprosy", "cholera",
           "typhus", "malaria", "dengue"]  # fmt: skip


def records(*documents, **says) -> list[Record]:
    base = InMemoryBase()
    facts = {"subjects": ("naproxen",), "kinds": (StatementKind.CONTRAINDICATION,), **says}
    for document in documents:
        base.add(described(document, **facts))
    base.settle()
    found = Gatherer(load_vocabulary()).safety(("naproxen",), base)
    return found["naproxen"]


def label(name: str, *sentences: str, year: int = 2024):
    day = date(year, 1, 1)
    return small_document(name, *sentences, id=DocumentId(name), effective_on=day, year=year)


def test_all_that_the_newest_label_says_is_shown_however_much_it_is():
    sentences = [f"Naproxen is contraindicated in {name}." for name in NUMBERS]
    assert len(sentences) > MOST_FROM_OTHERS
    kept = safety_of_drug("naproxen", records(label("new", *sentences)))
    assert [record.passage.text for record in kept] == sentences


def test_other_labels_add_what_the_newest_does_not_say():
    new = label("new", "Naproxen is contraindicated in known asthma of any cause.")
    copy = label("old", "Naproxen is contraindicated in known asthma of any cause!", year=2020)
    other = label("older", "Never give naproxen after coronary surgery.", year=2019)
    kept = safety_of_drug("naproxen", records(copy, other, new))
    assert [record.card.id for record in kept] == ["new", "older"]


def test_many_labels_do_not_push_out_the_newest():
    olds = [
        label(f"old{number}", *(f"Never in {name} {number}." for name in NUMBERS), year=2001)
        for number in range(20)
    ]
    new = label("new", *(f"Naproxen is contraindicated in {name}." for name in NUMBERS))
    kept = safety_of_drug("naproxen", records(*olds, new))
    assert {record.passage.text for record in kept} >= {
        f"Naproxen is contraindicated in {name}." for name in NUMBERS
    }
    assert len(kept) == len(NUMBERS)


def test_boxed_warnings_come_first():
    found = records(label("new", "Never in asthma.", "Never in gout."))
    first, second = sorted(found, key=lambda record: record.passage.locator.start)
    boxed = replace(second.description, kinds=(StatementKind.BOXED_WARNING,))
    kept = safety_of_drug("naproxen", [first, replace(second, description=boxed)])
    assert [record.passage.text for record in kept] == ["Never in gout.", "Never in asthma."]
