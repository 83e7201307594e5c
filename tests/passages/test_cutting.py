"""Whatever an Assembler makes is cut into passages that are its exact words, each once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loccit.passages import cut
from loccit.sources.assembly import Assembler
from loccit.terms import (
    Annotation,
    DocumentId,
    LocatorMismatch,
    PassageKind,
    SourceDocument,
    SourceKind,
    StatementKind,
)

words = st.sampled_from(
    [
        "Take 5 mg b.i.d. daily.",
        "It helps.",
        "See Fig. 2.",
        "Overview",
        "Dose:",
        "≥65 years",
        "no end",
    ]
)
blocks = st.one_of(
    st.lists(words, max_size=40).map(" ".join), st.text(max_size=30), st.just("long " * 250)
)
headings = st.one_of(words, st.text(max_size=8), st.just(""))
steps = st.one_of(
    st.tuples(st.just("section"), st.lists(headings, max_size=3), st.booleans()),
    st.tuples(st.just("block"), blocks, st.sampled_from(PassageKind)),
    st.tuples(st.just("block"), blocks, st.just(PassageKind.PROSE)),
    st.tuples(st.just("page"), st.none(), st.none()),
)


def assembled(made: Assembler, **facts) -> SourceDocument:
    parts = made.finish()
    document = SourceDocument(
        id=DocumentId("made-up"),
        series="made-up",
        kind=SourceKind.LABEL,
        title="Made up",
        text=parts.text,
        sections=parts.sections,
        spans=parts.spans,
        page_starts=parts.page_starts,
        parser="made-up/1",
    )
    return replace(document, **facts)


@st.composite
def documents(draw):
    made = Assembler()
    for step, first, second in draw(st.lists(steps, max_size=14)):
        if step == "section":
            made.section(tuple(first), code="34068-7", printed=second)
        elif step == "block":
            made.block(first, second, context="Table 1")
        else:
            made.page()
    return assembled(made)


def _headings(document: SourceDocument) -> set[int]:
    """Every character of a block that is its section's heading, at the section's beginning."""
    places: set[int] = set()
    for section in document.sections:
        first = document.text[section.start : section.end].split("\n\n")[0]
        if first.strip() and first.strip() == section.heading:
            places.update(range(section.start, section.start + len(first)))
    return places


@settings(max_examples=150, deadline=None)
@given(documents())
def test_passages_are_exact_in_order_and_cover_all_but_headings(document):
    passages = [*cut(document)]
    covered: set[int] = set()
    last = 0
    for passage in passages:
        place = passage.locator
        assert place.resolve(document) == passage.text == document.text[place.start : place.end]
        assert passage.text.strip() == passage.text != ""
        assert last <= place.start < place.end
        assert document.text[: place.start].endswith(place.prefix)
        assert document.text[place.end :].startswith(place.suffix)
        assert "\n\n" not in passage.text
        last = place.end
        covered.update(range(place.start, place.end))
    wanted = {at for at, letter in enumerate(document.text) if not letter.isspace()}
    assert wanted - covered == wanted & _headings(document)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_ids_differ_within_a_document_and_stay_the_same(document):
    ids = [passage.id for passage in cut(document)]
    assert len(set(ids)) == len(ids)
    assert [passage.id for passage in cut(document)] == ids
    assert all(len(name) == 16 and int(name, 16) >= 0 for name in ids)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_every_passage_lies_in_its_section_and_page(document):
    for passage in cut(document):
        place = passage.locator
        section = next(each for each in document.sections if each.end >= place.end)
        assert section.start <= place.start
        assert place.section == section.path
        assert passage.code == section.code
        pages = sum(start <= place.start for start in document.page_starts)
        assert place.page == (pages if document.page_starts else None)


def _one(*steps_: tuple, **facts) -> list:
    made = Assembler()
    made.section(("2 Dosage",), code="34068-7")
    for text, kind in steps_:
        made.block(text, kind)
    return [*cut(assembled(made, **facts))]


def test_the_same_text_under_two_ids_has_two_sets_of_ids():
    block = ("Take 5 mg.", PassageKind.PROSE)
    maker, repackager = _one(block), _one(block, id=DocumentId("repackager"))
    assert maker[0].locator.sha256 == repackager[0].locator.sha256
    assert maker[0].id != repackager[0].id


def test_a_locator_refuses_another_edition():
    (passage,) = _one(("Take 5 mg.", PassageKind.PROSE))
    made = Assembler()
    made.block("Take 9 mg.")
    with pytest.raises(LocatorMismatch, match="open the edition cited"):
        passage.locator.resolve(assembled(made))


def test_list_items_carry_the_sentence_that_leads_them_in():
    passages = _one(
        ("Rest is unhelpful. Do not use in patients with:", PassageKind.PROSE),
        ("glaucoma", PassageKind.LIST_ITEM),
        ("arrhythmia", PassageKind.LIST_ITEM),
        ("Ask first.", PassageKind.PROSE),
        ("porphyria", PassageKind.LIST_ITEM),
    )
    items = [each.context for each in passages if each.kind is PassageKind.LIST_ITEM]
    assert items == ["Do not use in patients with:"] * 2 + [""]


def test_rows_stay_whole_and_prose_and_boxes_are_cut_into_sentences():
    text = "Take 5 mg of examplamine once a day with a glass of water. " * 12
    for kind, pieces in (
        (PassageKind.TABLE_ROW, 1),
        (PassageKind.PROSE, 2),
        (PassageKind.BOXED_WARNING, 2),
    ):
        assert len(_one((text, kind))) >= pieces
    assert len(_one((text, PassageKind.LIST_ITEM))) == 1
    assert len(_one((text * 2, PassageKind.LIST_ITEM))) > 1


def test_a_sentence_that_leans_on_the_one_before_stays_with_it():
    before = "Take 5 mg of examplamine once a day with a glass of water. " * 6
    assert _one((before + "This keeps levels steady.", PassageKind.PROSE))[-1].text != (
        "This keeps levels steady."
    )


def test_what_a_person_annotated_stays_whole_with_its_note():
    text = "Take 5 mg of examplamine once a day with a glass of water. " * 9
    made = Assembler()
    made.section(("Boxed warning",))
    made.block(text, PassageKind.BOXED_WARNING)
    span = made.finish().spans[0]
    note = Annotation(start=span.start, end=span.end, kind=StatementKind.BOXED_WARNING)
    (passage,) = cut(assembled(made, annotations=(note,)))
    assert passage.annotation == note
    assert passage.text == text.strip()
