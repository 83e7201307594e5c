"""A text falls into claims, each with the place that it was taken from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import verifier

from loccit.passages import cut
from loccit.terms import PassageKind, Span
from loccit.testing import small_document
from loccit.verification.claims import ClaimFinder


def found(*blocks: str, items: bool = False):
    """The sentences of a text and their claims."""
    document = small_document("note", *blocks, heading="Advice")
    if items:
        spans = []
        for block in blocks[1:]:
            start = document.text.index(block)
            spans.append(Span(kind=PassageKind.LIST_ITEM, start=start, end=start + len(block)))
        document = replace(document, spans=tuple(spans))
    pairs = list(ClaimFinder(verifier().reader).find(list(cut(document))))
    for sentence, parts in pairs:
        for claim in (sentence, *parts):
            assert document.text[claim.start : claim.end] == claim.text
    return pairs


def sentences(*blocks: str) -> list[str]:
    return [sentence.text for sentence, _ in found(*blocks)]


@pytest.mark.parametrize("bullet", ["•", "-", "–", "*", "1.", "2)", "(3)", "##", "[ ]", "[x]"])
def test_a_bullet_is_no_part_of_a_sentence(bullet):
    assert sentences(f"{bullet} Naproxen is taken with food.") == ["Naproxen is taken with food."]


def test_each_sentence_is_a_claim_at_its_place():
    text = "Naproxen is taken with food. Colchicine treats gout."
    assert sentences(text) == ["Naproxen is taken with food.", "Colchicine treats gout."]


@pytest.mark.parametrize("note", ["[1].", "[2,3].", "[2-5].", "[4] [5]."])
def test_references_at_the_end_of_a_sentence_are_no_part_of_it(note):
    (first, second) = sentences(f"Naproxen is taken with food {note} Colchicine treats gout {note}")
    assert first == "Naproxen is taken with food"
    assert second == "Colchicine treats gout"


def test_bare_numbers_are_references_where_several_lines_end_in_them():
    lines = ("Naproxen eases gout 1", "Colchicine eases gout 2,3", "Heat eases neck pain 4")
    bare = ["Naproxen eases gout", "Colchicine eases gout", "Heat eases neck pain"]
    assert sentences(*lines) == bare
    assert sentences("Naproxen is given for gout in a dose of 250") == [
        "Naproxen is given for gout in a dose of 250"
    ]


def test_what_follows_a_reference_inside_a_sentence_is_checked_too():
    text = "Naproxen is given twice a day [1] but not in pregnancy [2]."
    ((sentence, _),) = found(text)
    assert sentence.text == "Naproxen is given twice a day [1] but not in pregnancy"


COMPOUND = [
    (
        "Naproxen eases acute gout; colchicine eases chronic gout.",
        ["Naproxen eases acute gout", "colchicine eases chronic gout."],
    ),
    (
        "Naproxen eases acute gout, and should be taken with food daily.",
        ["Naproxen eases acute gout", "should be taken with food daily."],
    ),
    (
        "Naproxen eases acute gout – colchicine eases chronic gout.",
        ["Naproxen eases acute gout", "colchicine eases chronic gout."],
    ),
    (
        "Naproxen eases gout pain because inflammation falls in joints.",
        ["Naproxen eases gout pain", "inflammation falls in joints."],
    ),
    ("Naproxen and colchicine ease gout.", ["Naproxen and colchicine ease gout."]),
    ("In acute gout, avoid starting allopurinol.", ["In acute gout, avoid starting allopurinol."]),
]


@pytest.mark.parametrize(("text", "pieces"), COMPOUND)
def test_a_compound_sentence_is_taken_apart_where_each_piece_claims_something(text, pieces):
    ((_, parts),) = found(text)
    assert [part.text for part in parts] == pieces


UNCHECKABLE = [
    "Is naproxen taken with food?",
    "Adverse reactions to naproxen include:",
    "Pending human review of naproxen 250 mg.",
    "This does not replace the advice of a physician on naproxen.",
    "Copyright 2024 by the makers of naproxen tablets.",
    "View the full label of naproxen 250 mg.",
    "Overview",
    "Thank you for reading this page.",
]


@pytest.mark.parametrize("text", UNCHECKABLE)
def test_questions_headings_and_words_about_the_page_claim_nothing(text):
    for sentence, parts in found(text):
        assert not sentence.checkable
        assert parts == ()


@pytest.mark.parametrize(
    "text",
    ["Naproxen is taken with food.", "Avoid bed rest in old age.", "Falls rose after surgery."],
)
def test_a_sentence_that_names_or_advises_something_claims_it(text):
    ((sentence, _),) = found(text)
    assert sentence.checkable


def test_an_amount_without_a_name_is_of_the_drug_that_the_text_is_about():
    pairs = found("Naproxen eases gout.", "Naproxen is taken with food.", "Start with 250 mg.")
    assert [sentence.drugs for sentence, _ in pairs] == [("naproxen",)] * 3


def test_a_text_on_two_drugs_lends_its_name_to_no_sentence():
    *_, (last, _) = found(
        "Naproxen eases gout.", "Colchicine eases gout.", "Start with 250 mg a day."
    )
    assert last.drugs == ()


def test_a_sentence_that_points_back_is_of_the_drug_before():
    _, (second, _) = found("Naproxen eases gout. It is taken with food.")
    assert second.drugs == ("naproxen",)


def test_a_list_item_stands_under_its_heading_and_its_lead():
    _, (item, _) = found("Avoid naproxen in:", "pregnancy after 30 weeks", items=True)
    assert item.heading == "Advice > Avoid naproxen in:"


pieces = st.sampled_from(
    [
        *[
            "Naproxen",
            "250",
            "mg",
            "[1]",
            "[2,3]",
            ";",
            "-",
            "–",
            "?",
            ":",
            ".",
            ",",
            "and",
            "because",
            "should",
            "is",
            "1",
            "12",
            "•",
            "#",
            "(",
            ")",
            "it\u200b",
            "нот",
        ],
        "\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(pieces, max_size=40).map(" ".join)))
def test_the_claims_of_any_text_lie_in_order_within_it(text):
    at = 0
    for sentence, parts in found(text):
        assert at <= sentence.start <= sentence.end
        at = sentence.end
        for part in parts:
            assert sentence.start <= part.start <= part.end <= sentence.end
